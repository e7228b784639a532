import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { CHUNK_SIZE, SEALED_CHUNK_SIZE, TAG_SIZE } from "../envelope/sizes.ts";
import { type Bytes, type ChunkCipher, type ChunkKey, chunkNonce, forEachChunk, type OpenedChunks } from "./cipher.ts";

/** ChaCha20-Poly1305 in JavaScript: works everywhere, at a third of WebCrypto's speed or less. */
export const nobleCipher: ChunkCipher = {
  name: "noble",
  withKey: async (key) => new NobleKey(key),
};

class NobleKey implements ChunkKey {
  readonly #key: Bytes;
  constructor(key: Bytes) {
    this.#key = key;
  }

  async seal(plain: Bytes, firstChunk: number, last: boolean): Promise<readonly Bytes[]> {
    const count = Math.max(1, Math.ceil(plain.length / CHUNK_SIZE));
    const sealed = new Uint8Array(plain.length + count * TAG_SIZE);
    forEachChunk(plain.length, CHUNK_SIZE, (start, end, index) => {
      const nonce = chunkNonce(firstChunk + index, last && index === count - 1);
      const at = index * SEALED_CHUNK_SIZE;
      chacha20poly1305(this.#key, nonce).encrypt(
        plain.subarray(start, end),
        sealed.subarray(at, at + end - start + TAG_SIZE),
      );
    });
    return [sealed];
  }

  async open(sealed: Bytes, firstChunk: number, last: boolean): Promise<OpenedChunks> {
    const count = Math.max(1, Math.ceil(sealed.length / SEALED_CHUNK_SIZE));
    const parts: Bytes[] = [];
    for (let index = 0; index < count; index++) {
      const chunk = sealed.subarray(index * SEALED_CHUNK_SIZE, (index + 1) * SEALED_CHUNK_SIZE);
      const nonce = chunkNonce(firstChunk + index, last && index === count - 1);
      const plain = new Uint8Array(Math.max(0, chunk.length - TAG_SIZE));
      try {
        chacha20poly1305(this.#key, nonce).decrypt(chunk, plain);
      } catch {
        return { parts, whole: false };
      }
      parts.push(plain);
    }
    return { parts, whole: true };
  }
}
