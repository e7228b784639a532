import { type Statement, statementBytes } from "./statement.ts";

const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const P256_SHA256 = { name: "ECDSA", hash: "SHA-256" } as const;

/**
 * A fresh signing key for one transfer. @param extractable false where the platform keeps keys that nothing can take out (a browser);
 * true where it has to be kept in a file.
 */
export async function newArrivalKey(extractable = false): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(P256, extractable, ["sign", "verify"]);
}

/** The public half as SubjectPublicKeyInfo (RFC 5480). */
export async function arrivalPublicKey(key: CryptoKeyPair): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey("spki", key.publicKey));
}

/** ECDSA P-256 with SHA-256 over the statement's bytes: 64 bytes, r and s (IEEE P1363). */
export async function signWithArrivalKey(key: CryptoKey, statement: Statement): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign(P256_SHA256, key, statementBytes(statement)));
}

/** False for a wrong signature and for a key that is not P-256 SPKI: both are the signer's to answer for. */
export async function verifyWithArrivalKey(
  spki: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  statement: Statement,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("spki", spki, P256, false, ["verify"]);
    return await crypto.subtle.verify(P256_SHA256, key, signature, statementBytes(statement));
  } catch {
    return false;
  }
}

/** Ed25519 (RFC 8032) by a device key or by the sign-in half of a recovery code. `publicKey` is 32 bytes. */
export async function verifyWithEd25519(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  statement: Statement,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, signature, statementBytes(statement));
  } catch {
    return false;
  }
}
