import { isRefusal, type RecordedAssessment, rulesAsked } from "../../../domain/recorded-assessment.ts";
import { type Condition, conditionsOf } from "../../assessing/conditions.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { saidFor } from "../../assessing/said-for.ts";
import type { Parts } from "../../parts.ts";

/** One condition that was met when the sender signed, and what met it: said, measured or on the records then. */
export interface MetCondition extends Condition {
  readonly by: readonly string[];
}

/**
 * As the assessment that was signed records them. One of version 1 records none of them: they are found from its facts by the rules that
 * decided, and are null when other rules run by now, since what each of those asked for is not known any more.
 * @param at when the waybill was fixed, ISO 8601
 */
export function metConditions(parts: Parts, recorded: RecordedAssessment, at: string): readonly MetCondition[] | null {
  const policy = policyNow(parts);
  const { facts, method } = recorded;
  const asked = rulesAsked(recorded);
  if (asked !== null) {
    const place = ({ rule }: MetCondition) => policy.rules.findIndex(({ id }) => id === rule);
    return asked
      .filter((each) => each.met && each.weight === "need" && !isRefusal(each))
      .toSorted((a, b) => place(a) - place(b));
  }
  if (policy.digest !== recorded.policy.digest) return null;
  return conditionsOf(policy, facts, new Date(at), method)
    .needs.filter(({ met }) => met)
    .map((each) => ({ ...each, by: saidFor(each.need, facts, "the sender") }));
}
