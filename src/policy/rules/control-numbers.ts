import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { badPolicy } from "../error.ts";

/** How many controls each theme of ISO/IEC 27002:2022 has: organisational, people, physical, technological. */
const THEMES: Readonly<Record<string, number>> = { 5: 37, 6: 8, 7: 14, 8: 34 };

/** SIS-28: by clause, the numbers of the controls of ISO/IEC 27002:2022 that it belongs to. @throws PolicyError `bad-policy` */
export function readControlNumbers(file: string): ReadonlyMap<string, readonly string[]> {
  let map: unknown;
  try {
    map = parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw badPolicy(file, 1, `The numbers of the controls cannot be read: ${String(cause)}`, cause);
  }
  const found = new Map<string, readonly string[]>();
  for (const [clause, numbers] of Object.entries(map ?? {})) {
    if (!Array.isArray(numbers) || numbers.length === 0 || !numbers.every(isControl))
      throw badPolicy(file, 1, `The clause ${clause} needs a list of controls, such as "5.14".`);
    found.set(clause, numbers);
  }
  return found;
}

/** A text, since 5.10 is another control than 5.1. */
function isControl(number: unknown): number is string {
  const [, theme = "", at = ""] = /^(\d)\.([1-9]\d?)$/.exec(String(number)) ?? [];
  return typeof number === "string" && Number(at) >= 1 && Number(at) <= (THEMES[theme] ?? 0);
}
