import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** By file, in seconds: what `npm test -- --record` measured last. Only an order is taken from it, so that it need not be new. */
const FILE = "test/runner/seconds.json";
/** What takes less is not written down: it is the many. */
const LEAST = 2;
/** Of a file that is not written down. */
const OTHERS = 1;

export type Seconds = (file: string) => number;

/** How long each file is likely to take, below `root`. */
export function recordedSeconds(root: string): Seconds {
  const path = join(root, FILE);
  const known: Readonly<Record<string, number>> = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  return (file) => known[file] ?? OTHERS;
}

export function recordSeconds(root: string, seconds: ReadonlyMap<string, number>): void {
  const long = [...seconds].filter(([, took]) => took >= LEAST).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rounded = Object.fromEntries(long.map(([file, took]) => [file, Math.round(took)]));
  writeFileSync(join(root, FILE), `${JSON.stringify(rounded, null, 2)}\n`);
}
