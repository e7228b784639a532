import { Type } from "typebox";
import { parseAddress } from "../../../domain/address.ts";
import { DomainError } from "../../../domain/error.ts";
import { CLASSIFICATIONS, type Facts, IMPACTS, KINDS } from "../../../domain/facts.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import type { Settings } from "../../../policy/configuration/settings.ts";
import { ABROAD, parseFacts } from "../../../policy/facts/parse-facts.ts";

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** The seven questions as the page sends them. */
export const answersBody = Type.Object({
  classification: text(40),
  contents: Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Array(Type.String({ maxLength: 40 }))])),
  people: text(20),
  size: text(20),
  kind: text(20),
  address: text(300),
  where: text(20),
  individuals: text(20),
  organisation: text(20),
  again: text(10),
});

/** What can be in it. */
export const CONTENTS = [
  "personal",
  "special",
  "offences",
  "namesWithAddresses",
  "sensitive",
  "criminalJustice",
  "none",
] as const;
export type Content = (typeof CONTENTS)[number];
/** How large it is; of each the largest counts. */
export const SIZES = ["small", "medium", "large", "huge", "letter", "papers"] as const;
export type Size = (typeof SIZES)[number];

export interface TypedAnswers {
  readonly classification: string;
  readonly contents: readonly string[];
  readonly people: string;
  readonly size: string;
  readonly kind: string;
  readonly address: string;
  readonly where: string;
  readonly individuals: string;
  readonly organisation: string;
}

type Loose = { readonly [K in keyof TypedAnswers]?: string | string[] };

export function readAnswers(body: Loose): TypedAnswers {
  const one = (value: string | string[] | undefined) => (typeof value === "string" ? value.trim() : "");
  const { contents = [] } = body;
  return {
    classification: one(body.classification),
    contents: typeof contents === "string" ? [contents] : contents,
    people: one(body.people),
    size: one(body.size),
    kind: one(body.kind),
    address: one(body.address),
    where: one(body.where),
    individuals: one(body.individuals),
    organisation: one(body.organisation),
  };
}

/** What is missing or wrong, by field. Nothing that decides is left open (SIS-36). */
export function mistakesIn(typed: TypedAnswers, { rules }: Settings): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  const among = (value: string, words: readonly string[]) => words.includes(value);
  if (!among(typed.classification, CLASSIFICATIONS[rules])) errors.classification = "Choose the classification";
  const { contents } = typed;
  if (contents.length === 0 || !contents.every((each) => among(each, CONTENTS)))
    errors.contents = "Say what is in it, or that none of this is";
  else if (contents.includes("none") && contents.length > 1)
    errors.contents = "Choose what is in it, or “None of these”, not both";
  const people = mistakeInPeople(typed);
  if (people !== null) errors.people = people;
  if (!among(typed.size, SIZES)) errors.size = "Say how large it is";
  if (!among(typed.kind, KINDS)) errors.kind = "Say who it is for";
  if (typed.address !== "") {
    try {
      parseAddress(typed.address);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      errors.address = error.message;
    }
  }
  if (typed.kind !== "member" && !among(typed.where, ["home", "abroad"]))
    errors.where = "Say where they will receive it";
  for (const field of ["individuals", "organisation"] as const)
    if (!among(typed[field], IMPACTS)) errors[field] = "Say what could happen";
  return errors;
}

/** SIS-4: a number of people is never passed over. One beside “nothing personal”, or none beside “personal”, is asked about. */
function mistakeInPeople(typed: TypedAnswers): string | null {
  const count = countOf(typed);
  if (isAboutPeople(typed)) {
    if (count === null) return "Give the number of people as a whole number, such as 40 or 1,200. An estimate will do";
    return count > 0 ? null : "You chose something personal, so it is about 1 person at least. Say how many";
  }
  if (typed.people === "" || count === 0) return null;
  return `You say that nothing in it is personal, and that it is about people: ${typed.people}. Choose what is personal in it, or leave this empty`;
}

/** Special-category and criminal-offence information is personal, and so is whatever has names with addresses. */
export function isAboutPeople({ contents }: TypedAnswers): boolean {
  return ["personal", "special", "offences", "namesWithAddresses"].some((each) => contents.includes(each));
}

function countOf({ people }: TypedAnswers): number | null {
  return readWholeNumber(people, 9_999_999_999);
}

/** The facts that the answers state; all else is not known. Call it for answers without mistakes. @param sender a work address */
export function factsFrom(typed: TypedAnswers, settings: Settings, sender: string): Facts {
  const { contents, size, kind } = typed;
  const has = (content: Content) => contents.includes(content);
  const { email, media, post, homeCountries } = settings;
  const bytes = {
    small: email.secureLinkAboveBytes,
    medium: email.limitBytes,
    large: media.limitBytes,
    huge: media.limitBytes + 1,
  }[size];
  const pages = { letter: post.letterPages, papers: post.letterPages + 1 }[size];
  const personal = isAboutPeople(typed);
  const home = kind === "member" || typed.where === "home";
  const facts = {
    classification: typed.classification,
    personal,
    special: has("special"),
    offences: has("offences"),
    sensitive: has("sensitive"),
    namesWithAddresses: has("namesWithAddresses"),
    people: { count: personal ? countOf(typed) : 0, origin: "declared" },
    bytes,
    pages,
    impact: { individuals: typed.individuals, organisation: typed.organisation },
    criminalJustice: has("criminalJustice"),
    sender: { address: sender },
    recipients: [
      {
        name: "The recipient",
        address: typed.address === "" ? null : typed.address,
        kind,
        country: home ? homeCountries[0] : ABROAD,
        // Waybill lets nobody open anything without one of these, and its six words are strong.
        authentication: kind === "member" ? "account" : "code-and-secret",
      },
    ],
    secret: kind === "member" ? null : { strength: 4 },
  };
  return parseFacts(facts, settings.rules, "page");
}
