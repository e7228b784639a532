import { toBase64Url } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";

/** COSE (RFC 9053): what the members of a key's map are called. */
const [TYPE, ALGORITHM, FIRST, SECOND, THIRD] = [1, 3, -1, -2, -3];
const [ES256, RS256] = [-7, -257];
const P256_SIZE = 32;

/**
 * Whether the signature is by the passkey's public key (a COSE_Key, ES256 or RS256: what is enrolled is one of these).
 * @throws RangeError or Error for a malformed key or signature.
 */
export async function verifyWithCoseKey(
  cose: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = readMap(cose);
  const algorithm = key.get(ALGORITHM);
  if (algorithm === ES256 && key.get(TYPE) === 2 && key.get(FIRST) === 1) {
    const point = concat([Uint8Array.of(4), bytesOf(key.get(SECOND)), bytesOf(key.get(THIRD))]);
    const p256 = { name: "ECDSA", namedCurve: "P-256" };
    const imported = await crypto.subtle.importKey("raw", point, p256, false, ["verify"]);
    return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, plainSignature(signature), message);
  }
  if (algorithm === RS256 && key.get(TYPE) === 3) {
    const [n, e] = [toBase64Url(bytesOf(key.get(FIRST))), toBase64Url(bytesOf(key.get(SECOND)))];
    const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    // With an exponent of their own choice others could make a key that fits a signature they were shown.
    if (e !== "AQAB") throw new Error("The key has an exponent that no authenticator uses.");
    const imported = await crypto.subtle.importKey("jwk", { kty: "RSA", n, e }, rsa, false, ["verify"]);
    return crypto.subtle.verify(rsa.name, imported, signature, message);
  }
  throw new Error("The key is of a kind that is not enrolled here.");
}

type Value = number | Uint8Array<ArrayBuffer>;

function bytesOf(value: Value | undefined): Uint8Array<ArrayBuffer> {
  if (value instanceof Uint8Array) return value;
  throw new Error("The key lacks a part.");
}

/** A CBOR map (RFC 8949) from numbers to numbers and byte strings, which is all that such a key is; nothing may follow it. */
function readMap(bytes: Uint8Array<ArrayBuffer>): ReadonlyMap<number, Value> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const head = (): readonly [number, number] => {
    const first = view.getUint8(at++);
    const [major, short] = [first >> 5, first & 0x1f];
    if (short < 24) return [major, short];
    if (short === 24) return [major, view.getUint8(at++)];
    if (short !== 25) throw new Error("The key is malformed.");
    at += 2;
    return [major, view.getUint16(at - 2)];
  };
  const value = (): Value => {
    const [major, given] = head();
    if (major === 0) return given;
    if (major === 1) return -1 - given;
    if (major !== 2 || at + given > bytes.length) throw new Error("The key is malformed.");
    at += given;
    return bytes.slice(at - given, at);
  };
  const [major, count] = head();
  if (major !== 5) throw new Error("The key is malformed.");
  const map = new Map<number, Value>();
  for (let read = 0; read < count; read++) {
    const label = value();
    if (typeof label !== "number" || map.has(label)) throw new Error("The key is malformed.");
    map.set(label, value());
  }
  if (at !== bytes.length) throw new Error("Something follows the key.");
  return map;
}

/** r and s, 32 bytes each, of an ECDSA signature in DER (two positive INTEGERs in a SEQUENCE). */
function plainSignature(der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const [sequence, length, ...rest] = der;
  if (sequence !== 0x30 || length !== rest.length) throw new Error("The signature is malformed.");
  let at = 2;
  const integer = () => {
    const size = der[at + 1] ?? 0;
    if (der[at] !== 0x02 || size === 0 || size > P256_SIZE + 1) throw new Error("The signature is malformed.");
    const digits = der.slice(at + 2, at + 2 + size);
    at += 2 + size;
    const bare = digits[0] === 0 ? digits.slice(1) : digits;
    if (bare.length > P256_SIZE) throw new Error("The signature is malformed.");
    const whole = new Uint8Array(P256_SIZE);
    whole.set(bare, P256_SIZE - bare.length);
    return whole;
  };
  const both = concat([integer(), integer()]);
  if (at !== der.length) throw new Error("The signature is malformed.");
  return both;
}
