import { aYearFrom } from "./clock.ts";
import { type Approval, type Arrangement, CLASSIFICATIONS, type Facts, type Method, type RuleSet } from "./facts.ts";
import { peopleIn } from "./people-in.ts";

/**
 * The approvals that standing arrangements give to a transfer by a method: each covers its recipients, its
 * classification and what is below it, its ceilings and its method until its end, which is a year away at the most.
 * @param today YYYY-MM-DD.
 */
export function arrangedApproval(facts: Facts, method: Method, rules: RuleSet, today: string): readonly Approval[] {
  const covering = (facts.arrangement ?? []).filter((each) => covers(each, facts, method, rules, today));
  return covering.map(({ role, by }) => ({ role, by }));
}

/** Whether a transfer by this method is within what was approved in advance. */
export function covers(arrangement: Arrangement, facts: Facts, method: Method, rules: RuleSet, today: string): boolean {
  const order: readonly string[] = CLASSIFICATIONS[rules];
  const people = peopleIn(facts);
  return (
    arrangement.method === method &&
    arrangement.ends >= today &&
    arrangement.ends <= aYearFrom(today) &&
    order.indexOf(facts.classification) <= order.indexOf(arrangement.classification) &&
    facts.recipients.every(({ address }) => address !== null && arrangement.recipients.includes(address)) &&
    people !== null &&
    people <= arrangement.people &&
    facts.bytes !== null &&
    facts.bytes <= arrangement.bytes
  );
}
