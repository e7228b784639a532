import { METHODS } from "../../domain/facts.ts";
import type { RecordSearch, SentState } from "../../domain/oversight.ts";
import { wordsOf } from "../../domain/record-terms.ts";
import type { Reader } from "../../domain/records.ts";
import { parseReference } from "../../domain/reference.ts";
import type { TransferState } from "../../domain/transfer.ts";
import { clauseIdsIn } from "../clauses/documents.ts";
import { ServerError } from "../error.ts";
import { londonMidnight } from "../texts/london-day.ts";
import { readDay } from "../texts/typed-day.ts";

/** The fields of a search, as they are typed and kept. */
export const SEARCH_FIELDS = [
  ...(["reference", "person", "organisation", "method", "clause", "state", "from", "until"] as const),
] as const;
export type TypedSearch = Readonly<Record<(typeof SEARCH_FIELDS)[number], string>>;

/** The states in the order in which a transfer goes through them; what was sent is told apart behind it. */
export const STATES = [
  ...(["draft", "requested", "approved", "released", "under-way", "paused", "answered"] as const),
  ...(["closed", "refused", "recalled", "expired"] as const),
] as const satisfies readonly (TransferState | SentState)[];

/** Members whom one search may mean as senders. */
const MOST_SENDERS = 20;

/** A search that can be carried out. `reference` alone answers where it is not null. */
export interface ReadSearch {
  readonly reference: string | null;
  readonly search: RecordSearch;
}

/** @throws ServerError `bad-request` with a message for each field that is wrong, and DomainError `bad-reference` */
export async function readSearch(read: Reader, typed: TypedSearch): Promise<ReadSearch> {
  const errors: Record<string, string> = {};
  const day = (field: "from" | "until", plus: number) => {
    if (typed[field] === "") return null;
    const [year = "", month = "", date = ""] = typed[field].split("-");
    const valid = readDay({ year, month, day: date });
    if (valid === null) errors[field] = "Enter a day that there is, such as 2026-11-21.";
    return valid === null ? null : londonMidnight(valid, plus);
  };
  const from = day("from", 0);
  const until = day("until", 1);
  if (from !== null && until !== null && from >= until) errors.until = "The last day is before the first one.";
  const [clause = null] = clauseIdsIn(typed.clause.toUpperCase().trim());
  if (typed.clause.trim() !== "" && clause === null) errors.clause = "Enter a clause of the register, such as SDT‑3.";
  const person = wordsOf(typed.person);
  const organisation = wordsOf(typed.organisation).map((each) => each.replace(/^.*@/, ""));
  if (typed.person.trim() !== "" && person.length === 0) errors.person = "Enter a name or an email address.";
  if (typed.organisation.trim() !== "" && organisation.length === 0) errors.organisation = "Enter an organisation.";
  if (Object.keys(errors).length > 0) {
    throw new ServerError({ code: "bad-request", message: "Something in the search is not right.", fields: errors });
  }
  return {
    reference: typed.reference.trim() === "" ? null : parseReference(typed.reference),
    search: {
      person,
      senders: person.length === 0 ? [] : await membersNamed(read, person),
      organisation,
      method: METHODS.find((each) => each === typed.method) ?? null,
      clause,
      state: STATES.find((each) => each === typed.state) ?? null,
      from,
      until,
    },
  };
}

/** Members whose name has all these words, or whose address it is. */
async function membersNamed(read: Reader, words: readonly string[]): Promise<readonly string[]> {
  const found = (await read.members()).filter(({ name, address }) => {
    const own = new Set([...wordsOf(name), address]);
    return words.every((each) => own.has(each));
  });
  return found.slice(0, MOST_SENDERS).map(({ id }) => id);
}
