import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_FIXED, NOTHING_SEEN } from "../../src/domain/carriage.ts";
import { METHODS } from "../../src/domain/facts.ts";
import { receiveCarried, reportShortfall, tryDispatch } from "../../src/domain/lifecycle/carriage-arrows.ts";
import { sampleRecipient, sampleTransfer } from "../../src/testing/samples.ts";
import { BOTH_MANAGERS, by, enforces, IMPERSONAL, needs, OFFICIAL_SENSITIVE, order } from "./policy-under-test.ts";

test("SIS-16: fax is last, and only with the reason why nothing more secure is possible", () => {
  const when = { "reasons.fax": null };
  enforces({
    clause: "SIS-16",
    rule: "fax-last-resort",
    method: "fax",
    need: "reason:fax",
    when,
    met: { "reasons.fax": "x" },
  });
  assert.equal(order().at(-1), "fax");
});

test("SIS-17: what is especially sensitive is refused by fax, at any classification", () => {
  const owner = { role: "information-asset-owner", by: "asset.owner@justice.gov.uk" };
  const approvals = [...BOTH_MANAGERS.approvals, owner];
  for (const kind of [{ special: true }, { offences: true }, { offences: true, ...OFFICIAL_SENSITIVE }])
    enforces({
      ...{ clause: "SIS-17", rule: "fax-not-especially-sensitive", method: "fax", verdict: "refused" },
      ...{ need: "method:secure-link", when: { approvals, ...kind }, met: { special: false, offences: false } },
    });
  const open = {
    clause: "SIS-17",
    rule: "fax-contents-stated",
    method: "fax",
    when: { approvals, offences: null },
  } as const;
  enforces({ ...open, need: "declare:contents", met: { offences: false } });
});

test("SIS-18: OFFICIAL-SENSITIVE or bulk by fax waits for a risk assessment and the information asset owner", () => {
  const owner = { role: "information-asset-owner", by: "asset.owner@justice.gov.uk" };
  const { approvals } = BOTH_MANAGERS;
  for (const kind of [OFFICIAL_SENSITIVE, { people: { count: 1000, origin: "declared" } }, { sensitive: true }]) {
    const when = { ...kind, approvals: [...approvals, owner], "fax.riskAssessed": false };
    enforces({ clause: "SIS-18", rule: "fax-risk-assessed", method: "fax", when, met: { "fax.riskAssessed": true } });
    enforces({
      ...{ clause: "SIS-18", rule: "fax-asset-owner", method: "fax", need: "approval:information-asset-owner" },
      ...{ when: { ...kind, approvals }, met: { approvals: [...approvals, owner] } },
    });
    // The asset owner is asked for by no other method, unless the configuration asks more widely.
    const elsewhere = { ...kind, approvals };
    for (const method of METHODS.filter((each) => each !== "fax"))
      assert.ok(!by(method, elsewhere).needs.some(({ need }) => need === "approval:information-asset-owner"), method);
    const settings = { require: ["asset-owner-consents"] };
    assert.deepEqual(needs("secure-link", elsewhere, { settings }), ["asset-owner-consents"]);
  }
});

test("SIS-19: the recipient of any fax has a legitimate need", () => {
  const when = { ...IMPERSONAL, "recipients.0.legitimateNeed": null };
  const met = { "recipients.0.legitimateNeed": "Lists hearings" };
  enforces({
    clause: "SIS-19",
    rule: "fax-legitimate-need",
    method: "fax",
    need: "declare:legitimate-need",
    when,
    met,
  });
});

test("SIS-20: the fax number is checked, and the recipient is at the machine", () => {
  const number = { clause: "SIS-20", rule: "fax-number-confirmed", method: "fax" } as const;
  enforces({ ...number, when: { "fax.numberConfirmed": null }, met: { "fax.numberConfirmed": true } });
  const attending = { clause: "SIS-20", rule: "fax-recipient-attending", method: "fax" } as const;
  enforces({ ...attending, when: { "fax.recipientAttending": false }, met: { "fax.recipientAttending": true } });
});

test("SIS-26: only a fax machine that was checked is used", () => {
  const machine = { clause: "SIS-26", rule: "fax-machine-checked", method: "fax" } as const;
  enforces({
    ...machine,
    when: { fax: { ...{ numberConfirmed: true, recipientAttending: true } } },
    met: { "fax.machineChecked": true },
  });
});

test("SIS-22: a fax that could not go is an attempt on the record and not sent; pages that did not come stay open until all of them have", () => {
  const taken = { at: "2026-11-22T10:00:00.000Z", by: { kind: "member", id: "amina" } } as const;
  const sent = { byId: "amina", at: taken.at, tracking: "", expected: "2026-11-22", pages: 4, handedTo: "" };
  const dispatch = { ...sent, identification: "", collected: false, told: "", confirmed: "", dialled: "+442079460155" };
  const carriage = {
    method: "fax",
    fixed: NOTHING_FIXED,
    atDispatch: NOTHING_SEEN,
    codes: {},
    dispatch: null,
  } as const;
  const ready = sampleTransfer({ state: "approved", carriage });
  const busy = tryDispatch(ready, "The line was busy", taken);
  assert.deepEqual(
    [busy.transfer.state, busy.events.map(({ kind, detail }) => [kind, detail.what])],
    ["approved", [["dispatch-attempted", "The line was busy"]]],
  );
  assert.throws(() => tryDispatch(ready, " ", taken), /Say what happened/);
  const went = sampleTransfer({ state: "released", carriage: { ...carriage, dispatch } });
  const there = sampleRecipient({ state: "arrived" });
  const short = reportShortfall(went, there, { by: "phone", pages: 3 }, taken);
  assert.deepEqual(
    [short.recipients[0]?.state, short.events.map(({ kind, detail }) => [kind, detail.pages, detail.sent])],
    ["arrived", [["receipt-short", 3, 4]]],
  );
  const said = { by: "phone", note: "", handling: true } as const;
  assert.throws(() => receiveCarried(went, there, { ...said, pages: 3 }, taken), /4 pages were sent and 3 came/);
  assert.equal(receiveCarried(went, there, { ...said, pages: 4 }, taken).recipients[0]?.state, "received");
});
