import assert from "node:assert/strict";
import { test } from "node:test";
import { CARRIERS } from "../../src/domain/facts.ts";
import { advises, BOTH_MANAGERS, by, enforces, needs, OFFICIAL_SENSITIVE } from "./policy-under-test.ts";

test("SIS-6: post goes by a service that fits and that the organisation has", () => {
  const chosen = { clause: "SIS-6", rule: "post-carrier-chosen", method: "post", need: "carrier:chosen" } as const;
  enforces({ ...chosen, when: { carrier: null }, met: { carrier: "letter-post" } });
  const carriers = [{ carrier: "letter-post", id: "letter-post", name: "Letter post", guarantee: "" } as const];
  const offered = { clause: "SIS-6", rule: "carrier-offered", method: "post", settings: { carriers } } as const;
  enforces({ ...offered, when: { carrier: "dx" }, met: { carrier: "letter-post" } });
  const partner = { "recipients.0.kind": "partner", carrier: "letter-post" };
  advises({ clause: "SIS-6", rule: "dx-between-offices", method: "post", when: partner, met: { carrier: "dx" } });
});

test("SIS-7: no marking is shown on the outside", () => {
  for (const method of ["post", "removable-media"] as const)
    for (const marking of [true, null])
      enforces({
        ...{ clause: "SIS-7", rule: "no-marking-outside", method, need: "envelope:no-marking" },
        ...{ when: { "envelope.marking": marking }, met: { "envelope.marking": false } },
      });
});

test("SIS-8: personal or sensitive post is marked ADDRESSEE ONLY, which an organisation may loosen", () => {
  const when = { "envelope.addresseeOnly": false };
  enforces({ clause: "SIS-8", rule: "addressee-only", method: "post", when, met: { "envelope.addresseeOnly": true } });
  const loosened = by("post", when, { settings: { loosen: ["addressee-only"] } });
  assert.equal(loosened.verdict, "ready");
  assert.ok(loosened.advice.some(({ clauses }) => clauses.includes("SIS-8")));
});

test("SIS-10: OFFICIAL-SENSITIVE or bulk post goes tracked, by each of the tracked carriers and by no other", () => {
  const tracked = ["special-delivery", "dx-tracked", "dx-courier-tracked", "dx-secure", "tracked-courier"];
  const many = { ...BOTH_MANAGERS, people: { count: 1000, origin: "declared" } };
  for (const kind of [{ ...OFFICIAL_SENSITIVE, pages: 400 }, many, { special: true, pages: 400 }]) {
    for (const carrier of CARRIERS) {
      const asks = needs("post", { ...kind, carrier }).includes("sensitive-or-bulk-post-is-tracked");
      assert.equal(asks, !tracked.includes(carrier), carrier);
    }
    const when = { ...kind, carrier: null };
    const rule = {
      clause: "SIS-10",
      rule: "sensitive-or-bulk-post-is-tracked",
      method: "post",
      need: "carrier:tracked",
    } as const;
    enforces({ ...rule, when, met: { carrier: "dx-tracked" } });
  }
});

test("SIS-11: OFFICIAL-SENSITIVE may be posted, with a return address and nothing of the marking outside", () => {
  assert.equal(by("post", OFFICIAL_SENSITIVE).verdict, "ready");
  const when = { ...OFFICIAL_SENSITIVE, "envelope.returnAddress": null };
  enforces({ clause: "SIS-11", rule: "return-address", method: "post", when, met: { "envelope.returnAddress": true } });
  assert.deepEqual(needs("post", { ...OFFICIAL_SENSITIVE, "envelope.marking": true }), ["no-marking-outside"]);
});

test("SIS-12: a second envelope is advised for what goes outside", () => {
  const met = { "recipients.0.kind": "member", "recipients.0.address": "clerk@justice.gov.uk" };
  advises({ clause: "SIS-12", rule: "double-envelope", method: "post", when: {}, met });
});

test("SIS-14: a service that tracks delivery is advised", () => {
  const met = { carrier: "special-delivery" };
  advises({ clause: "SIS-14", rule: "tracking-considered", method: "post", when: { carrier: "letter-post" }, met });
});

test("SIS-29: letter post serves OFFICIAL to members of the public", () => {
  const letter = { carrier: "letter-post", "recipients.0.kind": "public", agreement: null };
  assert.equal(by("post", letter).verdict, "ready");
  assert.equal(by("post", { ...letter, sensitive: true }).verdict, "needs");
});

test("SIS-30: recorded delivery serves a single sensitive letter or identity document, and letter post does not", () => {
  const recorded = { carrier: "recorded-delivery", sensitive: true };
  assert.equal(by("post", recorded).verdict, "ready");
  assert.equal(by("post", { ...recorded, pages: null, identityDocuments: true }).verdict, "ready");
  for (const more of [{ pages: 51 }, { pages: null }, { people: { count: 2 } }])
    assert.deepEqual(needs("post", { ...recorded, ...more }), ["sensitive-or-bulk-post-is-tracked"]);
  const document = {
    clause: "SIS-30",
    rule: "identity-documents-signed-for",
    method: "post",
    need: "carrier:signed",
  } as const;
  enforces({
    ...document,
    when: { identityDocuments: true, carrier: "letter-post" },
    met: { carrier: "recorded-delivery" },
  });
  const known = { clause: "SIS-30", rule: "identity-documents-stated", method: "post" } as const;
  enforces({ ...known, when: { identityDocuments: null }, met: { identityDocuments: false } });
});

test("SIS-31: special delivery serves what is sensitive or bulk", () => {
  const bulk = { ...BOTH_MANAGERS, people: { count: 5000 }, carrier: "special-delivery", ...OFFICIAL_SENSITIVE };
  assert.equal(by("post", bulk).verdict, "ready");
  assert.equal(by("post", { ...bulk, carrier: "recorded-delivery" }).verdict, "needs");
});

test("SIS-32: ordinary DX is for low volumes, and a volume is expected by the office that receives it", () => {
  const when = { carrier: "dx", pages: 51, "recipients.0.expecting": false };
  const volume = { clause: "SIS-32", rule: "dx-volume-expected", method: "post", when } as const;
  enforces({ ...volume, met: { "recipients.0.expecting": true } });
  enforces({ ...volume, met: { pages: 50 } });
});

test("SIS-33: tracked DX is advised for a volume, and serves what is particularly sensitive", () => {
  const when = { carrier: "dx", pages: 51 };
  advises({ clause: "SIS-33", rule: "dx-tracked-for-volume", method: "post", when, met: { carrier: "dx-tracked" } });
  assert.equal(by("post", { ...OFFICIAL_SENSITIVE, ...when, carrier: "dx-courier-tracked" }).verdict, "ready");
});

test("SIS-34: the carriers are the organisation's own list", () => {
  const carriers = [{ carrier: "tracked-courier", id: "tracked-courier", name: "FedEx", guarantee: "" } as const];
  const offered = { clause: "SIS-34", rule: "carrier-offered", method: "post", settings: { carriers } } as const;
  enforces({ ...offered, when: { carrier: "special-delivery" }, met: { carrier: "tracked-courier" } });
});
