import { fstatSync, read as readFd } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { promisify } from "node:util";
import type { Bytes } from "../seal/cipher.ts";
import type { Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { fileError } from "./system-error.ts";

/** The first read is small: it is for the header. */
const FIRST_READ = 64 * 1024;
/** One buffer with its reader, one given last, one being taken, one read ahead (see `batches`). */
const RING = 4;

/** What is sealed or opened. */
export interface Input {
  readonly name: string;
  /** Bytes, where they are known beforehand. */
  readonly size: number | null;
  /** Reads from now on end on multiples of `batch` bytes counted from `start`, so that nothing needs copying. */
  align(start: number, batch: number): void;
  stream(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a file, or standard input for none or `-`. @throws CliError `file` */
export async function openInput(path: string | undefined, parts: Parts): Promise<Input> {
  if (path !== undefined && path !== "-") {
    let file: FileHandle | undefined;
    try {
      file = await open(path, "r");
      const stats = await file.stat();
      if (stats.isDirectory()) throw new CliError({ code: "file", message: `${path} is a folder: give a file.` });
      return new FileInput(path, file.fd, stats.isFile() ? stats.size : null, file);
    } catch (cause) {
      await file?.close();
      throw fileError("read", path, cause);
    }
  }
  if (parts.stdin.isTTY) {
    const message = "There is nothing to read: give a file, or pipe something in.";
    throw new CliError({ code: "usage", message });
  }
  const fd = parts.stdin.fd;
  if (fd !== undefined && fstatSync(fd).isFile()) return new FileInput("standard input", fd, fstatSync(fd).size, null);
  return new StreamInput(parts);
}

const read = promisify(readFd);

class FileInput implements Input {
  readonly name: string;
  readonly size: number | null;
  readonly #fd: number;
  readonly #file: FileHandle | null;
  #start = 0;
  #batch = FIRST_READ;

  constructor(name: string, fd: number, size: number | null, file: FileHandle | null) {
    this.name = name;
    this.size = size;
    this.#fd = fd;
    this.#file = file;
  }

  align(start: number, batch: number): void {
    this.#start = start;
    this.#batch = batch;
  }

  async *stream(): AsyncGenerator<Bytes> {
    const ring: Bytes[] = [];
    let position = 0;
    let turn = 0;
    const next = async (): Promise<Bytes> => {
      const slot = turn++ % RING;
      let buffer = ring[slot];
      if (buffer === undefined || buffer.length < this.#batch) {
        buffer = new Uint8Array(this.#batch);
        ring[slot] = buffer;
      }
      const wanted = this.#batch - ((((position - this.#start) % this.#batch) + this.#batch) % this.#batch);
      const { bytesRead } = await read(this.#fd, buffer, 0, wanted, null);
      position += bytesRead;
      return buffer.subarray(0, bytesRead);
    };
    try {
      let piece = await next();
      let first = true;
      while (piece.length > 0) {
        // Reading ahead begins after the first piece, so that `align` can come between.
        const ahead = first ? null : next();
        ahead?.catch(() => {});
        yield piece;
        piece = await (ahead ?? next());
        first = false;
      }
    } catch (cause) {
      throw fileError("read", this.name, cause);
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

class StreamInput implements Input {
  readonly name = "standard input";
  readonly size = null;
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  align(): void {}

  async *stream(): AsyncGenerator<Uint8Array> {
    // Ends at once when interrupted, also while whoever writes to us is silent.
    const stream = addAbortSignal(this.#parts.signal, this.#parts.stdin);
    for await (const piece of stream) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  }

  async close(): Promise<void> {}
}
