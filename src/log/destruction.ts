import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { canonicalJson } from "../bytes/canonical-json.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/text.ts";
import type { VerifierKey } from "./keys.ts";
import type { LogKeeper } from "./log-keeper.ts";
import { type Statement, statementText } from "./statement.ts";
import { verifyWithEd25519 } from "./statement-keys.ts";

/** What the organisation signs for when sealed files were destroyed (SIS-37, OXM-21). */
export interface DestructionCertificate {
  readonly version: 1;
  readonly reference: string;
  /** Digest of the waybill, hexadecimal. */
  readonly waybill: string;
  readonly why: "expired" | "taken-back" | "closed";
  /** When access ended, and when the sealed body was seen to be gone; ISO 8601. Later than the first where a hold had kept it. */
  readonly endedAt: string;
  readonly destroyedAt: string;
  /** SHA-256 of the sealed list of files, hexadecimal, and the length of the sealed body in bytes. */
  readonly content: string;
  readonly bodyBytes: number;
  /** SHA-256 of what was sealed to each recipient, hexadecimal, as the waybill names them. */
  readonly access: readonly string[];
  /** Until when backups may still hold the sealed body, ISO 8601; null where the organisation has not said. */
  readonly backupsUntil: string | null;
}

/** A certificate with what proves it, as its event holds it. */
export interface SignedCertificate {
  /** Canonical JSON of the certificate. */
  readonly certificate: string;
  readonly proof: {
    readonly statement: string;
    /** Base64url. */
    readonly signature: string;
    readonly publicKey: string;
    readonly keyKind: "log";
  };
}

/** @param nonce used once, base64url */
export async function signCertificate(
  certificate: DestructionCertificate,
  keeper: Pick<LogKeeper, "key" | "vouch">,
  { rpId, nonce }: { readonly rpId: string; readonly nonce: string },
): Promise<SignedCertificate> {
  const text = canonicalJson({ ...certificate });
  const statement = {
    ...({ version: 1, kind: "destroy", digest: certificate.waybill, role: "organisation" } as const),
    ...{ answer: digestOf(text), signer: keeper.key.name, rpId, nonce },
  };
  const signature = toBase64Url(await keeper.vouch(statement));
  const publicKey = toBase64Url(keeper.key.publicKey);
  return { certificate: text, proof: { statement: statementText(statement), signature, publicKey, keyKind: "log" } };
}

/**
 * Why a certificate does not count; null where the log's key signed exactly it, for this waybill.
 * @param statement as it stands in the event, read already
 */
export async function whyNotCertified(
  { certificate, signature }: { readonly certificate: string; readonly signature: string },
  statement: Statement,
  about: { readonly key: VerifierKey; readonly waybill: string; readonly rpId: string },
): Promise<string | null> {
  const { version, kind, digest, role, answer, signer, rpId } = statement;
  if (version !== 1) return "it was signed in somebody else's place";
  if (kind !== "destroy" || role !== "organisation") return `what was signed is “${kind}” as ${role}`;
  if (digest !== about.waybill) return "it was signed for another waybill";
  if (answer !== digestOf(certificate)) return "another certificate was signed";
  if (signer !== about.key.name || rpId !== about.rpId) return "it was signed by another log";
  const signed = await verifyWithEd25519(about.key.publicKey, bytesOf(signature), statement);
  return signed ? null : "the signature is not by the log's key";
}

function digestOf(text: string): string {
  return toHex(sha256(utf8(text)));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64Url(text);
  } catch {
    return new Uint8Array(0); // no signature
  }
}
