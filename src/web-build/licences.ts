import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The licence notices of the packages whose files are among `inputs`, one after another by name: what permissive
 * licences ask to go with the copies that browsers get. A package that carries another's work beside it (fonts, decoders)
 * has that one's notice in the same folder.
 */
export function licenceNotices(root: string, inputs: readonly string[]): string {
  const folders = new Map<string, Set<string>>();
  for (const input of inputs) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name === undefined) continue;
    const own = join("node_modules", name);
    folders.set(name, (folders.get(name) ?? new Set([own])).add(dirname(input)));
  }
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, of]) => notice(root, name, of))
    .join("\n");
}

function notice(root: string, name: string, folders: ReadonlySet<string>): string {
  const { version, license } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as {
    version: string;
    license: string;
  };
  const texts = [...folders].sort().flatMap((folder) => licencesIn(join(root, folder)));
  return `${name} ${version} (${license})\n${texts.map((text) => `\n${text.trim()}\n`).join("")}`;
}

function licencesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^licen[cs]e/i.test(name));
  return names.sort().map((name) => readFileSync(join(folder, name), "utf8"));
}
