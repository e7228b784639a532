import { sha256Hex } from "../bytes/digest.ts";
import { EnvelopeError } from "../envelope/error.ts";
import { type Extent, plainSize, type SealedRange, sealedRange } from "../envelope/sizes.ts";
import { batches } from "./batches.ts";
import type { Bytes, ChunkCipher } from "./cipher.ts";
import { damaged, SealError } from "./error.ts";
import { type BodySummary, type Manifest, PIECE_SIZE } from "./manifest.ts";
import { openSealing, readHeader } from "./opening.ts";
import { type Sealing, sealFile } from "./sealing.ts";
import { once, openPart, payloadKey } from "./stream.ts";

/** One sealed piece of a body: 1 MiB, but for the last. */
export interface Piece {
  readonly index: number;
  readonly bytes: Bytes;
  /** SHA-256 in hexadecimal. Record it durably before the piece leaves this device. */
  readonly digest: string;
}

/**
 * Seals a body piece by piece. With the sealing of an earlier try it gives the same pieces for the same plaintext; see
 * `sealPayload` for when that is safe, and pass the result through `provenPieces`.
 * @param plain all items' bytes, one after another in the order of the manifest.
 */
export async function* sealBody(
  plain: AsyncIterable<Uint8Array>,
  sealing: Sealing,
  cipher: ChunkCipher,
): AsyncGenerator<Piece> {
  let index = 0;
  for await (const { bytes } of batches(sealFile(plain, sealing, cipher), PIECE_SIZE)) {
    yield { index, bytes, digest: await sha256Hex(bytes) };
    index++;
  }
}

/**
 * Passes pieces on while each one that was recorded before is the same again. The records are this sender's own, never the
 * server's word: a server that asks again for what it has must not get a second plaintext under one key.
 * @throws SealError `changed` at the first difference, or when fewer pieces come than were recorded: start with a new key.
 */
export async function* provenPieces(pieces: AsyncIterable<Piece>, recorded: readonly string[]): AsyncGenerator<Piece> {
  let count = 0;
  for await (const piece of pieces) {
    const before = recorded[piece.index];
    if (before !== undefined && before !== piece.digest) throw changed();
    count++;
    yield piece;
  }
  if (count < recorded.length) throw changed();
}

/** A body ready to be opened, whole or in parts. */
export interface OpenedBody {
  readonly sealing: Sealing;
  readonly headerLength: number;
  /** Bytes of all items together. */
  readonly plainSize: number;
}

/**
 * Opens the beginning of a body and proves that its size and its items agree.
 * @param firstPiece the first sealed piece, as it came; checked here.
 * @throws SealError `damaged`, `no-access`.
 */
export async function openBody(firstPiece: Bytes, manifest: Manifest, identity: string): Promise<OpenedBody> {
  await checkPieces(manifest.body, 0, firstPiece);
  const started = await readHeader(once(firstPiece));
  const sealing = await openSealing(started, { identities: [identity] });
  const headerLength = started.header.length;
  const end = manifest.items.reduce((sum, item) => sum + item.length, 0);
  if (bodyPlainSize(headerLength, manifest.body.size) !== end) throw damaged("its list of files does not fit its size");
  return { sealing, headerLength, plainSize: end };
}

/** Whole pieces that hold a range of the sealed body, and what to fetch for them. */
export interface PieceRange {
  readonly firstPiece: number;
  /** First byte of the body to fetch, and the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** What to fetch to open one item (or all of them) alone: the range of its chunks, and the whole pieces around it. */
export function rangeOf(opened: OpenedBody, body: BodySummary, extent: Extent): SealedRange & { pieces: PieceRange } {
  const range = sealedRange(opened.headerLength, opened.plainSize, extent);
  const firstPiece = Math.floor(range.start / PIECE_SIZE);
  const start = firstPiece * PIECE_SIZE;
  const end = range.end === range.start ? start : Math.min(body.size, Math.ceil(range.end / PIECE_SIZE) * PIECE_SIZE);
  return { ...range, pieces: { firstPiece, start, end } };
}

/**
 * Opens one item, or any stretch, from the pieces that hold it. Every piece is compared with the manifest's digest before
 * it is opened, and every chunk's tag verified before it is given out; the item is complete when the stream ends without
 * an error.
 * @param sealed the body's bytes from `rangeOf(…).pieces.start` to `.end`, in parts of any size.
 * @throws SealError `damaged`.
 */
export async function* openExtent(
  sealed: AsyncIterable<Uint8Array>,
  opened: OpenedBody,
  body: BodySummary,
  extent: Extent,
  cipher: ChunkCipher,
): AsyncGenerator<Bytes> {
  if (extent.length === 0) return;
  const range = rangeOf(opened, body, extent);
  const { fileKey, nonce } = opened.sealing;
  const verified = verifiedPieces(sealed, body, range.pieces.firstPiece);
  const inner = within(verified, range.start - range.pieces.start, range.end - range.start);
  const part = { firstChunk: range.firstChunk, last: range.last, skip: range.skip, length: extent.length };
  yield* openPart(inner, part, payloadKey(fileKey, nonce), cipher);
}

/**
 * Compares fetched bytes with the manifest's digests.
 * @param bytes whole pieces from piece `first` on; only the body's last piece may be short.
 * @throws SealError `damaged`.
 */
export async function checkPieces(body: BodySummary, first: number, bytes: Bytes): Promise<void> {
  for (let at = 0, index = first; at < bytes.length || index === first; at += PIECE_SIZE, index++) {
    const piece = bytes.subarray(at, at + PIECE_SIZE);
    const expected = body.pieces[index];
    const size = Math.min(PIECE_SIZE, body.size - index * PIECE_SIZE);
    if (expected === undefined || piece.length !== size || (await sha256Hex(piece)) !== expected) {
      throw damaged("a piece of it was altered, cut off or swapped");
    }
  }
}

/** Passes whole pieces on, each compared with its digest first. @throws SealError `damaged`. */
export async function* verifiedPieces(
  sealed: AsyncIterable<Uint8Array>,
  body: BodySummary,
  first: number,
): AsyncGenerator<Bytes> {
  let index = first;
  for await (const { bytes } of batches(sealed, PIECE_SIZE)) {
    await checkPieces(body, index, bytes);
    yield bytes;
    index++;
  }
}

async function* within(source: AsyncIterable<Bytes>, skip: number, length: number): AsyncGenerator<Bytes> {
  let at = -skip;
  for await (const bytes of source) {
    const from = Math.max(0, -at);
    const to = Math.min(bytes.length, length - at);
    if (to > from) yield bytes.subarray(from, to);
    at += bytes.length;
  }
}

function bodyPlainSize(headerLength: number, sealed: number): number {
  try {
    return plainSize(headerLength, sealed);
  } catch (cause) {
    if (cause instanceof EnvelopeError) throw damaged("its size is not possible", cause);
    throw cause;
  }
}

function changed(): SealError {
  const message =
    "These are not the files that were being sent, or they have changed. Nothing of the change was sent: seal them anew.";
  return new SealError({ code: "changed", message });
}
