import { type FileHandle, open } from "node:fs/promises";
import type { RecoveryPackage } from "../../client/receiving/recovery-package.ts";
import { damaged } from "../../seal/error.ts";
import { fileError } from "../system-error.ts";

const STEP = 1024 * 1024;
/** The first line holds the list of files: as long as a server takes, as base64 in JSON. */
const HEAD_LIMIT = 64 * STEP;
const LINE_FEED = 0x0a;

/** A package for the recovery key in a file. */
export class PackageFile implements RecoveryPackage {
  readonly head: Uint8Array;
  readonly bodySize: number;
  readonly #path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle, head: Uint8Array, size: number) {
    this.#path = path;
    this.#file = file;
    this.head = head;
    this.bodySize = size - head.length - 1;
  }

  /** Close it when done. @throws CliError `file`; SealError `damaged` when it has no first line */
  static async open(path: string): Promise<PackageFile> {
    let file: FileHandle | null = null;
    try {
      file = await open(path, "r");
      const { size } = await file.stat();
      return new PackageFile(path, file, await firstLine(file), size);
    } catch (cause) {
      await file?.close();
      throw fileError("read", path, cause);
    }
  }

  async *read(start: number, end: number): AsyncGenerator<Uint8Array> {
    const from = this.head.length + 1;
    for (let at = start; at < end; ) {
      const part = await readAt(this.#file, from + at, Math.min(STEP, end - at)).catch((cause: unknown) => {
        throw fileError("read", this.#path, cause);
      });
      if (part.length === 0) throw damaged("it is cut off");
      at += part.length;
      yield part;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function firstLine(file: FileHandle): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < HEAD_LIMIT; ) {
    const part = await readAt(file, at, STEP);
    const end = part.indexOf(LINE_FEED);
    if (end >= 0) return Buffer.concat([...parts, part.subarray(0, end)]);
    if (part.length === 0) break;
    parts.push(part);
    at += part.length;
  }
  throw damaged("it does not begin like a package for a recovery key");
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
