import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ApproverRole, RULE_SETS } from "../../src/domain/facts.ts";
import { askedOn, rulesOn } from "../../src/policy/assess.ts";
import { CASE_DAY, factsOf, judgeCase } from "../../src/policy/cases.ts";
import { exampleFacts } from "../../src/policy/load-policy.ts";
import { weightOf } from "../../src/policy/policy.ts";
import { reduceFacts } from "../../src/policy/reduce/context.ts";
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

    test("SIS-28: name a rule that is among what was asked, open where it is the reason and met where it is content", () => {
      for (const one of own) {
        const settings = { ...policy.settings, ...one.settings };
        const holds = (role: ApproverRole, by: string) => settings.roles[role].includes(by);
        const now = new Date(`${CASE_DAY}T12:00:00Z`);
        const situation = reduceFacts(factsOf(one, example), { settings, holds, trustStatedNetworks: false, now });
        const ruled = rulesOn({ ...policy, settings }, situation, one.method, undefined);
        const asked = askedOn({ ...policy, settings }, situation, one.method, ruled);
        assert.equal(asked.find(({ rule }) => rule === one.rule)?.met, one.outcome === "ALLOW", one.file);
        const open = asked.filter(({ met, weight }) => !met && weight === "need").map(({ rule }) => rule);
        assert.deepEqual(open.toSorted(), ruled.needs.map(({ rule }) => rule).toSorted(), one.file);
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
