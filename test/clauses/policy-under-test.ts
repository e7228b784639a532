import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Assessment, MethodAnswer } from "../../src/domain/assessment.ts";
import { METHODS, type Method, type RuleSet } from "../../src/domain/facts.ts";
import { type AssessOptions, assess } from "../../src/policy/assess.ts";
import { CASE_DAY, factsOf, readCases } from "../../src/policy/cases.ts";
import { keepPolicies } from "../../src/policy/cedar.ts";
import type { Settings } from "../../src/policy/configuration/settings.ts";
import { exampleConfiguration, exampleFacts, loadPolicy } from "../../src/policy/load-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import type { Rule } from "../../src/policy/rules/rule.ts";

export const POLICIES = fileURLToPath(new URL("../../policies", import.meta.url));
export const cases = readCases(`${POLICIES}/cases`, "policies/cases");
export const NOON = new Date(`${CASE_DAY}T12:00:00Z`);

const loaded = new Map<RuleSet, Policy>();

/** The shipped policy under its example configuration. */
export function policyOf(rules: RuleSet): Policy {
  const policy = loaded.get(rules) ?? loadPolicy(POLICIES, exampleConfiguration(POLICIES, rules));
  loaded.set(rules, policy);
  return policy;
}

/** Changes to an example's facts, by dotted path. */
export type Change = Readonly<Record<string, unknown>>;

/** An example's facts, changed. */
export function facts(change: Change = {}, rules: RuleSet = "uk-government") {
  const settings = {};
  const one = { file: "test", rules, outcome: "DENY", method: "email", rule: "", change, also: [], settings } as const;
  return factsOf(one, exampleFacts(POLICIES, rules));
}

export interface Asked {
  readonly rules?: RuleSet;
  readonly settings?: Partial<Settings>;
  readonly policy?: Policy;
  readonly options?: Partial<AssessOptions>;
}

/** Assesses an example with changes. */
export function answer(
  change: Change = {},
  { rules = "uk-government", settings, policy, options }: Asked = {},
): Assessment {
  const asked = policy ?? policyOf(rules);
  const under = settings === undefined ? asked : { ...asked, settings: { ...asked.settings, ...settings } };
  return assess(under, facts(change, rules), { now: NOON, roles: "configured", ...options });
}

/** One method of an assessment. */
export function by(method: Method, change: Change = {}, asked: Asked = {}): MethodAnswer {
  const found = answer(change, asked).methods.find((each) => each.method === method);
  assert.ok(found, method);
  return found;
}

/** The ids of the rules that a method still needs. */
export function needs(method: Method, change: Change = {}, asked: Asked = {}): readonly string[] {
  return by(method, change, asked).needs.map(({ rule }) => rule);
}

/** A policy whose rules are others: without a control, to see that its test notices. */
export function withRules(
  policy: Policy,
  rules: readonly Rule[],
  key: string,
  methods: readonly Method[] = METHODS,
): Policy {
  const schema = readFileSync(`${POLICIES}/transfer.cedarschema`, "utf8");
  const permit = "permit (principal, action, resource);";
  const byMethod = new Map(
    methods.map((method) => {
      const meets = rules.filter(({ methods }) => methods.includes(method)).map(({ id, text }) => [id, text] as const);
      return [method, { permit, ...Object.fromEntries(meets) }];
    }),
  );
  return { ...policy, rules, cedar: keepPolicies(`test ${policy.settings.rules} ${key}`, schema, byMethod) };
}

export interface Control {
  readonly rules?: RuleSet;
  readonly settings?: Partial<Settings>;
  readonly clause: string;
  /** What it says of itself where it is a reading of its clauses. */
  readonly reading?: RegExp;
  readonly rule: string;
  readonly method: Method;
  /** What makes the rule ask. */
  readonly when: Change;
  /** What meets it, over `when`. */
  readonly met?: Change;
  /** What is needed, such as `approval:line-manager`. */
  readonly need?: string;
  readonly verdict?: "needs" | "refused";
}

/**
 * Shows that a rule is what enforces a clause: it asks, citing the clause; it is content once it is met; and without the rule
 * nobody asks.
 */
export function enforces(control: Control): void {
  const { rules = "uk-government", settings, clause, reading, rule, method, when, met, need } = control;
  const { verdict = "needs" } = control;
  const asked = { rules, ...(settings === undefined ? {} : { settings }) };
  const found = by(method, when, asked);
  const fired = found.needs.find((each) => each.rule === rule);
  assert.ok(fired, `${rule} does not ask; needed: ${found.needs.map((each) => each.rule).join(", ")}`);
  const cites = `${rule} cites ${fired.clauses.join(" ")}`;
  assert.ok(fired.clauses.includes(clause), cites);
  if (reading === undefined) assert.equal(fired.reading, undefined, `${rule} says what its clauses say`);
  else assert.match(fired.reading ?? "", reading);
  if (need !== undefined) assert.equal(fired.need, need);
  assert.equal(found.verdict, verdict);
  if (met !== undefined) assert.ok(!needs(method, { ...when, ...met }, asked).includes(rule), `${rule} still asks`);
  assert.notEqual(by(method, when, { ...asked, policy: without(rule, rules) }).verdict, verdict);
}

/** Shows that a rule that is advice says a clause's advice, and does so by itself. */
export function advises(control: Omit<Control, "need" | "verdict" | "reading">): void {
  const { rules = "uk-government", settings, clause, rule, method, when, met } = control;
  const asked = { rules, ...(settings === undefined ? {} : { settings }) };
  const count = (change: Change, more: Asked = {}) =>
    by(method, change, { ...asked, ...more }).advice.filter(({ clauses }) => clauses.includes(clause)).length;
  assert.ok(count(when) > 0, `${clause} is not said`);
  if (met !== undefined) assert.ok(count({ ...when, ...met }) < count(when), `${clause} is still said`);
  assert.ok(count(when, { policy: without(rule, rules) }) < count(when));
}

const weakened = new Map<string, Policy>();

/** The shipped policy without one rule. */
export function without(rule: string, rules: RuleSet = "uk-government"): Policy {
  const policy = policyOf(rules);
  const others = policy.rules.filter(({ id }) => id !== rule);
  assert.ok(others.length < policy.rules.length, `${rules} has no rule ${rule}`);
  const weaker = weakened.get(`${rules} ${rule}`) ?? withRules(policy, others, `without ${rule}`);
  weakened.set(`${rules} ${rule}`, weaker);
  return weaker;
}

/** Changes to the facts, for many tests. */
export const IMPERSONAL = { personal: false, sensitive: false, people: { count: 0, origin: "declared" } };
export const OFFICIAL_SENSITIVE = { classification: "OFFICIAL-SENSITIVE" };
export const BOTH_MANAGERS = {
  approvals: [
    { role: "line-manager", by: "line.manager@justice.gov.uk" },
    { role: "senior-manager", by: "senior.manager@justice.gov.uk" },
  ],
};

/** The methods, best first. */
export const order = (change: Change = {}) => answer(change).methods.map(({ method }) => method);
