import { nameOfCountry } from "../../domain/country-codes.ts";
import {
  ADVICE_STATES,
  ADVISERS,
  type Agreement,
  APPROVER_ROLES,
  AUTHENTICATIONS,
  CARRIERS,
  CLASSIFICATIONS,
  type Classification,
  type Facts,
  IMPACTS,
  KINDS,
  METHODS,
  NETWORKS,
  type Network,
  PACKAGES,
  type RuleSet,
  SECRET_CHANNELS,
} from "../../domain/facts.ts";
import { PolicyError } from "../error.ts";
import {
  address,
  badFact,
  boolean,
  byWord,
  day,
  list,
  oneOf,
  optional,
  type Reader,
  record,
  statement,
  text,
  whole,
} from "./field.ts";
import { repeatedMember } from "./repeated-member.ts";

const flag = optional(boolean);
const count = optional(whole(0));

/** What our own pages put for “another country”, where it makes no difference which. No file or request may say it. */
export const ABROAD = "ZZ";

/** Who states the facts: a file or request, or the choices of a page of ours. */
export type StatedBy = "file" | "page";

function recipientOf(statedBy: StatedBy) {
  return record({
    name: text,
    address: optional(address),
    kind: optional(oneOf(KINDS)),
    organisation: statement,
    country: optional(countryOf(statedBy)),
    network: optional(network),
    verified: flag,
    authentication: optional(oneOf(AUTHENTICATIONS)),
    expecting: flag,
    legitimateNeed: statement,
    shared: flag,
    list: optional(record({ internal: flag, outsideMembers: count, reviewOverdue: flag, membersShown: flag })),
  });
}

/** A network's name in any case. */
function network(value: unknown, field: string): Network {
  return oneOf(NETWORKS)(typeof value === "string" ? value.toLowerCase() : value, field);
}

function countryOf(statedBy: StatedBy): Reader<string> {
  return (value, field) => {
    const typed = text(value, field);
    if (nameOfCountry(typed) !== null || (statedBy === "page" && typed === ABROAD)) return typed;
    throw badFact(
      field,
      nameOfCountry(typed.toUpperCase()) === null
        ? `“${typed.slice(0, 80)}” is not a country; write the two letters of ISO 3166, such as GB`
        : `is “${typed}”; write it as ${typed.toUpperCase()}`,
    );
  };
}

const someAgreement = record({ reference: text, methods: optional(list(oneOf(METHODS))), expires: optional(day) });
const noAgreement = record({ none: text });

const agreement: Reader<Agreement> = (value, field) => {
  const none = typeof value === "object" && value !== null && Object.hasOwn(value, "none");
  return none ? noAgreement(value, field) : someAgreement(value, field);
};

function arrangementOf(classification: Reader<Classification>) {
  return record({
    reference: text,
    role: oneOf(["line-manager", "senior-manager"]),
    by: address,
    recipients: list(address, 1),
    classification,
    people: whole(0),
    bytes: whole(0),
    method: oneOf(METHODS),
    ends: day,
  });
}

/** One, or a list. */
function oneOrMore<T>(reader: Reader<T>): Reader<readonly T[]> {
  const many = list(reader);
  return (value, field) => (Array.isArray(value) ? many(value, field) : [reader(value, field)]);
}

function factsOf(rules: RuleSet, statedBy: StatedBy) {
  const classification = oneOf(CLASSIFICATIONS[rules], `a classification of the rules of ${rules}`);
  return record({
    purpose: statement,
    necessity: statement,
    classification,
    personal: flag,
    special: flag,
    offences: flag,
    sensitive: flag,
    namesWithAddresses: flag,
    people: optional(record({ count, origin: optional(oneOf(["declared", "counted"])) })),
    bytes: count,
    pages: count,
    identityDocuments: flag,
    impact: optional(record({ individuals: optional(oneOf(IMPACTS)), organisation: optional(oneOf(IMPACTS)) })),
    criminalJustice: flag,
    minimised: flag,
    network: optional(network),
    sender: record({ address, device: optional(oneOf(["managed", "personal"])), network: optional(network) }),
    recipients: list(recipientOf(statedBy), 1),
    agreement: optional(agreement),
    destinationStorage: statement,
    secret: optional(
      record({ channel: optional(oneOf(SECRET_CHANNELS)), numberVerified: flag, strength: optional(whole(0, 4)) }),
    ),
    package: optional(oneOf(PACKAGES)),
    subject: statement,
    approvals: optional(list(record({ role: oneOf(APPROVER_ROLES), by: address }))),
    arrangement: optional(oneOrMore(arrangementOf(classification))),
    reasons: optional(reasons),
    advice: optional(advice),
    media: optional(record({ registered: flag, encrypted: flag, hardware: flag })),
    carrier: optional(oneOf(CARRIERS)),
    envelope: optional(record({ addresseeOnly: flag, returnAddress: flag, marking: flag, packed: flag })),
    fax: optional(
      record({ numberConfirmed: flag, recipientAttending: flag, machineChecked: flag, riskAssessed: flag }),
    ),
    phone: optional(record({ identityConfirmed: flag, minimum: flag })),
    handover: optional(record({ identitySeen: flag })),
  });
}

const byMethod = byWord(METHODS, statement);
const byAdviser = byWord(ADVISERS, optional(oneOf(ADVICE_STATES)));

/** Reasons that say something. */
function reasons(value: unknown, field: string): NonNullable<Facts["reasons"]> {
  return known(byMethod(value, field));
}

function advice(value: unknown, field: string): NonNullable<Facts["advice"]> {
  return known(byAdviser(value, field));
}

/** Members that are known. */
function known<T>(members: Readonly<Record<string, T | null | undefined>>): Readonly<Record<string, T>> {
  const entries = Object.entries(members);
  return Object.fromEntries(entries.filter((each): each is [string, T] => each[1] !== null && each[1] !== undefined));
}

function readersFor(statedBy: StatedBy) {
  return { "uk-government": factsOf("uk-government", statedBy), university: factsOf("university", statedBy) } as const;
}
const READERS = { file: readersFor("file"), page: readersFor("page") } as const;

/**
 * Facts from what JSON.parse made of a file or a request's body: whoever wrote that controls every byte.
 * @throws PolicyError `bad-facts` with the field, for an unknown attribute or word, a wrong type, and where the classification,
 * the sender or the recipients are missing. All else that is missing is not known, and stays so.
 */
export function parseFacts(value: unknown, rules: RuleSet, statedBy: StatedBy = "file"): Facts {
  return READERS[statedBy][rules](value, "facts");
}

/**
 * `parseFacts` on the text of a file or of a request, which may begin with a byte order mark, as some editors put one there.
 * @throws PolicyError `bad-facts`, also for a member that is there twice
 */
export function parseFactFile(text: string, rules: RuleSet): Facts {
  const json = text.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PolicyError({
      code: "bad-facts",
      field: "facts",
      message: `facts: the file is not JSON: ${reason}. Nothing was decided.`,
      cause,
    });
  }
  const repeated = repeatedMember(json);
  if (repeated !== null) {
    throw new PolicyError({
      code: "bad-facts",
      field: repeated,
      message: `${repeated}: is there twice. Nothing was decided: keep one.`,
    });
  }
  return parseFacts(value, rules);
}
