import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { METHODS, RULE_SETS, type RuleSet } from "../domain/facts.ts";
import { rulesOn } from "./assess.ts";
import type { Settings } from "./configuration/settings.ts";
import { badPolicy, PolicyError } from "./error.ts";
import { list, oneOf, optional, record, text } from "./facts/field.ts";
import { parseFacts } from "./facts/parse-facts.ts";
import { type Policy, weightOf } from "./policy.ts";
import { reduceFacts } from "./reduce/context.ts";

/** One case: an example's facts with some changes, a method, and the rule that must decide. */
export interface PolicyCase {
  readonly file: string;
  readonly rules: RuleSet;
  readonly outcome: "ALLOW" | "DENY";
  readonly method: (typeof METHODS)[number];
  readonly rule: string;
  /** By dotted path, such as `recipients.0.expecting`; null makes a fact not known. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Rules that cannot but fire with it. */
  readonly also: readonly string[];
  /** Members of the example configuration that are otherwise in this case. */
  readonly settings: Partial<Settings>;
}

/** The day on which all cases play. */
export const CASE_DAY = "2026-11-02";

const shape = record({
  rules: oneOf(RULE_SETS),
  method: oneOf(METHODS),
  rule: text,
  change: object,
  also: optional(list(text)),
  settings: optional(object),
});

function object(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new PolicyError({ code: "bad-facts", field, message: `${field}: must be an object` });
}

/** Reads `<topic>/{ALLOW,DENY}/*.json` below a folder. @throws PolicyError `bad-policy` */
export function readCases(folder: string, shown: string): readonly PolicyCase[] {
  const paths = globSync("*/{ALLOW,DENY}/*.json", { cwd: folder }).sort();
  return paths.map((path) => {
    const file = join(shown, path).split(sep).join("/");
    try {
      const { also, settings, ...rest } = shape(JSON.parse(readFileSync(join(folder, path), "utf8")), "facts");
      const outcome = path.split(sep).includes("ALLOW") ? "ALLOW" : "DENY";
      return { ...rest, file, outcome, also: also ?? [], settings: settings ?? {} };
    } catch (cause) {
      throw badPolicy(file, 1, `The case cannot be read: ${cause instanceof Error ? cause.message : cause}`, cause);
    }
  });
}

/** The facts of a case: the example's, changed. */
export function factsOf({ change, rules, file }: PolicyCase, example: object) {
  const facts: unknown = structuredClone(example);
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let at = facts as Record<string, unknown>;
    for (const key of keys) {
      if (typeof at[key] !== "object" || at[key] === null) at[key] = {};
      at = at[key] as Record<string, unknown>; // just made sure of
    }
    at[last] = structuredClone(value);
  }
  try {
    return parseFacts(facts, rules);
  } catch (cause) {
    throw badPolicy(
      file,
      1,
      `The facts of the case do not parse: ${cause instanceof Error ? cause.message : cause}`,
      cause,
    );
  }
}

/**
 * Whether a case comes out as it says. DENY: its rule is the one thing that is still needed (or, for a rule that is advice,
 * it is said). ALLOW: nothing is needed, and its rule is not said either.
 * @returns what is wrong, or null.
 */
export function judgeCase(policy: Policy, one: PolicyCase, example: object): string | null {
  const rule = policy.rules.find(({ id }) => id === one.rule);
  if (rule === undefined) return `names the rule ${one.rule}, which ${policy.settings.rules} does not have`;
  const settings = { ...policy.settings, ...one.settings };
  const situation = reduceFacts(factsOf(one, example), {
    settings,
    holds: (role, by) => settings.roles[role].includes(by),
    trustStatedNetworks: false,
    now: new Date(`${CASE_DAY}T12:00:00Z`),
  });
  const { needs, advice } = rulesOn({ ...policy, settings }, situation, one.method, undefined);
  const needed = needs.map((need) => need.rule);
  const said = advice.map((each) => each.rule);
  const isAdvice = weightOf(settings, rule) === "advice";
  const expected = [...(one.outcome === "DENY" && !isAdvice ? [rule.id] : []), ...one.also];
  if (needed.toSorted().join() !== expected.toSorted().join())
    return `comes out with ${needed.join(", ") || "nothing"} still needed, not ${expected.join(", ") || "nothing"}`;
  if (isAdvice && said.includes(rule.id) !== (one.outcome === "DENY"))
    return `comes out with ${rule.id} ${said.includes(rule.id) ? "" : "not "}said`;
  return null;
}
