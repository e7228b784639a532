import { concat } from "../../bytes/concat.ts";
import type { Bytes } from "../../seal/cipher.ts";
import { u16, u32, u64, utf16 } from "./little-endian.ts";

/** [MS-CFB], version 3. Sectors are counted from behind the header, which has the size of one. */
const SECTOR = 512;
const MINI_SECTOR = 64;
/** Streams shorter than this lie in the mini stream. */
const MINI_LIMIT = 4096;
const PER_SECTOR = SECTOR / 4;
const IN_HEADER = 109;
const END = 0xfffffffe;
const FREE = 0xffffffff;
const IS_FAT = 0xfffffffd;
const IS_DIFAT = 0xfffffffc;
const NONE = 0xffffffff;

/** An entry of the directory. The first one is the root; a storage names one child, and siblings form a tree by [MS-CFB] 2.6.4. */
export interface DirectoryEntry {
  readonly name: string;
  /** Its stream's length in bytes; null for a storage. */
  readonly size: number | null;
  readonly left?: number;
  readonly right?: number;
  readonly child?: number;
}

interface Layout {
  /** First sector (of either kind) of each entry's stream. */
  readonly starts: readonly number[];
  readonly miniSectors: number;
  readonly firstMini: number;
  readonly miniStreamSectors: number;
  readonly firstMiniFat: number;
  readonly miniFatSectors: number;
  readonly firstDirectory: number;
  readonly directorySectors: number;
  readonly firstFat: number;
  readonly fatSectors: number;
  readonly firstDifat: number;
  readonly difatSectors: number;
}

/**
 * A compound file of at most one long stream, from front to back: every position follows from the lengths, so that the long stream passes
 * through and the short ones, behind it, may depend on it.
 * @param contents called in the directory's order for each stream, the long one first; must give exactly the lengths said.
 */
export async function* compoundFile(
  entries: readonly DirectoryEntry[],
  contents: (entry: number) => AsyncIterable<Bytes>,
): AsyncGenerator<Bytes> {
  const layout = layOut(entries);
  yield header(layout);
  const streams = entries.flatMap(({ size }, at) => (size === null ? [] : [{ at, size }]));
  for (const { at, size } of streams.filter((each) => isLong(each.size))) {
    yield* contents(at);
    yield new Uint8Array(-size & (SECTOR - 1));
  }
  for (const { at, size } of streams.filter((each) => !isLong(each.size))) {
    yield* contents(at);
    yield new Uint8Array(-size & (MINI_SECTOR - 1));
  }
  yield new Uint8Array(-(layout.miniSectors * MINI_SECTOR) & (SECTOR - 1));
  yield miniFat(entries, layout);
  yield directory(entries, layout);
  yield* fat(entries, layout);
  yield* difat(layout);
}

function isLong(size: number): boolean {
  return size >= MINI_LIMIT;
}

function layOut(entries: readonly DirectoryEntry[]): Layout {
  let next = 0;
  let mini = 0;
  const starts = entries.map(({ size }) => {
    if (size === null) return 0;
    const start = isLong(size) ? next : mini;
    if (isLong(size)) next += Math.ceil(size / SECTOR);
    else mini += Math.ceil(size / MINI_SECTOR);
    return start;
  });
  const miniStreamSectors = Math.ceil((mini * MINI_SECTOR) / SECTOR);
  const miniFatSectors = Math.ceil(mini / PER_SECTOR);
  const directorySectors = Math.ceil(entries.length / 4);
  const firstMini = next;
  const firstMiniFat = firstMini + miniStreamSectors;
  const firstDirectory = firstMiniFat + miniFatSectors;
  const firstFat = firstDirectory + directorySectors;
  const [fatSectors, difatSectors] = tablesFor(firstFat);
  const [firstDifat, miniSectors] = [firstFat + fatSectors, mini];
  const short = { miniSectors, firstMini, miniStreamSectors, firstMiniFat, miniFatSectors };
  return { starts, ...short, firstDirectory, directorySectors, firstFat, fatSectors, firstDifat, difatSectors };
}

/** Sectors of the allocation table, which counts itself and the table of its own sectors. */
function tablesFor(others: number): readonly [fat: number, difat: number] {
  for (let fatSectors = 1; ; fatSectors++) {
    const difatSectors = Math.max(0, Math.ceil((fatSectors - IN_HEADER) / (PER_SECTOR - 1)));
    if (fatSectors * PER_SECTOR >= others + fatSectors + difatSectors) return [fatSectors, difatSectors];
  }
}

