import type { BigIntStats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";
import type { Source } from "./source.ts";

const STEP = 1024 * 1024;

/** A file as it was when it was chosen. One that is changed while it is being sent is found out: at its size, its time or its end. */
export class FileSource implements Source {
  readonly name: string;
  readonly kind: Source["kind"];
  readonly size: number;
  readonly stamp: string;
  readonly #path: string;

  /** @param stats of the path, with nanoseconds. */
  constructor(path: string, name: string, stats: BigIntStats, kind: Source["kind"] = "file") {
    this.#path = path;
    this.name = name;
    this.kind = kind;
    this.size = Number(stats.size);
    this.stamp = stampOf(stats);
  }

  async *stream(): AsyncGenerator<Uint8Array> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.#path, "r");
      await this.#refuseChanged(file);
      for (let left = this.size; left > 0; ) {
        const buffer = new Uint8Array(Math.min(left, STEP));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) throw this.#changed();
        left -= bytesRead;
        yield bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead);
      }
      await this.#refuseChanged(file);
    } catch (cause) {
      throw fileError("read", this.#path, cause);
    } finally {
      await file?.close();
    }
  }

  async part(start: number, end: number): Promise<Uint8Array> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.#path, "r");
      const buffer = new Uint8Array(Math.max(0, Math.min(end, this.size) - start));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    } catch (cause) {
      throw fileError("read", this.#path, cause);
    } finally {
      await file?.close();
    }
  }

  async close(): Promise<void> {}

  async #refuseChanged(file: FileHandle): Promise<void> {
    if (stampOf(await file.stat({ bigint: true })) !== this.stamp) throw this.#changed();
  }

  #changed(): CliError {
    const message = `${this.#path} was changed while it was being read. Nothing was released. Run the same command again: it seals the files as they are then.`;
    return new CliError({ code: "changed-files", message });
  }
}

function stampOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}
