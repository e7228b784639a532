import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Mailer } from "../domain/mail.ts";
import type { Store } from "../store/open-store.ts";
import * as sample from "../testing/samples.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { deliverMail } from "./deliver-mail.ts";

const START = new Date(sample.AT);
const MINUTE = 60_000;
const after = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);
const TAKEN = { ok: true } as const;
const BUSY = { ok: false, permanent: false, why: "451 busy" } as const;
const NOBODY = { ok: false, permanent: true, why: "550 no such person" } as const;

suite("Delivering mail", () => {
  stored("Every waiting message is handed over once", async (store) => {
    const sent: string[] = [];
    const mailer: Mailer = {
      async send({ id }) {
        sent.push(id);
        return TAKEN;
      },
    };
    await post(store, "a", "b", "c");
    assert.equal(await deliverMail({ ...store, mailer }, START), 3);
    assert.equal(await deliverMail({ ...store, mailer }, after(600)), 0);
    assert.deepEqual(sent, ["a", "b", "c"]);
  });

  stored("After a temporary failure it is tried again, at first after a minute, then after two", async (store) => {
    await post(store, "a");
    const answers = [BUSY, BUSY, TAKEN];
    const mailer: Mailer = { send: async () => answers.shift() ?? TAKEN };
    const handled: number[] = [];
    for (const minutes of [0, 0.9, 1, 2.9, 3, 1_000])
      handled.push(await deliverMail({ ...store, mailer }, after(minutes)));
    assert.deepEqual(handled, [1, 0, 1, 0, 1, 0]);
    assert.deepEqual(await bounces(store), []);
  });

  stored("A mailer that throws is a temporary failure", async (store) => {
    await post(store, "a");
    const mailer: Mailer = { send: () => Promise.reject(new Error("no route to host")) };
    await deliverMail({ ...store, mailer }, START);
    const [message] = await store.outbox.list(1);
    assert.deepEqual([message?.state, message?.lastError], ["waiting", "no route to host"]);
  });

  stored("After a permanent failure the timeline says so, and it is not tried again", async (store) => {
    await post(store, "a");
    const mailer: Mailer = { send: async () => NOBODY };
    await deliverMail({ ...store, mailer }, START);
    assert.equal(await deliverMail({ ...store, mailer }, after(10_000)), 0);
    assert.deepEqual(await bounces(store), [{ recipientId: "first", message: "a", why: "550 no such person" }]);
    assert.equal((await store.outbox.list(1))[0]?.state, "failed");
  });

  stored("Temporary failures for days end as a bounce", async (store) => {
    await post(store, "a");
    const mailer: Mailer = { send: async () => BUSY };
    let now = START;
    for (let attempt = 0; (await bounces(store)).length === 0; attempt++) {
      assert.ok(attempt < 100);
      await deliverMail({ ...store, mailer }, now);
      now = new Date(now.getTime() + 4 * 60 * MINUTE);
    }
    const days = (now.getTime() - START.getTime()) / (24 * 60 * MINUTE);
    assert.ok(days > 2 && days < 6, `${days} days`);
  });

  stored("Cut off between event and outbox, the bounce is on the timeline once", async (store) => {
    await post(store, "a");
    const mailer: Mailer = { send: async () => NOBODY };
    const outbox = { ...store.outbox, failed: () => Promise.reject(new Error("killed")) };
    await assert.rejects(deliverMail({ ...store, outbox, mailer }, START), /killed/);
    await deliverMail({ ...store, mailer }, after(10));
    assert.equal((await bounces(store)).length, 1);
    assert.equal((await store.outbox.list(1))[0]?.state, "failed");
  });

  stored("A text that cannot be sent is said as such, not as a bounce of the mail", async (store) => {
    await post(store, "a");
    await store.records.write(async (tx) => {
      const about = { reference: "WB-0000-0000", recipientId: "first" };
      await tx.post(sample.sampleMessage({ id: "t", to: "+447700900456", ...about }));
      await tx.append(sample.sampleEvent());
    });
    const mailer: Mailer = { send: async ({ id }) => (id === "t" ? NOBODY : TAKEN) };
    await deliverMail({ ...store, mailer }, START);
    assert.deepEqual(await bounces(store), []);
    const events = await store.records.read.eventsOf("WB-0000-0000");
    assert.deepEqual(
      events
        .filter(({ kind }) => kind === "text-not-sent")
        .map(({ recipientId, detail }) => [recipientId, detail.message]),
      [["first", "t"]],
    );
  });

  stored("Mail that belongs to no transfer can fail for good too", async (store) => {
    await store.records.write(async (tx) => {
      await tx.post(sample.sampleMessage({ reference: null, recipientId: null }));
      await tx.append(sample.sampleEvent());
    });
    await deliverMail({ ...store, mailer: { send: async () => NOBODY } }, START);
    assert.equal((await store.outbox.list(1))[0]?.state, "failed");
  });
});

function stored(title: string, act: (store: Store) => Promise<void>): void {
  test(title, async () => {
    const store = await temporaryStore();
    await store.records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember());
      await tx.saveTransfer(sample.sampleTransfer());
      await tx.append(sample.sampleEvent());
    });
    await act(store).finally(store.close);
  });
}

function post({ records }: Store, ...ids: readonly string[]): Promise<void> {
  return records.write(async (tx) => {
    for (const id of ids) await tx.post(sample.sampleMessage({ id }));
    await tx.append(sample.sampleEvent());
  });
}

async function bounces({ records }: Store) {
  const events = await records.read.eventsOf("WB-0000-0000");
  return events
    .filter((each) => each.kind === "notice-bounced")
    .map(({ recipientId, detail }) => ({ recipientId, ...detail }));
}
