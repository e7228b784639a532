/** Bytes with memory of their own, as WebCrypto and Blob want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What opening a run of chunks gave. */
export interface OpenedChunks {
  /** Plaintext of the chunks whose tags verified, in order, up to the first one that did not. */
  readonly parts: readonly Bytes[];
  /** Whether all of them verified. */
  readonly whole: boolean;
}

/**
 * STREAM under one payload key: ChaCha20-Poly1305 over runs of 64 KiB chunks. A run's chunks are full but for its last,
 * which may be shorter (or empty) only where `last` says that it ends the file. Chunk `n` counts from 0 in the file; its
 * nonce is `n` as an 11-byte big-endian number, then 1 for the file's last chunk and 0 for the others.
 */
export interface ChunkKey {
  /** Parts whose concatenation is the sealed run. The plaintext is not changed and not kept. */
  seal(plain: Bytes, firstChunk: number, last: boolean): Promise<readonly Bytes[]>;
  /** Never gives plaintext of a chunk whose tag did not verify. */
  open(sealed: Bytes, firstChunk: number, last: boolean): Promise<OpenedChunks>;
}

/** Port: a ChaCha20-Poly1305 of the platform. Every implementation must pass `checkVectors` in test/vectors. */
export interface ChunkCipher {
  readonly name: string;
  /** @param key 32 bytes: the payload key. */
  withKey(key: Bytes): Promise<ChunkKey>;
}

/** The nonce of chunk `chunk` (12 bytes). */
export function chunkNonce(chunk: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  let rest = chunk;
  for (let at = 10; rest > 0; at--) {
    nonce[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Calls `each` with the bounds of every `size`-byte part of `length` bytes; once, with an empty part, for 0 bytes. */
export function forEachChunk(length: number, size: number, each: (start: number, end: number, index: number) => void) {
  for (let start = 0, index = 0; start < length || index === 0; start += size, index++) {
    each(start, Math.min(start + size, length), index);
  }
}
