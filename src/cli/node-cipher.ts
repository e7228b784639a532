import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";
import { CHUNK_SIZE, SEALED_CHUNK_SIZE, TAG_SIZE } from "../envelope/sizes.ts";
import { type Bytes, type ChunkCipher, type ChunkKey, chunkNonce, type OpenedChunks } from "../seal/cipher.ts";

const NAME = "chacha20-poly1305";
const TAG = { authTagLength: TAG_SIZE };

/** OpenSSL's ChaCha20-Poly1305: the fastest one under Node. Works on the calling thread. */
export const nodeCipher: ChunkCipher = {
  name: "node:crypto",
  withKey: async (key) => new NodeKey(createSecretKey(key)),
};

/** Chunks and tags are parts of their own, so that nothing is copied before it is written. */
class NodeKey implements ChunkKey {
  readonly #key: KeyObject;
  constructor(key: KeyObject) {
    this.#key = key;
  }

  async seal(plain: Bytes, firstChunk: number, last: boolean): Promise<readonly Bytes[]> {
    const count = Math.max(1, Math.ceil(plain.length / CHUNK_SIZE));
    const parts: Bytes[] = [];
    for (let index = 0; index < count; index++) {
      const nonce = chunkNonce(firstChunk + index, last && index === count - 1);
      const cipher = createCipheriv(NAME, this.#key, nonce, TAG);
      parts.push(cipher.update(plain.subarray(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE)));
      cipher.final();
      parts.push(cipher.getAuthTag() as Bytes);
    }
    return parts;
  }

  async open(sealed: Bytes, firstChunk: number, last: boolean): Promise<OpenedChunks> {
    const count = Math.max(1, Math.ceil(sealed.length / SEALED_CHUNK_SIZE));
    const parts: Bytes[] = [];
    for (let index = 0; index < count; index++) {
      const chunk = sealed.subarray(index * SEALED_CHUNK_SIZE, (index + 1) * SEALED_CHUNK_SIZE);
      const plain = this.#openChunk(chunk, chunkNonce(firstChunk + index, last && index === count - 1));
      if (plain === null) return { parts, whole: false };
      parts.push(plain);
    }
    return { parts, whole: true };
  }

  #openChunk(chunk: Bytes, nonce: Bytes): Bytes | null {
    if (chunk.length < TAG_SIZE) return null;
    const decipher = createDecipheriv(NAME, this.#key, nonce, TAG);
    decipher.setAuthTag(chunk.subarray(chunk.length - TAG_SIZE));
    const plain = decipher.update(chunk.subarray(0, chunk.length - TAG_SIZE));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return plain;
  }
}
