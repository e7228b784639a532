import { readdirSync, readFileSync } from "node:fs";
import { platform } from "node:os";

/** Whether this system tells about its processes in files. */
export const hasProc = platform() === "linux";
/** Of Linux's clock in /proc, in a second. */
const TICKS = 100;

/** The process with the profile in its command line, and all that it and they started. */
export function processesOf(profile: string): readonly string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const ours = new Set(pids.filter((pid) => isBrowser(pid, profile)));
  const parents = pids.map((pid) => [pid, parentOf(pid)] as const);
  for (let size = 0; size < ours.size; ) {
    size = ours.size;
    for (const [pid, parent] of parents) if (ours.has(parent)) ours.add(pid);
  }
  return [...ours];
}

function isBrowser(pid: string, profile: string): boolean {
  return read(`/proc/${pid}/cmdline`).split("\0").includes(`--user-data-dir=${profile}`);
}

/** Seconds of processor time that a browser's processes have used so far. */
export function processorTime(profile: string): number {
  const ticks = processesOf(profile).map((pid) => Number(statOf(pid)[11] ?? 0) + Number(statOf(pid)[12] ?? 0));
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS;
}

function parentOf(pid: string): string {
  return statOf(pid)[1] ?? "0";
}

/** The fields behind the name, which stands in brackets and may hold anything. */
function statOf(pid: string): readonly string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Memory of a process in bytes, in which what n processes share counts for an n-th. */
export function proportionalSize(pid: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
