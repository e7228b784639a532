import { equal } from "../bytes/concat.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { zipPack } from "./pack.ts";
import {
  BEHIND,
  DESCRIPTOR,
  dataAt,
  END,
  type Entry,
  HEAD,
  LISTED,
  LISTED_EXTRA,
  LOCAL,
  viewOf,
} from "./zip-layout.ts";

/** More files than these are not named one by one. */
const NAMED = 5;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Which files of a zip that is not as it was written are altered, in sentences. Every file's name, length and checksum stands in it
 * twice: around its data, and in the list at the end; so whichever half is whole tells of the other. Whoever handed the zip over
 * controls every byte: this only says where to look, of what is refused. Nothing is said of what is no zip of a pack.
 */
export async function whatIsAltered(bytes: Bytes): Promise<readonly string[]> {
  if (bytes.length < END) return [];
  const walked = walk(bytes);
  for (const entries of [listed(bytes, walked), walked]) {
    const names = namesOf(entries);
    if (names === null || !reachesTheEnd(bytes, entries)) continue;
    const said = await differences(bytes, entries, names);
    return said.length > NAMED ? [...said.slice(0, NAMED), `So are ${said.length - NAMED} others.`] : said;
  }
  const whole = namesOf(walked)?.at(-1);
  return whole === undefined
    ? []
    : [`Bytes are missing, or were added, behind ${whole}, the last file that can be followed.`];
}

/** By what stands around the data: a header, the data, and behind it the length that this is. */
function walk(bytes: Bytes): readonly Entry[] {
  const view = viewOf(bytes);
  const found: Entry[] = [];
  let offset = 0;
  while (offset + HEAD < bytes.length && view.getUint32(offset, true) === LOCAL) {
    const name = bytes.subarray(offset + HEAD, offset + HEAD + view.getUint16(offset + 26, true));
    const entry = { name, offset, size: 0, at: 0 };
    const size = lengthOf(view, dataAt(entry));
    if (size === null) break;
    found.push({ ...entry, size });
    offset = dataAt(entry) + size + BEHIND;
  }
  let at = offset;
  return found.map((entry) => {
    const placed = { ...entry, at };
    at += LISTED + entry.name.length + LISTED_EXTRA;
    return placed;
  });
}

function lengthOf(view: DataView, start: number): number | null {
  for (let at = start; at + BEHIND <= view.byteLength; at++) {
    if (view.getUint32(at, true) === DESCRIPTOR && view.getBigUint64(at + 8, true) === BigInt(at - start)) {
      return at - start;
    }
  }
  return null;
}

/** By the list at the end, from where the files end or, where they cannot be followed, from where the zip says. */
function listed(bytes: Bytes, walked: readonly Entry[]): readonly Entry[] {
  const view = viewOf(bytes);
  const end = bytes.length - END;
  const said = view.getBigUint64(end + 48, true);
  const starts = [said <= BigInt(end) ? Number(said) : end, filesEnd(walked)];
  return starts.map((start) => listFrom(view, bytes, start)).find((each) => reachesTheEnd(bytes, each)) ?? [];
}

function listFrom(view: DataView, bytes: Bytes, start: number): readonly Entry[] {
  const end = bytes.length - END;
  const found: Entry[] = [];
  let offset = 0;
  for (let at = start; at + LISTED + LISTED_EXTRA <= end; ) {
    const name = bytes.subarray(at + LISTED, at + LISTED + view.getUint16(at + 28, true));
    const extra = at + LISTED + name.length;
    if (extra + LISTED_EXTRA > end) break;
    const [size, from] = [view.getBigUint64(extra + 4, true), view.getBigUint64(extra + 20, true)];
    if (from !== BigInt(offset) || size > BigInt(end)) break;
    const entry = { name, offset, size: Number(size), at };
    found.push(entry);
    offset = dataAt(entry) + entry.size + BEHIND;
    at = extra + LISTED_EXTRA;
  }
  return found;
}

/** Whether the files reach to their list, and this to the end of the zip. */
function reachesTheEnd(bytes: Bytes, entries: readonly Entry[]): boolean {
  const [first, last] = [entries[0], entries.at(-1)];
  return (
    first !== undefined && last !== undefined && filesEnd(entries) === first.at && listEnd(last) === bytes.length - END
  );
}

function filesEnd(entries: readonly Entry[]): number {
  const last = entries.at(-1);
  return last === undefined ? 0 : dataAt(last) + last.size + BEHIND;
}

function listEnd({ at, name }: Entry): number {
  return at + LISTED + name.length + LISTED_EXTRA;
}

/** Null where one of the names is no text, or is there twice: then they are not those that were written. */
function namesOf(entries: readonly Entry[]): readonly string[] | null {
  try {
    const names = entries.map(({ name }) => fromUtf8(name));
    return new Set(names).size === names.length ? names : null;
  } catch {
    return null;
  }
}

/** What differs from the zip that these files make. */
async function differences(
  bytes: Bytes,
  entries: readonly Entry[],
  names: readonly string[],
): Promise<readonly string[]> {
  const contents = entries.map((entry) => bytes.slice(dataAt(entry), dataAt(entry) + entry.size));
  const again = await zipPack(new Map(names.map((name, at) => [name, contents[at] ?? new Uint8Array()])));
  const same = (from: number, to: number) => equal(bytes.subarray(from, to), again.subarray(from, to));
  const said = entries.flatMap((entry, each) => {
    const behind = dataAt(entry) + entry.size;
    const checksums = [same(behind + 4, behind + 8), same(entry.at + 16, entry.at + 20)];
    const parts = [
      ...(checksums.includes(true) ? [] : ["what it holds is not what its checksum was made of"]),
      ...(same(entry.offset, dataAt(entry)) ? [] : [headerText(bytes, entry)]),
      ...(same(behind, behind + BEHIND) || !checksums.includes(true)
        ? []
        : ["the checksum or length behind it is another"]),
      ...(same(entry.at, listEnd(entry)) || !checksums.includes(true)
        ? []
        : ["its line in the zip’s list of files is another"]),
    ];
    return parts.length === 0 ? [] : [`${names[each]} was altered: ${parts.join("; ")}.`];
  });
  const end = bytes.length - END;
  return same(end, bytes.length)
    ? said
    : [...said, "The end of the zip was altered, which says where its list of files lies."];
}

/** Names may differ between header and list: which of them was written, nobody can tell, and so both are said. */
function headerText(bytes: Bytes, { name, offset }: Entry): string {
  const beside = bytes.subarray(offset + HEAD, offset + HEAD + name.length);
  return equal(beside, name)
    ? "its header in the zip is another"
    : `its header in the zip has the name ${new TextDecoder().decode(beside)}`;
}
