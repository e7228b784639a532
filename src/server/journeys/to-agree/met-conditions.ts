import type { RecordedAssessment } from "../../../domain/recorded-assessment.ts";
import { type Condition, conditionsOf } from "../../assessing/conditions.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import type { Parts } from "../../parts.ts";
import { saidFor } from "../send/said.ts";

/** One condition that was met when the sender signed, and what met it: said, measured or on the records then. */
export interface MetCondition extends Condition {
  readonly by: readonly string[];
}

/**
 * Found from the recorded facts, by the rules that decided. Null when other rules run by now: what each of those asked for is not known
 * any more.
 * @param at when the waybill was fixed, ISO 8601
 */
export function metConditions(parts: Parts, recorded: RecordedAssessment, at: string): readonly MetCondition[] | null {
  const policy = policyNow(parts);
  if (policy.digest !== recorded.policy.digest) return null;
  const { facts, method } = recorded;
  return conditionsOf(policy, facts, new Date(at), method)
    .needs.filter(({ met }) => met)
    .map((each) => ({ ...each, by: saidFor(each.need, facts, "the sender") }));
}
