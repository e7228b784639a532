import { glob, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Parts } from "../parts.ts";
import { areaOf } from "./areas.ts";
import { clauseIdsIn } from "./documents.ts";

/** Where a clause stands in the product's own text. It cannot drift from it: it is read from it. */
export interface ClauseEvidence {
  /** Source files that name the clause at the line which enforces or shows it. */
  readonly places: readonly {
    readonly area: string;
    readonly file: string;
    /** Of the pages and interfaces that this file answers, such as “POST /report”. */
    readonly routes: readonly string[];
  }[];
  /** Titles of the tests that prove it. */
  readonly tests: readonly { readonly title: string; readonly file: string }[];
}

/** Nobody answers it yet. */
export const NO_EVIDENCE: ClauseEvidence = { places: [], tests: [] };

/** Test helpers and made-up people prove nothing, and these tables name clauses without answering them. */
const NOT_PRODUCT = /^src\/(?:testing|demo|demo-page|server\/clauses|server\/journeys\/rules)\//;

/**
 * Reads sources and tests below the folder of the package. What is rule and what is cited by rules is the policy's to say.
 * @param root a folder with `src` and, in a checkout, `test`
 */
export async function readEvidence(root: string): Promise<ReadonlyMap<string, ClauseEvidence>> {
  const found = new Map<
    string,
    { places: ClauseEvidence["places"][number][]; tests: ClauseEvidence["tests"][number][] }
  >();
  const of = (id: string) => {
    const known = found.get(id) ?? { places: [], tests: [] };
    found.set(id, known);
    return known;
  };
  for (const { file, text } of await textsBelow(root)) {
    if (file.endsWith(".test.ts")) {
      for (const title of titlesIn(text)) for (const id of clauseIdsIn(title)) of(id).tests.push({ title, file });
    } else if (file.startsWith("src/") && !NOT_PRODUCT.test(file)) {
      const routes = routesIn(text);
      for (const id of clauseIdsIn(text)) of(id).places.push({ area: areaOf(file), file, routes });
    }
  }
  return found;
}

async function textsBelow(root: string): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const files: string[] = [];
  for await (const file of glob(["src/**/*.{ts,njk}", "test/**/*.test.ts"], { cwd: root })) files.push(file);
  return Promise.all(
    files.sort().map(async (file) => ({
      file: file.split(sep).join("/"),
      text: await readFile(join(root, file), "utf8"),
    })),
  );
}

/** What a file of rows answers, as written: its methods and addresses. */
export function routesIn(text: string): readonly string[] {
  const rows = text.matchAll(/\brow\(\{\s*method: "([A-Z]+)",\s*path: ["`]([^"`]+)["`]/g);
  return [...new Set([...rows].map(([, method, path]) => `${method} ${path}`).filter((each) => !each.includes("${")))];
}

/** Titles of the tests in a file, as written. */
export function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/\btest\(\s*(["'`])([\s\S]*?)\1\s*,/g)].map(([, , title]) => title ?? "");
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = new WeakMap<Parts, Promise<ReadonlyMap<string, ClauseEvidence>>>();

/** The evidence of what runs, read once. */
export function evidenceOf(parts: Parts): Promise<ReadonlyMap<string, ClauseEvidence>> {
  const known = read.get(parts) ?? readEvidence(root);
  read.set(parts, known);
  return known;
}
