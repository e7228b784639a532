import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSES, runMadeUp } from "./made-up.ts";

/** The name of a test that passes only when it is run again. */
const SOMETIMES = `import { existsSync, writeFileSync } from "node:fs";
import { test } from "node:test";
const mark = new URL(import.meta.url + ".mark");
const again = existsSync(mark);
writeFileSync(mark, "");
test("before it", () => {});
test("now and then", () => { if (!again) throw new Error("for this reason"); });
`;
const NEVER = 'import { test } from "node:test";\ntest("never", () => { throw new Error("as always"); });\n';
const timesIn = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

test("A browser journey that passes at the second try counts as passed, and the line before the last names it and what failed.", () => {
  const { status, stdout, lastLine, lineBefore } = runMadeUp("second", {
    "src/a.test.ts": PASSES,
    "test/e2e/a.test.ts": PASSES,
    "test/e2e/b.test.ts": SOMETIMES,
    "test/e2e/c.test.ts": PASSES,
  });
  assert.deepEqual({ status, lastLine }, { status: 0, lastLine: "5 passed, 0 failed" });
  assert.equal(lineBefore, "Passed at the second try: test/e2e/b.test.ts. At the first failed: now and then");
  assert.match(stdout, /Error: for this reason\n\s+at /, "the first failure is told in full");
  assert.equal(timesIn(stdout, /before it/g), 2, "the file is run again as a whole");
});

test("Of two browser journeys that fail neither has a second try, and the run fails.", () => {
  const files = { "test/e2e/a.test.ts": SOMETIMES, "test/e2e/b.test.ts": SOMETIMES };
  const { status, stdout, lastLine, lineBefore } = runMadeUp("two", files);
  assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "2 passed, 2 failed" });
  assert.match(lineBefore ?? "", /^No second try.*: test\/e2e\/a\.test\.ts, test\/e2e\/b\.test\.ts$/);
  assert.equal(timesIn(stdout, /before it/g), 2, "neither is run again");
});

test("A browser journey that fails twice fails, as does one that does not load.", () => {
  for (const [name, text] of Object.entries({ never: NEVER, missing: 'import "./missing.ts";\n' })) {
    const { status, lastLine, lineBefore } = runMadeUp(name, { "src/a.test.ts": PASSES, "test/e2e/a.test.ts": text });
    assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "1 passed, 1 failed" });
    assert.equal(lineBefore, "Failed twice: test/e2e/a.test.ts");
  }
});

test("A second try makes no other failure good.", () => {
  const { status, lastLine } = runMadeUp("other", { "src/a.test.ts": NEVER, "test/e2e/a.test.ts": SOMETIMES });
  assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "2 passed, 1 failed" });
});

test("What is no browser journey never has a second try.", () => {
  for (const file of ["src/a.test.ts", "src/a.fault.test.ts", "test/cli/a.test.ts", "test/faults/a.test.ts"]) {
    const { status, stdout, lastLine } = runMadeUp(`none ${file.replaceAll("/", " ")}`, { [file]: SOMETIMES });
    assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "1 passed, 1 failed" }, file);
    assert.equal(timesIn(stdout, /before it/g), 1, file);
  }
});
