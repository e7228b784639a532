import assert from "node:assert/strict";
import { test } from "node:test";
import { changedCount, changedNames, changedText } from "./changed-facts.ts";

test("what was changed is named by words of ours, and never by what was stated", () => {
  const before = { purpose: "A hearing", agreement: null, impact: { individuals: "none", organisation: "none" } };
  const after = { ...before, purpose: "An appeal", agreement: { none: "One letter" } };
  assert.equal(changedNames(before, after), "purpose agreement");
  assert.equal(changedNames(before, { ...before, impact: { ...before.impact } }), "");
  assert.equal(changedText({ changed: "purpose agreement" }), "what it is for, the agreement");
});

test("what an event does not say, or says in words that are not ours, is not shown", () => {
  assert.equal(changedText({}), "");
  assert.equal(changedText({ changed: "report.pdf <b>constructor</b>" }), "");
});

test("SIS-4: of the declared count it is said from what to what, where it was stated before", () => {
  assert.deepEqual(changedCount(1200, 150), { peopleBefore: 1200, people: 150 });
  assert.deepEqual([changedCount(null, 150), changedCount(150, 150)], [{}, {}]);
  const text = (detail: object) => changedText({ changed: "purpose people", ...detail });
  assert.equal(text(changedCount(1200, 150)), "what it is for, how many people it is about (from 1,200 to 150)");
  assert.equal(text(changedCount(5, null)), "what it is for, how many people it is about (from 5 to not stated)");
  assert.equal(text({}), "what it is for, how many people it is about", "as earlier versions wrote it");
});
