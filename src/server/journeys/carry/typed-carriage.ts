import { Type } from "typebox";
import type { Carriage, CarriedMethod, FixedCarriage, PackageKind } from "../../../domain/carriage.ts";
import { IS_EACH, MOST_PACKAGE_FILES, PACKAGE_KINDS } from "../../../domain/carriage.ts";
import type { CatalogueService } from "../../../domain/carriers.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import { readDay, typedDay } from "../../texts/typed-day.ts";

const line = Type.Optional(Type.String({ maxLength: 100 }));

/** The form of how something is carried, as it was typed: nothing of it is checked yet. */
export const carriageBody = Type.Object({
  items: line,
  pages: line,
  bytes: line,
  identityDocuments: line,
  package: line,
  digest: Type.Optional(Type.String({ maxLength: 5000 })),
  reason: Type.Optional(Type.String({ maxLength: 5000 })),
  mediumId: line,
  carrier: line,
  risk: Type.Optional(Type.String({ maxLength: 5000 })),
  riskBy: Type.Optional(Type.String({ maxLength: 1000 })),
  "riskOn-day": line,
  "riskOn-month": line,
  "riskOn-year": line,
  faxMachineId: line,
  device: line,
});

export type TypedCarriage = Readonly<Record<keyof typeof carriageBody.properties, string>>;

/** The largest number of items, pages or bytes. */
const MOST = 999_999_999_999_999;

export const BLANK: TypedCarriage = {
  items: "",
  pages: "",
  bytes: "",
  identityDocuments: "",
  package: "",
  digest: "",
  reason: "",
  mediumId: "",
  carrier: "",
  risk: "",
  riskBy: "",
  "riskOn-day": "",
  "riskOn-month": "",
  "riskOn-year": "",
  faxMachineId: "",
  device: "",
};

/** Which questions a method asks. */
export interface Asks {
  readonly pages: boolean;
  readonly bytes: boolean;
  readonly package: boolean;
  readonly identityDocuments: boolean;
  readonly reason: boolean;
  readonly medium: boolean;
  readonly carrier: boolean;
  readonly fax: boolean;
  /** Which checked number of each contact is dialled. */
  readonly number: boolean;
  readonly device: boolean;
}

export function asksOf(method: CarriedMethod): Asks {
  const mail = method === "email" || method === "cjsm";
  const media = method === "removable-media";
  return {
    pages: method === "post" || method === "fax",
    bytes: mail || media,
    package: mail || media,
    identityDocuments: method === "post",
    reason: media || method === "fax" || method === "email",
    medium: media,
    carrier: media || method === "post",
    fax: method === "fax",
    number: method === "fax" || method === "telephone",
    device: mail,
  };
}

/** Whether its files are to be added still: packed here, or said to be packed elsewhere. */
export function lacksFiles({ method, fixed }: Carriage): boolean {
  return asksOf(method).package && fixed.items === null;
}

/** What was stated, as the form shows it. */
export function typedFrom(fixed: FixedCarriage): TypedCarriage {
  const number = (value: number | null) => (value === null ? "" : String(value));
  const yesNo = (value: boolean | null) => (value === null ? "" : value ? "yes" : "no");
  return {
    items: number(fixed.items),
    pages: number(fixed.pages),
    bytes: fixed.package === null ? number(fixed.bytes) : String(fixed.package.bytes),
    identityDocuments: yesNo(fixed.identityDocuments),
    package: fixed.package?.kind ?? (fixed.items === null ? "" : "none"),
    digest: fixed.package?.digests.join(" ") ?? "",
    reason: fixed.reason,
    mediumId: fixed.mediumId ?? "",
    carrier: fixed.service?.id ?? fixed.carrier ?? "",
    risk: fixed.risk?.says ?? "",
    riskBy: fixed.risk?.by ?? "",
    ...typedDayOf(fixed.risk?.on ?? ""),
    faxMachineId: fixed.faxMachineId ?? "",
    device: fixed.device ?? "",
  };
}

/** What of the registers and contacts may be chosen. */
export interface Offered {
  readonly media: readonly string[];
  readonly machines: readonly string[];
  /** SIS-34: services of the catalogue. */
  readonly services: readonly CatalogueService[];
  /** Checked numbers, by recipient id. */
  readonly numbers: Readonly<Record<string, readonly string[]>>;
}

/** The fields in which a number is chosen, by recipient id: they are named by it, so the schema cannot list them. */
export function typedNumbers(body: object): Readonly<Record<string, string>> {
  const fields = Object.entries(body).filter(([name]) => name.startsWith("number-"));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice("number-".length), String(value)]));
}

/** SIS-20, OXM-8: the only checked number, or the one that was chosen among several. */
function chosenNumbers(offered: Offered["numbers"], typed: Readonly<Record<string, string>>) {
  const chosen = Object.entries(offered).flatMap(([id, numbers]) => {
    const [only, ...others] = numbers;
    const found = others.length === 0 ? only : numbers.find((each) => each === typed[id]);
    return found === undefined ? [] : [[id, found] as const];
  });
  return Object.fromEntries(chosen);
}

