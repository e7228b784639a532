import {
  ADVICE_STATES,
  ADVISERS,
  APPROVER_ROLES,
  AUTHENTICATIONS,
  CARRIERS,
  CLASSIFICATIONS,
  type Facts,
  IMPACTS,
  KINDS,
  PACKAGES,
  type RuleSet,
  SECRET_CHANNELS,
} from "../../../domain/facts.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import type { Settings } from "../../../policy/configuration/settings.ts";
import { ABROAD } from "../../../policy/facts/parse-facts.ts";

/** A fact in the form: how it reads, and what a chosen value makes of it. */
export interface TryField {
  /** Of the form's control, such as `recipients.0.kind`. */
  readonly name: string;
  readonly label: string;
  /** Values that can be chosen, beside "not known"; null: a number is typed. */
  readonly choices: readonly { readonly value: string; readonly text: string }[] | null;
  /** What the facts say, as the control holds it; empty: not known. */
  show(facts: Facts): string;
  /** Puts a value into facts as JSON has them. */
  put(raw: RawFacts, value: string): void;
}

export interface TryGroup {
  readonly heading: string;
  readonly fields: readonly TryField[];
}

/** Facts as JSON has them, on their way to `parseFacts`, which judges them. */
export type RawFacts = Record<string, unknown>;

/** Recipients beyond these stay as they are. */
const MOST_RECIPIENTS = 5;

const YES_NO = [
  { value: "yes", text: "yes" },
  { value: "no", text: "no" },
];

/** Everything that can be changed about these facts, in the order of the fact file. */
export function tryGroups(facts: Facts, { rules, homeCountries }: Settings): readonly TryGroup[] {
  const home = homeCountries[0] ?? "GB";
  return [
    { heading: "What is sent, and why", fields: contentFields(rules) },
    ...facts.recipients.slice(0, MOST_RECIPIENTS).map(({ name }, index) => ({
      heading: `Recipient: ${name}`,
      fields: recipientFields(`recipients.${index}`, home),
    })),
    {
      heading: "Who agreed, and who was asked",
      fields: [...APPROVER_ROLES.map(approval), agreement, ...ADVISERS.map(advice)],
    },
    {
      heading: "How the secret is told",
      fields: [
        choice("secret.channel", "Told by", SECRET_CHANNELS),
        flag("secret.numberVerified", "The number is the agreed or officially listed one"),
        choice("secret.strength", "Strength, from 0 to 4", ["0", "1", "2", "3", "4"], Number),
      ],
    },
    {
      heading: "For email",
      fields: [
        choice("sender.device", "Sent from a device that is", ["managed", "personal"]),
        choice("package", "Encrypted package", PACKAGES),
        stated("subject", "The subject is the reference", "WB-0000-0000"),
        stated("reasons.email", "A reason why email", REASON),
      ],
    },
    {
      heading: "For post and removable media",
      fields: [
        choice("carrier", "Carrier", CARRIERS),
        count("pages", "Pages"),
        flag("identityDocuments", "Identity documents are in it"),
        flag("envelope.addresseeOnly", "Marked ADDRESSEE ONLY"),
        flag("envelope.returnAddress", "Return address on it"),
        flag("envelope.marking", "Classification shown outside"),
        flag("envelope.packed", "Packed against damage"),
        flag("media.registered", "Media is registered to its owner"),
        flag("media.encrypted", "Media is encrypted"),
        stated("reasons.removable-media", "A reason why removable media", REASON),
      ],
    },
    {
      heading: "For fax, telephone and handing over",
      fields: [
        flag("fax.numberConfirmed", "Fax number checked"),
        flag("fax.recipientAttending", "Recipient at the machine"),
        flag("fax.machineChecked", "Machine checked"),
        flag("fax.riskAssessed", "Risk assessed"),
        stated("reasons.fax", "A reason why fax", REASON),
        flag("phone.identityConfirmed", "Who answers was confirmed"),
        flag("phone.minimum", "Kept to a minimum"),
        flag("handover.identitySeen", "Identification seen"),
      ],
    },
  ];
}

const REASON = "A reason";

function contentFields(rules: RuleSet): readonly TryField[] {
  return [
    choice("classification", "Classification", CLASSIFICATIONS[rules]),
    stated("purpose", "Purpose stated", "A purpose"),
    stated("necessity", "Necessity stated", "A necessity"),
    flag("minimised", "No more than the purpose needs"),
    flag("personal", "Personal"),
    flag("special", "Special-category"),
    flag("offences", "Criminal offences"),
    flag("sensitive", "Sensitive otherwise"),
    flag("namesWithAddresses", "Names with addresses"),
    count("people.count", "People that it is about"),
    count("bytes", "Bytes"),
    choice("impact.individuals", "Harm to people", IMPACTS),
    choice("impact.organisation", "Harm to the organisation", IMPACTS),
    flag("criminalJustice", "For criminal justice"),
    stated("destinationStorage", "Storage at the destination stated", "Stored encrypted"),
  ];
}

