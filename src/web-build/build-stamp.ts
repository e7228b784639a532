import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestFile, type WebSources } from "./sources.ts";

/** What the last build read and wrote, so that the next one can see that there is nothing to do. */
type Stamp = {
  /** The entries, workers, frames, saved pages and stylesheets there were. */
  readonly names: string;
  /** From each file read (relative to the root) to its SHA-256. */
  readonly inputs: Readonly<Record<string, string>>;
  /** From each file written (relative to the output folder) to its SHA-256. */
  readonly outputs: Readonly<Record<string, string>>;
};

/** True when a build of `sources` into `out` would read and write exactly what the last one did. */
export function upToDate(sources: WebSources, out: string): boolean {
  const path = stampPath(out);
  if (!existsSync(path)) return false;
  let stamp: Stamp;
  try {
    stamp = JSON.parse(readFileSync(path, "utf8")) as Stamp; // written by an earlier run on this machine
  } catch {
    return false;
  }
  if (stamp.names !== namesOf(sources)) return false;
  return unchanged(sources.root, stamp.inputs) && unchanged(out, stamp.outputs);
}

/** Records a finished build; `inputs` and `outputs` are relative to the root and to `out`. */
export function writeStamp(sources: WebSources, out: string, inputs: readonly string[], outputs: readonly string[]) {
  const stamp: Stamp = {
    names: namesOf(sources),
    inputs: digests(sources.root, inputs),
    outputs: digests(out, outputs),
  };
  writeFileSync(stampPath(out), JSON.stringify(stamp));
}

function stampPath(out: string): string {
  return `${out}.stamp.json`;
}

function namesOf({ entries, workers, frames, saved, styles }: WebSources): string {
  return JSON.stringify({ entries, workers, frames, saved, styles });
}

function digests(folder: string, files: readonly string[]): Record<string, string> {
  return Object.fromEntries([...new Set(files)].sort().map((file) => [file, digestFile(join(folder, file))]));
}

function unchanged(folder: string, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([file, digest]) => {
    const path = join(folder, file);
    return existsSync(path) && digestFile(path) === digest;
  });
}
