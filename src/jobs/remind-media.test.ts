import assert from "node:assert/strict";
import { test } from "node:test";
import * as sample from "../testing/samples.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { remindMedia } from "./remind-media.ts";

const on = (day: string) => new Date(`${day}T09:00:00Z`);

test("SDT-24: whoever has an overdue medium is reminded once, and the keepers are told three days later", async () => {
  const store = await temporaryStore();
  try {
    await store.records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember());
      await tx.saveMember(
        sample.sampleMember({ id: "otis", address: "otis@examples.test", roles: ["operational-security"] }),
      );
      await tx.saveMedium({
        ...{ id: "m1", serial: "STICK-1", owner: "Court support", kind: "standard", capacity: 1, purpose: "transfer" },
        ...{ state: "issued", custodianId: "amina", reference: null, returnDue: "2026-12-01", eraseDue: null },
        ...{ reviewDue: null, erasure: null, createdAt: sample.AT, createdBy: "otis" },
        ...{ remindedAt: null, escalatedAt: null },
      });
      await tx.append(sample.sampleEvent());
    });
    const counts: number[] = [];
    for (const day of ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-05", "2026-12-09"]) {
      counts.push(await remindMedia(store, on(day)));
    }
    assert.deepEqual(counts, [0, 1, 0, 1, 0]);
    const mails = await store.outbox.list(9);
    const to = mails.toReversed().map((each) => each.to);
    assert.deepEqual(to, [sample.sampleMember().address, "otis@examples.test"]);
  } finally {
    await store.close();
  }
});

test("SIS-26: a fax machine's check is asked for two weeks before it runs out, once", async () => {
  const store = await temporaryStore();
  try {
    await store.records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember({ roles: ["administrator"] }));
      await tx.saveFaxMachine({
        ...{ id: "f1", number: "+441632960001", location: "Room 2.14", owner: "Listing office" },
        check: { byId: "amina", at: sample.AT, until: "2027-01-20" },
        ...{ createdAt: sample.AT, createdBy: "amina", endedAt: null, remindedAt: null },
      });
      await tx.append(sample.sampleEvent());
    });
    const counts: number[] = [];
    for (const day of ["2027-01-05", "2027-01-06", "2027-01-07"]) counts.push(await remindMedia(store, on(day)));
    assert.deepEqual(counts, [0, 1, 0]);
    const [mail] = await store.outbox.list(9);
    assert.equal(mail?.subject, "Fax machine 01632 960001: check its settings");
    assert.match(mail?.text ?? "", /01632 960001 \(Room 2\.14\) counts until 20 January 2027\. After that day/);
  } finally {
    await store.close();
  }
});

test("SIS-26: where nobody was reminded before a fax machine's check ran out, the mail says that it has", async () => {
  const store = await temporaryStore();
  try {
    await store.records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember({ roles: ["administrator"] }));
      await tx.saveFaxMachine({
        ...{ id: "f1", number: "+442079460123", location: "Room 2.14", owner: "Listing office" },
        check: { byId: "amina", at: sample.AT, until: "2026-11-23" },
        ...{ createdAt: sample.AT, createdBy: "amina", endedAt: null, remindedAt: null },
      });
      await tx.append(sample.sampleEvent());
    });
    assert.equal(await remindMedia(store, on("2026-11-25")), 1);
    const [mail] = await store.outbox.list(9);
    assert.match(mail?.text ?? "", /020 7946 0123 \(Room 2\.14\) counted until 23 November 2026\. Nothing is sent/);
  } finally {
    await store.close();
  }
});