function recipientFields(at: string, home: string): readonly TryField[] {
  return [
    choice(`${at}.kind`, "Kind", KINDS),
    country(`${at}.country`, home),
    flag(`${at}.verified`, "Identity checked"),
    stated(`${at}.legitimateNeed`, "Why they may have it is recorded", "A legitimate need"),
    flag(`${at}.expecting`, "Expecting it"),
    choice(`${at}.authentication`, "Signs in by", AUTHENTICATIONS),
    flag(`${at}.shared`, "A team mailbox"),
  ];
}

function flag(name: string, label: string): TryField {
  return {
    name,
    label,
    choices: YES_NO,
    show: (facts) => {
      const value = at(facts, name);
      return value === true ? "yes" : value === false ? "no" : "";
    },
    put: (raw, value) => set(raw, name, value === "" ? null : value === "yes"),
  };
}

function choice(
  name: string,
  label: string,
  words: readonly string[],
  read: (word: string) => unknown = String,
): TryField {
  return {
    name,
    label,
    choices: words.map((value) => ({ value, text: wordsOf(value) })),
    show: (facts) => String(at(facts, name) ?? ""),
    put: (raw, value) => set(raw, name, value === "" ? null : read(value)),
  };
}

/** Classifications stay as they are written. */
function wordsOf(value: string): string {
  return value === value.toUpperCase() ? value : value.replaceAll("-", " ");
}

function count(name: string, label: string): TryField {
  return {
    name,
    label,
    choices: null,
    show: (facts) => String(at(facts, name) ?? ""),
    put: (raw, value) => {
      set(raw, name, value.trim() === "" ? null : (readWholeNumber(value) ?? value)); // what is no number is refused as such
    },
  };
}

/** A text of which only counts that it is there. What was stated stays. */
function stated(name: string, label: string, otherwise: string): TryField {
  return {
    name,
    label,
    choices: YES_NO,
    show: (facts) => (at(facts, name) ? "yes" : "no"),
    put: (raw, value) => set(raw, name, value === "yes" ? (at(raw, name) ?? otherwise) : null),
  };
}

/** Which country abroad it is makes no difference. */
function country(name: string, home: string): TryField {
  return {
    name,
    label: "Country",
    choices: [
      { value: "home", text: new Intl.DisplayNames("en-GB", { type: "region" }).of(home) ?? home },
      { value: "abroad", text: "another country" },
    ],
    show: (facts) => {
      const value = at(facts, name);
      return value === null || value === undefined ? "" : value === home ? "home" : "abroad";
    },
    put: (raw, value) => set(raw, name, value === "" ? null : value === "home" ? home : ABROAD),
  };
}

/** An agreement by somebody who holds the role: here everybody does. */
function approval(role: (typeof APPROVER_ROLES)[number]): TryField {
  return {
    name: `approvals.${role}`,
    label: `Agreed: ${role.replaceAll("-", " ")}`,
    choices: YES_NO,
    show: ({ approvals }) => (approvals?.some((each) => each.role === role) ? "yes" : "no"),
    put: (raw, value) => {
      const all = Array.isArray(raw.approvals) ? (raw.approvals as { readonly role?: unknown }[]) : [];
      const own = all.filter((each) => each.role === role);
      const others = all.filter((each) => each.role !== role);
      const given = own.length > 0 ? own : [{ role, by: `${role}@simulated.example` }];
      raw.approvals = value === "yes" ? [...others, ...given] : others;
    },
  };
}

/** Far enough for any agreement that holds now. */
const NEVER = "9999-12-31";
const LONG_AGO = "2000-01-01";

const agreement: TryField = {
  name: "agreement",
  label: "Data sharing agreement",
  choices: [
    { value: "named", text: "named, with its own date" },
    { value: "current", text: "current" },
    { value: "expired", text: "expired" },
    { value: "none", text: "none, with a reason" },
  ],
  show: ({ agreement: found }) => (found === null ? "" : "none" in found ? "none" : "named"),
  put: (raw, value) => {
    if (value === "named") raw.agreement ??= { reference: "An agreement", expires: NEVER };
    else if (value === "none") raw.agreement = { none: REASON };
    else if (value === "") raw.agreement = null;
    else raw.agreement = { reference: "An agreement", expires: value === "current" ? NEVER : LONG_AGO };
  },
};

function advice(adviser: (typeof ADVISERS)[number]): TryField {
  return choice(`advice.${adviser}`, `Advice: ${adviser.replaceAll("-", " ")}`, ADVICE_STATES);
}

function at(facts: object, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((found, key) => (found === null || found === undefined ? null : (found as RawFacts)[key]), facts);
}

/** Null takes a member away; what is above it is made where it is absent. The path is one of ours. */
function set(raw: RawFacts, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let place = raw;
  for (const key of keys) {
    const found = place[key];
    if (typeof found !== "object" || found === null) {
      if (value === null) return;
      place[key] = {};
    }
    place = place[key] as RawFacts; // just made sure of
  }
  place[last] = value;
}
