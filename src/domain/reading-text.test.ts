import assert from "node:assert/strict";
import { test } from "node:test";
import { groundText, readingText } from "./reading-text.ts";

test("a rule that goes beyond its clause says whose reading of it that is, and why", () => {
  const reading = "The guidance does not speak of fax";
  assert.equal(
    groundText({ clauses: ["OXM-19"], reading }),
    "OXM-19, as Waybill reads it: the guidance does not speak of fax",
  );
  assert.equal(
    groundText({ clauses: ["OXM-2", "OXM-19"], reading: "CJSM is not named", local: true }),
    "OXM-2, OXM-19, as the organisation reads them: CJSM is not named",
  );
});

test("SIS-35: a rule of the organisation's own that cites a clause and has no reading is not taken for what the clause says", () => {
  const own = "SDT-3, by a rule of the organisation’s own, and not in these words";
  assert.equal(groundText({ clauses: ["SDT-3"], local: true }), own);
});

test("what its clause says, or what has no clause, is nobody's reading", () => {
  assert.equal(groundText({ clauses: ["SDT-3"] }), "SDT-3");
  assert.equal(readingText({ clauses: [], reading: "We read aloud", local: true }), "");
  assert.equal(groundText({ clauses: [] }), "");
});
