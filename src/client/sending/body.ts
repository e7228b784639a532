import { type Piece, provenPieces, sealBody } from "../../seal/body.ts";
import type { ChunkCipher } from "../../seal/cipher.ts";
import { PIECE_SIZE } from "../../seal/manifest.ts";
import type { Sealing } from "../../seal/sealing.ts";
import { ahead } from "../ahead.ts";
import { ClientError } from "../error.ts";
import type { PieceRecord, SendingRecord, UploadName } from "./piece-record.ts";
import type { Upload } from "./upload.ts";

/**
 * Pieces that are recorded with one durable write and handed to the upload as one Blob, at the most: a server answers each
 * part only when it is synced, and on a fast line nothing is on its way meanwhile. The first batches are smaller, so that
 * sending begins early.
 */
const LARGEST_BATCH = 16;
const FIRST_BATCH = 4;

interface Batch {
  readonly at: number;
  readonly bytes: Blob;
  /** Number of the first piece, and the digests of all. */
  readonly first: number;
  readonly digests: readonly string[];
}

/**
 * SDT-1: seals a body and uploads it; reading, sealing, recording and sending overlap. A piece is sent only after its digest is
 * durably recorded; pieces that were recorded by an earlier try are proved the same first.
 * @param plain all items' bytes, `plainSize` of them.
 * @returns the digests of all pieces.
 * @throws SealError `changed` when these are not the bytes that were being sent; ClientError `changed-files` when there are
 *   more or fewer of them than were announced; and what `Upload` throws.
 */
export async function sealAndUpload(
  plain: AsyncIterable<Uint8Array>,
  plainSize: number,
  sealing: Sealing,
  parts: { readonly cipher: ChunkCipher; readonly record: PieceRecord; readonly upload: Upload },
  known: SendingRecord,
): Promise<readonly string[]> {
  const digests: string[] = [];
  const sealed = sealBody(exactly(plain, plainSize), sealing, parts.cipher);
  const proven = provenPieces(sealed, known.digests);
  const batched = batches(noted(proven, digests), known.digests.length, parts.upload.acknowledged);
  const recorded = record(batched, known, parts);
  for await (const { bytes, at } of ahead(recorded, 1)) await parts.upload.deliver(bytes, at);
  return digests;
}

async function* noted(pieces: AsyncIterable<Piece>, digests: string[]): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    digests.push(piece.digest);
    yield piece;
  }
}

/** Groups pieces, leaving out those that the server has: they were only sealed again to prove them the same. */
async function* batches(pieces: AsyncIterable<Piece>, recorded: number, have: number): AsyncGenerator<Batch> {
  let held: Piece[] = [];
  let wanted = FIRST_BATCH;
  for await (const piece of pieces) {
    if (piece.index < recorded && (piece.index + 1) * PIECE_SIZE <= have) continue;
    held.push(piece);
    if (held.length < wanted) continue;
    yield batch(held);
    held = [];
    wanted = Math.min(LARGEST_BATCH, wanted * 2);
  }
  if (held.length > 0) yield batch(held);
}

function batch(pieces: readonly Piece[]): Batch {
  const first = pieces[0]?.index ?? 0;
  const bytes = new Blob(pieces.map((each) => each.bytes));
  return { at: first * PIECE_SIZE, bytes, first, digests: pieces.map(({ digest }) => digest) };
}

async function* record(
  from: AsyncIterable<Batch>,
  upload: UploadName,
  parts: { readonly record: PieceRecord; readonly upload: Upload },
): AsyncGenerator<Batch> {
  for await (const each of from) {
    await parts.record.append(upload, each.first, each.digests, parts.upload.acknowledged);
    yield each;
  }
}

/** The sealed size was announced from the plaintext's: a file that grew or shrank meanwhile must not be sent. */
async function* exactly(plain: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const bytes of plain) {
    seen += bytes.length;
    if (seen > size) throw changedFiles();
    yield bytes;
  }
  if (seen !== size) throw changedFiles();
}

function changedFiles(): ClientError {
  const message = "A file changed while it was being read. Nothing was released. Choose the files again.";
  return new ClientError({ code: "changed-files", message });
}
