import assert from "node:assert/strict";
import { test } from "node:test";
import { changedNames, changedText } from "./changed-facts.ts";

test("what was changed is named by words of ours, and never by what was stated", () => {
  const before = { purpose: "A hearing", agreement: null, impact: { individuals: "none", organisation: "none" } };
  const after = { ...before, purpose: "An appeal", agreement: { none: "One letter" } };
  assert.equal(changedNames(before, after), "purpose agreement");
  assert.equal(changedNames(before, { ...before, impact: { ...before.impact } }), "");
  assert.equal(changedText("purpose agreement"), "what it is for, the agreement");
});

test("what an event does not say, or says in words that are not ours, is not shown", () => {
  assert.equal(changedText(undefined), "");
  assert.equal(changedText("report.pdf <b>constructor</b>"), "");
});
