import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { badPolicy } from "../error.ts";

/** One requirement of the guidance, in the register's words. */
export interface Clause {
  readonly id: string;
  readonly strength: "shall" | "should" | "may";
  readonly says: string;
  readonly does: string;
}

/** The register of clauses by id, in its order. @throws PolicyError `bad-policy` */
export function readClauses(file: string): ReadonlyMap<string, Clause> {
  const clauses = new Map<string, Clause>();
  for (const entry of parseList(file)) {
    const { id, strength, says, does } = entry as Partial<Record<keyof Clause, unknown>>; // checked here
    const whole = typeof id === "string" && typeof says === "string" && typeof does === "string";
    if (!whole || (strength !== "shall" && strength !== "should" && strength !== "may"))
      throw badPolicy(file, 1, `The clause ${String(id)} lacks its id, strength, says or does.`);
    if (clauses.has(id)) throw badPolicy(file, 1, `The clause ${id} is there twice.`);
    clauses.set(id, { id, strength, says, does });
  }
  return clauses;
}

function parseList(file: string): readonly object[] {
  let list: unknown;
  try {
    list = parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw badPolicy(file, 1, `The register of clauses cannot be read: ${String(cause)}`, cause);
  }
  if (!Array.isArray(list)) throw badPolicy(file, 1, "The register of clauses must be a list.");
  return list.filter((each): each is object => typeof each === "object" && each !== null);
}
