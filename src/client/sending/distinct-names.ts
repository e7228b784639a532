import { toItemName } from "../../seal/item-names.ts";

/** Manifest names for the paths of chosen files, in order: none the same, later ones numbered before their extension. */
export function distinctNames(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const name = toItemName(path);
    let free = name;
    for (let count = 2; taken.has(free.normalize("NFC")); count++) free = numbered(name, count);
    taken.add(free.normalize("NFC"));
    return free;
  });
}

function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf(".");
  const stem = dot > name.lastIndexOf("/") + 1 ? dot : name.length;
  return toItemName(`${name.slice(0, stem)} (${count})${name.slice(stem)}`);
}
