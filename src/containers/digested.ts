import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../bytes/hex.ts";
import type { Bytes } from "../seal/cipher.ts";

/** A stream that counts and hashes what passes. */
export class Digested {
  readonly #source: AsyncIterable<Bytes>;
  readonly #hash = sha256.create();
  #size = 0;
  constructor(source: AsyncIterable<Bytes>) {
    this.#source = source;
  }

  async *stream(): AsyncGenerator<Bytes> {
    for await (const part of this.#source) {
      this.#hash.update(part);
      this.#size += part.length;
      yield part;
    }
  }

  /** What has passed. Call it once, at the end. @returns bytes, and their SHA-256 in hexadecimal. */
  passed(): { readonly size: number; readonly sha256: string } {
    return { size: this.#size, sha256: toHex(this.#hash.digest()) };
  }
}
