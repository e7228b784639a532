import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isUsable } from "../fax-machine.ts";
import { type Medium, overdue, parseSerial } from "../medium.ts";
import * as fax from "./fax-machine-arrows.ts";
import * as arrow from "./medium-arrows.ts";

const taken = { at: "2026-11-22T10:00:00.000Z", by: { kind: "member", id: "amina" } } as const;
const about = { id: "m1", serial: "STICK-0142", owner: "Court support", capacity: 32e9, reviewDue: null } as const;
const registered = arrow.registerMedium({ ...about, kind: "standard", purpose: "transfer" }, "amina", taken).medium;
const issued = arrow.issueMedium(
  registered,
  { custodianId: "sam", reference: "WB-1", returnDue: "2026-12-01" },
  taken,
).medium;
const out = arrow.handMediumOver(arrow.dispatchMedium(issued, "WB-1", taken).medium, taken).medium;
const back = arrow.returnMedium(out, taken).medium;
const erased = (medium: Medium, witnessId: string | null = null, needsWitness = false) =>
  arrow.eraseMedium(medium, { method: "Overwritten once, read back", byId: "amina", witnessId }, needsWitness, taken);

const refused = (act: () => unknown, what: RegExp) => assert.throws(act, { code: "not-now", message: what });

suite("A medium goes round", () => {
  test("SDT-23, SDT-24, SDT-25: registered, issued, sent, handed over, returned, checked in, erased, available", () => {
    const again = arrow.reissueMedium(erased(arrow.checkMediumIn(back, taken).medium).medium, taken);
    assert.equal(again.medium.state, "available");
    assert.deepEqual([again.medium.custodianId, again.medium.reference, again.medium.eraseDue], [null, null, null]);
    assert.equal(again.event.kind, "medium-available");
    assert.equal(out.state, "with-recipient");
    assert.deepEqual([back.state, back.returnDue, back.eraseDue], ["returned", null, "2026-11-29"]);
  });

  test("SDT-25: what was used is not available, and cannot be issued, before it was erased", () => {
    for (const medium of [out, back, arrow.checkMediumIn(back, taken).medium]) {
      refused(() => arrow.reissueMedium(medium, taken), /Only a medium that was erased/);
      const to = { custodianId: "sam", reference: null, returnDue: "2026-12-01" };
      refused(() => arrow.issueMedium(medium, to, taken), /has to be erased/);
    }
    refused(() => erased(registered), /not waiting to be erased/);
    refused(
      () => arrow.issueMedium(registered, { custodianId: "sam", reference: null, returnDue: "2026-11-21" }, taken),
      /has passed/,
    );
  });

  test("SDT-25: where a second person is asked for, it is another one", () => {
    refused(() => erased(back, null, true), /second person has to have seen it/);
    refused(() => erased(back, "amina", true), /somebody else/);
    assert.equal(erased(back, "sefa", true).medium.erasure?.witnessId, "sefa");
  });

  test("It carries one transfer, and its events belong to that one", () => {
    refused(() => arrow.dispatchMedium(issued, "WB-2", taken), /carries another transfer/);
    refused(() => arrow.dispatchMedium(registered, "WB-1", taken), /issued can be sent/);
    assert.equal(arrow.dispatchMedium(issued, "WB-1", taken).event.reference, "WB-1");
    assert.equal(erased(back).event.reference, "WB-1");
  });

  test("A lost one can be found; a destroyed one is neither lost nor changed", () => {
    const lost = arrow.loseMedium(out, "Not in the parcel", taken).medium;
    refused(() => arrow.loseMedium(lost, "Again", taken), /already/);
    refused(() => arrow.destroyMedium(lost, "Shredded", taken), /Only what is here/);
    assert.equal(arrow.returnMedium(lost, taken).medium.state, "returned");
    const gone = arrow.destroyMedium(registered, "Shredded", taken).medium;
    refused(() => arrow.loseMedium(gone, "Gone", taken), /already/);
    refused(() => arrow.describeMedium(gone, gone, taken), /destroyed/);
  });

  test("OXM-27: an archive is reviewed, and on a later day again", () => {
    refused(() => arrow.reviewMedium(registered, "2027-11-22", taken), /Only archives/);
    const archive = { ...registered, purpose: "archive" } as const;
    refused(() => arrow.reviewMedium(archive, "2026-11-22", taken), /later day/);
    assert.equal(arrow.reviewMedium(archive, "2027-11-22", taken).medium.reviewDue, "2027-11-22");
  });

  test("What is overdue is said: return, then erasure, then review", () => {
    assert.equal(overdue(out, "2026-12-01"), null);
    assert.equal(overdue(out, "2026-12-02"), "return");
    assert.equal(overdue(back, "2026-11-30"), "erasure");
    assert.equal(overdue({ ...registered, reviewDue: "2026-11-01" }, "2026-11-22"), "review");
    assert.equal(overdue({ ...out, state: "lost" }, "2027-01-01"), null);
  });

  test("Serials are read without case and spaces", () => {
    assert.equal(parseSerial(" stick-0142 "), "STICK-0142");
    for (const bad of ["", "-1", "a b\u0000", "ä", "x".repeat(41)]) assert.equal(parseSerial(bad), null, bad);
  });
});

suite("A fax machine", () => {
  const about = { id: "f1", number: "+441632960001", location: "Room 2.14", owner: "Listing office" };
  const machine = fax.registerFaxMachine(about, "amina", taken).machine;
  const checked = fax.checkFaxMachine(machine, "amina", "2027-05-22", taken).machine;

  test("SIS-26: it is used only while a check of its settings counts", () => {
    assert.equal(isUsable(machine, "2026-11-22"), false);
    assert.equal(isUsable(checked, "2027-05-22"), true);
    assert.equal(isUsable(checked, "2027-05-23"), false);
    assert.equal(isUsable(fax.endFaxMachine(checked, taken).machine, "2026-11-22"), false);
  });

  test("SIS-26: in another place, or with another number, it has to be checked anew", () => {
    const moved = fax.changeFaxMachine(checked, { ...about, location: "Room 1.01" }, taken).machine;
    assert.equal(moved.check, null);
    assert.deepEqual(
      fax.changeFaxMachine(checked, { ...about, owner: "Registry" }, taken).machine.check,
      checked.check,
    );
  });

  test("SIS-26: a check counts for a year at the most", () => {
    for (const until of ["2026-11-22", "2027-11-24"]) {
      refused(() => fax.checkFaxMachine(machine, "amina", until, taken), /within a year/);
    }
  });
});
