import { CHUNK_SIZE, SEALED_CHUNK_SIZE } from "../envelope/sizes.ts";
import { type Bytes, type ChunkCipher, type ChunkKey, chunkNonce, forEachChunk, type OpenedChunks } from "./cipher.ts";
import { nobleCipher } from "./noble-cipher.ts";

const NAME = "ChaCha20-Poly1305";

/** The platform's own ChaCha20-Poly1305 ("Modern Algorithms in the Web Cryptography API"). */
export const webCryptoCipher: ChunkCipher = {
  name: "webcrypto",
  withKey: async (key) => new WebCryptoKey(await importKey(key)),
};

let best: Promise<ChunkCipher> | undefined;

/** The fastest cipher of this platform that needs no Node: WebCrypto's where it is there and gets it right, else noble's. */
export async function platformCipher(): Promise<ChunkCipher> {
  best ??= webCryptoWorks().then((works) => (works ? webCryptoCipher : nobleCipher));
  return best;
}

/** Seals one byte with both: a platform that knows the name but means something else must not be used. */
async function webCryptoWorks(): Promise<boolean> {
  try {
    const key = new Uint8Array(32).fill(7);
    const [ours] = await (await webCryptoCipher.withKey(key)).seal(key.subarray(0, 1), 258, true);
    const [theirs] = await (await nobleCipher.withKey(key)).seal(key.subarray(0, 1), 258, true);
    return ours !== undefined && theirs !== undefined && ours.join() === theirs.join();
  } catch {
    return false;
  }
}

/** `raw-secret` is the format of the specification; the first implementations took `raw`. */
async function importKey(key: Bytes): Promise<CryptoKey> {
  const formats = ["raw-secret", "raw"] as unknown as "raw"[];
  let refused: unknown;
  for (const format of formats) {
    try {
      return await crypto.subtle.importKey(format, key, NAME, false, ["encrypt", "decrypt"]);
    } catch (cause) {
      refused = cause;
    }
  }
  throw refused;
}

class WebCryptoKey implements ChunkKey {
  readonly #key: CryptoKey;
  constructor(key: CryptoKey) {
    this.#key = key;
  }

  async seal(plain: Bytes, firstChunk: number, last: boolean): Promise<readonly Bytes[]> {
    const count = Math.max(1, Math.ceil(plain.length / CHUNK_SIZE));
    const sealed: Promise<ArrayBuffer>[] = [];
    forEachChunk(plain.length, CHUNK_SIZE, (start, end, index) => {
      const algorithm = parameters(firstChunk + index, last && index === count - 1);
      sealed.push(crypto.subtle.encrypt(algorithm, this.#key, plain.subarray(start, end)));
    });
    return (await Promise.all(sealed)).map((each) => new Uint8Array(each));
  }

  async open(sealed: Bytes, firstChunk: number, last: boolean): Promise<OpenedChunks> {
    const count = Math.max(1, Math.ceil(sealed.length / SEALED_CHUNK_SIZE));
    const opened: Promise<ArrayBuffer | null>[] = [];
    forEachChunk(sealed.length, SEALED_CHUNK_SIZE, (start, end, index) => {
      const algorithm = parameters(firstChunk + index, last && index === count - 1);
      opened.push(crypto.subtle.decrypt(algorithm, this.#key, sealed.subarray(start, end)).catch(() => null));
    });
    const parts: Bytes[] = [];
    for (const part of await Promise.all(opened)) {
      if (part === null) return { parts, whole: false };
      parts.push(new Uint8Array(part));
    }
    return { parts, whole: true };
  }
}

function parameters(chunk: number, last: boolean): AeadParams {
  return { name: NAME, iv: chunkNonce(chunk, last), tagLength: 128 };
}
type AeadParams = Algorithm & { iv: Bytes; tagLength: number };
