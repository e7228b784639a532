import assert from "node:assert/strict";
import { test } from "node:test";
import { NOT_STATED, type StatedFacts } from "../../../domain/transfer.ts";
import { statedDetails } from "./stated-details.ts";

const LITTLE: StatedFacts = {
  ...NOT_STATED,
  purpose: "x",
  necessity: "x",
  classification: "OFFICIAL",
  personal: false,
  sensitive: false,
  impact: { individuals: "none", organisation: "none" },
};
const said = (facts: Parameters<typeof statedDetails>[0]) =>
  Object.fromEntries(statedDetails(facts).map(({ label, value }) => [label, value]));

test("SIS-4: the sender's page says of how many people it is, and that this is declared, with what else was agreed to", () => {
  const found = said({
    ...LITTLE,
    ...{ personal: true, special: false, offences: true, people: 1200 },
    impact: { individuals: "serious", organisation: "some" },
    agreement: { reference: "DSA-2026-014" },
  });
  assert.equal(found["How many people"], "1,200 people, declared by you");
  assert.deepEqual([found["Special-category information"], found["Criminal offences"]], ["No", "Yes"]);
  assert.equal(found["Data sharing agreement"], "DSA-2026-014");
  assert.match(
    found["If it reached the wrong person"] ?? "",
    /To people: serious harm\nTo the organisation: some harm/,
  );
});

test("where the classification says that it is sensitive, its sender did not", () => {
  const found = said({ ...LITTLE, classification: "OFFICIAL-SENSITIVE", sensitive: true });
  assert.equal(found.Sensitive, "Yes: the classification says so");
  assert.equal(found["Sensitive in another way"], undefined);
});

test("what was not asked is not said, and an agreement that there is not has its reason", () => {
  assert.deepEqual(Object.keys(said(LITTLE)), [
    "Personal information",
    "Sensitive in another way",
    "If it reached the wrong person",
  ]);
  const { "Data sharing agreement": none } = said({ ...LITTLE, agreement: { none: "A court order" } });
  assert.equal(none, "None, because: A court order");
});
