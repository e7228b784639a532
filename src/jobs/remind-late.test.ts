import assert from "node:assert/strict";
import { suite } from "node:test";
import { type Carriage, type CarriedMethod, type Dispatch, NOTHING_FIXED, NOTHING_SEEN } from "../domain/carriage.ts";
import type { Recipient } from "../domain/transfer.ts";
import type { Store } from "../store/open-store.ts";
import { daysAfter, mailsOver, stored } from "../testing/reminding.ts";
import * as sample from "../testing/samples.ts";
import type { LateNews } from "./parts.ts";
import { remindOfLate } from "./remind-late.ts";

const lateNews: LateNews = ({ reference }, late, sender, createdAt) => ({
  ...{ id: `${reference} ${createdAt}`, to: sender.address, text: "", reference, recipientId: null, createdAt },
  subject: late.map(({ recipient, what, due }) => `${recipient.id} ${what} ${due}`).join(", "),
});
const day = (days: number) => daysAfter(days).toISOString().slice(0, 10);
const remind = (store: Store) => (now: Date) => remindOfLate({ ...store, lateNews }, now);

suite("Telling senders that something is late", () => {
  stored("SIS-14, SDT-28: from the day after it was expected, every three days, three times in all", async (store) => {
    await save(store, "post", { id: "first", state: "released" });
    const mails = await mailsOver(14, store, remind(store));
    const days = mails.map((each) => Math.floor(Number(each.split(" ").at(-1))));
    const [first = 0] = days;
    assert.ok(first === 2 || first === 3, "it was expected after two days");
    assert.deepEqual(
      days.map((each) => each - first),
      [0, 3, 6],
    );
    assert.ok(mails.every((each) => each.startsWith(`first arrival ${day(2)}`)));
    const [mail] = await store.outbox.list(1);
    assert.deepEqual([mail?.to, mail?.reference], [sample.sampleMember().address, "WB-0000-0000"]);
    const events = await store.records.read.eventsOf("WB-0000-0000");
    assert.deepEqual(
      events.map(({ kind, detail }) => [kind, detail.what, detail.number]),
      [1, 2, 3].map((number) => ["delivery-late", "arrival", number]),
    );
  });

  stored("SDT-28: what is there is late once the day of its receipt has passed", async (store) => {
    await save(store, "post", { id: "first", state: "arrived" }, { expiresAt: daysAfter(7).toISOString() });
    assert.equal(await remind(store)(daysAfter(7)), 0);
    assert.equal(await remind(store)(daysAfter(8)), 1);
    const [mail] = await store.outbox.list(1);
    assert.equal(mail?.subject, `first receipt ${day(7)}`);
  });

  stored("SDT-21: nobody is late who was not told the password", async (store) => {
    const locked = { package: { kind: "zip", bytes: 9, digests: ["aa"] } } as const;
    const about = { expiresAt: daysAfter(7).toISOString() };
    await save(store, "post", { id: "first", state: "arrived" }, about, locked);
    assert.equal(await remind(store)(daysAfter(20)), 0);
    await save(store, "post", { id: "first", state: "arrived", wordsToldAt: sample.AT }, about, locked);
    assert.equal(await remind(store)(daysAfter(20)), 1);
  });

  stored(
    "SIS-20, SET-3: a fax is to be confirmed on its day, an email by the day after; a call is told",
    async (store) => {
      const late: Record<string, number[]> = {};
      for (const method of ["fax", "email", "cjsm", "telephone", "hand-delivery"] as const) {
        late[method] = [];
        await save(store, method, { id: "first", state: "released" }, {}, {}, 0);
        for (const after of [0, 1, 2]) late[method].push(await remind(store)(daysAfter(after)));
        await store.records.write(async (tx) => {
          await tx.removeTransfer("WB-0000-0000");
          await tx.append(sample.sampleEvent({ reference: null }));
        });
      }
      assert.deepEqual(late, {
        ...{ fax: [0, 1, 0], email: [0, 0, 1], cjsm: [0, 0, 1], telephone: [0, 0, 0], "hand-delivery": [0, 1, 0] },
      });
    },
  );

  for (const state of ["received", "paused", "misdirected", "dropped"] as const) {
    stored(`Nobody is told of who is ${state}`, async (store) => {
      await save(store, "post", { id: "first", state });
      assert.equal(await remind(store)(daysAfter(9)), 0);
    });
  }

  stored("Nobody is told of what was taken back, or whose sender has left; two processes tell once", async (store) => {
    await save(store, "post", { id: "first", state: "released" }, { state: "recalled" });
    assert.equal(await remind(store)(daysAfter(9)), 0);
    await save(store, "post", { id: "first", state: "released" });
    await store.records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember({ state: "deactivated" }));
      await tx.append(sample.sampleEvent({ reference: null }));
    });
    assert.equal(await remind(store)(daysAfter(9)), 0);
    await save(store, "post", { id: "first", state: "released" });
    const both = await Promise.all([remind(store)(daysAfter(9)), remind(store)(daysAfter(9))]);
    assert.deepEqual(both.toSorted(), [0, 1]);
  });

  stored("Those whose senders were told often enough do not stand in the way of many others", async (store) => {
    await store.records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember());
      await tx.saveContact(sample.sampleContact());
      for (let n = 0; n < 210; n++) {
        const reference = `WB-${String(n).padStart(4, "0")}`;
        await tx.saveTransfer(
          sample.sampleTransfer({ reference, state: "released", carriage: carriageOf("post", {}, 2) }),
        );
        await tx.saveRecipient(sample.sampleRecipient({ id: reference, reference, state: "released" }));
      }
      await tx.append(sample.sampleEvent({ reference: null }));
    });
    assert.deepEqual([await remind(store)(daysAfter(5)), await remind(store)(daysAfter(5))], [210, 0]);
  });
});

function carriageOf(method: CarriedMethod, fixed: Partial<Carriage["fixed"]>, after: number): Carriage {
  const dispatch: Dispatch = {
    ...{ at: sample.AT, byId: "amina", tracking: "", expected: day(after), pages: null, handedTo: "" },
    ...{ identification: "", collected: false, told: "", confirmed: "", dialled: "" },
  };
  return { method, fixed: { ...NOTHING_FIXED, ...fixed }, atDispatch: NOTHING_SEEN, codes: {}, dispatch };
}

/** Something that went, and was to be there so many days later. */
async function save(
  { records }: Store,
  method: CarriedMethod,
  recipient: Partial<Recipient>,
  transfer: Parameters<typeof sample.sampleTransfer>[0] = {},
  fixed: Partial<Carriage["fixed"]> = {},
  after = 2,
): Promise<void> {
  await records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveContact(sample.sampleContact());
    const far = daysAfter(60).toISOString();
    const carriage = carriageOf(method, fixed, after);
    await tx.saveTransfer(sample.sampleTransfer({ state: "released", carriage, expiresAt: far, ...transfer }));
    await tx.saveRecipient(sample.sampleRecipient({ releasedAt: sample.AT, ...recipient }));
    await tx.append(sample.sampleEvent({ reference: null }));
  });
}
