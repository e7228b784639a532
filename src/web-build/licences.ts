import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The licence notices of the packages whose files are among `inputs`, one after another by name: what permissive
 * licences ask to go with the copies that browsers get.
 */
export function licenceNotices(root: string, inputs: readonly string[]): string {
  const names = new Set<string>();
  for (const input of inputs) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found?.[1] !== undefined) names.add(found[1]);
  }
  return [...names]
    .sort()
    .map((name) => notice(join(root, "node_modules", name), name))
    .join("\n");
}

function notice(folder: string, name: string): string {
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    license: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}
