import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { Heard, Tally } from "./tally.ts";
import { findTestFiles, inBatches, isHeavy, longestFirst, matching } from "./test-files.ts";

/** No file takes longer than this; a process that hangs is ended and fails. */
const FILE_LIMIT_MS = 240_000;
/** Runs the files that it is given. */
const TOGETHER = fileURLToPath(new URL("together.ts", import.meta.url));

interface Run {
  readonly root: string;
  readonly tally: Tally;
  /** Of every file's process, and of what that starts. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs the test files under `root`, in a process of their own or with others, and prints what the spec reporter says of
 * them, process by process. The last line printed is the count. For two cores there are three processes at a time, as each
 * waits now and then for what it started; one is heavy, and two at the end, when nothing else is left.
 *
 * @param wanted paths to run only; all when there are none.
 * @returns whether something ran and everything passed.
 */
export async function runTests(root: string, wanted: readonly string[]): Promise<boolean> {
  const files = matching(findTestFiles(root), wanted, root);
  // Programs are compiled once for all processes of this run. A folder of our own, as whoever writes to it decides what runs.
  const compiled = mkdtempSync(join(tmpdir(), "waybill-compiled-"));
  const tally = new Tally();
  const each: Run = { root, tally, env: { ...process.env, NODE_COMPILE_CACHE: compiled } };
  const heavy = inBatches(files.filter(isHeavy)).values();
  const light = inBatches(longestFirst(files.filter((file) => !isHeavy(file)))).values();
  try {
    await Promise.all([
      runInTurn(heavy, each).then(() => runInTurn(light, each)),
      runInTurn(light, each).then(() => runInTurn(heavy, each)),
      runInTurn(light, each),
    ]);
  } finally {
    rmSync(compiled, { recursive: true, force: true });
  }
  for (const complaint of tally.complaints) console.log(complaint);
  if (files.length === 0) console.log(`No test file matches ${wanted.join(", ") || "src/**/*.test.ts"}.`);
  console.log(tally.closingLine);
  return tally.good;
}

/** Runs one after another; what several share goes to whoever is free. */
async function runInTurn(batches: Iterable<readonly string[]>, each: Run): Promise<void> {
  for (const batch of batches) await runBatch(batch, each);
}

async function runBatch(batch: readonly string[], { root, tally, env }: Run): Promise<void> {
  const program =
    batch.length === 1 ? { files: batch.map((file) => join(root, file)) } : { files: [TOGETHER], argv: [...batch] };
  const events = run({ ...program, cwd: root, env, signal: AbortSignal.timeout(FILE_LIMIT_MS * batch.length) });
  const heard = new Heard();
  events.on("test:pass", (outcome) => {
    heard.note(outcome);
    tally.pass(outcome);
  });
  events.on("test:fail", (outcome) => {
    heard.note(outcome);
    tally.fail(outcome);
  });
  let report = "";
  for await (const part of events.compose(new spec())) report += part;
  console.log(`${batch.length === 1 ? batch[0] : `${batch.length} files in one process`}\n${withoutCounts(report)}`);
  if (batch.length > 1) tally.miss(heard.missing(batch));
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
