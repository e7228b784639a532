import { Type } from "typebox";
import { type Address, parseAddress } from "../../../domain/address.ts";
import { channelsIn } from "../../../domain/channels.ts";
import { type Contact, type ContactKind, PHONE_KINDS, type PhoneKind } from "../../../domain/contact.ts";
import { DomainError } from "../../../domain/error.ts";
import { nationalPhone, parsePhone } from "../../../domain/phone.ts";
import { COUNTRIES } from "../../texts/countries.ts";

const line = Type.String({ maxLength: 1000 });
const lines = Type.String({ maxLength: 5000 });

/** The form of a contact, as it was typed: nothing of it is checked yet. */
export const contactBody = Type.Object({
  name: line,
  organisation: line,
  addresses: lines,
  phones: lines,
  mobiles: Type.Optional(lines),
  faxes: Type.Optional(lines),
  language: line,
  team: Type.Optional(line),
  kind: Type.Optional(line),
  country: Type.Optional(line),
  legitimateNeed: Type.Optional(lines),
  postal: Type.Optional(lines),
  dx: Type.Optional(line),
  preferred: line,
  impossible: Type.Optional(Type.Array(line, { maxItems: 20 })),
  /** The addresses for which the look-alikes were shown and confirmed. */
  confirmed: Type.Optional(lines),
  confirm: Type.Optional(line),
});

export interface TypedContact {
  readonly name: string;
  readonly organisation: string;
  readonly addresses: string;
  readonly phones: string;
  readonly mobiles?: string;
  readonly faxes?: string;
  readonly language: string;
  readonly team?: string;
  readonly kind?: string;
  readonly country?: string;
  readonly legitimateNeed?: string;
  readonly postal?: string;
  readonly dx?: string;
  readonly preferred: string;
  readonly impossible?: readonly string[];
  readonly confirmed?: string;
  readonly confirm?: string;
}

export type ContactFields = Pick<
  Contact,
  | ("name" | "organisation" | "addresses" | "phones" | "language" | "team" | "preferred" | "impossible")
  | ("kind" | "country" | "legitimateNeed" | "postal" | "dx")
>;

/**
 * A typed contact: its fields, or what is wrong with each. Addresses and numbers that were there before keep their
 * verification; new and changed ones have none.
 */
export function readContact(
  typed: TypedContact,
  before: Contact | null,
): { readonly fields: ContactFields; readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  const name = typed.name.trim();
  const organisation = typed.organisation.trim();
  if (name === "" || name.length > 100) errors.name = "Enter a name, in 100 characters or fewer";
  if (organisation.length > 100) errors.organisation = "Enter the organisation in 100 characters or fewer";
  const addresses = each(typed.addresses, parseAddress, "addresses", errors);
  const phones = readPhones(typed, errors);
  if (addresses.length === 0) errors.addresses ??= "Enter an email address";
  const impossible = channelsIn(typed.impossible ?? []);
  const [preferred] = channelsIn([typed.preferred]);
  if (!preferred) errors.preferred = "Choose how the six words are best told";
  else if (impossible.includes(preferred)) errors.preferred = "Choose a way that is not marked as impossible";
  const country = typed.country?.trim() ?? "";
  if (country !== "" && !COUNTRIES.some(({ code }) => code === country))
    errors.country = "Choose a country of the list";
  const legitimateNeed = typed.legitimateNeed?.trim() ?? "";
  if (legitimateNeed.length > 500) errors.legitimateNeed = "Say why they may have it in 500 characters or fewer";
  const postal = postalLines(typed.postal ?? "");
  if (postal.split("\n").length > 8 || postal.length > 400) errors.postal = "Enter the address in 8 lines or fewer";
  const dx = typed.dx?.trim() ?? "";
  if (dx.length > 80) errors.dx = "Enter the DX number and exchange in 80 characters or fewer";
  return {
    errors,
    fields: {
      postal,
      dx,
      kind: CONTACT_KINDS.find(({ value }) => value === typed.kind)?.value ?? null,
      country,
      legitimateNeed,
      name,
      organisation,
      language: typed.language === "cy" ? "cy" : "en",
      team: typed.team === "yes",
      preferred: preferred ?? "phone",
      impossible,
      addresses: addresses.map((address) => ({
        address,
        verified: before?.addresses.find((known) => known.address === address)?.verified ?? null,
      })),
      phones: phones.map(({ number, kind }) => ({
        ...{ number, kind },
        // SIS-20: a number that was checked as a telephone's is not checked as a fax machine's.
        verified:
          before?.phones.find((known) => known.number === number && (known.kind === "fax") === (kind === "fax"))
            ?.verified ?? null,
      })),
    },
  };
}

