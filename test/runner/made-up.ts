import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Where made-up files lie, each run's in a folder of its own. */
export const folder = mkdtempSync(join(tmpdir(), "waybill-runner-"));
process.on("exit", () => rmSync(folder, { recursive: true }));

/** A file with one test that passes. */
export const PASSES = 'import { test } from "node:test";\ntest("passes", () => {});\n';

/** Runs made-up test files as `npm test` does; answers with the exit code and what was printed. */
export function runMadeUp(name: string, files: Readonly<Record<string, string>>, ...wanted: string[]) {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const program = join(root, "run.mjs");
  writeFileSync(
    program,
    `import { runTests } from ${JSON.stringify(new URL("run-tests.ts", import.meta.url).href)};
    process.exit((await runTests(${JSON.stringify(root)}, ${JSON.stringify(wanted)})) ? 0 : 1);`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env; // node:test refuses to run inside a test
  const { status, stdout } = spawnSync(process.execPath, [program], { encoding: "utf8", env });
  const lines = stdout.trimEnd().split("\n");
  return { status, stdout, lastLine: lines.at(-1), lineBefore: lines.at(-2) };
}
