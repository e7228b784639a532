import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireProgram } from "../src/testing/programs.ts";
import { buildWeb } from "../src/web-build/build-web.ts";
import { INSTALLED, installCommandLine } from "./cli/installed.ts";
import { runTests } from "./runner/run-tests.ts";
import { temporaryFolder } from "./runner/temporary.ts";

// `npm test`, or `npm test -- src/seal` for the files whose path contains that; `npm test -- --record` keeps how long each took,
// for the order of later runs. Everything the tests need is there before the first one runs, so that none is skipped for want of it.
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
try {
  for (const program of ["chromium", "age", "age-keygen"] as const) requireProgram(program);
  await buildWeb(root, join(root, ".build/web"));
  process.env.TMPDIR = temporaryFolder(); // of everything that is started from here, too
  process.env[INSTALLED] = await installCommandLine();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const wanted = process.argv.slice(2).filter((each) => each !== "--record");
process.exit(
  (await runTests(root, wanted, { record: process.argv.includes("--record") && wanted.length === 0 })) ? 0 : 1,
);
