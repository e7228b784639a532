import assert from "node:assert/strict";
import { test } from "node:test";
import { type Carriage, type FixedCarriage, NOTHING_FIXED, NOTHING_SEEN } from "../../domain/carriage.ts";
import type { CatalogueService } from "../../domain/carriers.ts";
import type { TransferState } from "../../domain/transfer.ts";
import { sampleTransfer } from "../../testing/samples.ts";
import { serviceNeeds } from "./service-needs.ts";

const special = { carrier: "special-delivery", name: "Special delivery" } as const;
const CATALOGUE: readonly CatalogueService[] = [
  { ...special, id: "nine", guarantee: "by 9am" },
  { ...special, id: "one", guarantee: "by 1pm" },
  { carrier: "dx", id: "dx", name: "DX", guarantee: "" },
];

test("SIS-31: a kind of which there are several services does not say which one it is; that is asked before the signature, and of nothing that was signed", () => {
  const asked = (fixed: Partial<FixedCarriage>, state: TransferState = "draft") => {
    const carriage: Carriage = {
      ...{ method: "post", atDispatch: NOTHING_SEEN, codes: {}, dispatch: null },
      fixed: { ...NOTHING_FIXED, ...fixed },
    };
    return serviceNeeds(sampleTransfer({ state, carriage }), CATALOGUE).map(({ says }) => says);
  };
  const which = ["Choose which service it is: Special delivery, by 9am; or Special delivery, by 1pm."];
  assert.deepEqual(asked({ carrier: "special-delivery" }), which, "a draft of before, or of another catalogue");
  const nine = { id: "nine", name: "Special delivery", guarantee: "by 9am" };
  assert.deepEqual(asked({ carrier: "special-delivery", service: nine }), []);
  assert.deepEqual(asked({ carrier: "special-delivery", service: { ...nine, id: "noon" } }), which, "gone by now");
  assert.deepEqual(asked({ carrier: "special-delivery" }, "approved"), []);
  assert.deepEqual([asked({ carrier: "dx" }), asked({ carrier: "by-hand" }), asked({})], [[], [], []]);
});
