import { Type } from "typebox";
import { iso } from "../../../domain/clock.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import type { Decision } from "../../key-offers/decide.ts";

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** What the describing pages send: each carries everything that was typed so far, so that nothing is kept on the server. */
export const descriptionBody = Type.Object({
  recipients: text(100_000),
  purpose: text(20_000),
  necessity: text(20_000),
  recordCopy: text(20_000),
  classification: text(40),
  personal: text(10),
  sensitive: text(10),
  minimised: text(10),
  individuals: text(10),
  organisation: text(10),
  expiry: text(10),
  standIn: text(300),
  register: Type.Optional(Type.Union([Type.String({ maxLength: 300 }), Type.Array(Type.String({ maxLength: 300 }))])),
  registerAll: text(10),
  needAll: text(20_000),
  expectingAll: text(10),
  seen: text(300_000),
  special: text(10),
  offences: text(10),
  people: text(20),
  namesWithAddresses: text(10),
  criminalJustice: text(10),
  informationAsked: text(10),
  kept: text(100),
  back: text(10),
});

/** The fields of the describing pages, every one there. */
export interface TypedDescription {
  readonly recipients: string;
  readonly purpose: string;
  readonly necessity: string;
  /** Where the record copy is kept. */
  readonly recordCopy: string;
  readonly classification: string;
  readonly personal: string;
  readonly sensitive: string;
  /** `yes`: nothing goes in that the purpose does not need (SDT-6). */
  readonly minimised: string;
  readonly individuals: string;
  readonly organisation: string;
  /** Days, or `keep` for the date that a draft has. */
  readonly expiry: string;
  readonly standIn: string;
  /** Addresses to invite to register first (OXM-22). */
  readonly register: readonly string[];
  /** `yes`: everybody outside who would need six words is invited to register first. */
  readonly registerAll: string;
  /** SDT-7 and SIS-13, said once for whoever nothing else is said of. */
  readonly needAll: string;
  readonly expectingAll: string;
  /** The addresses that were shown with their names, one a line: shown again when they are others. */
  readonly seen: string;
  readonly special: string;
  readonly offences: string;
  /** A number, declared (SIS-4). */
  readonly people: string;
  readonly namesWithAddresses: string;
  readonly criminalJustice: string;
  /** `yes` once the page about the information was shown (SIS-5). */
  readonly informationAsked: string;
  /** Under which what the page shows is kept; empty for one that nothing was typed on yet. */
  readonly kept: string;
  /** By address: `yes` or `no` (SIS-13; fields `expecting-…`). */
  readonly expecting: Readonly<Record<string, string>>;
  /** By address: why they may have it (SDT-7; fields `need-…`). */
  readonly need: Readonly<Record<string, string>>;
  /** By member id: what the sender says of a key that was offered (fields `offer-…`). */
  readonly offers: Readonly<Record<string, Decision>>;
}

type Loose = { readonly [K in keyof Omit<TypedDescription, "offers" | "expecting" | "need">]?: string | string[] };

export const BLANK: TypedDescription = {
  recipients: "",
  purpose: "",
  necessity: "",
  recordCopy: "",
  classification: "",
  personal: "",
  sensitive: "",
  minimised: "",
  individuals: "",
  organisation: "",
  expiry: "",
  standIn: "",
  register: [],
  registerAll: "",
  needAll: "",
  expectingAll: "",
  seen: "",
  special: "",
  offences: "",
  people: "",
  namesWithAddresses: "",
  criminalJustice: "",
  informationAsked: "",
  kept: "",
  expecting: {},
  need: {},
  offers: {},
};

