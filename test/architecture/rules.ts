import { importsOf, reachableFrom, type SourceFile, sliceOf, withoutComments } from "./imports.ts";

/** Every rule answers with one line per violation, naming the file; none when it holds. */
export type Violations = string[];

type Table = Readonly<Record<string, readonly string[]>>;

/** Files import only slices that `allowed` names for their own. */
export function importViolations(files: readonly SourceFile[], allowed: Table): Violations {
  const slices = Object.keys(allowed);
  return files.flatMap((file) => {
    const own = sliceOf(file.path, slices);
    if (own === null) return [`${file.path} is in no slice.`];
    const { files: targets, computed } = importsOf(file);
    const wrong = targets.filter((target) => {
      const slice = sliceOf(target, slices);
      return slice === null || (slice !== own && !allowed[own]?.includes(slice));
    });
    const found = wrong.map((target) => `${file.path} imports ${target}: ${own} may not.`);
    return [...found, ...computed.map((what) => `${file.path} imports what only running it tells: ${what}`)];
  });
}

/** Each slice imports the npm packages that the table gives it, and no others; nothing in the table is unused. */
export function packageViolations(files: readonly SourceFile[], table: Table, slices: readonly string[]): Violations {
  const used = new Map<string, Set<string>>();
  const found: string[] = [];
  for (const file of files) {
    const slice = sliceOf(file.path, slices) ?? "";
    for (const name of importsOf(file).packages) {
      used.set(slice, (used.get(slice) ?? new Set()).add(name));
      if (!table[slice]?.includes(name)) found.push(`${file.path} imports ${name}: not in the table for ${slice}.`);
    }
  }
  for (const [slice, names] of Object.entries(table)) {
    for (const name of names) {
      if (!used.get(slice)?.has(name))
        found.push(`No file of ${slice} imports ${name} any more: take it off the table.`);
    }
  }
  return found;
}

/** Nothing that `start` leads to belongs to one of the slices or imports one of the packages. */
export function reachViolations(
  start: readonly string[],
  files: readonly SourceFile[],
  forbidden: { readonly slices: readonly string[]; readonly packages: readonly string[] },
): Violations {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found: string[] = [];
  for (const [path, chain] of reachableFrom(start, files)) {
    const file = byPath.get(path);
    const packages = file === undefined ? [] : importsOf(file).packages;
    const way = chain.join(" → ");
    if (sliceOf(path, forbidden.slices) !== null) found.push(way);
    for (const name of packages) if (forbidden.packages.includes(name)) found.push(`${way} → ${name}`);
  }
  return found;
}

/** Only `src/bin` reads the environment. */
export function environmentViolations(files: readonly SourceFile[]): Violations {
  const reads =
    /\bprocess\s*(?:\??\.)\s*env\b|\bprocess\s*\[|\benv\b[^;\n]*=\s*process\b|"(?:node:)?process"|import\.meta\.env/;
  return files
    .filter(({ path, text }) => !path.startsWith("src/bin/") && reads.test(withoutComments(text)))
    .map(({ path }) => `${path} reads the environment: only src/bin does, and passes on what is needed.`);
}

/** 400 lines at the very most, 600 for tests. */
export function lengthViolations(files: readonly SourceFile[]): Violations {
  return files.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, "").split("\n").length;
    const limit = /\.test\.ts$/.test(path) || path.startsWith("test/") ? 600 : 400;
    return lines > limit ? [`${path} has ${lines} lines, more than ${limit}: split it by step or by noun.`] : [];
  });
}

/** Kebab-case, and no names that say nothing. */
export function nameViolations(paths: readonly string[]): Violations {
  return paths.flatMap((path) => {
    const parts = path.split("/").map((part) => part.replace(/\..*$/, ""));
    const [top, folder] = path.split("/");
    const isOutcome = (part: string) => top === "policies" && folder === "cases" && /^(?:ALLOW|DENY)$/.test(part);
    const odd = path
      .split("/")
      .filter((part) => !isOutcome(part) && !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/.test(part));
    const empty = parts.filter((part) => /^(?:.*-)?(?:utils?|helpers?|common|misc|managers?|part-?\d+)$/.test(part));
    return [
      ...odd.map((part) => `${path}: ${part} is not kebab-case.`),
      ...empty.map((part) => `${path}: ${part} says nothing about what is in it.`),
    ];
  });
}

const UNFINISHED = new RegExp(`\\b(?:${["TO", "FIX", "XX"].map((a, i) => a + ["DO", "ME", "X"][i]).join("|")})\\b`);
const SILENCED = new RegExp(`@${"ts"}-(?:ignore|nocheck|expect-error)`);
const UNTYPED = /(?:[:<|(,]|\bas)\s*any\b(?=\s*(?:[;,)>|=[\]{]|$))/m;
const ONLY = /\b(?:test|describe|it|suite)\.only\b/;

/** Nothing unfinished, silenced or untyped, and no test that keeps the others from running. */
export function wordViolations(files: readonly SourceFile[]): Violations {
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const found = [UNFINISHED.exec(text), SILENCED.exec(text), UNTYPED.exec(code), ONLY.exec(code)];
    return found.flatMap((match) => (match === null ? [] : [`${path}: ${match[0].trim()}`]));
  });
}

/** Pages carry no inline styles, handlers or scripts, and ask no other host for anything (the CSP would refuse them). */
export function pageViolations(templates: readonly SourceFile[]): Violations {
  const inline =
    /<[^>]*\s(?:style|on[a-z]+)=|<style\b|<script\b(?![^>]*\ssrc=)|\ssrc="(?:https?:)?\/\/|<link[^>]*href="(?:https?:)?\/\//;
  return templates.flatMap(({ path, text }) => {
    const match = inline.exec(text);
    return match === null ? [] : [`${path}: ${match[0]}`];
  });
}

/** The references of a slice's compiler settings are among those that the table allows. */
export function referenceViolations(references: Table, allowed: Table): Violations {
  return Object.entries(references).flatMap(([slice, names]) =>
    names
      .filter((name) => !allowed[slice]?.includes(name))
      .map((name) => `src/${slice}/tsconfig.json refers to ${name}: ${slice} may not import it.`),
  );
}

/** Every version of package.json is exact. */
export function pinViolations(dependencies: Readonly<Record<string, string>>): Violations {
  return Object.entries(dependencies)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is not pinned: ${version}`);
}

/** Every package has one of the licences, or a choice (`A OR B`) with one of them in it. */
export function licenceViolations(
  packages: readonly { readonly name: string; readonly licence: unknown }[],
  permissive: readonly string[],
): Violations {
  return packages
    .filter(({ licence }) => {
      if (typeof licence !== "string") return true;
      const choices = licence.replace(/^\(|\)$/g, "").split(" OR ");
      return !choices.some((choice) => choice.split(" AND ").every((part) => permissive.includes(part)));
    })
    .map(({ name, licence }) => `${name}: ${String(licence)}`);
}
