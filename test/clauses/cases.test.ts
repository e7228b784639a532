import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RULE_SETS } from "../../src/domain/facts.ts";
import { judgeCase } from "../../src/policy/cases.ts";
import { exampleFacts } from "../../src/policy/load-policy.ts";
import { weightOf } from "../../src/policy/policy.ts";
import { cases, POLICIES, policyOf, withRules } from "./policy-under-test.ts";

for (const rules of RULE_SETS) {
  const policy = policyOf(rules);
  const own = cases.filter((one) => one.rules === rules);
  const example = exampleFacts(POLICIES, rules);

  describe(`The cases of ${rules}`, () => {
    test("have for every rule one in which it is the reason, and one in which it is content", () => {
      for (const outcome of ["DENY", "ALLOW"]) {
        const named = new Set(own.filter((one) => one.outcome === outcome).map(({ rule }) => rule));
        assert.deepEqual(
          policy.rules.map(({ id }) => id).filter((id) => !named.has(id)),
          [],
          outcome,
        );
      }
    });

    test("come out as they say", () => {
      for (const one of own) assert.equal(judgeCase(policy, one, example), null, one.file);
    });

    test("are decided by the rule that they name: without it DENY no longer holds", () => {
      for (const one of own.filter(({ outcome }) => outcome === "DENY")) {
        const others = policy.rules.map((rule) => (rule.id === one.rule ? { ...rule, text: inert(rule.text) } : rule));
        assert.notEqual(
          judgeCase(withRules(policy, others, `inert ${one.rule}`, [one.method]), one, example),
          null,
          one.file,
        );
      }
    });

    test("are decided by what the rule asks: without its unless ALLOW no longer holds", () => {
      for (const one of own.filter(({ outcome }) => outcome === "ALLOW")) {
        const others = policy.rules.map((rule) => (rule.id === one.rule ? { ...rule, text: unmet(rule.text) } : rule));
        const strict = withRules(policy, others, `unmet ${one.rule}`, [one.method]);
        const rule = policy.rules.find(({ id }) => id === one.rule);
        const judged = judgeCase(strict, one, example);
        assert.ok(rule !== undefined && (judged !== null || weightOf(policy.settings, rule) === "nothing"), one.file);
      }
    });
  });
}

/** The rule, never asking. */
function inert(text: string): string {
  return text.replace(/\n?(?:when|unless)\s*\{[\s\S]*$/, "\nwhen { 1 == 2 };");
}

/** The rule, asking whatever is there. */
function unmet(text: string): string {
  return text.replace(/unless\s*\{[\s\S]*$/, "unless { 1 == 2 };");
}
