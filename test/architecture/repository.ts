import { existsSync, globSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "./imports.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The files of the repository that fit the patterns, by path. Other people's test vectors are not ours to name. */
export function readFiles(...patterns: string[]): SourceFile[] {
  return globSync(patterns, { cwd: root, exclude: ["test/vectors/**", "**/node_modules/**"], withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

export function isTest({ path }: { readonly path: string }): boolean {
  return path.endsWith(".test.ts");
}

/** The folders of src/ that have compiler settings of their own, without `src/`. */
export function slicesWithSettings(): string[] {
  return globSync("src/**/tsconfig.json", { cwd: root })
    .map((path) => path.split(sep).slice(1, -1).join("/"))
    .sort();
}

/** The slices that a slice's compiler settings refer to. */
export function referencesOf(slice: string): string[] {
  const folder = join(root, "src", slice);
  const { references = [] } = readJson(join(folder, "tsconfig.json")) as { references?: { path: string }[] };
  return references.map(({ path }) => relative(join(root, "src"), resolve(folder, path)).split(sep).join("/"));
}

/** The compiler options of a slice's own settings. */
export function compilerOptionsOf(slice: string): { lib: string[]; types: string[] } {
  return (
    readJson(join(root, "src", slice, "tsconfig.json")) as { compilerOptions: { lib: string[]; types: string[] } }
  ).compilerOptions;
}

/** The slices that the settings at `path` refer to. */
export function rootReferences(path: string): string[] {
  const { references } = readJson(join(root, path)) as { references: { path: string }[] };
  return references
    .map((reference) => reference.path)
    .filter((name) => name.startsWith("./src/"))
    .map((name) => name.slice(6))
    .sort();
}

type PackageJson = Readonly<
  Record<"dependencies" | "devDependencies" | "optionalDependencies", Readonly<Record<string, string>>>
>;

export function packageJson(): PackageJson {
  return readJson(join(root, "package.json")) as PackageJson;
}

/** Every package that is part of what runs, with the licence that its installed copy states: in package.json, else as the title of its LICENSE. */
export function runtimePackages(): { name: string; licence: unknown }[] {
  const { packages } = readJson(join(root, "package-lock.json")) as { packages: Record<string, { dev?: boolean }> };
  return Object.entries(packages)
    .filter(([path, entry]) => path !== "" && entry.dev !== true && existsSync(join(root, path, "package.json")))
    .map(([path]) => ({
      name: path.replace(/^node_modules\//, ""),
      licence: (readJson(join(root, path, "package.json")) as { license?: unknown }).license ?? titleOfLicence(path),
    }));
}

/** "MIT" for a LICENSE that begins with "MIT License"; undefined where there is no such file. */
function titleOfLicence(path: string): string | undefined {
  const file = join(root, path, "LICENSE");
  if (!existsSync(file)) return undefined;
  const [title] = readFileSync(file, "utf8").trimStart().split("\n");
  return title?.trim().replace(/ License$/, "");
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
