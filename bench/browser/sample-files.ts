import { randomFillSync } from "node:crypto";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MEMORY_FOLDER = "/dev/shm";
const BLOCK = 1 << 20;

/** A folder in memory where there is one with room for `bytes` and some to spare, else on the disk. */
export function sampleFolder(bytes: number): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(roomInMemory() > 3 * bytes ? MEMORY_FOLDER : tmpdir(), "waybill-bench-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A file of random bytes. @returns its path */
export function randomFile(path: string, size: number): string {
  const file = openSync(path, "w");
  const block = Buffer.alloc(Math.min(BLOCK, size));
  for (let written = 0; written < size; written += block.length) {
    randomFillSync(block);
    writeSync(file, block, 0, Math.min(block.length, size - written));
  }
  closeSync(file);
  return path;
}

function roomInMemory(): number {
  if (!existsSync(MEMORY_FOLDER)) return 0;
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize;
}
