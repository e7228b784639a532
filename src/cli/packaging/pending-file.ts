import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";
import { readBack } from "./read-back.ts";

/** A file that is complete, and what it is. */
export interface WrittenFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** Where its bytes were read from again: the device itself, or through the system, which may have kept them in memory. */
  readonly readBack: "device" | "system";
}

/** The name of what a run of ours began on a medium and did not bring to its end: it can be taken away. */
export function isBegun(name: string): boolean {
  return /^\.WB-[0-9A-Z]{4}-[0-9A-Z]{4}.*\.[0-9a-f]{12}\.part$/.test(name);
}

/**
 * A file that has another name, which shows that it is not whole, until it was written, flushed, read back and compared. Made with `PendingFile.write`;
 * then `keep` or `abandon` it.
 */
export class PendingFile {
  readonly #folder: string;
  readonly #temporary: string;
  readonly written: WrittenFile;

  private constructor(folder: string, temporary: string, written: WrittenFile) {
    this.#folder = folder;
    this.#temporary = temporary;
    this.written = written;
  }

  /** @param mode of the file: 0o600, or what whoever receives a medium can read. @throws CliError `file`, `interrupted`, and whatever the content does; then nothing of it is left, where the medium is still there. */
  static async write(
    folder: string,
    name: string,
    content: AsyncIterable<Uint8Array>,
    parts: Parts,
    mode = 0o600,
  ): Promise<PendingFile> {
    const path = join(folder, name);
    if ((await stat(path).catch(() => null)) !== null) {
      const message = `${path} exists already and was left as it is: take it away, or choose another place.`;
      throw new CliError({ code: "file", message });
    }
    const temporary = join(folder, `.${name}.${randomBytes(6).toString("hex")}.part`);
    try {
      const { size, sha256 } = await writeAll(temporary, content, parts, mode).catch((cause: unknown) => {
        throw fileError("write", path, cause);
      });
      const from = await readBack(temporary, { name: path, size, sha256 }, parts);
      return new PendingFile(folder, temporary, { name, size, sha256, readBack: from });
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => {});
      throw cause;
    }
  }

  /** Gives it its name. The folder is flushed by whoever keeps the last one. */
  async keep(): Promise<void> {
    const path = join(this.#folder, this.written.name);
    await rename(this.#temporary, path).catch((cause: unknown) => {
      throw fileError("name", path, cause);
    });
  }

  /** Takes it away, named or not. */
  async abandon(): Promise<void> {
    for (const path of [this.#temporary, join(this.#folder, this.written.name)]) {
      await rm(path, { force: true }).catch(() => {});
    }
  }
}

async function writeAll(path: string, content: AsyncIterable<Uint8Array>, parts: Parts, mode: number) {
  const hash = createHash("sha256");
  let size = 0;
  let file: FileHandle | undefined;
  try {
    file = await open(path, "wx", mode);
    for await (const part of content) {
      parts.signal.throwIfAborted();
      hash.update(part);
      size += part.length;
      for (let done = 0; done < part.length; ) done += (await file.write(part, done)).bytesWritten;
    }
    await file.sync();
  } finally {
    await file?.close();
  }
  return { size, sha256: hash.digest("hex") };
}

/** So that the names survive the medium's being pulled. Windows has no such call for folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const file = await open(folder, "r").catch((cause: unknown) => {
    throw fileError("flush", folder, cause);
  });
  try {
    await file.sync();
  } catch (cause) {
    throw fileError("flush", folder, cause);
  } finally {
    await file.close();
  }
}
