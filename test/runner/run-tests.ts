import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { Heard } from "./heard.ts";
import { recordedSeconds, recordSeconds } from "./seconds.ts";
import { Tally } from "./tally.ts";
import { FILE_LIMIT_MS, findTestFiles, inBatches, isHeavy, isJourney, longestFirst, matching } from "./test-files.ts";

/** Runs the files that it is given. */
const TOGETHER = fileURLToPath(new URL("together.ts", import.meta.url));

interface Run {
  readonly root: string;
  readonly tally: Tally;
  /** Browser journeys that failed at the first try, which are not counted yet. */
  readonly failed: Map<string, Tally>;
  /** How long each file took. */
  readonly seconds: Map<string, number>;
  /** Of every file's process, and of what that starts. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs the test files under `root`, in a process of their own or with others, and prints what the spec reporter says of
 * them, process by process. The last line printed is the count. For two cores there are three processes at a time, as each
 * waits now and then for what it started; one is heavy, and two at the end, when nothing else is left.
 *
 * @param wanted paths to run only; all when there are none.
 * @param options.record keeps how long each file took, for the order of later runs.
 * @returns whether something ran and everything passed.
 */
export async function runTests(
  root: string,
  wanted: readonly string[],
  { record = false }: { readonly record?: boolean } = {},
): Promise<boolean> {
  const files = matching(findTestFiles(root), wanted, root);
  // Programs are compiled once for all processes of this run. A folder of our own, as whoever writes to it decides what runs.
  const compiled = mkdtempSync(join(tmpdir(), "waybill-compiled-"));
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const each: Run = { root, tally: new Tally(), failed: new Map(), seconds: new Map(), env };
  const known = recordedSeconds(root);
  const inTurn = (some: readonly string[]) => longestFirst(inBatches(some, known), known).values();
  const heavy = inTurn(files.filter(isHeavy));
  const light = inTurn(files.filter((file) => !isHeavy(file)));
  const notes: string[] = [];
  try {
    await Promise.all([
      runInTurn(heavy, each).then(() => runInTurn(light, each)),
      runInTurn(light, each).then(() => runInTurn(heavy, each)),
      runInTurn(light, each),
    ]);
    notes.push(...(await runFailedAgain(each)));
  } finally {
    rmSync(compiled, { recursive: true, force: true });
  }
  if (record) recordSeconds(root, each.seconds);
  if (files.length === 0) notes.push(`No test file matches ${wanted.join(", ") || "src/**/*.test.ts"}.`);
  for (const line of [...each.tally.complaints, ...notes, each.tally.closingLine]) console.log(line);
  return each.tally.good;
}

/** Runs one after another; what several share goes to whoever is free. */
async function runInTurn(batches: Iterable<readonly string[]>, each: Run): Promise<void> {
  for (const batch of batches) {
    for (const [file, tally] of await runBatch(batch, each)) {
      if (isJourney(file) && !tally.good) each.failed.set(file, tally);
      else each.tally.add(tally);
    }
  }
}

/**
 * A browser journey that failed is run a second time, by itself and when nothing else runs, and that counts; where several
 * failed, none is (docs/adr/0008). @returns what is said of it at the end
 */
async function runFailedAgain(each: Run): Promise<readonly string[]> {
  const { failed, tally } = each;
  const [only] = failed;
  if (only === undefined) return [];
  const names = [...failed.keys()].join(", ");
  if (failed.size > 1) {
    for (const first of failed.values()) tally.add(first);
    return [`No second try, as more than one browser journey failed: ${names}`];
  }
  const [file, first] = only;
  for (const second of (await runBatch([file], each)).values()) {
    tally.add(second);
    if (!second.good) return [`Failed twice: ${file}`];
  }
  return [`Passed at the second try: ${file}. At the first failed: ${first.failures.join("; ")}`];
}

async function runBatch(batch: readonly string[], { root, tally, seconds, env }: Run) {
  const program =
    batch.length === 1 ? { files: batch.map((file) => join(root, file)) } : { files: [TOGETHER], argv: [...batch] };
  const events = run({ ...program, cwd: root, env, signal: AbortSignal.timeout(FILE_LIMIT_MS * batch.length) });
  const heard = new Heard(batch);
  events.on("test:pass", (outcome) => heard.note(true, outcome));
  events.on("test:fail", (outcome) => heard.note(false, outcome));
  let report = "";
  for await (const part of events.compose(new spec())) report += part;
  console.log(`${batch.length === 1 ? batch[0] : `${batch.length} files in one process`}\n${withoutCounts(report)}`);
  const tallies = heard.over();
  tally.add(heard.rest);
  for (const [file, took] of heard.seconds) seconds.set(file, took);
  return tallies;
}

/** The counts per process are left out: one line at the end of the run counts everything. */
function withoutCounts(report: string): string {
  return report
    .split("\n")
    .filter(
      (line) =>
        !/^ℹ (?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(stripVTControlCharacters(line)),
    )
    .join("\n")
    .trimEnd();
}
