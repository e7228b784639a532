import { Type } from "typebox";
import { aYearFrom } from "../../../domain/clock.ts";
import { CLASSIFICATIONS, METHODS, type RuleSet } from "../../../domain/facts.ts";
import type { Reader } from "../../../domain/records.ts";
import type { StandingArrangement } from "../../../domain/standing-arrangement.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import { matchPasted } from "../../drafts/pasted-list.ts";
import { readDay } from "../../texts/typed-day.ts";

const line = Type.String({ maxLength: 1000 });
const maybe = Type.Optional(line);

/** The form of an arrangement, as it was typed. */
export const arrangementBody = Type.Object({
  role: maybe,
  purpose: Type.String({ maxLength: 20_000 }),
  recipients: Type.String({ maxLength: 100_000 }),
  classification: maybe,
  people: line,
  megabytes: line,
  method: maybe,
  "ends-day": line,
  "ends-month": line,
  "ends-year": line,
});

export interface TypedArrangement {
  readonly role: string;
  readonly purpose: string;
  readonly recipients: string;
  readonly classification: string;
  readonly people: string;
  readonly megabytes: string;
  readonly method: string;
  readonly ends: { readonly day: string; readonly month: string; readonly year: string };
}

export const BLANK: TypedArrangement = {
  ...{ role: "", purpose: "", recipients: "", classification: "", people: "", megabytes: "", method: "secure-link" },
  ends: { day: "", month: "", year: "" },
};

/** Everything of an arrangement that is described, but who asks. */
export type ArrangementFields = Pick<
  StandingArrangement,
  "role" | "purpose" | "recipients" | "classification" | "people" | "bytes" | "method" | "ends"
>;

const MOST_WORDS = 500;
/** The largest ceiling, of people and of megabytes. */
const MOST = 999_999_999;

/** A typed arrangement: its fields, or what is wrong with each. At most a year (SDT-3). */
export async function readArrangement(
  read: Reader,
  typed: TypedArrangement,
  rules: RuleSet,
  now: Date,
): Promise<{ readonly fields: ArrangementFields | null; readonly errors: Readonly<Record<string, string>> }> {
  const errors: Record<string, string> = {};
  const role = (["line-manager", "senior-manager"] as const).find((each) => each === typed.role);
  const purpose = typed.purpose.trim();
  const classification = CLASSIFICATIONS[rules].find((each) => each === typed.classification);
  const people = readWholeNumber(typed.people, MOST);
  const megabytes = readWholeNumber(typed.megabytes, MOST);
  const method = METHODS.find((each) => each === typed.method);
  const ends = readDay(typed.ends);
  const { matched, unmatched } = await matchPasted(read, typed.recipients);
  if (!role) errors.role = "Choose whose agreement it is to stand for";
  if (purpose === "" || purpose.length > MOST_WORDS)
    errors.purpose = `Say what is sent again and again, and what for, in ${MOST_WORDS} characters or fewer`;
  if (unmatched[0]) errors.recipients = unmatched[0].why;
  else if (matched.length === 0) errors.recipients = "Say who it goes to";
  if (!classification) errors.classification = "Choose the highest classification";
  if (people === null)
    errors.people = "Enter a whole number, such as 40 or 1,200: the most people whose records one transfer holds";
  if (megabytes === null || megabytes === 0) errors.megabytes = "Enter a whole number of megabytes, such as 5 or 1,200";
  if (!method) errors.method = "Choose the method";
  const today = now.toISOString().slice(0, 10);
  if (ends === null) errors.ends = "Enter the last day, such as 31 3 2027";
  else if (ends < today) errors.ends = "Enter a last day that is not over yet";
  else if (ends > aYearFrom(today)) errors.ends = "Enter a last day that is at most a year away";
  const complete = role && classification && method && people !== null && megabytes !== null && ends !== null;
  if (Object.keys(errors).length > 0 || !complete) return { fields: null, errors };
  const recipients = matched.map(({ address }) => address).toSorted();
  const bytes = megabytes * 1_000_000;
  return { fields: { role, purpose, recipients, classification, people, bytes, method, ends }, errors };
}
