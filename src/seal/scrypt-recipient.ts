import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { type Recipient, Stanza } from "age-encryption";
import { toBase64 } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import { randomBytes } from "../bytes/random.ts";
import { utf8 } from "../bytes/text.ts";

/**
 * The scrypt recipient of c2sp.org/age. typage has one, but lets nobody see the file key that it seals, and our payloads
 * need it; opening is typage's own.
 * @param logN base-2 logarithm of the work factor: 16 takes 64 MiB of memory, each step more doubles time and memory.
 */
export function scryptRecipient(passphrase: string, logN: number): Recipient {
  return {
    wrapFileKey(fileKey) {
      const salt = randomBytes(16);
      const labelled = concat([utf8("age-encryption.org/v1/scrypt"), salt]);
      const key = scrypt(utf8(passphrase), labelled, { N: 2 ** logN, r: 8, p: 1, dkLen: 32 });
      const body = chacha20poly1305(key, new Uint8Array(12)).encrypt(fileKey);
      return [new Stanza(["scrypt", toBase64(salt).replaceAll("=", ""), String(logN)], body)];
    },
  };
}
