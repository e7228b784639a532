import { fromBase64 } from "../bytes/base64.ts";
import { canonicalJson } from "../bytes/canonical-json.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import type { CarriedMethod, PackageKind } from "./carriage.ts";
import { DomainError } from "./error.ts";
import type { Carrier } from "./facts.ts";
import type { Member } from "./member.ts";
import type { Recipient, StatedFacts, Transfer } from "./transfer.ts";

/** One recipient, as the waybill commits to them. `token` is the SHA-256 of their receipt token, hexadecimal. */
export interface WaybillEntry {
  readonly name: string;
  readonly address: string;
  readonly access: string;
  readonly token: string;
}

/** The transfer's fixed document (SIS-23): what the sender signs, approvers agree to, and recipients check before opening. */
export interface Waybill {
  readonly version: 1;
  readonly reference: string;
  readonly originator: { readonly name: string; readonly address: string; readonly organisation: string };
  /** `entryDigest` of each recipient's entry, so that recipients who are handed the waybill do not see each other. */
  readonly recipients: readonly string[];
  /**
   * SHA-256 of what is sealed to each recipient, hexadecimal, in the order of `recipients`: what was altered since is told from wrong
   * words, and another's access from one's own, before any words are tried.
   */
  readonly grants: readonly string[];
  readonly method: "secure-link" | CarriedMethod;
  readonly facts: {
    readonly purpose: string;
    readonly necessity: string;
    readonly classification: string;
    readonly personal: boolean;
    readonly sensitive: boolean;
    readonly special: boolean | null;
    readonly offences: boolean | null;
    /** Whose records are in it, as declared. */
    readonly people: number | null;
    readonly impact: { readonly individuals: string; readonly organisation: string };
    /** Where the sender keeps the record copy; absent where nobody stated it. */
    readonly recordCopy?: string;
    /** Absent where nobody stated one. */
    readonly lawfulBasis?: { readonly basis: string; readonly special: string; readonly offences: string };
  };
  /** `sealed` is 0 where nothing is sealed here. */
  readonly totals: { readonly items: number; readonly bytes: number; readonly sealed: number };
  /**
   * SHA-256 of the sealed manifest, hexadecimal. Where it goes by another method, of the package that was made: of each of its files, in the
   * order of their numbers, with a space between; empty where there is none.
   */
  readonly content: string;
  readonly expires: string;
  /** SHA-256 of the public key's text of the organisation's recovery key, which opens it too, hexadecimal; null where there is none. */
  readonly recovery: string | null;
  /**
   * Who is asked to agree and may see the files before they answer, with the SHA-256 of what is sealed to them, hexadecimal. Not there
   * when the sender lets nobody see them.
   */
  readonly shown?: readonly ShownTo[];
  /** Only where it does not go by the secure link: how it goes (SDT-23, SIS-23). */
  readonly carried?: CarriedRecord;
  /** What decided. */
  readonly policy: { readonly rules: string; readonly digest: string };
  /** What still had to be agreed when it was signed, such as `approval:line-manager`. */
  readonly needs: readonly string[];
  /**
   * SHA-256 of the recorded assessment (all facts, what was answered, and 128 random bits), hexadecimal: those who must agree
   * see it, recipients do not.
   */
  readonly assessment: string;
}

/** How something goes that is carried, as the waybill says it. */
export type CarriedRecord = {
  readonly pages: number | null;
  readonly package: PackageKind | null;
  /** The serial of the registered medium. */
  readonly medium: string | null;
  readonly carrier: Carrier | null;
  /** SIS-31: which service of that kind, as the organisation called it. Absent where none is chosen, and in waybills of earlier versions. */
  readonly service?: { readonly id: string; readonly name: string; readonly guarantee: string };
  /** The number of the fax machine that it goes from. */
  readonly fax: string | null;
  /** Why nothing better serves. */
  readonly reason: string;
  /** SIS-18: the assessment of the risk of sending it by fax. Absent where there is none, and in waybills of earlier versions. */
  readonly risk?: { readonly says: string; readonly by: string; readonly on: string };
  /** Where it goes, for each recipient in their order: postal or DX address, checked numbers; empty where it is their email address or their hand. */
  readonly places: readonly string[];
};

/** Somebody who may see the files before they answer, as the waybill names them. */
export type ShownTo = { readonly name: string; readonly address: string; readonly grant: string };

/** What policy says of a transfer at the moment when its waybill is fixed. */
export type Assessed = Pick<Waybill, "method" | "policy" | "needs" | "assessment">;

/**
 * Builds the waybill of a sealed draft. Members of `facts` and recipients are listed in the order of the draft.
 * @throws DomainError `incomplete` when content, a grant or a token is missing.
 */
