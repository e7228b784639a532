import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { badConfiguration } from "../error.ts";

/** A value of a YAML file, with how to refuse it by file and line. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly node: Node | null;
  refuse(reason: string): Error;
}

/** A YAML file, every value with its line. */
export interface YamlTree {
  readonly top: Place;
  /** The members of a mapping in their order, or null where it is none. */
  members(place: Place): ReadonlyMap<string, Place> | null;
  /** The entries of a list, or null where it is none. */
  entries(place: Place): readonly Place[] | null;
  /** A text, number, boolean or null; undefined for lists and mappings. */
  scalar(place: Place): string | number | boolean | null | undefined;
  lineOf(path: string): number;
}

/** @throws PolicyError `bad-configuration` for what is not YAML, or has a member twice */
export function yamlTree(text: string, file: string): YamlTree {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const reason = (problem.message.split("\n")[0] ?? problem.message).replace(/ at line \d+.*$/, "");
    throw badConfiguration(file, lines.linePos(problem.pos[0]).line, `${reason}.`, problem);
  }
  const known = new Map<string, number>();
  const placeOf = (path: string, node: Node | null, line: number): Place => {
    known.set(path, line);
    const name = path === "" ? "The configuration" : path;
    const place = { path, node, line, refuse: (reason: string) => badConfiguration(file, line, `${name} ${reason}.`) };
    if (isAlias(node)) throw place.refuse("is an alias; write it out");
    return place;
  };
  const lineAt = (node: unknown, otherwise: number): number => {
    const start = (node as Node | null)?.range?.[0];
    return start === undefined ? otherwise : lines.linePos(start).line;
  };
  return {
    top: placeOf("", document.contents, 1),
    members(place) {
      if (!isMap(place.node)) return null;
      return new Map(
        place.node.items.map(({ key, value }) => {
          const name = isScalar(key) ? String(key.value) : "";
          const path = place.path === "" ? name : `${place.path}.${name}`;
          return [name, placeOf(path, value as Node | null, lineAt(key, place.line))];
        }),
      );
    },
    entries(place) {
      if (!isSeq(place.node)) return null;
      return place.node.items.map((item, index) =>
        placeOf(`${place.path}[${index}]`, item as Node | null, lineAt(item, place.line)),
      );
    },
    scalar(place) {
      if (place.node === null) return null;
      if (!isScalar(place.node)) return undefined;
      const { value } = place.node;
      const simple = value === null || ["string", "number", "boolean"].includes(typeof value);
      return simple ? (value as string | number | boolean | null) : undefined;
    },
    lineOf: (path) => known.get(path) ?? 1,
  };
}
