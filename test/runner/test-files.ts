import { globSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Seconds } from "./seconds.ts";

/** No file takes longer than this, on a machine on which others work too; what hangs is ended and fails. */
export const FILE_LIMIT_MS = 480_000;

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

/** What a browser does with the whole product, from end to end. */
export function isJourney(file: string): boolean {
  return file.startsWith("test/e2e/");
}

/** Those that take long first, so that none is left running alone at the end; of one length, in the order given. */
export function longestFirst(batches: readonly (readonly string[])[], seconds: Seconds): (readonly string[])[] {
  const lengthOf = (batch: readonly string[]) => batch.reduce((sum, file) => sum + seconds(file), 0);
  return batches.toSorted((a, b) => lengthOf(b) - lengthOf(a));
}

/** What ends its own process, mounts, measures memory, or reads what a whole run leaves. */
const ALONE = /^test\/(?:bench|faults|containers|readme|markers|runner|architecture)\b|\.fault\.test\.ts$/;
/** So long that loading the program no longer counts, and so short that none is left running alone at the end. */
const LONG_ENOUGH = 40;
/** And no more than these, however short they are, as what they leave in memory adds up. */
const AT_MOST = 30;

/**
 * Files that run in one process, one after another; all others by themselves. Those of about one length share one, so that the
 * longest batches are begun first.
 */
export function inBatches(files: readonly string[], seconds: Seconds): string[][] {
  const batches: string[][] = [];
  /** By kind, what was begun last, and how long it takes so far. */
  const begun = new Map<string, { readonly batch: string[]; length: number }>();
  for (const file of files.toSorted((a, b) => seconds(b) - seconds(a))) {
    const kind = ALONE.test(file) ? file : (/^test\/(?:cli|e2e)\//.exec(file)?.[0] ?? "");
    const last = begun.get(kind);
    if (last !== undefined && last.batch.length < AT_MOST && last.length + seconds(file) <= LONG_ENOUGH) {
      last.batch.push(file);
      last.length += seconds(file);
    } else {
      const batch = [file];
      begun.set(kind, { batch, length: seconds(file) });
      batches.push(batch);
    }
  }
  return batches;
}