export async function buildWaybill(
  transfer: Transfer,
  recipients: readonly Recipient[],
  sender: Member,
  organisation: string,
  assessed: Assessed,
): Promise<Waybill> {
  const { sealed, facts } = transfer;
  if (!sealed) throw new DomainError({ code: "incomplete", message: "The files are not sealed yet. Add them first." });
  return {
    version: 1,
    reference: transfer.reference,
    originator: { name: sender.name, address: sender.address, organisation },
    recipients: await Promise.all(recipients.map(async (each) => entryDigest(entryOf(each)))),
    grants: await Promise.all(recipients.map(grantDigest)),
    method: assessed.method,
    facts: waybillFacts(facts),
    totals: { items: sealed.totals.items, bytes: sealed.totals.bytes, sealed: sealed.bodySize },
    content: sealed.content,
    expires: transfer.expiresAt,
    recovery: transfer.recovery?.key ?? null,
    ...(await shownIn(transfer)),
    policy: assessed.policy,
    needs: assessed.needs,
    assessment: assessed.assessment,
  };
}

/** As the waybill names those whom the sender lets see the files. @throws DomainError `incomplete` when their access is gone. */
export async function shownIn({ shownTo }: Pick<Transfer, "shownTo">): Promise<Pick<Waybill, "shown">> {
  if (shownTo.length === 0) return {};
  const named = shownTo.map(async ({ name, address, grant }) => ({
    ...{ name, address },
    grant: await grantDigest({ name, grant }),
  }));
  return { shown: await Promise.all(named) };
}

/** The stated facts that stand in the waybill, which recipients see; the others are in the assessment that it commits to. */
export function waybillFacts(facts: StatedFacts): Waybill["facts"] {
  const { purpose, necessity, classification, personal, sensitive, special, offences, people, impact } = facts;
  const { individuals, organisation } = impact;
  const { recordCopy, lawfulBasis } = facts;
  return {
    ...{ purpose, necessity, classification, personal, sensitive, special, offences, people },
    impact: { individuals, organisation },
    // absent, not null: a waybill from before these were asked stays what it was
    ...(recordCopy === null ? {} : { recordCopy }),
    ...(lawfulBasis === null
      ? {}
      : { lawfulBasis: { basis: lawfulBasis.basis, special: lawfulBasis.special, offences: lawfulBasis.offences } }),
  };
}

/** @throws DomainError `incomplete` when the recipient has no access yet. */
export function entryOf(recipient: Recipient): WaybillEntry {
  const { name, address, access, tokenHash, grant } = recipient;
  if (!tokenHash || !grant) throw noAccess(name);
  return { name, address, access, token: tokenHash };
}

/** SHA-256 of what is sealed to the recipient, hexadecimal. @throws DomainError `incomplete` when there is nothing. */
export async function grantDigest({ name, grant }: Pick<Recipient, "name" | "grant">): Promise<string> {
  if (!grant) throw noAccess(name);
  return sha256Hex(fromBase64(grant));
}

function noAccess(name: string): DomainError {
  return new DomainError({ code: "incomplete", message: `${name} has no access yet. Seal the files again.` });
}

/**
 * SHA-256 of the canonical JSON of an entry, hexadecimal. The token's hash in it is known to this recipient, the sender and the
 * server alone, so that nobody else can find out by trying whom a digest stands for.
 */
export function entryDigest({ name, address, access, token }: WaybillEntry): Promise<string> {
  return sha256Hex(utf8(canonicalJson({ name, address, access, token })));
}

/**
 * The same waybill with another recipient in the place of one: what the sender signs when an address is corrected.
 * @param grant SHA-256 of what is sealed to the right one, hexadecimal.
 * @throws DomainError `changed` when it does not name the one to be replaced.
 */
export async function correctedWaybill(
  waybill: Waybill,
  wrong: WaybillEntry,
  right: WaybillEntry,
  grant: string,
): Promise<Waybill> {
  const [before, after] = await Promise.all([entryDigest(wrong), entryDigest(right)]);
  const at = waybill.recipients.indexOf(before);
  if (at < 0) {
    throw new DomainError({ code: "changed", message: "This transfer was changed meanwhile. Load the page again." });
  }
  return { ...waybill, recipients: waybill.recipients.with(at, after), grants: waybill.grants.with(at, grant) };
}

/** Canonical JSON (RFC 8785) of a waybill and the SHA-256 of its UTF-8 bytes, hexadecimal. */
export async function fixWaybill(waybill: Waybill): Promise<{ readonly text: string; readonly digest: string }> {
  const text = canonicalJson({ ...waybill, facts: Object.fromEntries(Object.entries(waybill.facts)) });
  return { text, digest: await sha256Hex(utf8(text)) };
}
