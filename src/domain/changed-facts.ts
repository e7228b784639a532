import type { StatedFacts } from "./transfer.ts";

/** What a sender can state otherwise of a draft, in the words of its history. The words hold nothing of what was stated. */
const WORDS = {
  purpose: "what it is for",
  necessity: "why it is necessary",
  classification: "the classification",
  personal: "whether it is personal",
  sensitive: "whether it is sensitive",
  special: "special-category information",
  offences: "criminal offences",
  namesWithAddresses: "names with addresses",
  people: "how many people it is about",
  impact: "what could happen",
  criminalJustice: "whether it is for criminal justice",
  minimised: "whether all of it is needed",
  agreement: "the agreement",
  destinationStorage: "how it is stored there",
  secretChannel: "how the six words are told",
  recordCopy: "where the record copy is kept",
  lawfulBasis: "the lawful basis",
  expiresAt: "until when it can be opened",
  standInId: "who may tell the words in the sender’s place",
  expecting: "whether it is expected",
  legitimateNeed: "why they may have it",
} as const satisfies Record<keyof StatedFacts, string> & Record<string, string>;

type Changeable = keyof typeof WORDS;

/** Which of these are other than before, as an event holds them: names of ours with spaces between; empty where none is. */
export function changedNames(before: Partial<Record<Changeable, unknown>>, after: typeof before): string {
  const same = (name: Changeable) => JSON.stringify(before[name] ?? null) === JSON.stringify(after[name] ?? null);
  return NAMES.filter((name) => !same(name)).join(" ");
}

const NAMES = Object.keys(WORDS) as readonly Changeable[]; // its own members

/** SIS-4: the declared count before and after, as an event holds them; empty where it is the same, or was not stated before. */
export function changedCount(before: number | null, after: number | null): Readonly<Record<string, number | null>> {
  return before === null || before === after ? {} : { peopleBefore: before, people: after };
}

/** What an event says was changed. Who wrote it is the server, of this version or an earlier one. */
export interface ChangedDetail {
  readonly changed?: unknown;
  readonly people?: unknown;
  readonly peopleBefore?: unknown;
}

/** The same as words; empty of an event that does not say, which those written before this was said do not. */
export function changedText({ changed, people, peopleBefore }: ChangedDetail): string {
  const named = typeof changed === "string" ? changed.split(" ") : [];
  const count = (said: unknown) => (typeof said === "number" ? said.toLocaleString("en-GB") : "not stated");
  const from = typeof peopleBefore === "number" ? ` (from ${count(peopleBefore)} to ${count(people)})` : "";
  return NAMES.filter((name) => named.includes(name))
    .map((name) => (name === "people" ? `${WORDS[name]}${from}` : WORDS[name]))
    .join(", ");
}
