import { setImmediate } from "node:timers/promises";
import type { FixedWaybill } from "../../domain/approval.ts";
import type { MethodAnswer, Need } from "../../domain/assessment.ts";
import { type Facts, METHODS, type Method } from "../../domain/facts.ts";
import type { Reader } from "../../domain/records.ts";
import { rulesOn } from "../../policy/assess.ts";
import { PolicyError } from "../../policy/error.ts";
import { parseFacts } from "../../policy/facts/parse-facts.ts";
import type { Policy } from "../../policy/policy.ts";
import { reduceFacts } from "../../policy/reduce/context.ts";
import { canBeMet } from "../../policy/rules/rule.ts";
import { asHolds } from "../approvals/counting.ts";
import { arrangedApprovals } from "./arrangements.ts";

/** A recorded assessment that another policy answers otherwise. */
export interface Difference {
  readonly reference: string;
  /** When its waybill was signed. */
  readonly at: string;
  /** The transfer's own: what other methods would have been answered is not compared. */
  readonly method: Method;
  readonly before: MethodAnswer["verdict"];
  /** Null where the other policy cannot read the facts, and would refuse. */
  readonly after: MethodAnswer["verdict"] | null;
  /** What would be needed that was not. */
  readonly more: readonly Need[];
  /** What was needed and would not be. */
  readonly fewer: readonly Need[];
  /** Why the facts cannot be read; empty otherwise. */
  readonly why: string;
}

export interface Replayed {
  /** How many recorded assessments were asked again. */
  readonly asked: number;
  /** When the oldest of them was signed; null when there was none. */
  readonly since: string | null;
  /** Newest first. */
  readonly differences: readonly Difference[];
}

const AT_ONCE = 25;

/**
 * Asks a policy about the recorded assessments of the newest signed waybills, on the facts of then and at that time. Approvals and
 * arrangements that counted then count. Nothing is saved.
 */
export async function replay(read: Reader, policy: Policy, limit: number): Promise<Replayed> {
  const fixed = await read.latestFixedWaybills(limit);
  const differences: Difference[] = [];
  for (const [index, each] of fixed.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate(); // others are served meanwhile
    const found = differenceOf(policy, each);
    if (found !== null) differences.push(found);
  }
  return { asked: fixed.length, since: fixed.at(-1)?.at ?? null, differences };
}

function differenceOf(policy: Policy, { reference, at, assessment }: FixedWaybill): Difference | null {
  const recorded = JSON.parse(assessment) as Recorded; // our own: recordAssessment wrote it, and the waybill holds its digest
  const method = METHODS.find((each) => each === recorded.method) ?? "secure-link";
  const known = { reference, at, method, before: recorded.verdict };
  let facts: Facts;
  try {
    facts = parseFacts(recorded.facts, policy.settings.rules);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { ...known, after: null, more: [], fewer: recorded.needs, why: error.message };
  }
  const needs = needsOf(policy, facts, method, new Date(at));
  const more = needs.filter(({ rule }) => !recorded.needs.some((each) => each.rule === rule));
  const fewer = recorded.needs.filter(({ rule }) => !needs.some((each) => each.rule === rule));
  if (more.length === 0 && fewer.length === 0) return null;
  return { ...known, after: verdictOf(needs), more, fewer, why: "" };
}

/** What is read of the text that `recordAssessment` makes. */
interface Recorded {
  readonly method: string;
  readonly facts: unknown;
  readonly verdict: MethodAnswer["verdict"];
  readonly needs: readonly Need[];
}

function needsOf(policy: Policy, facts: Facts, method: Method, now: Date): readonly Need[] {
  const given = [...(facts.approvals ?? []), ...arrangedApprovals(facts.arrangement ?? [])];
  const { settings } = policy;
  const situation = reduceFacts(facts, { settings, holds: asHolds(given), trustStatedNetworks: false, now });
  return rulesOn(policy, situation, method, undefined).needs;
}

function verdictOf(needs: readonly Need[]): MethodAnswer["verdict"] {
  if (needs.length === 0) return "ready";
  return needs.every(({ need }) => canBeMet(need)) ? "needs" : "refused";
}
