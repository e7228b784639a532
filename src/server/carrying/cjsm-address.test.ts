import assert from "node:assert/strict";
import { test } from "node:test";
import { cjsmAddress } from "./cjsm-address.ts";

const networks = { official: ["gov.uk"], cjsm: ["cjsm.net"] };

test("SET-3, SIS-38: an address on CJSM is taken as it is; of another the form is derived, and said to be nobody's word", () => {
  const court = "listing@crowncourt.gov.uk.cjsm.net";
  assert.deepEqual(cjsmAddress(court, { networks }), { address: court, onRecord: true });
  assert.deepEqual(cjsmAddress("clara@chambers.example", { networks }), {
    ...{ address: "clara@chambers.example.cjsm.net", onRecord: false },
  });
  const alike = cjsmAddress("clara@notcjsm.net", { networks });
  assert.equal(alike?.onRecord, false, "a domain that ends alike is another");
  assert.equal(cjsmAddress(court, { networks: { ...networks, cjsm: [] } }), null);
});