/** The field of the form that holds the numbers of each kind. */
const PHONE_FIELDS = { telephone: "phones", mobile: "mobiles", fax: "faxes" } as const satisfies Record<
  PhoneKind,
  keyof TypedContact
>;

/** The numbers of every kind; the same one under two kinds is refused: it could not be said what was checked of it. */
function readPhones(typed: TypedContact, errors: Record<string, string>) {
  const found = PHONE_KINDS.flatMap((kind) => {
    const field = PHONE_FIELDS[kind];
    return each(typed[field] ?? "", parsePhone, field, errors).map((number) => ({ number, kind }));
  });
  const twice = found.find(({ number }, at) => found.findIndex((each) => each.number === number) !== at);
  if (twice)
    errors[PHONE_FIELDS[twice.kind]] ??=
      `${nationalPhone(twice.number)} stands under two kinds of number. Keep it under the one that answers there`;
  return found;
}

/** The lines of an address as it was typed, without empty ones. */
function postalLines(typed: string): string {
  const lines = typed.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "").join("\n");
}

/** A contact as its form shows it. */
export function typedOf(contact: Contact): TypedContact {
  return {
    name: contact.name,
    organisation: contact.organisation,
    addresses: contact.addresses.map(({ address }) => address).join("\n"),
    phones: numbersOf(contact, "telephone"),
    mobiles: numbersOf(contact, "mobile"),
    faxes: numbersOf(contact, "fax"),
    language: contact.language,
    team: contact.team ? "yes" : "",
    preferred: contact.preferred,
    impossible: contact.impossible,
    kind: contact.kind ?? "",
    country: contact.country,
    legitimateNeed: contact.legitimateNeed,
    postal: contact.postal,
    dx: contact.dx,
  };
}

function numbersOf({ phones }: Contact, kind: PhoneKind): string {
  return phones.flatMap((each) => (each.kind === kind ? [each.number] : [])).join("\n");
}

/** What a contact can be to the organisation, with what pages call it. */
export const CONTACT_KINDS = [
  { value: "partner", text: "A partner in the same public service" },
  { value: "supplier", text: "A supplier, who works for us" },
  { value: "third-party", text: "A third party: any other organisation, or somebody who acts for one" },
  { value: "public", text: "A member of the public" },
] as const satisfies readonly { readonly value: ContactKind; readonly text: string }[];

/** Addresses that are new with this form: those that look-alikes are looked for. */
export function newAddresses(fields: ContactFields, before: Contact | null): readonly Address[] {
  const known = new Set(before?.addresses.map(({ address }) => address));
  return fields.addresses.map(({ address }) => address).filter((address) => !known.has(address));
}

function each<T>(
  typed: string,
  read: (text: string) => T,
  field: string,
  errors: Record<string, string>,
): readonly T[] {
  const found: T[] = [];
  for (const text of typed.split(/[\n,;]+/).map((part) => part.trim())) {
    if (text === "") continue;
    try {
      const value = read(text);
      if (!found.includes(value)) found.push(value);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      errors[field] ??= error.message;
    }
  }
  if (found.length > 20) errors[field] ??= "Enter 20 at the most";
  return found;
}
