import { equal } from "../bytes/concat.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { EvidenceError } from "./error.ts";
import { type PackFiles, zipPack } from "./pack.ts";
import { whatIsAltered } from "./what-is-altered.ts";
import { damaged, dataAt, listedEntries } from "./zip-layout.ts";

/**
 * Reads a pack. There is one way only to write the same files: whatever differs from it by a byte, in names, checksums or
 * lengths, is refused, and the refusal names the file whose bytes they are. @throws EvidenceError `not-a-pack`, `altered`
 */
export async function readPack(bytes: Uint8Array<ArrayBuffer>): Promise<PackFiles> {
  try {
    const files = filesIn(bytes);
    const again = await zipPack(files);
    if (again.length === bytes.length && equal(again, bytes)) return files;
  } catch (cause) {
    throw await unreadable(bytes, cause);
  }
  throw await unreadable(bytes, null);
}

function filesIn(bytes: Uint8Array<ArrayBuffer>): PackFiles {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of listedEntries(bytes)) {
    const name = fromUtf8(entry.name);
    if (files.has(name)) throw damaged(`It has ${name} twice.`);
    const start = dataAt(entry);
    files.set(name, bytes.slice(start, start + entry.size));
  }
  return files;
}

/** `altered` with what is altered, as far as the rest of the zip tells; `not-a-pack` of what is none. */
async function unreadable(bytes: Uint8Array<ArrayBuffer>, cause: unknown): Promise<EvidenceError> {
  const where = await whatIsAltered(bytes);
  if (where.length > 0) {
    const message = `${where.join(" ")} The zip is not as it was written: nothing in it is to be believed.`;
    return new EvidenceError({ code: "altered", message, cause });
  }
  return cause instanceof EvidenceError ? cause : damaged("It is not the zip of a pack.", cause);
}
