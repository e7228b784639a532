import { globSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

/** The test files under `root`, relative to it with forward slashes, sorted. */
export function findTestFiles(root: string): string[] {
  const found = globSync(["src/**/*.test.ts", "test/**/*.test.ts"], { cwd: root });
  return found.map((file) => file.split(sep).join("/")).sort();
}

/** Those of `files` whose path contains one of the `wanted` paths (given from the working folder, or a part); all for none. */
export function matching(files: readonly string[], wanted: readonly string[], root: string): string[] {
  const parts = wanted.map((path) => relative(root, resolve(root, path)).split(sep).join("/"));
  return files.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
}

/** Real browsers, killed servers and full disks: each loads the machine, so that they run beside others rather than beside each other. */
export function isHeavy(file: string): boolean {
  return /^test\/(?:bench|e2e|faults)\//.test(file) || /\.(?:browser|fault)\.test\.ts$/.test(file);
}

/** Long to short: what starts programs, then whole servers. */
const LONG = ["test/cli/", "test/routes/", "test/", "src/server/"];

/** Those that take long first, so that none is left running alone at the end; of a kind, in the order given. */
export function longestFirst(files: readonly string[]): string[] {
  const turn = (file: string) => [...LONG, ""].findIndex((folder) => file.startsWith(folder));
  return files.toSorted((a, b) => turn(a) - turn(b));
}

/** What ends its own process, mounts, measures memory, or reads what a whole run leaves. */
const ALONE = /^test\/(?:bench|faults|containers|readme|markers|runner|architecture)\b|\.fault\.test\.ts$/;
/** So many files share a process that loading the program no longer counts, and so few that none is left running alone. */
const AT_ONCE = 12;
/** Of those that start programs or browsers, or ask for every route: each takes as long as several others. */
const LONG_AT_ONCE = 4;

/** Files that run in one process, one after another; all others by themselves. In the order given. */
export function inBatches(files: readonly string[]): string[][] {
  const batches: string[][] = [];
  /** By kind, what was begun last. */
  const begun = new Map<string, string[]>();
  for (const file of files) {
    const kind = ALONE.test(file) ? file : (/^test\/(?:cli|e2e|routes)\//.exec(file)?.[0] ?? "");
    const batch = begun.get(kind);
    if (batch !== undefined && batch.length < (kind === "" ? AT_ONCE : LONG_AT_ONCE)) {
      batch.push(file);
    } else {
      const next = [file];
      begun.set(kind, next);
      batches.push(next);
    }
  }
  return batches;
}
