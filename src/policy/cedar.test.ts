import assert from "node:assert/strict";
import { test } from "node:test";
import { type CedarPolicies, keepPolicies, validatePolicies } from "./cedar.ts";

const SCHEMA = `entity Member; entity Transfer;
action "post" appliesTo { principal: Member, resource: Transfer, context: { bytes: Long, known?: Bool } };`;
const PERMIT = "permit (principal, action, resource);";
const OVERFLOWS = `forbid (principal, action, resource) when { context.bytes * 9000000000000000000 > 0 };`;

function kept(key: string, policies: Readonly<Record<string, string>>): CedarPolicies {
  assert.deepEqual(validatePolicies(SCHEMA, policies), []);
  return keepPolicies(key, SCHEMA, new Map([["post", policies]]));
}

test("a rule that errs is a fault and never an allowance, although Cedar itself would allow", () => {
  const policies = kept("errs", { permit: PERMIT, "errs-here": OVERFLOWS });
  assert.equal(policies.decide("post", { bytes: 0 }).allowed, true);
  const { allowed, faults } = policies.decide("post", { bytes: 3 });
  assert.equal(allowed, false);
  assert.deepEqual([faults.length, faults[0]?.policyId], [1, "errs-here"]);
  assert.match(faults[0]?.reason ?? "", /overflow/);
});

test("a missing fact, an unknown one and one of another kind are faults", () => {
  const policies = kept("facts", { permit: PERMIT });
  assert.equal(policies.decide("post", { bytes: 1 }).allowed, true);
  for (const context of [{}, { bytes: 1, colour: "red" }, { bytes: "1" }, { bytes: 1, known: 1 }]) {
    const { allowed, faults } = policies.decide("post", context);
    assert.deepEqual([allowed, faults.length], [false, 1], JSON.stringify(context));
  }
  assert.equal(policies.decide("pigeon", { bytes: 1 }).faults.length, 1);
});

test("nothing is allowed that nothing permits", () => {
  assert.equal(kept("empty", {}).decide("post", { bytes: 1 }).allowed, false);
});

test("strict validation refuses an optional fact that is read without asking whether it is there", () => {
  const unguarded = "forbid (principal, action, resource) unless { context.known };";
  const [found] = validatePolicies(SCHEMA, { unguarded });
  assert.equal(found?.policyId, "unguarded");
  assert.match(found?.reason ?? "", /optional attribute `known`/);
});
