import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importsOf, reachableFrom, sliceOf } from "./architecture/imports.ts";
import {
  compilerOptionsOf,
  isTest,
  packageJson,
  readFiles,
  referencesOf,
  rootReferences,
  runtimePackages,
  slicesWithSettings,
} from "./architecture/repository.ts";
import * as rules from "./architecture/rules.ts";
import { NOT_IN_SERVER, PACKAGES, PERMISSIVE, PURE_SLICES, SLICES } from "./architecture/tables.ts";

const slices = Object.keys(SLICES);
const sources = readFiles("src/**/*.ts").filter((file) => !isTest(file) && !file.path.endsWith(".d.ts"));
const everything = readFiles("{src,test,bench,launch,policies}/**/*.{ts,mjs,njk,css}");

/** Fails with the violations themselves, one a line. */
function holds(violations: rules.Violations) {
  assert.equal(violations.join("\n"), "");
}

describe("The slices", () => {
  test("are those of the table, each with compiler settings that both lists at the root know", () => {
    assert.deepEqual(slicesWithSettings(), [...slices].sort());
    assert.deepEqual(rootReferences("tsconfig.json"), [...slices].sort());
    assert.deepEqual(rootReferences("tsconfig.tests.json"), [...slices].sort());
  });

  test("refer only to slices that the design puts below them", () => {
    holds(rules.referenceViolations(Object.fromEntries(slices.map((name) => [name, referencesOf(name)])), SLICES));
  });

  test("import only what their references say, and nothing that only running the code would tell", () => {
    const references = Object.fromEntries(slices.map((name) => [name, referencesOf(name)]));
    const withoutTesting = sources.filter(({ path }) => !path.startsWith("src/testing/"));
    holds(rules.importViolations(withoutTesting, references));
    const testing = sources.filter(({ path }) => path.startsWith("src/testing/"));
    holds(rules.importViolations(testing, references).filter((line) => !line.endsWith(": require"))); // axe's path
  });

  test("import only the npm packages that the table gives them", () => {
    holds(rules.packageViolations(sources, PACKAGES, slices));
  });

  test("that are pure know neither Node nor pages", () => {
    for (const slice of PURE_SLICES) {
      assert.deepEqual(compilerOptionsOf(slice).types, [], slice);
      assert.deepEqual(compilerOptionsOf(slice).lib, ["es2024", "webworker"], slice);
      const files = sources.filter(({ path }) => sliceOf(path, slices) === slice);
      holds(
        files.filter((file) => importsOf(file).builtins.length > 0).map(({ path }) => `${path} imports from Node.`),
      );
    }
  });
});

describe("What runs on the server", () => {
  const start = sources
    .map(({ path }) => path)
    .filter((path) => path === "src/bin/server.ts" || path.startsWith("src/jobs/"));

  test("cannot open what is sealed: nothing reachable from bin/server or jobs imports seal, containers or client", () => {
    const reached = [...reachableFrom(["src/bin/server.ts"], sources).keys()];
    for (const slice of ["server", "jobs", "store", "domain"]) {
      assert.ok(
        reached.some((path) => path.startsWith(`src/${slice}/`)),
        `bin/server does not even reach ${slice}`,
      );
    }
    holds(rules.reachViolations(start, sources, NOT_IN_SERVER));
  });

  test("contains nothing that only tests need", () => {
    const packages = Object.keys(packageJson().devDependencies);
    holds(rules.reachViolations(start, sources, { slices: ["testing"], packages }));
  });
});

test("The demo is reachable from bin/demo only.", () => {
  const starts = sources.filter(({ path }) => /^src\/(?:bin|web\/entries|web\/workers)\//.test(path));
  const programs = starts.map(({ path }) => path).filter((path) => path !== "src/bin/demo.ts");
  holds(rules.reachViolations(programs, sources, { slices: ["demo", "demo-page"], packages: [] }));
  assert.ok([...reachableFrom(["src/bin/demo.ts"], sources).keys()].some((path) => path.startsWith("src/demo/")));
});

test("Only bin reads the environment.", () => {
  holds(rules.environmentViolations(sources));
});

test("Files are short: 400 lines at most, 600 for tests.", () => {
  holds(rules.lengthViolations(everything));
});

test("Files and folders are kebab-case and named for what they hold.", () => {
  holds(rules.nameViolations(readFiles("{src,test,bench,launch,policies}/**/*").map(({ path }) => path)));
});

test("Nothing is unfinished, untyped or silenced, and no test runs alone.", () => {
  holds(rules.wordViolations(everything));
});

test("Pages have no inline style, handler or script, and load nothing from another host.", () => {
  holds(rules.pageViolations(everything.filter(({ path }) => path.endsWith(".njk"))));
});

test("Every dependency is pinned to one version.", () => {
  const { dependencies, devDependencies, optionalDependencies } = packageJson();
  holds(rules.pinViolations({ ...dependencies, ...devDependencies, ...optionalDependencies }));
});

test("Everything that runs has a permissive licence.", () => {
  const packages = runtimePackages();
  assert.ok(packages.length > 100);
  holds(rules.licenceViolations(packages, PERMISSIVE));
});
