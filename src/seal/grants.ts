import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { randomBytes } from "../bytes/random.ts";
import { SealError } from "./error.ts";
import { DIGEST, fieldsOf, PQ_IDENTITY, REFERENCE, TOKEN, textOf, textsOf, version1 } from "./fields.ts";
import { recipientStrength } from "./keys.ts";
import { type OpenWith, TRANSFER_LOG_N } from "./opening.ts";
import { openJson, type SealedDocument, sealJson } from "./sealed-json.ts";
import { type SealTo, WORDS_LOG_N } from "./sealing.ts";

/** What a recipient's grant holds. */
export interface Grant {
  readonly version: 1;
  readonly reference: string;
  /** The transfer key. */
  readonly identity: string;
  /** This recipient's receipt token. */
  readonly token: string;
}

/** What the sender's own grant (and a stand-in's) holds, so that any of their devices can go on. */
export interface SenderGrant {
  readonly version: 1;
  readonly reference: string;
  readonly identity: string;
  /** The six words of each recipient that has them, by recipient id. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The receipt token of each recipient, by recipient id. */
  readonly tokens: Readonly<Record<string, string>>;
  /** SHA-256 of the organisation's recovery key that the transfer key is sealed to as well, hexadecimal; null for none. */
  readonly recovery: string | null;
}

/** Whom a grant is for: people's post-quantum keys, or six words. */
export type GrantFor = { readonly recipients: readonly string[] } | { readonly secret: string };

/** What opens a grant: a person's keys, or the six words in the form that `parseSecret` gives. */
export type GrantKey = { readonly identities: readonly string[] } | { readonly secret: string };

/** A new receipt token: 32 random bytes, URL-safe base64. */
export function newToken(): string {
  return toBase64Url(randomBytes(32));
}

/** SHA-256 of a token's 32 bytes, in hexadecimal: what the waybill holds. */
export async function tokenDigest(token: string): Promise<string> {
  return sha256Hex(fromBase64Url(token));
}

/** @throws SealError `mixed-strength` for a key that is not post-quantum, `bad-key`, `bad-input`. */
export async function sealGrant(grant: Grant, to: GrantFor): Promise<SealedDocument> {
  const { version, reference, identity, token } = grant;
  return sealJson({ version, reference, identity, token }, grantSealTo(to));
}

/** @throws SealError as `sealGrant`. The sender's grant is never sealed to words. */
export async function sealSenderGrant(grant: SenderGrant, recipients: readonly string[]): Promise<SealedDocument> {
  const { version, reference, identity, secrets, tokens, recovery } = grant;
  const said = recovery === null ? {} : { recovery };
  return sealJson({ version, reference, identity, secrets, tokens, ...said }, grantSealTo({ recipients }));
}

/** What the opened grant must be about. */
export interface GrantExpected {
  readonly reference: string;
  /** SHA-256 of the sealed grant. With it, an altered grant is `damaged` before any words are tried. */
  readonly digest?: string | undefined;
}

/**
 * Opens a recipient's grant. The server hands it out and could hand out another's: that one opens with none of our keys
 * (`no-access`, `wrong-secret`), or names another transfer (`damaged`).
 * @throws SealError
 */
export async function openGrant(sealed: Uint8Array, key: GrantKey, expected: GrantExpected): Promise<Grant> {
  const strengths = "secret" in key ? (["passphrase"] as const) : (["pq"] as const);
  const opened = await openJson(sealed, grantOpenWith(key), { digest: expected.digest, strengths });
  const fields = fieldsOf(opened, ["version", "reference", "identity", "token"]);
  version1(fields);
  return {
    version: 1,
    reference: sameReference(textOf(fields.reference, REFERENCE), expected),
    identity: textOf(fields.identity, PQ_IDENTITY),
    token: textOf(fields.token, TOKEN),
  };
}

/** Opens the sender's grant. @throws SealError as `openGrant`. */
export async function openSenderGrant(
  sealed: Uint8Array,
  identities: readonly string[],
  expected: GrantExpected,
): Promise<SenderGrant> {
  const opened = await openJson(sealed, { identities }, { digest: expected.digest, strengths: ["pq"] });
  const fields = fieldsOf(opened, ["version", "reference", "identity", "secrets", "tokens", "recovery"]);
  version1(fields);
  return {
    version: 1,
    reference: sameReference(textOf(fields.reference, REFERENCE), expected),
    identity: textOf(fields.identity, PQ_IDENTITY),
    secrets: textsOf(fields.secrets, /^[a-z -]{1,200}$/),
    tokens: textsOf(fields.tokens, TOKEN),
    recovery: fields.recovery === undefined ? null : textOf(fields.recovery, DIGEST),
  };
}

function grantSealTo(to: GrantFor): SealTo {
  if ("secret" in to) return { passphrase: to.secret, logN: WORDS_LOG_N };
  if (to.recipients.some((each) => recipientStrength(each) !== "pq")) {
    const message = "Access to a transfer is only given to post-quantum keys (age1pq1…). Ask for such a key.";
    throw new SealError({ code: "mixed-strength", message });
  }
  return to;
}

function grantOpenWith(key: GrantKey): OpenWith {
  return "secret" in key ? { passphrase: key.secret, logN: TRANSFER_LOG_N } : key;
}

function sameReference(reference: string, expected: GrantExpected): string {
  if (reference === expected.reference) return reference;
  throw new SealError({ code: "damaged", message: "This access belongs to another transfer. Nothing was opened." });
}
