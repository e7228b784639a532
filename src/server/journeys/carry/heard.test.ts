import assert from "node:assert/strict";
import { test } from "node:test";
import { CARRIED_METHODS, type CarriedMethod, NOTHING_FIXED } from "../../../domain/carriage.ts";
import type { Carrier } from "../../../domain/facts.ts";
import { type Heard, heardBy, heardItems } from "./heard.ts";

const going = (method: CarriedMethod, carrier: Carrier | null = null) => ({
  method,
  fixed: { ...NOTHING_FIXED, carrier },
});
const offered = (heard: Heard, method: CarriedMethod, carrier: Carrier | null = null) =>
  heardItems(heard, going(method, carrier)).map(({ value }) => value);

test("SIS-14: a carrier's record says that it came, where a carrier had it, and never that it is complete", () => {
  for (const method of CARRIED_METHODS) {
    assert.ok(!offered("arrival", method).includes("carrier"), method);
    assert.ok(!offered("arrival", method, "by-hand").includes("carrier"), method);
    assert.ok(!offered("receipt", method, "special-delivery").includes("carrier"), method);
  }
  for (const method of ["post", "removable-media"] as const)
    assert.ok(offered("arrival", method, "dx-tracked").includes("carrier"), method);
  assert.equal(heardBy("carrier", "receipt", going("post", "dx-tracked")), null, "nor by a form that asks for it");
});

test("SDT-28: paper is signed for what lies on a table, and the code on the sheet is the recipient's own", () => {
  const signed = CARRIED_METHODS.filter((method) => offered("receipt", method).includes("paper"));
  assert.deepEqual(signed, ["post", "hand-delivery", "removable-media"]);
  assert.equal(heardBy("paper", "receipt", going("email")), null);
  for (const method of CARRIED_METHODS) assert.equal(heardBy("sheet", "arrival", going(method)), null);
  assert.deepEqual(offered("receipt", "fax"), ["phone", "email", "in-person"]);
});
