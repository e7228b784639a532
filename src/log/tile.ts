import { LogError } from "./error.ts";
import { type Hash, leafHash, subtreeHash } from "./merkle.ts";
import type { SubtreeReader } from "./prove.ts";

/** Hashes in a full tile: a tile is a subtree of height 8 (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** A tile of hashes, or a bundle of the entries below a tile of level 0. `width` is 256 unless it is partial. */
export interface Tile {
  readonly level: number | "entries";
  readonly at: number;
  readonly width: number;
}

/** How many hashes of a level are there in a tree of `size` leaves: complete subtrees of height 8·level. */
export function levelSize(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** What stands behind `/tile/`: level, number in groups of three digits, and `.p/<width>` where it is partial. */
export function tilePath({ level, at, width }: Tile): string {
  const digits = String(at).padStart(Math.ceil(String(at).length / 3) * 3, "0");
  const groups = digits.match(/\d{3}/g) ?? [];
  const path = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join("/");
  return `${level}/${path}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Reads such a path; null for anything that is not exactly one. Anybody may have written it. */
export function parseTilePath(path: string): Tile | null {
  const match = /^(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!match) return null;
  const [, level = "", number = "", width] = match;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    at: Number(number.replaceAll(/[x/]/g, "")),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  if (!Number.isSafeInteger(tile.at) || (width !== undefined && (tile.width < 1 || tile.width >= TILE_WIDTH)))
    return null;
  return tilePath(tile) === path && (tile.level === "entries" || tile.level < 64) ? tile : null;
}

/** Whether a tree of `size` leaves has the tile, so wide. */
export function hasTile({ level, at, width }: Tile, size: number): boolean {
  return at * TILE_WIDTH + width <= levelSize(level === "entries" ? 0 : level, size);
}

/** What a log keeps of its tree: the entries' digests, and from level 1 up one hash for each full tile below. */
export interface TreeRows {
  /** Entries `start` to `end`, as many as there are of them. */
  entries(start: number, end: number): Promise<readonly Hash[]>;
  /** Hashes `start` to `end` of a level from 1 up, as many as there are of them. */
  hashes(level: number, start: number, end: number): Promise<readonly Hash[]>;
}

/** Hashes of a level, as tiles show them: at level 0 leaf hashes. @throws LogError `out-of-range` when some are missing. */
export async function levelHashes(rows: TreeRows, level: number, start: number, end: number): Promise<readonly Hash[]> {
  const found = level === 0 ? (await rows.entries(start, end)).map(leafHash) : await rows.hashes(level, start, end);
  if (found.length === end - start) return found;
  throw new LogError({
    code: "out-of-range",
    message: `The stored log is not whole: of hashes ${start} to ${end} of level ${level} there are ${found.length}.`,
  });
}

/**
 * Reads subtrees out of the tiles of a tree of `size` leaves. A tile that was read is kept as long as the reader: make
 * one for each proof, or for a few about the same size.
 */
export function subtreesOf(rows: TreeRows, size: number): SubtreeReader {
  const tiles = new Map<string, Promise<readonly Hash[]>>();
  return async (height, at) => {
    const level = Math.floor(height / TILE_HEIGHT);
    const count = 2 ** (height - level * TILE_HEIGHT);
    const start = at * count;
    const tile = Math.floor(start / TILE_WIDTH);
    const end = Math.min((tile + 1) * TILE_WIDTH, levelSize(level, size));
    const name = `${level}/${tile}`;
    const read = tiles.get(name) ?? levelHashes(rows, level, tile * TILE_WIDTH, end);
    tiles.set(name, read);
    const within = start - tile * TILE_WIDTH;
    return subtreeHash((await read).slice(within, within + count));
  };
}

/**
 * The hashes that leaf `index` completes, lowest first: one of level 1 with every 256th leaf, one of level 2 with every
 * 65,536th. `below` reads the 256 hashes under it, those of level 0 being leaf hashes.
 */
export async function* completedBy(
  index: number,
  below: (level: number, start: number, end: number) => Promise<readonly Hash[]>,
): AsyncGenerator<{ readonly level: number; readonly at: number; readonly hash: Hash }> {
  for (let level = 1, count = index + 1; count % TILE_WIDTH === 0; level++) {
    count /= TILE_WIDTH;
    const at = count - 1;
    yield { level, at, hash: subtreeHash(await below(level - 1, at * TILE_WIDTH, count * TILE_WIDTH)) };
  }
}
