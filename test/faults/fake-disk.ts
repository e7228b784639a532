import { dirname } from "node:path";
import type { Files, OpenFile } from "../../src/store/files.ts";

/**
 * What is on a disk after the power was cut, of what was not synced: nothing of it; all; lengths and names, but zeros
 * for data (as file systems do that write metadata first); first pages, with zeros behind them (pages are written in
 * any order); torn, some bytes of it between older ones, with the names.
 */
export const LOSSES = ["nothing", "everything", "zeros", "first pages", "torn pieces"] as const;
export type Loss = (typeof LOSSES)[number];

const PAGE = 4096;
/** Bytes; shorter than any record, so that every record is torn. */
const PIECE = 20;

interface Inode {
  cached: Uint8Array;
  synced: Uint8Array;
}

/** A disk that keeps for sure only what was synced: data by `sync`, names by `syncFolder`. One folder at `/`. */
export class FakeDisk implements Files {
  /** Operations until the power is cut: that one and all later ones fail. */
  left = Number.POSITIVE_INFINITY;
  /** Bytes that still fit. */
  room = Number.POSITIVE_INFINITY;
  #names = new Map<string, Inode>();
  #syncedNames = new Map<string, Inode>();

  /** Kill -9: the process is gone, the system goes on and forgets nothing. */
  restartProcess(): void {
    this.left = Number.POSITIVE_INFINITY;
  }

  /** Power loss. */
  restartMachine(loss: Loss): void {
    this.left = Number.POSITIVE_INFINITY;
    if (loss === "nothing") this.#names = new Map(this.#syncedNames);
    for (const inode of this.#names.values()) inode.cached = afterLoss(inode, loss);
    for (const inode of this.#names.values()) inode.synced = inode.cached.slice();
    this.#syncedNames = new Map(this.#names);
  }

  async create(path: string): Promise<OpenFile> {
    this.#operate();
    if (this.#names.has(path)) throw systemError("EEXIST");
    const inode = { cached: new Uint8Array(), synced: new Uint8Array() };
    this.#names.set(path, inode);
    return this.#opened(inode, true);
  }

  async open(path: string, access: "read" | "write"): Promise<OpenFile> {
    this.#operate();
    const inode = this.#names.get(path);
    if (inode === undefined) throw systemError("ENOENT");
    return this.#opened(inode, access === "write");
  }

  async unlink(path: string): Promise<void> {
    this.#operate();
    if (!this.#names.delete(path)) throw systemError("ENOENT");
  }

  async makeFolder(): Promise<void> {
    this.#operate();
  }

  async *names(folder: string): AsyncGenerator<string> {
    this.#operate();
    for (const path of [...this.#names.keys()]) if (dirname(path) === folder) yield path.slice(folder.length + 1);
  }

  async syncFolder(): Promise<void> {
    this.#operate();
    this.#syncedNames = new Map(this.#names);
  }

  #operate(): void {
    if (this.left <= 0) throw new PowerCut();
    this.left--;
  }

  #opened(inode: Inode, writable: boolean): OpenFile {
    return {
      length: async () => {
        this.#operate();
        return inode.cached.length;
      },
      read: async (into, position) => {
        this.#operate();
        const part = inode.cached.subarray(position, position + into.length);
        into.set(part);
        return part.length;
      },
      write: async (chunks, position) => {
        this.#operate();
        if (!writable) throw systemError("EBADF");
        const bytes = Buffer.concat(chunks);
        const growth = Math.max(0, position + bytes.length - inode.cached.length);
        const fitting = bytes.length - Math.max(0, growth - this.room);
        if (fitting <= 0) throw systemError("ENOSPC");
        this.room -= Math.min(growth, this.room);
        const grown = new Uint8Array(Math.max(inode.cached.length, position + fitting));
        grown.set(inode.cached);
        grown.set(bytes.subarray(0, fitting), position);
        inode.cached = grown;
        return fitting;
      },
      truncate: async (length) => {
        this.#operate();
        this.room += Math.max(0, inode.cached.length - length);
        inode.cached = inode.cached.slice(0, length);
      },
      sync: async () => {
        this.#operate();
        inode.synced = inode.cached.slice();
      },
      close: async () => undefined,
    };
  }
}

export class PowerCut extends Error {}

function afterLoss({ cached, synced }: Inode, loss: Loss): Uint8Array {
  if (loss === "everything") return cached.slice();
  if (loss === "nothing") return synced.slice();
  const left = new Uint8Array(cached.length);
  left.set(synced.subarray(0, cached.length));
  if (loss === "first pages") left.set(cached.subarray(0, PAGE));
  if (loss === "torn pieces") {
    for (let at = 0; at < cached.length; at += 2 * PIECE) left.set(cached.subarray(at, at + PIECE), at);
  }
  return left;
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