function header(layout: Layout): Bytes {
  const inHeader = Array.from({ length: IN_HEADER }, (_, at) =>
    u32(at < layout.fatSectors ? layout.firstFat + at : FREE),
  );
  return concat([
    ...[new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), new Uint8Array(16)],
    ...[u16(0x3e), u16(3), u16(0xfffe), u16(9), u16(6), new Uint8Array(6), u32(0)],
    ...[u32(layout.fatSectors), u32(layout.firstDirectory), u32(0), u32(MINI_LIMIT)],
    ...[u32(layout.firstMiniFat), u32(layout.miniFatSectors)],
    ...[u32(layout.difatSectors > 0 ? layout.firstDifat : END), u32(layout.difatSectors)],
    ...inHeader,
  ]);
}

function miniFat(entries: readonly DirectoryEntry[], layout: Layout): Bytes {
  const table = new Uint32Array(layout.miniFatSectors * PER_SECTOR).fill(FREE);
  for (const [at, { size }] of entries.entries()) {
    if (size !== null && !isLong(size)) chain(table, layout.starts[at] ?? 0, Math.ceil(size / MINI_SECTOR));
  }
  return words(table);
}

/** The allocation table: which sector follows which. */
function* fat(entries: readonly DirectoryEntry[], layout: Layout): Generator<Bytes> {
  const table = new Uint32Array(layout.fatSectors * PER_SECTOR).fill(FREE);
  for (const [at, { size }] of entries.entries()) {
    if (size !== null && isLong(size)) chain(table, layout.starts[at] ?? 0, Math.ceil(size / SECTOR));
  }
  chain(table, layout.firstMini, layout.miniStreamSectors);
  chain(table, layout.firstMiniFat, layout.miniFatSectors);
  chain(table, layout.firstDirectory, layout.directorySectors);
  table.fill(IS_FAT, layout.firstFat, layout.firstFat + layout.fatSectors);
  table.fill(IS_DIFAT, layout.firstDifat, layout.firstDifat + layout.difatSectors);
  yield words(table);
}

/** Where the allocation table's sectors are, beyond those that the header names. */
function* difat(layout: Layout): Generator<Bytes> {
  for (let sector = 0; sector < layout.difatSectors; sector++) {
    const table = new Uint32Array(PER_SECTOR).fill(FREE);
    for (let at = 0; at < PER_SECTOR - 1; at++) {
      const nth = IN_HEADER + sector * (PER_SECTOR - 1) + at;
      if (nth < layout.fatSectors) table[at] = layout.firstFat + nth;
    }
    table[PER_SECTOR - 1] = sector + 1 < layout.difatSectors ? layout.firstDifat + sector + 1 : END;
    yield words(table);
  }
}

function chain(table: Uint32Array, start: number, count: number): void {
  for (let at = start; at < start + count; at++) table[at] = at + 1 === start + count ? END : at + 1;
}

function directory(entries: readonly DirectoryEntry[], layout: Layout): Bytes {
  const written = entries.map((entry, at) => {
    const root = at === 0;
    const start = root ? layout.firstMini : (layout.starts[at] ?? 0);
    return directoryEntry(entry, root, start, root ? layout.miniSectors * MINI_SECTOR : (entry.size ?? 0));
  });
  const unused = concat([new Uint8Array(68), u32(NONE), u32(NONE), u32(NONE), new Uint8Array(48)]);
  const missing = layout.directorySectors * 4 - entries.length;
  return concat([...written, ...Array.from({ length: missing }, () => unused)]);
}

function directoryEntry(entry: DirectoryEntry, root: boolean, start: number, size: number): Bytes {
  const name = utf16(entry.name);
  const kind = root ? 5 : entry.size === null ? 1 : 2;
  const BLACK = 1;
  return concat([
    ...[name, new Uint8Array(64 - name.length), u16(name.length + 2), new Uint8Array([kind, BLACK])],
    ...[u32(entry.left ?? NONE), u32(entry.right ?? NONE), u32(entry.child ?? NONE)],
    ...[new Uint8Array(16), u32(0), new Uint8Array(16), u32(start), u64(size)],
  ]);
}

function words(table: Uint32Array): Bytes {
  const bytes = new Uint8Array(table.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of table.entries()) view.setUint32(at * 4, value, true);
  return bytes;
}
