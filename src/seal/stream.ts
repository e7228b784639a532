import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../bytes/text.ts";
import { CHUNK_SIZE, SEALED_CHUNK_SIZE, TAG_SIZE } from "../envelope/sizes.ts";
import { batches } from "./batches.ts";
import type { Bytes, ChunkCipher, ChunkKey } from "./cipher.ts";
import { damaged, SealError } from "./error.ts";

/** Chunks that are given to the cipher at once: about 1 MiB. */
const BATCH_CHUNKS = 16;

/** The 32-byte payload key (c2sp.org/age, "Payload"). @param fileKey 16 bytes. @param nonce 16 bytes. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Bytes {
  return new Uint8Array(hkdf(sha256, fileKey, nonce, utf8("payload"), 32));
}

/**
 * Seals a stream: the chunks of a payload, without header and nonce, in parts of any size.
 *
 * The same key gives the same bytes for the same plaintext, which is what resuming rests on. It is safe only while no
 * two different plaintexts are ever sealed under one key: use a key again only where each sealed piece that may have left
 * this device is compared with the digest recorded before it left (`provenPieces`), and a difference ends it.
 */
export async function* sealPayload(
  plain: AsyncIterable<Uint8Array>,
  key: Bytes,
  cipher: ChunkCipher,
): AsyncGenerator<Bytes> {
  const chunks = await cipher.withKey(key);
  let next = 0;
  for await (const { bytes, last } of batches(plain, BATCH_CHUNKS * CHUNK_SIZE)) {
    yield* await chunks.seal(bytes, next, last);
    next += BATCH_CHUNKS;
  }
}

/**
 * Opens a whole payload. A chunk is given out only after its tag verified, and the stream ends without an error only
 * after the file's last chunk did: until then it must not be called complete.
 * @param sealed everything after header and nonce, in parts of any size; whoever stored or carried it may have altered it.
 * @throws SealError `damaged`.
 */
export async function* openPayload(
  sealed: AsyncIterable<Uint8Array>,
  key: Bytes,
  cipher: ChunkCipher,
): AsyncGenerator<Bytes> {
  const chunks = await cipher.withKey(key);
  let next = 0;
  for await (const { bytes, last } of batches(sealed, BATCH_CHUNKS * SEALED_CHUNK_SIZE)) {
    yield* openRun(chunks, bytes, next, last);
    if (last) checkEnd(bytes.length, next);
    next += BATCH_CHUNKS;
  }
}

/** Which chunks to open, and what of them to give out. */
export interface Part {
  /** Number in the file of the first sealed chunk given. */
  readonly firstChunk: number;
  /** Whether the last sealed chunk given is the file's last. */
  readonly last: boolean;
  /** Plaintext bytes to drop at the front, and to give out after them. */
  readonly skip: number;
  readonly length: number;
}

/**
 * Opens a stretch of a payload from the sealed chunks that hold it (`sealedRange` says which they are).
 * @throws SealError `damaged`, also when fewer or more bytes come than the stretch has.
 */
export async function* openPart(
  sealed: AsyncIterable<Uint8Array>,
  part: Part,
  key: Bytes,
  cipher: ChunkCipher,
): AsyncGenerator<Bytes> {
  if (part.length === 0) return;
  const chunks = await cipher.withKey(key);
  let next = part.firstChunk;
  let at = -part.skip;
  for await (const { bytes, last } of batches(sealed, BATCH_CHUNKS * SEALED_CHUNK_SIZE)) {
    if (last && !part.last && bytes.length % SEALED_CHUNK_SIZE !== 0) throw damaged("a part of it is missing");
    for await (const plain of openRun(chunks, bytes, next, last && part.last)) {
      const from = Math.max(0, -at);
      const to = Math.min(plain.length, part.length - at);
      if (to > from) yield plain.subarray(from, to);
      at += plain.length;
    }
    next += BATCH_CHUNKS;
  }
  if (at < part.length) throw damaged("a part of it is missing");
}

async function* openRun(chunks: ChunkKey, sealed: Bytes, first: number, last: boolean): AsyncGenerator<Bytes> {
  if (sealed.length < TAG_SIZE) throw damaged("it was cut off");
  const { parts, whole } = await chunks.open(sealed, first, last);
  yield* parts;
  if (whole) return;
  // A whole chunk that is authentic but marked otherwise is still given out, as other age programs do: the file is
  // damaged after it, where the last chunk is missing or something follows it.
  const failed = sealed.subarray(parts.length * SEALED_CHUNK_SIZE, (parts.length + 1) * SEALED_CHUNK_SIZE);
  if (failed.length === SEALED_CHUNK_SIZE) {
    const marked = last && (parts.length + 1) * SEALED_CHUNK_SIZE >= sealed.length;
    yield* (await chunks.open(failed, first + parts.length, !marked)).parts;
  }
  throw damaged("a part of it was altered, cut off or moved");
}

/** Only a file of nothing ends in an empty chunk: otherwise the same plaintext would have two sealed forms. */
function checkEnd(batchLength: number, firstChunk: number): void {
  const whole = firstChunk === 0 && batchLength <= TAG_SIZE;
  if (batchLength % SEALED_CHUNK_SIZE === TAG_SIZE && !whole) throw damaged("it ends in an empty part");
}

/** A stream of one part. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** All of a small stream. @throws SealError `bad-input` past `limit` bytes. */
export async function collect(source: AsyncIterable<Uint8Array>, limit = 64 * 1024 * 1024): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > limit) throw new SealError({ code: "bad-input", message: "This is too large to be held in memory." });
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
