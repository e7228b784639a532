import { spawn } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { requireProgram } from "../../src/testing/programs.ts";
import type { BenchRow, Comparison } from "../row.ts";

const MIB = 1024 * 1024;
const EXTENTS = {
  whole: { size: 512 * MIB, small: 32 * MIB, rounds: 7 },
  smoke: { size: 2 * MIB, small: MIB, rounds: 1 },
};
const MEMORY_FOLDER = "/dev/shm";

/** One run of a program: its speed, and the most memory that it held, where the system tells. */
interface Run {
  readonly perSecond: number;
  readonly peak: number;
}

const row: BenchRow = {
  name: "cli-against-age",
  about:
    "`waybill seal` and `open` (as installed: one bundled file) against the `age` program on a random file of 512 MiB, with " +
    "the same X25519 key, from file to file in a folder in memory where there is one, so that no disk is measured. Whole " +
    "processes, start included, in turn; ours also syncs its result and renames it at the end.",
  async run(say, extent) {
    const folder = mkdtempSync(join(hasRoom(6 * EXTENTS[extent].size) ? MEMORY_FOLDER : tmpdir(), "waybill-bench-"));
    try {
      return await measure(folder, say, EXTENTS[extent]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
export default row;

type Sizes = (typeof EXTENTS)["whole"];

async function measure(folder: string, say: (text: string) => void, { size, small, rounds }: Sizes) {
  const at = (name: string) => join(folder, name);
  const age = requireProgram("age");
  const cli = await bundled(at("waybill.mjs"));
  await timed(process.execPath, [cli, "keygen", "--classic", "-o", at("key")], 0);
  const recipient = /age1\S+/.exec(readFileSync(at("key"), "utf8"))?.[0] ?? "";
  fill(at("plain"), size);
  fill(at("small"), small);
  await timed(age, ["-r", recipient, "-o", at("sealed"), at("plain")], size);
  const seal = (from: string) => [cli, "seal", "--classic", "-r", recipient, "-o", at("out"), at(from)];
  const commands = {
    ageSeal: [age, ["-r", recipient, "-o", at("out"), at("plain")], size],
    seal: [process.execPath, seal("plain"), size],
    ageOpen: [age, ["-d", "-i", at("key"), "-o", at("out"), at("sealed")], size],
    open: [process.execPath, [cli, "open", "-i", at("key"), "-o", at("out"), at("sealed")], size],
    small: [process.execPath, seal("small"), small],
  } satisfies Record<string, Parameters<typeof timed>>;
  const runs = { ageSeal: [] as Run[], seal: [] as Run[], ageOpen: [] as Run[], open: [] as Run[], small: [] as Run[] };
  const names = Object.keys(commands) as (keyof typeof commands)[];
  for (let round = 0; round <= rounds; round++) {
    // Every other round the other way round, so that neither always follows the other.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const run = await timed(...commands[name]);
      rmSync(at("out"));
      if (round > 0) runs[name].push(run); // the first is to warm up
    }
    if (round > 0)
      say(names.map((name) => `${name} ${(runs[name].at(-1)?.perSecond ?? 0).toFixed(0)} MB/s`).join(", "));
  }
  const speeds = (list: readonly Run[]) => list.map((run) => run.perSecond);
  const peaks = (list: readonly Run[]) => list.map((run) => run.peak / 1e6);
  const comparisons: Comparison[] = [
    against("seal", speeds(runs.seal), speeds(runs.ageSeal), 0.6, 1.0),
    against("open", speeds(runs.open), speeds(runs.ageOpen), 0.9, 1.2),
  ];
  if (runs.seal.every((run) => run.peak > 0)) {
    const values = peaks(runs.small);
    comparisons.push({
      name: "seal, peak memory of 512 MiB against 32 MiB",
      better: "less",
      unit: "MB",
      ours: peaks(runs.seal),
      peer: { name: "32 MiB", values },
    });
  }
  return { comparisons, notes };
}

const notes = [
  "The machine was shared while this was measured; the ratio is steadier than the speeds. Where the time of `seal` goes on its " +
    "main thread: waiting for and handing over reads and writes more than half, OpenSSL's cipher about a sixth, starting " +
    "0.1 to 0.2 s, collecting garbage a twentieth. What helped: reading into the same few buffers (reading alone from about 4 " +
    "to 6 GB/s), writing chunks and tags with one writev instead of joining them, and giving each written buffer's memory back " +
    "at once instead of leaving it to the garbage collector (sealing in memory from about 1.7 to 2.7 GB/s, the largest step).",
];

function against(
  name: string,
  ours: readonly number[],
  values: readonly number[],
  least: number,
  aim: number,
): Comparison {
  return { name, better: "more", unit: "MB/s", ours, peer: { name: "age", values }, least, aim };
}

/** The command line as one file, as the installed package has it. */
async function bundled(outfile: string): Promise<string> {
  const entry = fileURLToPath(new URL("../../src/bin/cli.ts", import.meta.url));
  await build({ entryPoints: [entry], bundle: true, platform: "node", format: "esm", target: "node24", outfile });
  return outfile;
}

function timed(program: string, args: readonly string[], bytes: number): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    let peak = 0;
    child.stderr.on("data", (part) => {
      complaint += part;
    });
    const watch = setInterval(() => {
      peak = Math.max(peak, peakMemory(child.pid));
    }, 25);
    child.on("error", reject);
    child.on("exit", (status) => {
      clearInterval(watch);
      const seconds = (performance.now() - started) / 1000;
      if (status === 0) resolve({ perSecond: bytes / 1e6 / seconds, peak });
      else reject(new Error(`${program} ${args[0]} ended with ${status}: ${complaint}`));
    });
  });
}

/** The most memory that a running process has held, in bytes; 0 where the system does not tell. */
function peakMemory(pid: number | undefined): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(found?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function fill(path: string, size: number): void {
  const file = openSync(path, "w");
  const block = Buffer.alloc(1 << 20);
  for (let written = 0; written < size; written += block.length) writeSync(file, randomFillSync(block));
  closeSync(file);
}

function hasRoom(bytes: number): boolean {
  if (!existsSync(MEMORY_FOLDER)) return false;
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize > bytes;
}
