import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import { utf8 } from "../bytes/text.ts";
import { bech32 } from "./bech32.ts";
import type { Bytes } from "./cipher.ts";
import { SealError } from "./error.ts";

/** An age identity (secret) and its recipient (public), as their texts. */
export interface KeyPair {
  readonly identity: string;
  readonly recipient: string;
}

/** A new key pair: post-quantum hybrid (ML-KEM-768 with X25519), or X25519 alone for older age programs. */
export async function generateKeyPair(strength: "pq" | "classic" = "pq"): Promise<KeyPair> {
  const identity = await (strength === "pq" ? generateHybridIdentity() : generateX25519Identity());
  return { identity, recipient: await recipientOf(identity) };
}

/** @throws SealError `bad-key` when the text is not an `AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`. */
export async function recipientOf(identity: string): Promise<string> {
  try {
    return await identityToRecipient(identity);
  } catch {
    throw new SealError({ code: "bad-key", message: "This is not an age secret key, or a letter of it is wrong." });
  }
}

/**
 * The strength of a recipient's key, from its text.
 * @throws SealError `bad-key` when it is not a kind of recipient that we seal to.
 */
export function recipientStrength(recipient: string): "pq" | "classic" {
  if (/^age1(?:pq|tagpq)1[02-9ac-hj-np-z]+$/.test(recipient)) return "pq";
  if (/^age1(?:tag1)?[02-9ac-hj-np-z]+$/.test(recipient)) return "classic";
  const secret = /^age-secret-key-/i.test(recipient);
  const message = secret
    ? "This is a secret key. Give the public key that belongs to it (it begins with age1)."
    : "This is not an age public key: those begin with age1.";
  throw new SealError({ code: "bad-key", message });
}

/**
 * The post-quantum identity that belongs to a secret: HKDF-SHA256 with an empty salt.
 * @param secret at least 16 bytes of full entropy: a passkey's PRF output, a recovery code. Never a password.
 * @param info what the key is for; different texts give unrelated keys.
 */
export function identityFromSecret(secret: Uint8Array, info: string): string {
  return bech32("age-secret-key-pq-", deriveSecret(secret, info)).toUpperCase();
}

/** 32 bytes from a secret by HKDF-SHA256. @throws SealError `bad-input` for fewer than 16 bytes of secret. */
export function deriveSecret(secret: Uint8Array, info: string): Bytes {
  if (secret.length < 16)
    throw new SealError({ code: "bad-input", message: "A secret to derive keys from needs 16 bytes or more." });
  return new Uint8Array(hkdf(sha256, secret, undefined, utf8(info), 32));
}
