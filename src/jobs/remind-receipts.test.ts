import assert from "node:assert/strict";
import { suite } from "node:test";
import type { EventKind } from "../domain/event.ts";
import type { Recipient, Transfer } from "../domain/transfer.ts";
import type { Store } from "../store/open-store.ts";
import { stored } from "../testing/reminding.ts";
import * as sample from "../testing/samples.ts";
import type { ReminderTexts } from "./parts.ts";
import { remindReceipts } from "./remind-receipts.ts";

const day = (days: number) => new Date(Date.parse(sample.AT) + days * 24 * 60 * 60 * 1000);
const texts: ReminderTexts = {
  reminderText: (recipient, transfer, sender, organisation) => ({
    subject: organisation.name,
    text: `${recipient.language} ${transfer.reference} ${sender.name}`,
  }),
  alarmText: () => ({ subject: "", text: "" }),
};

suite("Reminding of receipts", () => {
  stored(
    "SDT-28: without a receipt a reminder goes after three days, then every three days, three times in all",
    async (store) => {
      await save(store, { id: "first", state: "released" });
      const reminded: number[] = [];
      for (let days = 1; days <= 14; days++) reminded.push(await remindReceipts({ ...store, texts }, day(days)));
      assert.deepEqual(reminded, [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0]);
      const mail = (await store.outbox.list(9)).map(({ to, subject, text, recipientId }) => ({
        to,
        subject,
        text,
        recipientId,
      }));
      const each = {
        to: "rhys@chambers.example",
        subject: "Example Council",
        text: "cy WB-0000-0000 Amina Okafor",
        recipientId: "first",
      };
      assert.deepEqual(mail, [each, each, each]);
      const events = await store.records.read.eventsOf("WB-0000-0000");
      assert.deepEqual(
        events.map(({ kind, recipientId, detail }) => [kind, recipientId, detail.number]),
        [1, 2, 3].map((number) => ["reminder-sent", "first", number]),
      );
    },
  );

  stored("SDT-28: no reminder goes to an address from which the last email came back", async (store) => {
    await save(store, { id: "first", state: "released" });
    const happened = (kind: EventKind, days: number) =>
      store.records.write(async (tx) => {
        const about = { reference: "WB-0000-0000", recipientId: "first", at: day(days).toISOString() };
        await tx.append(sample.sampleEvent({ kind, ...about }));
      });
    await happened("notice-bounced", 1);
    assert.equal(await remindReceipts({ ...store, texts }, day(3)), 0);
    await happened("mailbox-proved", 4);
    assert.equal(await remindReceipts({ ...store, texts }, day(5)), 1, "they read it after all");
    await happened("notice-bounced", 6);
    assert.equal(await remindReceipts({ ...store, texts }, day(9)), 0, "it came back later");
  });

  for (const state of ["arrived", "opened"] as const) {
    stored(`Who has ${state} and not confirmed is reminded too`, async (store) => {
      await save(store, { id: "first", state });
      assert.equal(await remindReceipts({ ...store, texts }, day(3)), 1);
    });
  }

  for (const [state, receivedAt] of [
    ["received", sample.AT],
    ["paused", null],
    ["misdirected", null],
    ["dropped", null],
  ] as const) {
    stored(`Who is ${state} is not reminded`, async (store) => {
      await save(store, { id: "first", state, receivedAt });
      assert.equal(await remindReceipts({ ...store, texts }, day(3)), 0);
    });
  }

  stored("Nobody is reminded of what has expired or was taken back", async (store) => {
    await save(store, { id: "first", state: "released" }, { state: "recalled" });
    assert.equal(await remindReceipts({ ...store, texts }, day(3)), 0);
    await save(store, { id: "first", state: "released" });
    assert.equal(await remindReceipts({ ...store, texts }, day(14)), 0);
  });

  stored("Those who had all their reminders do not stand in the way of many others", async (store) => {
    await save(store, { id: "r", state: "released" });
    await store.records.write(async (tx) => {
      const released = { state: "released", releasedAt: sample.AT } as const;
      for (let n = 1; n < 210; n++) await tx.saveRecipient(sample.sampleRecipient({ id: `r${n}`, ...released }));
      await tx.append(sample.sampleEvent());
    });
    assert.equal(await remindReceipts({ ...store, texts }, day(3)), 210);
    assert.equal(await remindReceipts({ ...store, texts }, day(3)), 0);
    await save(store, { id: "z", state: "released" });
    assert.equal(await remindReceipts({ ...store, texts }, day(3)), 1);
  });

  stored("Two processes at once remind once", async (store) => {
    await save(store, { id: "first", state: "released" });
    const both = await Promise.all([
      remindReceipts({ ...store, texts }, day(3)),
      remindReceipts({ ...store, texts }, day(3)),
    ]);
    assert.deepEqual(both.sort(), [0, 1]);
    assert.equal((await store.outbox.list(9)).length, 1);
  });
});

function save({ records }: Store, recipient: Partial<Recipient>, transfer: Partial<Transfer> = {}): Promise<void> {
  return records.write(async (tx) => {
    await tx.saveOrganisation(sample.sampleOrganisation());
    await tx.saveMember(sample.sampleMember());
    await tx.saveContact(sample.sampleContact());
    await tx.saveTransfer(sample.sampleTransfer({ state: "released", releasedAt: sample.AT, ...transfer }));
    await tx.saveRecipient(sample.sampleRecipient({ releasedAt: sample.AT, ...recipient }));
    await tx.append(sample.sampleEvent());
  });
}
