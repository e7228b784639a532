import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { folder, PASSES, runMadeUp } from "./made-up.ts";
import { Tally } from "./tally.ts";
import { inBatches, isHeavy, longestFirst, matching } from "./test-files.ts";

test("A run in which everything passes ends well, with the count alone on the last line.", () => {
  const suite = 'import { describe, test } from "node:test";\ndescribe("of", () => { test("two", () => {}); });\n';
  const { status, lastLine } = runMadeUp("good", { "src/a/a.test.ts": PASSES, "test/e2e/b.test.ts": suite });
  assert.deepEqual({ status, lastLine }, { status: 0, lastLine: "2 passed, 0 failed" });
});

test("A failing test, a file that does not load and a file without a test each fail the run.", () => {
  const { status, stdout, lastLine } = runMadeUp("bad", {
    "src/a.test.ts": `${PASSES}test("fails", () => { throw new Error("for this reason"); });\n`,
    "src/b.test.ts": 'import "./missing.ts";\n',
    "src/c.test.ts": "export {};\n",
  });
  assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "1 passed, 3 failed" });
  assert.match(stdout, /for this reason/);
  assert.match(stdout, /c\.test\.ts: no test of it ran\./);
});

test("A skipped test and one still to do fail the run, and are named.", () => {
  const skips = `${PASSES}test("waits", { skip: "no browser" }, () => {});\ntest("some day", { todo: true }, () => {});\n`;
  const { status, stdout, lastLine } = runMadeUp("skips", { "src/a.test.ts": skips });
  assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "1 passed, 2 failed" });
  assert.match(stdout, /"waits" did not run \(no browser\)/);
  assert.match(stdout, /"some day" did not run \(still to do\)/);
});

test("A run in which nothing ran fails.", () => {
  const { status, lastLine } = runMadeUp("nothing", { "src/a.test.ts": PASSES }, "src/b");
  assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "0 passed, 0 failed" });
});

test("Paths choose the files, however they are written.", () => {
  const files = ["src/log/tree.test.ts", "src/seal/stream.test.ts", "test/e2e/sending.test.ts"];
  assert.deepEqual(matching(files, [], "/place"), files);
  assert.deepEqual(matching(files, ["./src/seal/", "sending"], "/place"), files.slice(1));
  assert.deepEqual(matching(files, ["/place/src/log/tree.test.ts"], "/place"), files.slice(0, 1));
  assert.deepEqual(files.filter(isHeavy), files.slice(2));
});

test("Files that share a process each run by themselves, with their own hooks, and what fails names its file.", () => {
  const hooks = (name: string) => `import "./slow.ts";
    import { after, before, beforeEach, test } from "node:test";
    before(() => console.log("before ${name}"));
    beforeEach(() => console.log("each ${name}"));
    after(() => console.log("after ${name}"));
    ${"test('passes', () => {});".repeat(2)}\n`;
  const { status, stdout, lastLine } = runMadeUp("together", {
    "src/of-others.ts":
      'import { test } from "node:test";\nexport const shared = () => test("is elsewhere", () => {});\n',
    "src/d.test.ts": 'import { shared } from "./of-others.ts";\nshared();\n',
    "src/slow.ts": "await new Promise((resolve) => setTimeout(resolve, 20));\n",
    "src/a.test.ts": hooks("a"),
    "src/b.test.ts": `${hooks("b")}test("fails", () => { throw new Error("for this reason"); });\n`,
    "src/c.test.ts": hooks("c"),
  });
  assert.deepEqual({ status, lastLine }, { status: 1, lastLine: "7 passed, 1 failed" });
  const said = ["a", "b", "c"].flatMap((name) =>
    ["before", "each", "each", ...(name === "b" ? ["each"] : []), "after"].map((what) => `${what} ${name}`),
  );
  assert.deepEqual(stdout.match(/^(?:before|each|after) \w$/gm), said);
  assert.match(stdout, /test at \S*src\/b\.test\.ts:7:\d+\n✖ fails/);
});

test("A process that ends early, a hook that fails and a suite that does not load fail the run, whatever went before.", () => {
  const ends = runMadeUp("ends", {
    "src/a.test.ts": PASSES,
    "src/b.test.ts": `${PASSES}test("ends", () => process.exit(0));\n`,
    "src/c.test.ts": PASSES,
  });
  assert.equal(ends.status, 1);
  assert.match(ends.stdout, /src\/c\.test\.ts: no test of it ran\./);
  const hook = 'import { before, test } from "node:test";\nbefore(() => { throw new Error("no"); });\n';
  assert.equal(
    runMadeUp("hook", { "src/a.test.ts": `${hook}test("t", () => {});\n`, "src/b.test.ts": PASSES }).status,
    1,
  );
  const suite = 'import { describe } from "node:test";\ndescribe("of", () => { throw new Error("no"); });\n';
  assert.equal(runMadeUp("suite", { "src/a.test.ts": `${PASSES}${suite}` }).status, 1);
});

test("What ends its own process or measures it has a process of its own, and nothing is left out or run twice.", () => {
  const many = Array.from({ length: 30 }, (_, at) => `src/domain/${at}.test.ts`);
  const alone = [
    "test/faults/a.test.ts",
    "test/faults/b.test.ts",
    "src/store/disk.fault.test.ts",
    "test/containers/a.test.ts",
  ];
  const batches = inBatches([...many, ...alone], () => 1);
  assert.deepEqual(batches.flat().toSorted(), [...many, ...alone].toSorted());
  for (const file of alone)
    assert.deepEqual(
      batches.find((batch) => batch.includes(file)),
      [file],
    );
  assert.ok(batches.filter((batch) => batch.length > 1).length < 5);
});

test("What takes long runs first, what takes about as long shares a process, and nothing is left out or run twice.", () => {
  const seconds = (file: string) => Number(/\d+/.exec(file)?.[0]);
  const files = [1, 50, 2, 39, 20, 19].map((each) => `src/${each}.test.ts`);
  const batches = longestFirst(inBatches(files, seconds), seconds);
  assert.deepEqual(
    batches.map((batch) => batch.map(seconds)),
    [[50], [39], [20, 19], [2, 1]],
  );
  const made = Object.fromEntries(
    ["test/e2e/a", "src/b.fault", "src/c", "test/d", "src/e"].map((name) => [`${name}.test.ts`, PASSES]),
  );
  const { status, lastLine } = runMadeUp("many", made);
  assert.deepEqual({ status, lastLine }, { status: 0, lastLine: "5 passed, 0 failed" });
});

test("Compiled programs are kept for one run, outside the folder that is tested, and are gone after it.", () => {
  const shows = `console.log("compiled in " + process.env.NODE_COMPILE_CACHE);\n${PASSES}`;
  const { status, stdout } = runMadeUp("compiled", { "src/a.test.ts": shows });
  const kept = /compiled in (\S+)/.exec(stdout)?.[1] ?? assert.fail(stdout);
  assert.equal(status, 0);
  assert.ok(!kept.startsWith(folder) && !existsSync(kept), kept);
});

test("A reason on the list lets a test be skipped, and does not count as passed.", () => {
  const tally = new Tally(["only on Windows"]);
  tally.pass({ name: "locks", nesting: 0, file: "/a.test.ts", skip: "only on Windows", details: {} });
  assert.deepEqual([tally.passed, tally.failed, tally.good], [0, 0, false]);
});
