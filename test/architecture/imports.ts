import { dirname, join } from "node:path/posix";

/** A source file: its path from the root with forward slashes, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** What a file imports. `computed` are imports whose target only running the code would tell: none is allowed. */
export type Imports = {
  /** Paths of source files, from the root: static and dynamic imports, types too, and `new URL("….ts", import.meta.url)`. */
  readonly files: readonly string[];
  /** npm packages, by name. */
  readonly packages: readonly string[];
  /** Node's own modules, with `node:`. */
  readonly builtins: readonly string[];
  readonly computed: readonly string[];
};

const STRING_OR_COMMENT =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(),])\/\/[^\n]*/gm;

/** The text without its comments; strings stay. */
export function withoutComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (token) => (token.startsWith("/") ? " " : token));
}

/** Reads the imports of a file as biome formats them (double quotes). */
export function importsOf({ path, text }: SourceFile): Imports {
  const code = withoutComments(text);
  const targets: string[] = [];
  const computed: string[] = [];
  for (const [, target] of code.matchAll(/(?:^|;)\s*(?:import|export)\b(?:[^"';]*?\bfrom)?\s*"([^"]+)"/gm)) {
    if (target !== undefined) targets.push(target);
  }
  for (const [whole, target] of code.matchAll(/(?<![.\w])import\(\s*(?:"([^"]+)"\s*[,)])?/g)) {
    if (target === undefined) computed.push(`${whole}…)`);
    else targets.push(target);
  }
  for (const [, target] of code.matchAll(/new URL\(\s*"([^"]+\.ts)",\s*import\.meta\.url/g)) {
    if (target !== undefined) targets.push(target);
  }
  if (/\bcreateRequire\b|(?<![.\w])require\(/.test(code)) computed.push("require");
  return {
    files: targets.filter((target) => target.startsWith(".")).map((target) => join(dirname(path), target)),
    packages: targets.filter((target) => !/^(?:\.|node:)/.test(target)).map(packageName),
    builtins: targets.filter((target) => target.startsWith("node:")),
    computed,
  };
}

function packageName(target: string): string {
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The slice that a file belongs to, the longest that fits (`web/workers` before `web`), or null outside of src/. */
export function sliceOf(path: string, slices: readonly string[]): string | null {
  const fitting = slices.filter((slice) => path.startsWith(`src/${slice}/`));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Every file that `start` leads to, each with the chain of files that leads there. */
export function reachableFrom(start: readonly string[], files: readonly SourceFile[]): Map<string, readonly string[]> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const chains = new Map<string, readonly string[]>(start.map((path) => [path, [path]]));
  for (const [path, chain] of chains) {
    const file = byPath.get(path);
    if (file === undefined) continue;
    for (const next of importsOf(file).files) {
      if (!chains.has(next)) chains.set(next, [...chain, next]);
    }
  }
  return chains;
}
