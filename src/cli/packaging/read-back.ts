import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, statfs } from "node:fs/promises";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";

const PIECE = 1024 * 1024;
/** What reading past the system's memory wants buffers and lengths to be multiples of. */
const ALIGNMENT = 4096;
const STEP = 16;

/** What was written: its name for people, bytes, SHA-256 in hexadecimal. */
interface Expected {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * File systems whose O_DIRECT reads come from the device (statfs(2), linux/magic.h): ext, FAT, exFAT, XFS, btrfs, F2FS, NTFS of the kernel,
 * UDF. A memory's takes O_DIRECT too, and so does one in a process (FUSE), which then reads through the system's memory itself.
 */
const ON_DEVICES: readonly number[] = [
  ...[0xef53, 0x4d44, 0x2011bab0, 0x58465342, 0x9123683e, 0xf2f52010, 0x7366746e, 0x15013346],
];

/** Whether what O_DIRECT reads from a file system of this kind (statfs(2)) comes from the device. */
export function readsFromDevice(type: number): boolean {
  return ON_DEVICES.includes(type);
}

/**
 * Reads a flushed file again, to its last byte, and compares it: from the device itself where the system lets us go past its memory (Linux, with file
 * systems whose O_DIRECT does so), else through the system.
 * @throws CliError `file` when it is not what was written
 */
export async function readBack(path: string, expected: Expected, parts: Parts): Promise<"device" | "system"> {
  const direct = await openDirect(path);
  const from = direct === null ? "system" : "device";
  const buffer = direct?.buffer ?? new Uint8Array(PIECE);
  let file = direct?.file;
  try {
    file ??= await open(path, "r");
    const hash = createHash("sha256");
    let size = 0;
    for (;;) {
      parts.signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, buffer.length, size);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    if (size === expected.size && hash.digest("hex") === expected.sha256) return from;
  } catch (cause) {
    throw fileError("read back", expected.name, cause);
  } finally {
    await file?.close();
  }
  const message = `${expected.name} is not what was written: the medium is faulty. It was taken away. Use another one, and do not use this one again.`;
  throw new CliError({ code: "file", message });
}

interface Direct {
  readonly file: FileHandle;
  readonly buffer: Uint8Array;
}

/** The file past the system's memory, and a buffer that lies where that wants it; null where there is no such way. */
async function openDirect(path: string): Promise<Direct | null> {
  if (!("O_DIRECT" in constants) || typeof constants.O_DIRECT !== "number") return null;
  const type = await statfs(path).then(
    (found) => found.type,
    () => null,
  );
  if (type === null || !readsFromDevice(type)) return null;
  const file = await open(path, constants.O_RDONLY | constants.O_DIRECT).catch(() => null);
  if (file === null) return null;
  // Where memory begins is not told: the first place that the system takes is aligned.
  const memory = new Uint8Array(PIECE + ALIGNMENT);
  for (let start = 0; start < ALIGNMENT; start += STEP) {
    const buffer = memory.subarray(start, start + PIECE);
    const taken = await file.read(buffer, 0, ALIGNMENT, 0).then(
      () => true,
      () => false,
    );
    if (taken) return { file, buffer };
  }
  await file.close();
  return null;
}
