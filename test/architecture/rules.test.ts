import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importsOf, reachableFrom, sliceOf } from "./imports.ts";
import * as rules from "./rules.ts";

const file = (path: string, text: string) => ({ path, text });
const imports = (path: string, ...targets: string[]) =>
  file(path, targets.map((target) => `import { x } from ${JSON.stringify(target)};\n`).join(""));

describe("Imports are found", () => {
  const found = (text: string) => importsOf(file("src/web/entries/add.ts", text));

  test("however they are written", () => {
    const text = `import "./a.ts";
import type { B } from "../b.ts";
import {
  c,
  type D,
} from "../../seal/c.ts";
export * from "./e.ts";
export { f } from "./f.ts";
const g = await import("./g.ts");
type H = import("./h.ts").H;
const worker = new URL("../workers/i.ts", import.meta.url);
import esbuild from "esbuild"; import "left-pad";
import { x } from "@noble/ciphers/chacha.js";
import { readFileSync } from "node:fs";
`;
    const { files, packages, builtins, computed } = found(text);
    const inEntries = ["a", "e", "f", "g", "h"].map((name) => `src/web/entries/${name}.ts`);
    assert.deepEqual([...files].sort(), ["src/seal/c.ts", "src/web/b.ts", ...inEntries, "src/web/workers/i.ts"]);
    assert.deepEqual(packages, ["esbuild", "left-pad", "@noble/ciphers"]);
    assert.deepEqual(builtins, ["node:fs"]);
    assert.deepEqual(computed, []);
  });

  test("also after a string or a pattern that looks like a comment", () => {
    assert.deepEqual(
      found(`const a = "/* no comment";\nimport "./b.ts"; // "\nconst c = /["']/;\nimport "./d.ts";`).files,
      ["src/web/entries/b.ts", "src/web/entries/d.ts"],
    );
  });

  test("but not in comments", () => {
    const { files, computed } = found('// import "./a.ts"\n/* import("./b.ts")\nimport "./c.ts"; import(x) */\n');
    assert.deepEqual([files, computed], [[], []]);
  });

  test("and those that only running the code would tell are called that", () => {
    assert.equal(found("await import(name);").computed.length, 1);
    assert.equal(found("await import('./' + name);").computed.length, 1);
    assert.equal(found('const require = createRequire("x");').computed.length, 1);
  });
});

describe("A rule about slices", () => {
  const allowed = { bytes: [], seal: ["bytes"], web: ["seal", "web/workers"], "web/workers": ["seal"] };

  test("knows the slice of a file, the inner one first", () => {
    assert.equal(sliceOf("src/web/workers/seal.ts", Object.keys(allowed)), "web/workers");
    assert.equal(sliceOf("src/web/entries/add.ts", Object.keys(allowed)), "web");
    assert.equal(sliceOf("src/website/a.ts", Object.keys(allowed)), null);
  });

  test("lets imports go down, and refuses up, sideways, out of src and into what is no slice", () => {
    const check = (from: string, to: string) => rules.importViolations([imports(from, to)], allowed).length;
    assert.equal(check("src/seal/a.ts", "../bytes/b.ts"), 0);
    assert.equal(check("src/seal/deep/a.ts", "../b.ts"), 0);
    assert.equal(check("src/bytes/a.ts", "../seal/b.ts"), 1);
    assert.equal(check("src/web/workers/a.ts", "../entries/b.ts"), 1);
    assert.equal(check("src/seal/a.ts", "../../test/b.ts"), 1);
    assert.equal(check("src/seal/a.ts", "../other/b.ts"), 1);
    assert.equal(check("src/other/a.ts", "./b.ts"), 1);
  });

  test("refuses a reference that the table does not have", () => {
    assert.deepEqual(rules.referenceViolations({ seal: ["bytes"] }, allowed), []);
    assert.equal(rules.referenceViolations({ bytes: ["seal"] }, allowed).length, 1);
  });

  test("refuses a package that is not in the table, and an entry that nothing uses", () => {
    const files = [imports("src/seal/a.ts", "@noble/ciphers/chacha.js")];
    assert.deepEqual(rules.packageViolations(files, { seal: ["@noble/ciphers"] }, ["seal"]), []);
    assert.equal(rules.packageViolations(files, {}, ["seal"]).length, 1);
    assert.equal(rules.packageViolations(files, { seal: ["@noble/ciphers", "left-pad"] }, ["seal"]).length, 1);
  });
});

