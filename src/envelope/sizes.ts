import { EnvelopeError } from "./error.ts";

/** Plaintext bytes in every chunk of a payload but the last (c2sp.org/age, "Payload"). */
export const CHUNK_SIZE = 64 * 1024;
/** Bytes that each chunk's authentication tag adds. */
export const TAG_SIZE = 16;
/** Bytes of a full chunk as it is sealed. */
export const SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE;
/** Bytes between the header and the first chunk. */
export const NONCE_SIZE = 16;

/** A stretch of a body's plaintext, in bytes. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** Where a stretch of plaintext lies in the sealed file. */
export interface SealedRange {
  /** First byte in the file, and the one after the last. Both lie on chunk borders (or the end of the file). */
  readonly start: number;
  readonly end: number;
  /** The number of the chunk at `start`, counted from 0. */
  readonly firstChunk: number;
  /** Whether the chunk that ends at `end` is the file's last. */
  readonly last: boolean;
  /** Plaintext bytes to drop from the front of that first chunk. */
  readonly skip: number;
}

/** Chunks in a payload; an empty plaintext still has one, empty, chunk. */
export function chunkCount(plainSize: number): number {
  whole(plainSize);
  return Math.max(1, Math.ceil(plainSize / CHUNK_SIZE));
}

/** Size of the sealed file, from its header's length and its plaintext's size. */
export function sealedSize(headerLength: number, plainSize: number): number {
  whole(headerLength);
  return headerLength + NONCE_SIZE + plainSize + chunkCount(plainSize) * TAG_SIZE;
}

/**
 * Size of the plaintext, from the header's length and the sealed file's size.
 * @throws EnvelopeError `bad-size` when no plaintext seals to that size: the file was cut or has something after it.
 */
export function plainSize(headerLength: number, sealed: number): number {
  whole(headerLength);
  whole(sealed);
  const payload = sealed - headerLength - NONCE_SIZE;
  if (payload === TAG_SIZE) return 0;
  const rest = payload % SEALED_CHUNK_SIZE;
  if (payload < TAG_SIZE || (rest > 0 && rest <= TAG_SIZE)) {
    throw new EnvelopeError({ code: "bad-size", message: "No whole sealed file has this size." });
  }
  return payload - Math.ceil(payload / SEALED_CHUNK_SIZE) * TAG_SIZE;
}

/**
 * The sealed bytes that hold a stretch of plaintext: what to fetch to open that stretch alone.
 * @throws EnvelopeError `bad-extent` when the stretch does not lie within the plaintext.
 */
export function sealedRange(headerLength: number, plainTotal: number, extent: Extent): SealedRange {
  const { offset, length } = extent;
  if (![offset, length].every((each) => Number.isSafeInteger(each) && each >= 0) || offset + length > plainTotal) {
    throw new EnvelopeError({ code: "bad-extent", message: "That stretch is not within the file." });
  }
  const chunks = chunkCount(plainTotal);
  const firstChunk = Math.min(Math.floor(offset / CHUNK_SIZE), chunks - 1);
  const payload = headerLength + NONCE_SIZE;
  const start = payload + firstChunk * SEALED_CHUNK_SIZE;
  const skip = offset - firstChunk * CHUNK_SIZE;
  if (length === 0) return { start, end: start, firstChunk, last: false, skip };
  const endChunk = Math.ceil((offset + length) / CHUNK_SIZE);
  const last = endChunk === chunks;
  const end = last ? sealedSize(headerLength, plainTotal) : payload + endChunk * SEALED_CHUNK_SIZE;
  return { start, end, firstChunk, last, skip };
}

function whole(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new EnvelopeError({ code: "bad-size", message: "A size must be a whole number of bytes." });
  }
}