/**
 * A typed form: what it states, or what is wrong with each answer. What the method does not ask for is left out; what may stay open (the
 * rules say then what is missing) may be empty.
 * @param today YYYY-MM-DD: nothing was assessed after it
 */
export function readCarriage(
  typed: TypedCarriage,
  asks: Asks,
  offered: Offered,
  numbers: Readonly<Record<string, string>>,
  today: string,
): { readonly fixed: FixedCarriage; readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  const whole = (name: "items" | "pages" | "bytes", what: string, needed: boolean): number | null => {
    if (typed[name].trim() === "" && !needed) return null;
    const number = readWholeNumber(typed[name], MOST);
    if (number !== null && number > 0) return number;
    errors[name] = what;
    return null;
  };
  const items = whole("items", "Enter how many, such as 3", true);
  const pages = asks.pages ? whole("pages", "Enter how many pages, such as 12", true) : null;
  const kind = asks.package ? PACKAGE_KINDS.find((each) => each === typed.package) : undefined;
  if (asks.package && kind === undefined && typed.package !== "none")
    errors.package = "Choose what it is packed in, or that it is not packed";
  const size = asks.bytes ? whole("bytes", "Enter the size in bytes, such as 52428800", kind !== undefined) : null;
  const digests = kind === undefined ? [] : readDigests(kind, typed.digest, errors);
  const reason = asks.reason ? typed.reason.trim() : "";
  if (reason.length > 500) errors.reason = "Say why in 500 characters or fewer";
  const service = (asks.carrier && offered.services.find(({ id }) => id === typed.carrier)) || null;
  if (asks.carrier && service === null && typed.carrier !== "") errors.carrier = "Choose one of these services";
  return {
    errors,
    fixed: {
      items,
      pages,
      bytes: kind === undefined ? size : null,
      identityDocuments: asks.identityDocuments ? yesOrNo(typed.identityDocuments) : null,
      package: packageOf(kind, size, digests),
      reason,
      mediumId: asks.medium ? (offered.media.find((each) => each === typed.mediumId) ?? null) : null,
      carrier: service?.carrier ?? null,
      service: service && { id: service.id, name: service.name, guarantee: service.guarantee },
      risk: asks.fax ? readRisk(typed, today, errors) : null,
      faxMachineId: asks.fax ? (offered.machines.find((each) => each === typed.faxMachineId) ?? null) : null,
      numbers: asks.number ? chosenNumbers(offered.numbers, numbers) : {},
      device: asks.device && (typed.device === "managed" || typed.device === "personal") ? typed.device : null,
    },
  };
}

/** SIS-18: all of it or nothing: what was assessed and decided, by whom, and when. */
function readRisk(typed: TypedCarriage, today: string, errors: Record<string, string>): FixedCarriage["risk"] {
  const [says, by] = [typed.risk.trim(), typed.riskBy.trim()];
  const day = { day: typed["riskOn-day"], month: typed["riskOn-month"], year: typed["riskOn-year"] };
  if (says === "" && Object.values(day).every((each) => each.trim() === "")) return null;
  const on = readDay(day);
  if (says === "" || says.length > 1000)
    errors.risk = "Say what was assessed and what was decided, in 1,000 characters or fewer";
  if (by === "" || by.length > 200) errors.riskBy = "Say who assessed it, such as “Asa Owner, information asset owner”";
  if (on === null || on > today) errors.riskOn = "Enter the day on which it was assessed, such as 27 11 2026";
  return on === null ? null : { says, by, on };
}

/** A day, YYYY-MM-DD, as its three fields show it; empty fields for none. */
function typedDayOf(day: string) {
  const { day: date, month, year } = typedDay(day);
  return { "riskOn-day": date, "riskOn-month": month, "riskOn-year": year };
}

/** The SHA-256 of each file, with or without spaces anywhere; several only of what is packed one by one. */
function readDigests(kind: PackageKind, typed: string, errors: Record<string, string>): readonly string[] {
  const digests =
    typed
      .replaceAll(/\s/g, "")
      .toLowerCase()
      .match(/.{1,64}/g) ?? [];
  if (digests.length === 0 || !digests.every((each) => /^[0-9a-f]{64}$/.test(each)))
    errors.digest = "Enter the SHA-256 that was shown when the package was made: 64 characters of 0–9 and a–f";
  else if (digests.length > 1 && !IS_EACH[kind])
    errors.digest = "All files are in one package of this kind: enter its SHA-256 alone";
  else if (digests.length > MOST_PACKAGE_FILES)
    errors.digest = `Enter the SHA-256 of ${MOST_PACKAGE_FILES} documents at the most: pack more of them as a zip`;
  else if (new Set(digests).size < digests.length)
    errors.digest = "The same SHA-256 stands here twice: enter that of each document once";
  return digests;
}

function packageOf(
  kind: PackageKind | undefined,
  bytes: number | null,
  digests: readonly string[],
): FixedCarriage["package"] {
  return kind === undefined || bytes === null ? null : { kind, bytes, digests };
}

function yesOrNo(typed: string): boolean | null {
  return typed === "yes" ? true : typed === "no" ? false : null;
}
