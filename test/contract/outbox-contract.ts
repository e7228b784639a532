import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { MailAbout, Outbox } from "../../src/domain/outbox.ts";
import type { Records } from "../../src/domain/records.ts";
import * as sample from "../../src/testing/samples.ts";
import { saved } from "./records-contract.ts";
import { ofCode } from "./refusal.ts";

interface Parts {
  readonly records: Records;
  readonly outbox: Outbox;
}

const START = new Date(sample.AT);
const MINUTE = 60_000;

/** What every outbox must do. @param open a new empty one with the records that fill it. */
export function outboxContract(name: string, open: () => Promise<Parts>): void {
  const stored = (title: string, act: (parts: Parts) => Promise<void>) =>
    test(title, async () => {
      const parts = await open();
      try {
        await act(parts);
      } finally {
        await parts.records.close();
      }
    });

  suite(`The outbox: ${name}`, () => {
    stored("A message waits from the end of its write until it is leased", async ({ records, outbox }) => {
      await saved(records, async (tx) => {
        await tx.post(sample.sampleMessage());
        assert.deepEqual(await outbox.list(9), []);
      });
      const waiting = { ...sample.sampleMessage(), state: "waiting", attempts: 0, lastError: null };
      assert.deepEqual(await outbox.list(9), [waiting]);
      assert.deepEqual(await outbox.lease(START, MINUTE), { ...waiting, attempts: 1 });
    });

    stored("Two leases at once never answer the same message", async ({ records, outbox }) => {
      await post(records, "a", "b");
      const leased = await Promise.all([1, 2, 3].map(() => outbox.lease(START, MINUTE)));
      assert.deepEqual(leased.map((each) => each?.id).sort(), ["a", "b", undefined]);
    });

    stored("A lease that is not answered in time is handed out again", async ({ records, outbox }) => {
      await post(records, "a");
      await outbox.lease(START, MINUTE);
      assert.equal(await outbox.lease(after(MINUTE - 1), MINUTE), null);
      assert.equal((await outbox.lease(after(MINUTE), MINUTE))?.attempts, 2);
    });

    stored("What was sent is never leased again", async ({ records, outbox }) => {
      await post(records, "a");
      await outbox.lease(START, MINUTE);
      await outbox.sent("a");
      assert.equal(await outbox.lease(after(2 * MINUTE), MINUTE), null);
      assert.deepEqual(
        (await outbox.list(9)).map((each) => each.state),
        ["sent"],
      );
    });

    stored("What failed is leased again at the time said, or never", async ({ records, outbox }) => {
      await post(records, "later", "never");
      for (let n = 0; n < 2; n++) await outbox.lease(START, MINUTE);
      await outbox.failed("later", "451 busy", after(5 * MINUTE));
      await outbox.failed("never", "550 no such person", null);
      assert.equal(await outbox.lease(after(5 * MINUTE - 1), MINUTE), null);
      const again = await outbox.lease(after(5 * MINUTE), MINUTE);
      assert.deepEqual([again?.id, again?.lastError], ["later", "451 busy"]);
      assert.equal(await outbox.lease(after(5 * MINUTE), MINUTE), null);
      assert.deepEqual(
        (await outbox.list(9)).map((each) => each.state),
        ["failed", "waiting"],
      );
    });

    stored("The list is newest first", async ({ records, outbox }) => {
      await saved(records, async (tx) => {
        for (const n of [2, 3, 1]) {
          await tx.post(sample.sampleMessage({ id: `m${n}`, createdAt: `2026-01-0${n}T00:00:00.000Z` }));
        }
      });
      assert.deepEqual(
        (await outbox.list(2)).map((each) => each.id),
        ["m3", "m2"],
      );
    });

    stored("Forgetting takes what is over and old enough, never what waits", async ({ records, outbox }) => {
      await post(records, "failed", "sent", "waiting");
      await outbox.sent("sent");
      await outbox.failed("failed", "550", null);
      assert.equal(await outbox.forget(after(-1)), 0);
      assert.equal(await outbox.forget(START), 2);
      assert.deepEqual(
        (await outbox.list(9)).map((each) => each.id),
        ["waiting"],
      );
    });

    stored(
      "SIS-37: what is to be kept is not forgotten, however much there is of the rest",
      async ({ records, outbox }) => {
        const ids = Array.from({ length: 503 }, (_, at) => `m${String(at).padStart(4, "0")}`);
        await post(records, ...ids);
        for (const id of ids) await outbox.sent(id);
        const asked: string[] = [];
        const kept = ({ to, createdAt }: MailAbout) => asked.push(`${to} ${createdAt}`) % 250 === 0;
        assert.equal(await outbox.forget(START, kept), 501);
        assert.equal((await outbox.list(9)).length, 2);
        assert.equal(asked.length, 503, "each is asked about once");
      },
    );

    stored("A message cannot be posted twice", async ({ records }) => {
      await post(records, "a");
      await assert.rejects(post(records, "a"), ofCode("conflict"));
    });
  });
}

function after(milliseconds: number): Date {
  return new Date(START.getTime() + milliseconds);
}

function post(records: Records, ...ids: readonly string[]): Promise<void> {
  return saved(records, async (tx) => {
    for (const id of ids) await tx.post(sample.sampleMessage({ id }));
  });
}
