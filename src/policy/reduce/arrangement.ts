import { DAY } from "../../domain/clock.ts";
import {
  type Approval,
  type Arrangement,
  CLASSIFICATIONS,
  type Facts,
  type Method,
  type RuleSet,
} from "../../domain/facts.ts";

/**
 * The approval that a standing arrangement gives to a transfer by a method, or none: it covers its recipients, its
 * classification and what is below it, its ceilings and its method until its end, which is a year away at the most.
 * @param today YYYY-MM-DD.
 */
export function arrangedApproval(facts: Facts, method: Method, rules: RuleSet, today: string): readonly Approval[] {
  const { arrangement } = facts;
  if (arrangement === null) return [];
  const { role, by } = arrangement;
  return covers(arrangement, facts, method, rules, today) ? [{ role, by }] : [];
}

function covers(arrangement: Arrangement, facts: Facts, method: Method, rules: RuleSet, today: string): boolean {
  const order: readonly string[] = CLASSIFICATIONS[rules];
  const people = facts.people?.count ?? (facts.personal === false ? 0 : null);
  const latest = new Date(Date.parse(`${today}T00:00:00Z`) + 366 * DAY).toISOString().slice(0, 10);
  return (
    arrangement.method === method &&
    arrangement.ends >= today &&
    arrangement.ends <= latest &&
    order.indexOf(facts.classification) <= order.indexOf(arrangement.classification) &&
    facts.recipients.every(({ address }) => address !== null && arrangement.recipients.includes(address)) &&
    people !== null &&
    people <= arrangement.people &&
    facts.bytes !== null &&
    facts.bytes <= arrangement.bytes
  );
}
