import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { canonicalJson, type Json } from "../bytes/canonical-json.ts";
import { METHODS, type RuleSet } from "../domain/facts.ts";
import { judgeCase, type PolicyCase, readCases } from "./cases.ts";
import { checkSchema, keepPolicies, validatePolicies } from "./cedar.ts";
import { readConfiguration } from "./configuration/parse-configuration.ts";
import { CONTACTS, type Configuration, type Settings } from "./configuration/settings.ts";
import { badConfiguration, badPolicy } from "./error.ts";
import { LIMIT_NAMES, PLATFORM, type Policy } from "./policy.ts";
import { type Clause, readClauses } from "./rules/clause-register.ts";
import { lineAt, type RuleFolder, type RuleReading, readRules, readRuleText } from "./rules/read-rules.ts";
import type { Permit, Rule } from "./rules/rule.ts";

/** Where each rule set's example configuration is, below the policy folder. */
export const EXAMPLE_CONFIGURATIONS = {
  "uk-government": "configurations/justice.gov.uk.yaml",
  university: "configurations/ox.ac.uk.yaml",
} as const satisfies Record<RuleSet, string>;

/** A rule set's example configuration. @throws PolicyError `bad-configuration` */
export function exampleConfiguration(folder: string, rules: RuleSet): Configuration {
  return readConfiguration(join(folder, EXAMPLE_CONFIGURATIONS[rules]));
}

/**
 * Loads the rules of a configuration's set from a policy folder (such as `policies/`): parses them, validates them in strict
 * mode, and runs their cases. The shipped cases run under the set's example configuration, as they name its domains; a local
 * folder's cases run under this one.
 * @param pasted the text of one more file of local rules, which only a draft has; it has no cases.
 * @throws PolicyError `bad-policy` or `bad-configuration` with file, line and reason.
 */
export function loadPolicy(folder: string, configuration: Configuration, pasted = ""): Policy {
  const { asShipped, policy, local } = readPolicy(folder, configuration, pasted);
  const facts = exampleFacts(folder, policy.settings.rules);
  runCases(asShipped, join(folder, "cases"), "policies/cases", facts);
  for (const { cases, shown, rules } of local) {
    if (cases === null) continue;
    const named = runCases(policy, cases, `${shown}/cases`, facts);
    for (const rule of rules) refuseUntried(rule, named);
  }
  return policy;
}

/** `loadPolicy` without running the cases: for tests of what uses a policy, which need not try the policy each time. */
export function loadUntried(folder: string, configuration: Configuration): Policy {
  return readPolicy(folder, configuration, "").policy;
}

function readPolicy(folder: string, configuration: Configuration, pasted: string) {
  const clauses = readClauses(join(folder, "clauses.yaml"));
  const schema = readSchema(folder);
  const shipped = shippedRules(folder, configuration.settings.rules, clauses);
  const example = exampleConfiguration(folder, configuration.settings.rules);
  const asShipped = assemble(shipped, [], example, schema, clauses);
  const local = [
    ...configuration.settings.localRules.map((path, index) => localRules(path, index, configuration, clauses)),
    ...(pasted.trim() === ""
      ? []
      : [onlyTightening(readRuleText(pasted, PASTED, localReading(clauses)), null, PASTED)]),
  ];
  const policy =
    local.length === 0
      ? under(asShipped, configuration, schema)
      : assemble(shipped, local, configuration, schema, clauses);
  return { asShipped, policy, local };
}

/** The same rules under another configuration: they need no parsing and validating again. */
function under(policy: Policy, configuration: Configuration, schema: string): Policy {
  const { settings } = configuration;
  checkWeights(configuration, policy.rules);
  return { ...policy, settings, ...fixed(schema, [...policy.permits, ...policy.rules], settings) };
}

function jsonOf(settings: Settings): Json {
  return JSON.parse(JSON.stringify(settings)) as Json; // settings are made of what JSON has
}

function readSchema(folder: string): string {
  const schema = readShipped(folder, "transfer.cedarschema");
  const wrong = checkSchema(schema);
  if (wrong !== null) throw badPolicy("policies/transfer.cedarschema", lineAt(schema, wrong.offset), wrong.reason);
  return schema;
}

function shippedRules(folder: string, set: RuleSet, clauses: ReadonlyMap<string, Clause>): RuleFolder {
  const read = (name: string) =>
    readRules(join(folder, "rules", name), `policies/rules/${name}`, {
      clauses,
      placeholders: PLACEHOLDERS,
      origin: "shipped",
    });
  const shared = read("shared");
  const own = read(set);
  return {
    rules: [...own.rules, ...shared.rules].sort((a, b) => turnOf(a) - turnOf(b)),
    permits: [...own.permits, ...shared.permits],
  };
}

/** Topics in the order in which people are asked; the methods' own follow. */
const TOPICS = ["purpose", "contents", "recipients", "lists", "third-parties", "abroad", "approvals"];

function turnOf({ file }: Rule): number {
  const at = TOPICS.findIndex((topic) => file.endsWith(`/${topic}.cedar`));
  return at < 0 ? TOPICS.length : at;
}

/** How messages name rules that were pasted into a page. */
const PASTED = "pasted rules";
const PLACEHOLDERS = [...CONTACTS, PLATFORM, ...LIMIT_NAMES];

const localReading = (clauses: ReadonlyMap<string, Clause>): RuleReading => ({
  clauses,
  placeholders: PLACEHOLDERS,
  origin: "local",
});

interface LocalRules extends RuleFolder {
  /** Folder of its cases. */
  readonly cases: string | null;
  readonly shown: string;
}

