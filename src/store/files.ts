import { constants } from "node:fs";
import { open, opendir, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolders } from "./make-folders.ts";

/**
 * The few operations on files that the blob folder uses, as a port, so that a test can crash between any two of them.
 */
export interface Files {
  /** A new empty file, readable by its owner. Rejects with the system's `EEXIST` when there is one. */
  create(path: string): Promise<OpenFile>;
  /** Rejects with the system's `ENOENT` when there is none. */
  open(path: string, access: "read" | "write"): Promise<OpenFile>;
  unlink(path: string): Promise<void>;
  /** Makes the folder and those above it where they are absent; they stay. */
  makeFolder(path: string): Promise<void>;
  /** Names in a folder, in no order. */
  names(folder: string): AsyncIterable<string>;
  /** After it, files created and unlinked in the folder stay so. */
  syncFolder(folder: string): Promise<void>;
}

export interface OpenFile {
  length(): Promise<number>;
  /** Answers how many bytes were read into `into`; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Answers how many bytes were written: on a full disk fewer than there are. */
  write(chunks: readonly Uint8Array[], position: number): Promise<number>;
  truncate(length: number): Promise<void>;
  /** After it, what was written and the length stay. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The file system of this machine. Folders are not synced on Windows, where they cannot be opened and NTFS journals
 * names.
 */
export const nodeFiles: Files = {
  async create(path) {
    return openedFile(await open(path, "wx+", 0o600));
  },
  async open(path, access) {
    return openedFile(await open(path, access === "write" ? constants.O_RDWR : constants.O_RDONLY));
  },
  unlink,
  async makeFolder(path) {
    for (const made of makeFolders(path)) await syncFolder(dirname(made));
  },
  async *names(folder) {
    for await (const entry of await opendir(folder)) yield entry.name;
  },
  syncFolder,
};

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function openedFile(handle: Awaited<ReturnType<typeof open>>): OpenFile {
  return {
    length: async () => (await handle.stat()).size,
    read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    write: async (chunks, position) => (await handle.writev([...chunks], position)).bytesWritten,
    truncate: (length) => handle.truncate(length),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}