export function readTyped(body: Loose): TypedDescription {
  const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");
  const { register } = body;
  return {
    recipients: one(body.recipients),
    purpose: one(body.purpose),
    necessity: one(body.necessity),
    recordCopy: one(body.recordCopy),
    classification: one(body.classification),
    personal: one(body.personal),
    sensitive: one(body.sensitive),
    minimised: one(body.minimised),
    individuals: one(body.individuals),
    organisation: one(body.organisation),
    expiry: one(body.expiry),
    standIn: one(body.standIn),
    register: typeof register === "string" ? [register] : (register ?? []),
    registerAll: one(body.registerAll),
    needAll: one(body.needAll),
    expectingAll: one(body.expectingAll),
    seen: one(body.seen),
    special: one(body.special),
    offences: one(body.offences),
    people: one(body.people),
    namesWithAddresses: one(body.namesWithAddresses),
    criminalJustice: one(body.criminalJustice),
    informationAsked: one(body.informationAsked),
    kept: one(body.kept),
    ...saidIn(body),
    offers: offersIn(body),
  };
}

/** What is said of each recipient, by address. */
export function saidIn(body: object): Pick<TypedDescription, "expecting" | "need"> {
  const named = (prefix: string) =>
    Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
      name.startsWith(prefix) && typeof value === "string" ? [[name.slice(prefix.length), value] as const] : [],
    );
  return { expecting: Object.fromEntries(named("expecting-")), need: Object.fromEntries(named("need-")) };
}

const DECISIONS: readonly Decision[] = ["confirm", "words", "refuse"];

function offersIn(body: object): TypedDescription["offers"] {
  const decided = Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const decision = name.startsWith("offer-") ? DECISIONS.find((each) => each === value) : undefined;
    return decision ? [[name.slice("offer-".length), decision] as const] : [];
  });
  return Object.fromEntries(decided);
}

/** What the first page shows before anything was typed: the usual days. What decides how it is sent is never preset (SIS-36). */
export function blank(expiryDays: number): TypedDescription {
  return { ...BLANK, expiry: String(expiryDays) };
}

/** A draft as its describing pages show it again. */
export async function typedFrom(
  read: Reader,
  transfer: Transfer,
  recipients: readonly Recipient[],
): Promise<TypedDescription> {
  const { facts, standInId } = transfer;
  const standIn = standInId ? await read.member(standInId) : null;
  return {
    ...BLANK,
    recipients: recipients.map(({ name, address }) => `${name} <${address}>`).join("\n"),
    purpose: facts.purpose,
    necessity: facts.necessity,
    recordCopy: facts.recordCopy ?? "",
    classification: facts.classification,
    personal: facts.personal ? "yes" : "no",
    sensitive: facts.sensitive ? "yes" : "no",
    minimised: facts.minimised ? "yes" : "",
    individuals: facts.impact.individuals,
    organisation: facts.impact.organisation,
    special: yesOrNo(facts.special),
    offences: yesOrNo(facts.offences),
    people: facts.people === null ? "" : String(facts.people),
    namesWithAddresses: yesOrNo(facts.namesWithAddresses),
    criminalJustice: yesOrNo(facts.criminalJustice),
    expecting: Object.fromEntries(recipients.map(({ address, expecting }) => [address, yesOrNo(expecting)])),
    need: Object.fromEntries(
      recipients.flatMap(({ address, legitimateNeed }) => (legitimateNeed ? [[address, legitimateNeed]] : [])),
    ),
    expiry: "keep",
    standIn: standIn?.address ?? "",
    register: recipients.filter((each) => each.registerFirst).map(({ address }) => address),
  };
}

/** A stated fact as its radios show it; empty while it is open. */
export function yesOrNo(stated: boolean | null): string {
  return stated === null ? "" : stated ? "yes" : "no";
}

/** The choices of OXM-21, in days, with the date that each gives. */
export function expiryChoices(now: Date, usual: number, kept: string | null): readonly { value: string; at: string }[] {
  const days = [...new Set([3, 7, usual, 30, 90])].sort((a, b) => a - b);
  const choices = days.map((each) => ({ value: String(each), at: iso(new Date(now.getTime() + each * 86_400_000)) }));
  return kept === null ? choices : [{ value: "keep", at: kept }, ...choices];
}
