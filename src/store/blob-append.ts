import { BlobError } from "../domain/blobs.ts";
import { type BlobHeader, DATA_AT, encodeHeader } from "./blob-header.ts";
import { noRoom, refusing, wrongOffset } from "./blob-refusals.ts";
import type { OpenFile } from "./files.ts";

/** Bytes gathered before one write. */
const WRITE_STEP = 1024 * 1024;
/** Bytes after which a long append is settled on the way, so that a crash costs no more than these. */
const SETTLE_STEP = 64 * 1024 * 1024;

/**
 * Appends to an open blob file and answers its new synced length. When the source or the disk fails, what was written
 * is settled and the failure is thrown on. The source's chunks must stay as they are until it is asked for more than
 * `WRITE_STEP` bytes further.
 * @throws BlobError `finished`, `wrong-offset`, `too-large`, `no-room`, `unwritable`; or what the source threw
 */
export async function appendTo(
  file: OpenFile,
  header: BlobHeader,
  offset: number,
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  if (header.length === header.size) {
    throw new BlobError({ code: "finished", message: "This upload is complete already." });
  }
  if (offset !== header.length) {
    throw wrongOffset(`This upload goes on at byte ${header.length}, not at ${offset}.`);
  }
  const tail = new Tail(file, header);
  await refusing(() => tail.cut());
  try {
    for await (const chunk of bytes) await tail.add(chunk);
    await tail.flush();
  } catch (error) {
    await tail.settle().catch(() => undefined); // the reason that is thrown on came first
    throw error;
  }
  return tail.settle();
}

class Tail {
  readonly #file: OpenFile;
  #header: BlobHeader;
  #written: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(file: OpenFile, header: BlobHeader) {
    this.#file = file;
    this.#header = header;
    this.#written = header.length;
  }

  /** Drops what an append that was never acknowledged left behind the synced length. */
  async cut(): Promise<void> {
    const end = DATA_AT + this.#header.length;
    if ((await this.#file.length()) > end) await this.#file.truncate(end);
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#written + this.#waitingBytes + chunk.length > this.#header.size) {
      throw new BlobError({ code: "too-large", message: "More bytes came than this upload was made for." });
    }
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes >= WRITE_STEP) await this.flush();
    if (this.#written - this.#header.length >= SETTLE_STEP) await this.settle();
  }

  /** Data first, then the record of its length: at no moment does the record promise more than is there. */
  async settle(): Promise<number> {
    await this.flush();
    if (this.#written === this.#header.length) return this.#written;
    const { sequence, size } = this.#header;
    const next = { sequence: sequence + 1, size, length: this.#written };
    await refusing(async () => {
      await this.#file.sync();
      const { bytes, position } = encodeHeader(next);
      await writeAll(this.#file, bytes, position);
      await this.#file.sync();
    });
    this.#header = next;
    return next.length;
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    const chunks = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (let left = chunks; left.length > 0; ) {
      const count = await refusing(() => this.#file.write(left, DATA_AT + this.#written));
      this.#written += count;
      left = behind(left, count);
      if (count === 0 && left.length > 0) throw noRoom();
    }
  }
}

/** @throws BlobError `no-room` when the file takes no more. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const count = await file.write([bytes.subarray(at)], position + at);
    if (count === 0) throw noRoom();
    at += count;
  }
}

/** What is left of the chunks behind the first `count` bytes. */
function behind(chunks: readonly Uint8Array[], count: number): Uint8Array[] {
  let gone = count;
  const left: Uint8Array[] = [];
  for (const chunk of chunks) {
    const rest = chunk.subarray(Math.min(gone, chunk.length));
    gone -= chunk.length - rest.length;
    if (rest.length > 0) left.push(rest);
  }
  return left;
}
