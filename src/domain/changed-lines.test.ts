import assert from "node:assert/strict";
import { test } from "node:test";
import { changedLines } from "./changed-lines.ts";
import type { LineToAgree } from "./lines-to-agree.ts";

const line = (name: string, value: string): LineToAgree => ({
  name,
  group: "transfer",
  label: name,
  value,
  clauses: [],
});

test("only what is another, new or gone is a change, in the order of the later one", () => {
  const before = [line("from", "Ada"), line("to a", "A"), line("to b", "B"), line("purpose", "A hearing")];
  const after = [line("from", "Ada"), line("to c", "C"), line("to b", "B"), line("purpose", "The hearing")];
  assert.deepEqual(changedLines(before, after), [
    { group: "transfer", label: "to c", before: null, after: "C" },
    { group: "transfer", label: "purpose", before: "A hearing", after: "The hearing" },
    { group: "transfer", label: "to a", before: "A", after: null },
  ]);
  assert.deepEqual(changedLines(after, after), []);
});
