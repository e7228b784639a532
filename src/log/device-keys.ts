import { canonicalJson } from "../bytes/canonical-json.ts";
import { sha256 } from "../bytes/digest.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/text.ts";

/** Crockford's base32: no I, L, O or U. */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

/** The public keys of a command line, as they are enrolled together. */
export interface DeviceKeys {
  /** age1pq… */
  readonly recipient: string;
  /** Ed25519 public key, URL-safe base64. */
  readonly signing: string;
}

/** SHA-256 of the canonical JSON of both keys, hexadecimal: what the `enrol` statement of a device is about. */
export async function deviceDigest(keys: DeviceKeys): Promise<string> {
  return toHex(await digestOf(keys));
}

/**
 * The first 60 bits of that digest, such as `7F3K-Q2XV-9M4T`. Each side computes it from the keys that it holds, so that a
 * server which hands the browser other keys than the command line's shows another code.
 */
export async function deviceCode(keys: DeviceKeys): Promise<string> {
  const bytes = await digestOf(keys);
  let value = 0n;
  for (const byte of bytes.subarray(0, 8)) value = (value << 8n) | BigInt(byte);
  const symbols = Array.from({ length: LENGTH }, (_, at) => SYMBOLS[Number((value >> BigInt(59 - 5 * at)) & 31n)]);
  return [0, 4, 8].map((at) => symbols.slice(at, at + 4).join("")).join("-");
}

/** A code as somebody typed it, in the form of `deviceCode`; any case, spaces and hyphens anywhere, O as 0, I and L as 1. */
export function readDeviceCode(typed: string): string {
  const bare = typed
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return [bare.slice(0, 4), bare.slice(4, 8), bare.slice(8)].join("-");
}

function digestOf({ recipient, signing }: DeviceKeys): Promise<Uint8Array> {
  return sha256(utf8(canonicalJson({ recipient, signing })));
}
