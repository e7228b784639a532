import { list, type Members, malformed, membersOf, parsed, text, texts } from "./read-evidence.ts";

/** A condition that a recorded assessment names. */
export interface CheckedNeed {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly need: string;
  /** How far the rule is a reading of its clauses; empty where they say it, and in records of earlier versions. */
  readonly reading: string;
  /** Whether it is a rule of the organisation's own. */
  readonly local: boolean;
}

/** One rule that was asked. */
export interface CheckedRule extends CheckedNeed {
  readonly weight: string;
  readonly met: boolean;
}

/** The parts of a recorded assessment that are checked. */
export interface CheckedAssessment {
  readonly policy: string;
  readonly needs: readonly CheckedNeed[];
  /** By id; null in a record of version 1, which knows only what was open. */
  readonly asked: readonly CheckedRule[] | null;
}

/**
 * @param assessment canonical JSON, which whoever made the pack controls
 * @throws EvidenceError `not-a-pack` for another version, rules out of order, or needs that are not among those left open
 */
export function readAssessment(assessment: string): CheckedAssessment {
  const all = membersOf(parsed(assessment, "an assessment"), "an assessment");
  if (all.version !== 1 && all.version !== 2)
    throw malformed("An assessment is of a version that this program does not know.");
  const policy = text(membersOf(all.policy, "policy"), "digest");
  const needs = list(all, "needs", ruleOf);
  if (all.version === 1) return { policy, needs, asked: null };
  const asked = list(all, "asked", (each) => ({
    ...ruleOf(each),
    weight: text(each, "weight"),
    met: metOf(each),
  }));
  const open = asked.filter(({ met, weight }) => !met && weight === "need").map(({ rule }) => rule);
  const sorted = asked.every(({ rule }, at) => rule > (asked[at - 1]?.rule ?? ""));
  const left = new Set(needs.map(({ rule }) => rule));
  if (!sorted || open.length !== left.size || open.some((rule) => !left.has(rule)))
    throw malformed("An assessment leaves other rules open than it says.");
  return { policy, needs, asked };
}

function ruleOf(each: Members): CheckedNeed {
  const reading = each.reading === undefined ? "" : text(each, "reading");
  const named = { rule: text(each, "rule"), clauses: texts(each, "clauses"), need: text(each, "need") };
  return { ...named, reading, local: each.local === true };
}

function metOf({ met }: Members): boolean {
  if (typeof met === "boolean") return met;
  throw malformed("“met” is missing.");
}