describe("What is reachable", () => {
  const files = [
    imports("src/bin/server.ts", "../server/app.ts"),
    file("src/server/app.ts", 'const late = () => import("./late.ts");'),
    imports("src/server/late.ts", "../seal/open.ts", "./app.ts"),
    imports("src/seal/open.ts", "age-encryption"),
  ];

  test("is followed through dynamic imports and circles, with the way there", () => {
    const way = reachableFrom(["src/bin/server.ts"], files).get("src/seal/open.ts");
    assert.deepEqual(way, ["src/bin/server.ts", "src/server/app.ts", "src/server/late.ts", "src/seal/open.ts"]);
  });

  test("must not hold a forbidden slice or package", () => {
    const found = rules.reachViolations(["src/bin/server.ts"], files, {
      slices: ["seal"],
      packages: ["age-encryption"],
    });
    assert.equal(found.length, 2);
    assert.match(found[1] ?? "", /late\.ts → src\/seal\/open\.ts → age-encryption$/);
    assert.deepEqual(rules.reachViolations(["src/seal/open.ts"], files, { slices: ["server"], packages: [] }), []);
  });
});

describe("A rule about texts", () => {
  test("refuses to read the environment outside of bin, however it is written", () => {
    const check = (path: string, text: string) => rules.environmentViolations([file(path, text)]).length;
    for (const text of [
      "process.env.HOME",
      'process["env"]',
      "const { env } = process;",
      'import { env } from "node:process";',
    ]) {
      assert.equal(check("src/server/a.ts", text), 1, text);
      assert.equal(check("src/bin/a.ts", text), 0, text);
    }
    assert.equal(check("src/server/a.ts", "// process.env is for bin\nconst env = settings.env;"), 0);
  });

  test("counts lines, and gives tests more room", () => {
    const lines = (count: number) => "x\n".repeat(count);
    assert.equal(rules.lengthViolations([file("src/a.ts", lines(400)), file("src/a.test.ts", lines(600))]).length, 0);
    assert.equal(rules.lengthViolations([file("src/a.ts", lines(401)), file("test/a.ts", lines(601))]).length, 2);
  });

  test("refuses names that are not kebab-case or say nothing", () => {
    const good = ["src/web/workers/seal.ts", "src/bytes/bytes.test.ts", "src/a/tsconfig.json", "src/a/commons-note.ts"];
    assert.deepEqual(rules.nameViolations(good), []);
    for (const bad of [
      "src/Seal.ts",
      "src/a/read_file.ts",
      "src/utils/a.ts",
      "src/a/string-helpers.ts",
      "src/a/send-part2.ts",
    ]) {
      assert.equal(rules.nameViolations([bad]).length, 1, bad);
    }
  });

  test("refuses what is unfinished, untyped, silenced or runs alone", () => {
    const check = (text: string) => rules.wordViolations([file("src/a.ts", text)]).length;
    const bad = [
      ["// TO", "DO: later"],
      ["// FIX", "ME"],
      ["// @ts-", "ignore"],
      ["let a: a", "ny;"],
      ["b as a", "ny)"],
      ["new Map<string, a", "ny>()"],
      ["test.on", 'ly("x", f)'],
    ];
    for (const parts of bad) assert.equal(check(parts.join("")), 1, parts.join(""));
    assert.equal(check('// as any of them\nconst many: string = "any"; // what: any\nconst todo = company;'), 0);
  });

  test("refuses inline styles, handlers, scripts and other hosts in pages", () => {
    const check = (text: string) => rules.pageViolations([file("src/a.njk", text)]).length;
    const bad = [
      '<p style="color:red">',
      '<a class="b" onclick="c()">',
      "<script>alert(1)</script>",
      '<script type="module">x</script>',
      "<style>p{}</style>",
      '<img src="//cdn.example/a.png">',
      '<link rel="stylesheet" href="https://cdn.example/a.css">',
    ];
    for (const text of bad) assert.equal(check(text), 1, text);
    assert.equal(
      check('<script type="module" src="{{ x }}"></script><a href="https://www.example.gov.uk/">style=</a>'),
      0,
    );
  });

  test("refuses versions that move and licences that bind", () => {
    assert.deepEqual(rules.pinViolations({ a: "1.2.3", b: "1.0.0-rc.1" }), []);
    assert.equal(rules.pinViolations({ a: "^1.2.3", b: "~1.2.3", c: "latest", d: "1.2", e: "git+ssh://x" }).length, 5);
    const check = (licence: unknown) => rules.licenceViolations([{ name: "a", licence }], ["MIT", "ISC"]).length;
    for (const good of ["MIT", "(MIT OR GPL-3.0)", "MIT AND ISC"]) assert.equal(check(good), 0, good);
    for (const bad of ["AGPL-3.0", "MIT AND GPL-2.0", undefined, { type: "MIT" }, "SEE LICENSE IN x"]) {
      assert.equal(check(bad), 1, String(bad));
    }
  });
});
