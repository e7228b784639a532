import type { Facts } from "../../domain/facts.ts";
import { peopleIn } from "../../domain/people-in.ts";
import type { Settings } from "../configuration/settings.ts";
import { isMarkedSensitive, type Sensitivity } from "./sensitivity.ts";

/** SIS-4: whether it is bulk, and the threshold that decided. */
export interface PeopleCount {
  readonly stated: boolean;
  readonly bulk: boolean;
  readonly threshold: number;
}

/**
 * SIS-4: bulk from 1,000 people, and from 100 where names with addresses are combined with special-category, criminal-offence
 * or OFFICIAL-SENSITIVE data. Whether they are combined counts as yes until it is stated. The threshold is the one reached: a
 * count above both is bulk by the general one, whatever is in it.
 */
export function countPeople(facts: Facts, contents: Sensitivity, settings: Settings): PeopleCount {
  const count = peopleIn(facts);
  const combined =
    facts.namesWithAddresses !== false &&
    contents.personal &&
    (contents.special || contents.offences || isMarkedSensitive(facts));
  const { people, identifying } = settings.bulk;
  const threshold = combined && (count === null || count < people) ? identifying : people;
  return { stated: count !== null, bulk: count !== null && count >= threshold, threshold };
}
