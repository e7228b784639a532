import { join } from "node:path";
import type { Blobs } from "../domain/blobs.ts";
import { appendTo, writeAll } from "./blob-append.ts";
import { type BlobHeader, DATA_AT, decodeHeader, encodeHeader } from "./blob-header.ts";
import { noSuchBlob, refusing, systemCode, tooShort, wrongOffset } from "./blob-refusals.ts";
import { type Files, nodeFiles, type OpenFile } from "./files.ts";

/** Ids come from URLs: nothing else becomes part of a path. */
const ID = /^[A-Za-z0-9_-]{22}$/;
const READ_STEP = 1024 * 1024;

/**
 * Blobs as files of one folder, made when absent: one file each, whose header records the synced length. (A record
 * beside the file would need a folder sync for each append, and could outlive its file.) For one process at a time:
 * appends are kept apart in memory.
 * @throws BlobError `unwritable`, `no-room`
 */
export async function openBlobFolder(folder: string, files: Files = nodeFiles): Promise<Blobs> {
  const appending = new Set<string>();
  // What a killed process created or removed may not be synced yet, and is about to be answered.
  await refusing(async () => {
    await files.makeFolder(folder);
    await files.syncFolder(folder);
  });
  const blobs = new BlobFiles(folder, files);
  return {
    create: (id, size) => refusing(() => blobs.create(id, size)),
    async append(id, offset, bytes) {
      if (appending.has(id)) throw wrongOffset("Another part of this upload is still being stored.");
      appending.add(id);
      try {
        const appended = await blobs.use(id, "write", (file, header) => appendTo(file, header, offset, bytes));
        if (appended === null) throw noSuchBlob();
        return appended;
      } finally {
        appending.delete(id);
      }
    },
    stat: (id) =>
      blobs.use(id, "write", async (file, { length, size }) => {
        await refusing(() => file.sync()); // what a killed process wrote and did not sync is about to be answered
        return { length, size };
      }),
    whole: async (id) =>
      (await blobs.use(
        id,
        "read",
        async (file, { length, size }) => length === size && (await file.length()) >= DATA_AT + size,
      )) ?? false,
    read: (id, start, end) => blobs.read(id, start, end),
    remove: (id) => refusing(() => blobs.remove(id)),
    async *list() {
      for await (const name of files.names(folder)) if (ID.test(name)) yield name;
    },
  };
}

class BlobFiles {
  readonly #folder: string;
  readonly #files: Files;

  constructor(folder: string, files: Files) {
    this.#folder = folder;
    this.#files = files;
  }

  async create(id: string, size: number): Promise<void> {
    const path = this.#path(id);
    if (path === null || !Number.isSafeInteger(size) || size < 0) throw new TypeError("Not the id or size of a blob.");
    const taken = await this.use(id, "write", async () => true);
    if (taken) throw wrongOffset("There is an upload with this id already. It is kept.");
    await unlessAbsent(this.#files.unlink(path)); // left by a crash before it was acknowledged
    const file = await this.#files.create(path);
    try {
      const { bytes, position } = encodeHeader({ sequence: 0, size, length: 0 });
      await writeAll(file, bytes, position);
      await file.sync();
    } catch (error) {
      await this.#files.unlink(path);
      throw error;
    } finally {
      await file.close();
    }
    await this.#files.syncFolder(this.#folder);
  }

  /** Opens it for the time of one act; null when there is none. */
  async use<T>(
    id: string,
    access: "read" | "write",
    act: (file: OpenFile, header: BlobHeader) => Promise<T>,
  ): Promise<T | null> {
    const opened = await this.#open(id, access);
    if (opened === null) return null;
    try {
      return await act(opened.file, opened.header);
    } finally {
      await opened.file.close();
    }
  }

  async *read(id: string, start: number, end: number): AsyncGenerator<Uint8Array> {
    const opened = await this.#open(id, "read");
    if (opened === null) throw noSuchBlob();
    const { file, header } = opened;
    try {
      if (header.length < header.size || start < 0 || end > header.size) throw tooShort();
      for (let at = start; at < end; ) {
        const chunk = new Uint8Array(Math.min(READ_STEP, end - at));
        const count = await file.read(chunk, DATA_AT + at);
        if (count === 0) throw tooShort();
        yield chunk.subarray(0, count);
        at += count;
      }
    } finally {
      await file.close();
    }
  }

  async remove(id: string): Promise<void> {
    const path = this.#path(id);
    if (path === null) return;
    await unlessAbsent(this.#files.unlink(path));
    await this.#files.syncFolder(this.#folder);
  }

  async #open(id: string, access: "read" | "write") {
    const path = this.#path(id);
    if (path === null) return null;
    const file = await unlessAbsent(refusing(() => this.#files.open(path, access)));
    if (file === null) return null;
    const start = new Uint8Array(DATA_AT);
    const header = await file.read(start, 0).then(
      () => decodeHeader(start),
      async (error) => {
        await file.close();
        throw error;
      },
    );
    if (header !== null) return { file, header };
    await file.close();
    return null;
  }

  #path(id: string): string | null {
    return ID.test(id) ? join(this.#folder, id) : null;
  }
}

async function unlessAbsent<T>(done: Promise<T>): Promise<T | null> {
  try {
    return await done;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}
