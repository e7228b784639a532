import type { Facts } from "./facts.ts";

type Contents = Pick<Facts, "personal" | "special" | "offences" | "namesWithAddresses" | "people">;

/**
 * SIS-4: whether it counts as personal. Special-category and criminal-offence data, names with addresses and counted records are about
 * people: where somebody says that of it and that nothing in it is personal, what it holds counts. What is not stated counts as yes.
 */
export function isPersonal({ personal, special, offences, namesWithAddresses, people }: Contents): boolean {
  const holds = special === true || offences === true || namesWithAddresses === true;
  return personal !== false || holds || (people?.count ?? 0) > 0;
}

/** SIS-4: how many people it is about; null while nobody said and it may be about somebody. */
export function peopleIn(facts: Contents): number | null {
  return facts.people?.count ?? (isPersonal(facts) ? null : 0);
}
