import { fromBase64 } from "../bytes/base64.ts";
import { canonicalJson } from "../bytes/canonical-json.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import { DomainError } from "./error.ts";
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
  readonly method: "secure-link";
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
  };
  readonly totals: { readonly items: number; readonly bytes: number; readonly sealed: number };
  /** SHA-256 of the sealed manifest, hexadecimal. */
  readonly content: string;
  readonly expires: string;
  /** SHA-256 of the public key's text of the organisation's recovery key, which opens it too, hexadecimal; null where there is none. */
  readonly recovery: string | null;
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
    policy: assessed.policy,
    needs: assessed.needs,
    assessment: assessed.assessment,
  };
}

/** The stated facts that stand in the waybill, which recipients see; the others are in the assessment that it commits to. */
export function waybillFacts(facts: StatedFacts): Waybill["facts"] {
  const { purpose, necessity, classification, personal, sensitive, special, offences, people, impact } = facts;
  const { individuals, organisation } = impact;
  return {
    ...{ purpose, necessity, classification, personal, sensitive, special, offences, people },
    impact: { individuals, organisation },
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
  const text = canonicalJson({ ...waybill });
  return { text, digest: await sha256Hex(utf8(text)) };
}
