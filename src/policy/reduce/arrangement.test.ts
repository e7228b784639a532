import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { arrangedApproval } from "../../domain/arrangement-covers.ts";
import { parseFacts } from "../facts/parse-facts.ts";

const example = JSON.parse(
  readFileSync(new URL("../../../policies/examples/uk-government.json", import.meta.url), "utf8"),
) as Record<string, unknown>;
const ARRANGEMENT = {
  ...{
    reference: "SA-1",
    role: "line-manager",
    by: "Line.Manager@justice.gov.uk",
    classification: "OFFICIAL-SENSITIVE",
  },
  ...{
    recipients: ["listing@crowncourt.cjsm.net"],
    people: 10,
    bytes: 1_000_000,
    method: "secure-link",
    ends: "2027-01-31",
  },
};

function covered(arrangement: object, facts: object = {}, method: "secure-link" | "email" = "secure-link") {
  const parsed = parseFacts({ ...example, ...facts, arrangement: { ...ARRANGEMENT, ...arrangement } }, "uk-government");
  return arrangedApproval(parsed, method, "uk-government", "2026-11-02").length === 1;
}

test("SDT-3: a standing arrangement gives its manager's approval to what it describes", () => {
  const parsed = parseFacts({ ...example, arrangement: ARRANGEMENT }, "uk-government");
  const approval = { role: "line-manager", by: "line.manager@justice.gov.uk" };
  assert.deepEqual(arrangedApproval(parsed, "secure-link", "uk-government", "2026-11-02"), [approval]);
  assert.ok(covered({ people: 1, bytes: 240_000, ends: "2026-11-02", classification: "OFFICIAL" }));
});

test("and to nothing else", () => {
  assert.ok(!covered({}, {}, "email"));
  assert.ok(!covered({ people: 0 }));
  assert.ok(!covered({}, { people: null }));
  assert.ok(covered({}, { people: null, personal: false, special: false, offences: false, namesWithAddresses: false }));
  for (const held of ["special", "offences", "namesWithAddresses"])
    assert.ok(
      !covered({}, { people: null, personal: false, [held]: true }),
      `it holds ${held}, of nobody knows how many`,
    );
  assert.ok(!covered({ bytes: 239_999 }));
  assert.ok(!covered({}, { bytes: null }));
  assert.ok(!covered({ recipients: ["other@crowncourt.cjsm.net"] }));
  assert.ok(!covered({ classification: "OFFICIAL" }, { classification: "OFFICIAL-SENSITIVE" }));
  assert.ok(!covered({ ends: "2026-11-01" }));
  assert.ok(covered({ ends: "2027-11-02" }));
  assert.ok(!covered({ ends: "2027-11-03" }), "a year and a day away");
});
