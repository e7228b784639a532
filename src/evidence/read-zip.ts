import { equal } from "../bytes/concat.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { EvidenceError } from "./error.ts";
import { type PackFiles, zipPack } from "./pack.ts";

const LOCAL = 0x04034b50;
const HEAD = 30;
const EXTRA = 20;
const DESCRIPTOR = 24;
const CENTRAL = 0x02014b50;
const LOCATOR_AND_END = 20 + 22;
const MOST_FILES = 100_000;

/**
 * Reads a pack. There is one way only to write the same files: whatever differs from it by a byte, in names, checksums or
 * lengths, is refused. @throws EvidenceError `not-a-pack`, `altered`
 */
export async function readPack(bytes: Uint8Array<ArrayBuffer>): Promise<PackFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  try {
    for (const { name, content } of entriesOf(bytes)) {
      if (files.has(name)) throw damaged(`It has ${name} twice.`);
      files.set(name, content);
    }
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    throw damaged("It is not the zip of a pack.", cause);
  }
  const again = await zipPack(files);
  if (again.length === bytes.length && equal(again, bytes)) return files;
  throw new EvidenceError({
    code: "altered",
    message:
      "The zip is not as it was written: bytes of it, or a checksum, are others. Nothing in it is to be believed.",
  });
}

/** By the central directory, as every program that opens a zip reads it. */
function* entriesOf(bytes: Uint8Array<ArrayBuffer>) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (at: number) => Number(view.getBigUint64(at, true));
  const end64 = number(bytes.length - LOCATOR_AND_END + 8);
  const count = number(end64 + 32);
  if (count > MOST_FILES) throw damaged("It has too many files.");
  let at = number(end64 + 48);
  let next = 0;
  for (let read = 0; read < count; read++) {
    if (view.getUint32(at, true) !== CENTRAL) throw damaged("Its list of files is damaged.");
    const nameLength = view.getUint16(at + 28, true);
    const name = fromUtf8(bytes.subarray(at + 46, at + 46 + nameLength));
    const extra = at + 46 + nameLength;
    const [size, offset] = [number(extra + 4), number(extra + 20)];
    // Whoever made the zip says where each file lies: one behind the other, so that no bytes are copied twice.
    if (offset !== next) throw damaged("Its files do not follow one another.");
    const start = offset + HEAD + nameLength + EXTRA;
    if (view.getUint32(offset, true) !== LOCAL || start + size + DESCRIPTOR > bytes.length) {
      throw damaged(`${name} is damaged.`);
    }
    next = start + size + DESCRIPTOR;
    yield { name, content: bytes.slice(start, start + size) };
    at = extra + 28;
  }
}

function damaged(why: string, cause?: unknown): EvidenceError {
  return new EvidenceError({
    code: "not-a-pack",
    message: `This is not an evidence pack, or it is damaged. ${why}`,
    cause,
  });
}