function localRules(
  path: string,
  index: number,
  configuration: Configuration,
  clauses: ReadonlyMap<string, Clause>,
): LocalRules {
  const folder = resolve(dirname(configuration.file), path);
  const line = configuration.lineOf(`localRules[${index}]`);
  if (!existsSync(join(folder, "rules")))
    throw badConfiguration(
      configuration.file,
      line,
      `localRules[${index}] names ${path}, which has no folder “rules”.`,
    );
  const found = readRules(join(folder, "rules"), `${path}/rules`, localReading(clauses));
  return onlyTightening(found, join(folder, "cases"), path);
}

/** SIS-35: an organisation's or unit's own rules only tighten: they forbid, and permit nothing. */
function onlyTightening(found: RuleFolder, cases: string | null, shown: string): LocalRules {
  for (const { file, line, id } of found.permits)
    throw badPolicy(file, line, `The policy ${id} permits: local rules may only tighten, so write a forbid.`);
  return { ...found, cases, shown };
}

function assemble(
  shipped: RuleFolder,
  local: readonly RuleFolder[],
  configuration: Configuration,
  schema: string,
  clauses: ReadonlyMap<string, Clause>,
): Policy {
  const { settings } = configuration;
  const rules = [shipped, ...local].flatMap((each) => each.rules);
  const policies = textsById([...shipped.permits, ...rules]);
  for (const { policyId, offset, reason } of validatePolicies(schema, policies)) {
    const at = [...shipped.permits, ...rules].find(({ id }) => id === policyId);
    if (at === undefined) throw badPolicy("policies/transfer.cedarschema", 1, reason);
    throw badPolicy(at.file, at.line + lineAt(at.text, offset) - 1, `The rule ${at.id}: ${reason}.`);
  }
  checkWeights(configuration, rules);
  const { digest, text } = fixed(schema, [...shipped.permits, ...rules], settings);
  const byMethod = new Map(
    METHODS.map((method) => {
      const meets = rules.filter(({ methods }) => methods.includes(method));
      return [method, textsById([...shipped.permits, ...meets])];
    }),
  );
  return {
    settings,
    lineOf: (path) => configuration.lineOf(path),
    ...{ digest, text },
    permits: shipped.permits,
    rules,
    clauses,
    cedar: keepPolicies(digest, schema, byMethod),
  };
}

function textsById(policies: readonly (Rule | Permit)[]): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const { id, text, file, line } of policies) {
    if (Object.hasOwn(texts, id)) throw badPolicy(file, line, `The id ${id} is taken by another rule.`);
    texts[id] = text;
  }
  return texts;
}

/** A set says by its rules' weights what may be asked for more widely and what may be loosened. */
function checkWeights({ settings, file, lineOf }: Configuration, rules: readonly Rule[]): void {
  for (const [name, allowed] of [
    ["require", ["advice", "local"]],
    ["loosen", ["may-loosen"]],
  ] as const) {
    for (const [index, id] of settings[name].entries()) {
      const refuse = (reason: string) =>
        badConfiguration(file, lineOf(`${name}[${index}]`), `${name}[${index}] ${reason}.`);
      const rule = rules.find((each) => each.id === id);
      if (rule === undefined) throw refuse(`names ${id}, which is no rule of ${settings.rules}`);
      if (!allowed.some((weight) => weight === rule.weight))
        throw refuse(
          `names ${id}, whose weight is ${rule.weight}; only rules of weight ${allowed.join(" or ")} can stand here`,
        );
    }
  }
}

function fixed(
  schema: string,
  policies: readonly (Rule | Permit)[],
  settings: Settings,
): Pick<Policy, "digest" | "text"> {
  const text = canonicalJson({ schema, policies: textsById(policies), settings: jsonOf(settings) });
  return { text, digest: `sha256:${createHash("sha256").update(text).digest("hex")}` };
}

/** An example's facts, which the cases change. */
export function exampleFacts(folder: string, rules: RuleSet): object {
  const path = `examples/${rules}.json`;
  const text = readShipped(folder, path);
  try {
    const facts: unknown = JSON.parse(text);
    if (typeof facts === "object" && facts !== null) return facts;
  } catch (cause) {
    throw badPolicy(`policies/${path}`, 1, `The example's facts are not JSON: ${String(cause)}`, cause);
  }
  throw badPolicy(`policies/${path}`, 1, "The example's facts are no object.");
}

function readShipped(folder: string, path: string): string {
  try {
    return readFileSync(join(folder, path), "utf8");
  } catch (cause) {
    throw badPolicy(`policies/${path}`, 1, `The file cannot be read: ${String(cause)}`, cause);
  }
}

/** Every rule of an organisation's own is tried both ways. @throws PolicyError `bad-policy` for one that is not */
function refuseUntried({ id, file, line }: Rule, named: readonly PolicyCase[]): void {
  for (const outcome of ["DENY", "ALLOW"] as const) {
    if (named.some((one) => one.rule === id && one.outcome === outcome)) continue;
    throw badPolicy(
      file,
      line,
      `The rule ${id} has no ${outcome} case that names it: write one into ${outcome} in its folder “cases”.`,
    );
  }
}

/** @returns the cases that were run. @throws PolicyError `bad-policy` for the first case that comes out otherwise than it says */
function runCases(policy: Policy, folder: string, shown: string, example: object): readonly PolicyCase[] {
  const run: PolicyCase[] = [];
  for (const one of readCases(folder, shown)) {
    if (one.rules !== policy.settings.rules) continue;
    const wrong = judgeCase(policy, one, example);
    if (wrong !== null) throw badPolicy(one.file, 1, `The case ${wrong}.`);
    run.push(one);
  }
  return run;
}
