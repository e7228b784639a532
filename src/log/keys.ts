import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64, fromBase64Url, toBase64 } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/text.ts";
import { LogError } from "./error.ts";

/** What a key signs: any note (Ed25519, type 0x01), or a checkpoint with the time (cosignature/v1, type 0x04). */
export type KeyType = "note" | "cosignature";

const TYPE_BYTES = { note: 0x01, cosignature: 0x04 } as const satisfies Record<KeyType, number>;

/** Public key of a log or a witness (c2sp.org/signed-note). */
export interface VerifierKey {
  readonly name: string;
  readonly type: KeyType;
  /** 32 bytes, Ed25519. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** The first four bytes of SHA-256 over name, newline, type and public key, big-endian. */
  readonly id: number;
}

/** A verifier key with what makes its signatures. */
export interface Signer {
  readonly key: VerifierKey;
  /** 64 bytes of Ed25519 (RFC 8032) over exactly these bytes. */
  sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** @throws LogError `not-a-key` for a name that is empty or has spaces, plus or control characters. */
export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array<ArrayBuffer>): VerifierKey {
  if (!isKeyName(name)) throw notAKey(`“${name}” cannot name a key: it must have no spaces and no plus sign.`);
  if (publicKey.length !== 32) throw notAKey("An Ed25519 public key is 32 bytes long.");
  const material = concat([utf8(`${name}\n`), Uint8Array.of(TYPE_BYTES[type]), publicKey]);
  return { name, type, publicKey, id: new DataView(sha256(material).buffer).getUint32(0) };
}

/** `<name>+<key id>+<base64 of type and public key>`, as operators hand it to each other. */
export function formatVerifierKey({ name, type, publicKey, id }: VerifierKey): string {
  return `${name}+${idText(id)}+${toBase64(concat([Uint8Array.of(TYPE_BYTES[type]), publicKey]))}`;
}

/** @throws LogError `not-a-key` for anything but such a text whose id is that of its key. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = "", id = "", material = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = base64OrNull(material);
  const type = (Object.keys(TYPE_BYTES) as KeyType[]).find((each) => TYPE_BYTES[each] === bytes?.[0]);
  if (bytes === null || type === undefined || bytes.length !== 33)
    throw notAKey(`“${text.slice(0, 200)}” is not a verifier key of a log or a witness (Ed25519).`);
  const key = verifierKey(name, type, bytes.slice(1));
  if (key.id !== new DataView(fromHex(id).buffer).getUint32(0))
    throw notAKey(`The verifier key of “${name}” has a typing error: its two parts do not belong together.`);
  return key;
}

/** PKCS #8 of an Ed25519 private key is this and the 32 bytes of its seed (RFC 8410). */
const PKCS8 = fromHex("302e020100300506032b657004220420");

/** @param seed 32 random bytes: the secret. */
export async function signerOf(name: string, type: KeyType, seed: Uint8Array<ArrayBuffer>): Promise<Signer> {
  const secret = await crypto.subtle.importKey("pkcs8", concat([PKCS8, seed]), { name: "Ed25519" }, true, ["sign"]);
  const { x = "" } = await crypto.subtle.exportKey("jwk", secret);
  return {
    key: verifierKey(name, type, fromBase64Url(x)),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, secret, message)),
  };
}

/** Non-empty, without Unicode spaces, control characters and plus signs, and text. */
export function isKeyName(name: string): boolean {
  return /^[^\s\u0085+\p{Cc}]+$/u.test(name) && name.isWellFormed();
}

/** A key id as eight hexadecimal digits. */
export function idText(id: number): string {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, id);
  return toHex(bytes);
}

function base64OrNull(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function notAKey(message: string): LogError {
  return new LogError({ code: "not-a-key", message });
}
