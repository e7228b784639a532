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

/** Real browsers, killed servers and full disks: each loads the machine, so that no two of them run at once. */
export function isHeavy(file: string): boolean {
  return /^test\/(?:e2e|faults)\//.test(file) || /\.(?:browser|fault)\.test\.ts$/.test(file);
}

/** Long to short: what starts programs, then whole servers. */
const LONG = ["test/cli/", "test/routes/", "test/", "src/server/"];

/** Those that take long first, so that none is left running alone at the end; of a kind, in the order given. */
export function longestFirst(files: readonly string[]): string[] {
  const turn = (file: string) => [...LONG, ""].findIndex((folder) => file.startsWith(folder));
  return files.toSorted((a, b) => turn(a) - turn(b));
}

/** What leaves nothing behind in its process, and measures nothing of it: no programs, signals or memory. */
const SHARES = /^(?:src|test\/(?:clauses|contract|governance|log|vectors))\//;
/** So many files share a process that loading the program no longer counts, and so few that none is left running alone. */
const AT_ONCE = 12;

/** Files that run in one process, one after another; all others by themselves. In the order given. */
export function inBatches(files: readonly string[]): string[][] {
  const batches: string[][] = [];
  let open: string[] | undefined;
  for (const file of files) {
    if (isHeavy(file) || !SHARES.test(file)) {
      batches.push([file]);
    } else if (open === undefined || open.length === AT_ONCE) {
      open = [file];
      batches.push(open);
    } else {
      open.push(file);
    }
  }
  return batches;
}
