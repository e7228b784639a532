import { cbc } from "@noble/ciphers/aes.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { toBase64 } from "../../bytes/base64.ts";
import { concat } from "../../bytes/concat.ts";
import { fromHex } from "../../bytes/hex.ts";
import { randomBytes } from "../../bytes/random.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Bytes } from "../../seal/cipher.ts";
import { u16, u32, u64, utf16 } from "./little-endian.ts";

/** What Office itself writes: rounds of SHA-512 over the password, and sizes in bytes. */
const SPIN_COUNT = 100_000;
const SALT_SIZE = 16;
const KEY_SIZE = 32;
const HASH_SIZE = 64;
const BLOCK_SIZE = 16;
const SEGMENT_SIZE = 4096;

/** [MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.14: what each derived key and vector is for. */
const VERIFIER_INPUT = fromHex("fea7d2763b4b9e79");
const VERIFIER_VALUE = fromHex("d7aa0f6d3061344e");
const KEY_VALUE = fromHex("146e0be7abacd0d6");
const HMAC_KEY = fromHex("5fb2ad010cb9e1f6");
const HMAC_VALUE = fromHex("a0677f02b22c8433");

/** Length of the encrypted stream for a document of `size` bytes. */
export function encryptedSize(size: number): number {
  return 8 + Math.ceil(size / BLOCK_SIZE) * BLOCK_SIZE;
}

/**
 * Agile encryption of one document ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15): AES-256 in CBC over segments of 4,096 bytes, and an HMAC over all of
 * them, under a random key which the password opens after 100,000 rounds of SHA-512. Use each only once.
 */
export class AgileEncryption {
  readonly #password: string;
  readonly #key = randomBytes(KEY_SIZE);
  readonly #salt = randomBytes(SALT_SIZE);
  readonly #hmacKey = randomBytes(HASH_SIZE);
  readonly #mac = hmac.create(sha512, this.#hmacKey);

  /** @param password at most 255 UTF-16 units. */
  constructor(password: string) {
    this.#password = password;
  }

  /** The stream `EncryptedPackage`, in parts. @param size of the document in bytes. @param document exactly that many. */
  async *encrypt(size: number, document: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
    yield this.#authenticated(u64(size));
    let segment = 0;
    for await (const run of inSegments(document)) {
      const sealed = new Uint8Array(Math.ceil(run.length / BLOCK_SIZE) * BLOCK_SIZE);
      for (let start = 0; start < run.length; start += SEGMENT_SIZE) {
        const vector = this.#vector(u32(segment++));
        sealed.set(this.#cbc(this.#key, vector, padded(run.subarray(start, start + SEGMENT_SIZE))), start);
      }
      yield this.#authenticated(sealed);
    }
  }

  /** The stream `EncryptionInfo`, of INFO_SIZE bytes. Call it once, after everything was encrypted. */
  info(): Bytes {
    const input = randomBytes(SALT_SIZE);
    const salt = randomBytes(SALT_SIZE);
    const hashed = spin(this.#password, salt);
    const wrapped = (purpose: Bytes, value: Bytes) =>
      this.#cbc(digest(hashed, purpose).slice(0, KEY_SIZE), salt, value);
    const bound = (purpose: Bytes, value: Bytes) => this.#cbc(this.#key, this.#vector(purpose), value);
    return infoStream({
      dataSalt: this.#salt,
      hmacKey: bound(HMAC_KEY, this.#hmacKey),
      hmacValue: bound(HMAC_VALUE, new Uint8Array(this.#mac.digest())),
      salt,
      verifierInput: wrapped(VERIFIER_INPUT, input),
      verifierValue: wrapped(VERIFIER_VALUE, digest(input)),
      keyValue: wrapped(KEY_VALUE, this.#key),
    });
  }

  #vector(purpose: Bytes): Bytes {
    return digest(this.#salt, purpose).slice(0, BLOCK_SIZE);
  }

  #cbc(key: Bytes, vector: Bytes, plain: Bytes): Bytes {
    return new Uint8Array(cbc(key, vector, { disablePadding: true }).encrypt(plain));
  }

  #authenticated(bytes: Bytes): Bytes {
    this.#mac.update(bytes);
    return bytes;
  }
}

interface Info {
  readonly dataSalt: Bytes;
  readonly hmacKey: Bytes;
  readonly hmacValue: Bytes;
  readonly salt: Bytes;
  readonly verifierInput: Bytes;
  readonly verifierValue: Bytes;
  readonly keyValue: Bytes;
}

function infoStream(info: Info): Bytes {
  const text = Object.fromEntries(Object.entries(info).map(([name, value]) => [name, toBase64(value)]));
  const sizes = `saltSize="${SALT_SIZE}" blockSize="${BLOCK_SIZE}" keyBits="${KEY_SIZE * 8}" hashSize="${HASH_SIZE}"`;
  const how = `${sizes} cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"`;
  const password = "http://schemas.microsoft.com/office/2006/keyEncryptor/password";
  const xml = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
    `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="${password}">`,
    `<keyData ${how} saltValue="${text.dataSalt}"/>`,
    `<dataIntegrity encryptedHmacKey="${text.hmacKey}" encryptedHmacValue="${text.hmacValue}"/>`,
    `<keyEncryptors><keyEncryptor uri="${password}"><p:encryptedKey spinCount="${SPIN_COUNT}" ${how} `,
    `saltValue="${text.salt}" encryptedVerifierHashInput="${text.verifierInput}" `,
    `encryptedVerifierHashValue="${text.verifierValue}" encryptedKeyValue="${text.keyValue}"/>`,
    "</keyEncryptor></keyEncryptors></encryption>",
  ];
  return concat([u16(4), u16(4), u32(0x40), utf8(xml.join(""))]);
}

/** How long the stream `EncryptionInfo` is, always. */
export const INFO_SIZE = infoStream({
  dataSalt: new Uint8Array(SALT_SIZE),
  hmacKey: new Uint8Array(HASH_SIZE),
  hmacValue: new Uint8Array(HASH_SIZE),
  salt: new Uint8Array(SALT_SIZE),
  verifierInput: new Uint8Array(SALT_SIZE),
  verifierValue: new Uint8Array(HASH_SIZE),
  keyValue: new Uint8Array(KEY_SIZE),
}).length;

function digest(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(sha512(concat(parts)));
}

/** The password's hash, hashed again with a counter before it, 100,000 times: what guessing costs. */
function spin(password: string, salt: Bytes): Bytes {
  let hash = digest(salt, utf16(password));
  const round = new Uint8Array(4 + HASH_SIZE);
  const counter = new DataView(round.buffer);
  for (let at = 0; at < SPIN_COUNT; at++) {
    counter.setUint32(0, at, true);
    round.set(hash, 4);
    hash = new Uint8Array(sha512(round));
  }
  return hash;
}

function padded(plain: Bytes): Bytes {
  if (plain.length % BLOCK_SIZE === 0) return plain;
  return concat([plain, new Uint8Array(BLOCK_SIZE - (plain.length % BLOCK_SIZE))]);
}

/** The same bytes in runs of whole segments; only the last may end within one. */
async function* inSegments(source: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let rest: Bytes = new Uint8Array(0);
  for await (const part of source) {
    const all = rest.length === 0 ? part : concat([rest, part]);
    const whole = all.length - (all.length % SEGMENT_SIZE);
    rest = all.slice(whole);
    if (whole > 0) yield all.subarray(0, whole);
  }
  if (rest.length > 0) yield rest;
}
