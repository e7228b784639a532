import type { StatedFacts } from "../../../domain/transfer.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import type { Questions } from "../../assessing/questions.ts";
import type { TypedDescription } from "./typed-description.ts";

/** What the page "About the information" asks of personal information, as far as the running rules use it. */
export type Information = Pick<StatedFacts, "special" | "offences" | "people" | "namesWithAddresses">;
export type TypedInformation = Pick<TypedDescription, "special" | "offences" | "people" | "namesWithAddresses">;

const MOST = 10_000_000_000;
const NOTHING: Information = { special: null, offences: null, people: null, namesWithAddresses: null };

/** What was typed, and what is missing or wrong by field. Nothing is asked of what is not personal, and nothing kept. */
export function readInformation(
  typed: TypedInformation,
  personal: boolean,
  { people: asksPeople, special: asksSpecial }: Pick<Questions, "people" | "special">,
): { readonly stated: Information; readonly errors: Readonly<Record<string, string>> } {
  if (!personal) return { stated: NOTHING, errors: {} };
  const errors: Record<string, string> = {};
  const special = asksSpecial ? yesNo(typed.special) : null;
  const offences = asksSpecial ? yesNo(typed.offences) : null;
  if (asksSpecial && special === null) errors.special = "Say whether there is special-category information in it";
  if (asksSpecial && offences === null) errors.offences = "Say whether it is about criminal offences";
  if (!asksPeople) return { stated: { ...NOTHING, special, offences }, errors };
  const people = readWholeNumber(typed.people, MOST);
  const namesWithAddresses = yesNo(typed.namesWithAddresses);
  if (people === 0) errors.people = "You say that it is personal, so it is about 1 person at least. Say how many";
  if (people === null)
    errors.people = "Give the number of people as a whole number, such as 40 or 1,200. An estimate will do";
  if (namesWithAddresses === null) errors.namesWithAddresses = "Say whether names stand together with addresses";
  return { stated: { special, offences, people, namesWithAddresses }, errors };
}

/**
 * SIS-4: what was said of people before “nothing personal” was, and would be passed over with it; null where there is nothing.
 * It is asked about once: the page that asks forgets it, so that the same answer again holds.
 */
export function passedOver(typed: TypedInformation, personal: boolean | null): string | null {
  if (personal !== false) return null;
  const count = readWholeNumber(typed.people, MOST) ?? 0;
  const said = [
    ...(count > 0 ? [`that it is about ${count.toLocaleString("en-GB")} ${count === 1 ? "person" : "people"}`] : []),
    ...(typed.special === "yes" ? ["that special-category information is in it"] : []),
    ...(typed.offences === "yes" ? ["that it is about criminal offences"] : []),
    ...(typed.namesWithAddresses === "yes" ? ["that names stand with addresses"] : []),
  ];
  if (said.length === 0) return null;
  return `You said before ${said.join(", and ")}. If nothing in it is personal any more, send this page again as it is; otherwise choose Yes`;
}

/** The same without it: what the page that asked keeps. */
export const NOTHING_OF_PEOPLE: TypedInformation = { special: "", offences: "", people: "", namesWithAddresses: "" };

/** `yes` and `no` of radios; null for anything else. */
export function yesNo(typed: string): boolean | null {
  return typed === "yes" ? true : typed === "no" ? false : null;
}
