import { RULE_SETS, type RuleSet } from "../../domain/facts.ts";
import type { Ground } from "../../domain/reading-text.ts";
import { sentenceOf } from "../../policy/policy.ts";
import type { Clause } from "../../policy/rules/clause-register.ts";
import type { Parts } from "../parts.ts";
import { policyOfSet } from "./both-sets.ts";
import { type ClauseEvidence, evidenceOf, NO_EVIDENCE } from "./clause-evidence.ts";
import { documentOf } from "./documents.ts";

/** How far a clause is answered: by a rule or the product's own code, and whether a test proves it. */
export const CLAUSE_STATES = ["tested", "untested", "not-yet"] as const;
export type ClauseState = (typeof CLAUSE_STATES)[number];

/** A rule that cites a clause, in its words; `reading`: how far it is a reading of its clauses, empty where they say it. */
export interface CitingRule extends Required<Ground> {
  readonly set: RuleSet;
  readonly id: string;
  readonly says: string;
  readonly reading: string;
  readonly local: boolean;
}

/** A clause of the register with what answers it. */
export interface RegisteredClause extends Clause, ClauseEvidence {
  /** Such as SDT2. */
  readonly document: string;
  readonly rules: readonly CitingRule[];
  readonly state: ClauseState;
}

/** The register, in its order, with the rules of both sets. */
export async function registerOf(parts: Parts): Promise<readonly RegisteredClause[]> {
  const evidence = await evidenceOf(parts);
  const sets = RULE_SETS.map((set) => ({ set, policy: policyOfSet(parts, set) }));
  const [first] = sets;
  return [...(first?.policy.clauses.values() ?? [])].map((clause) => {
    const rules = sets.flatMap(({ set, policy }) =>
      policy.rules
        .filter(({ clauses }) => clauses.includes(clause.id))
        .map(({ own, ...rule }): CitingRule => {
          const { id, clauses, local } = rule;
          return { set, id, clauses, local, reading: own ?? "", says: sentenceOf(policy.settings, { ...rule, own }) };
        }),
    );
    const found = evidence.get(clause.id) ?? NO_EVIDENCE;
    return { ...clause, ...found, document: documentOf(clause.id), rules, state: stateOf(found, rules.length) };
  });
}

function stateOf({ places, tests }: ClauseEvidence, rules: number): ClauseState {
  if (places.length === 0 && rules === 0) return "not-yet";
  return tests.length > 0 ? "tested" : "untested";
}
