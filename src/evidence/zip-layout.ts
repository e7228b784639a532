import { EvidenceError } from "./error.ts";

/** Where things lie in the zip of a pack, as `ZipWriter` writes it: 64-bit forms throughout, sizes behind the data. */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const DESCRIPTOR = 0x08074b50;
/** Bytes of a local header before its name, and of its extra field behind it. */
export const HEAD = 30;
export const EXTRA = 20;
/** Bytes behind an entry's data: checksum, and both lengths. */
export const BEHIND = 24;
/** Bytes of an entry in the list of files before its name, and of its extra field behind it. */
export const LISTED = 46;
export const LISTED_EXTRA = 28;
/** Bytes of what stands behind the list of files: its 64-bit end, where that is, and the short end. */
export const END = 56 + 20 + 22;
export const MOST_FILES = 100_000;

/** One file in a zip: `offset` of its local header, `size` of its data in bytes, `at` where the list of files has it. */
export interface Entry {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly offset: number;
  readonly size: number;
  readonly at: number;
}

export function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Where the data of an entry begins. */
export function dataAt({ name, offset }: Entry): number {
  return offset + HEAD + name.length + EXTRA;
}

/**
 * By the list of files at its end, as every program that opens a zip reads it. Whoever made the zip says where each file lies: one behind
 * the other, so that no bytes are read twice. @throws EvidenceError `not-a-pack`, RangeError where numbers lead out of the bytes
 */
export function* listedEntries(bytes: Uint8Array<ArrayBuffer>): Generator<Entry> {
  const view = viewOf(bytes);
  const number = (at: number) => Number(view.getBigUint64(at, true));
  const end64 = number(bytes.length - 42 + 8);
  const count = number(end64 + 32);
  if (count > MOST_FILES) throw damaged("It has too many files.");
  let at = number(end64 + 48);
  let next = 0;
  for (let read = 0; read < count; read++) {
    if (view.getUint32(at, true) !== CENTRAL) throw damaged("Its list of files is damaged.");
    const nameLength = view.getUint16(at + 28, true);
    const name = bytes.subarray(at + LISTED, at + LISTED + nameLength);
    const extra = at + LISTED + nameLength;
    const entry = { name, offset: number(extra + 20), size: number(extra + 4), at };
    if (entry.offset !== next) throw damaged("Its files do not follow one another.");
    next = dataAt(entry) + entry.size + BEHIND;
    if (view.getUint32(entry.offset, true) !== LOCAL || next > bytes.length) throw damaged("A file in it is damaged.");
    yield entry;
    at = extra + LISTED_EXTRA;
  }
}

export function damaged(why: string, cause?: unknown): EvidenceError {
  return new EvidenceError({
    code: "not-a-pack",
    message: `This is not an evidence pack, or it is damaged. ${why}`,
    cause,
  });
}
