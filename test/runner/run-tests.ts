import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { stripVTControlCharacters } from "node:util";
import { Tally } from "./tally.ts";
import { findTestFiles, isHeavy, matching } from "./test-files.ts";

/** Two cores: two files at a time, unless they are heavy. */
const AT_ONCE = 2;

/** No file takes longer than this; one that hangs is ended and fails. */
const FILE_LIMIT_MS = 240_000;

/**
 * Runs the test files under `root`, each in a process of its own, and prints what the spec reporter says of them, file by
 * file. The last line printed is the count.
 *
 * @param wanted paths to run only; all when there are none.
 * @returns whether something ran and everything passed.
 */
export async function runTests(root: string, wanted: readonly string[]): Promise<boolean> {
  const files = matching(findTestFiles(root), wanted, root);
  const tally = new Tally();
  await runPool(
    files.filter((file) => !isHeavy(file)),
    AT_ONCE,
    root,
    tally,
  );
  await runPool(files.filter(isHeavy), 1, root, tally);
  for (const complaint of tally.complaints) console.log(complaint);
  if (files.length === 0) console.log(`No test file matches ${wanted.join(", ") || "src/**/*.test.ts"}.`);
  console.log(tally.closingLine);
  return tally.good;
}

async function runPool(files: readonly string[], atOnce: number, root: string, tally: Tally): Promise<void> {
  const waiting = files.values();
  const runner = async () => {
    for (const file of waiting) await runFile(file, root, tally);
  };
  await Promise.all(Array.from({ length: atOnce }, runner));
}

async function runFile(file: string, root: string, tally: Tally): Promise<void> {
  const events = run({ files: [join(root, file)], cwd: root, signal: AbortSignal.timeout(FILE_LIMIT_MS) });
  events.on("test:pass", (outcome) => tally.pass(outcome));
  events.on("test:fail", (outcome) => tally.fail(outcome));
  let report = "";
  for await (const part of events.compose(new spec())) report += part;
  console.log(`${file}\n${withoutCounts(report)}`);
}

/** The counts per file are left out: one line at the end of the run counts everything. */
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
