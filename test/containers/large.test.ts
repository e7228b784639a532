import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The most memory, in MB, that packing so many bytes took. */
async function memoryFor(format: string, bytes: number): Promise<number> {
  const program = join(import.meta.dirname, "large-package.ts");
  const { stdout } = await run(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    program,
    format,
    String(bytes),
  ]);
  return Number(stdout);
}

test("zip, age and Office packages take the same memory for a large file as for a small one", async () => {
  for (const format of ["zip", "age", "office"]) {
    const [small, large] = [await memoryFor(format, 8_000_000), await memoryFor(format, 200_000_000)];
    assert.ok(large - small < 100, `${format}: ${small} MB for 8 MB, ${large} MB for 200 MB`);
  }
});
