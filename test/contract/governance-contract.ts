import assert from "node:assert/strict";
import { suite } from "node:test";
import type { Hold } from "../../src/domain/hold.ts";
import { ACCESS_EVENTS, type Keeping, type Removal } from "../../src/domain/keeping.ts";
import type { Records } from "../../src/domain/records.ts";
import * as sample from "../../src/testing/samples.ts";
import { people, saved } from "./records-contract.ts";
import { ofCode } from "./refusal.ts";
import { testsOn } from "./tests-on.ts";

const hold = (id: string, changes: Partial<Hold> = {}): Hold => ({
  ...({ id, scope: { kind: "transfer", reference: "WB-1" }, reason: "A court asks “now”", placedBy: "amina" } as const),
  ...{ placedAt: `2026-11-21T10:00:0${id.length}.000Z`, lifted: null, ...changes },
});
const removal = (id: string, announcedAt: string, changes: Partial<Removal> = {}): Removal => ({
  ...({ id, kind: "transfers", before: sample.AT, announcedAt, removeFrom: "2026-12-05T10:00:00.000Z" } as const),
  ...({ due: 3, state: "announced", removed: 0 } as const),
  ...changes,
});

/** What every store of records must do for information governance. @param open a new empty one; `close` is called on it. */
export function governanceContract(name: string, open: () => Promise<Records>): void {
  const stored = testsOn(open);

  suite(`Information governance: ${name}`, () => {
    stored("Where there is nothing, the answer is null or an empty list", async ({ read }) => {
      assert.deepEqual([await read.hold("x"), await read.keeping()], [null, null]);
      assert.deepEqual([await read.holds(), await read.liftedHolds(9), await read.removals(9)], [[], [], []]);
      assert.deepEqual([await read.endedBy(sample.AT, 9), await read.transfersBy("held", 9)], [[], []]);
      assert.deepEqual(
        [await read.loneEvents(ACCESS_EVENTS, sample.AT, 9), await read.recipientsAt("a@b.example")],
        [[], []],
      );
      assert.deepEqual([await read.mailTo("a@b.example"), await read.contactInUse("x")], [[], false]);
      assert.deepEqual(await read.eventsBy({ kind: "member", id: "x" }), []);
    });

    stored("SIS-37: holds come back by time, those that stand and those that were lifted apart", async (records) => {
      await people(records);
      const period = hold("bb", { scope: { kind: "period", from: "2026-04-01", until: "2027-03-31" } });
      const person = hold("ccc", { scope: { kind: "person", address: "rhys@chambers.example" } });
      await saved(records, async (tx) => {
        for (const each of [person, hold("a"), period]) await tx.saveHold(each);
      });
      assert.deepEqual(await records.read.holds(), [hold("a"), period, person]);
      const lifted = { ...period, lifted: { by: "amina", at: sample.AT, reason: "Decided" } };
      await saved(records, (tx) => tx.saveHold(lifted));
      assert.deepEqual(await records.read.holds(), [hold("a"), person]);
      assert.deepEqual([await records.read.liftedHolds(9), await records.read.hold("bb")], [[lifted], lifted]);
      await assert.rejects(
        saved(records, (tx) => tx.saveHold(hold("d", { placedBy: "nobody" }))),
        ofCode("dangling"),
      );
    });

    stored("How long records are kept is one answer, and the last one counts", async (records) => {
      const months = { transfers: 84, access: 12, contacts: null, registers: 84, incidents: 36, acts: null, mail: 1 };
      const said: Keeping = { months, noticeDays: 14, backupDays: 35, setBy: "amina", setAt: sample.AT };
      await saved(records, (tx) => tx.saveKeeping(said));
      assert.deepEqual(await records.read.keeping(), said);
      const anew = { ...said, months: { ...months, transfers: null, registers: null }, backupDays: 0 };
      await saved(records, (tx) => tx.saveKeeping(anew));
      assert.deepEqual(await records.read.keeping(), anew);
    });

    stored("What is announced comes newest first, as it was saved last", async (records) => {
      const [first, second] = [removal("a", "2026-11-21T10:00:00.000Z"), removal("b", "2026-11-22T10:00:00.000Z")];
      await saved(records, async (tx) => {
        await tx.saveRemoval(first);
        await tx.saveRemoval(second);
      });
      assert.deepEqual(await records.read.removals(9), [second, first]);
      assert.deepEqual(await records.read.removals(1), [second]);
      const done = { ...first, state: "done", removed: 2 } as const;
      await saved(records, (tx) => tx.saveRemoval(done));
      assert.deepEqual(await records.read.removals(9), [second, done]);
    });

    stored(
      "Transfers that ended come by when they did, page by page, and by what became of their content",
      async (records) => {
        await people(records);
        const ended = (reference: string, endedAt: string | null, destruction: "held" | "done" | null = null) =>
          sample.sampleTransfer({ reference, state: "expired", endedAt, destruction });
        const [one, two, three] = [
          ended("WB-1", "2026-11-22T10:00:00.000Z", "held"),
          ended("WB-2", "2026-11-22T10:00:00.000Z"),
          ended("WB-3", "2026-11-21T10:00:00.000Z", "done"),
        ];
        await saved(records, async (tx) => {
          for (const each of [one, two, three, ended("WB-4", null)]) await tx.saveTransfer(each);
        });
        const { read } = records;
        assert.deepEqual(await read.endedBy("2026-11-22T10:00:00.000Z", 9), [three, one, two]);
        assert.deepEqual(await read.endedBy("2026-11-22T09:00:00.000Z", 9), [three]);
        const after = { endedAt: "2026-11-22T10:00:00.000Z", reference: "WB-1" };
        assert.deepEqual(await read.endedBy("2026-11-23T10:00:00.000Z", 1, after), [two]);
        assert.deepEqual([await read.transfersBy("held", 9), await read.transfersBy("done", 9)], [[one], [three]]);
      },
    );

    stored(
      "SIS-37: a transfer is removed with everything of it and its events; what is of others stays",
      async (records) => {
        await people(records);
        const { reference } = sample.sampleTransfer();
        await saved(records, async (tx) => {
          await tx.saveTransfer(sample.sampleTransfer());
          await tx.saveTransfer(sample.sampleTransfer({ reference: "WB-2" }));
          await tx.saveRecipient(sample.sampleRecipient());
          await tx.post(sample.sampleMessage());
          for (const each of [reference, "WB-2", reference])
            await tx.append(sample.sampleEvent({ kind: "transfer-changed", reference: each }));
        });
        const released = { digest: "ab", reference, text: "{}", at: "2026-11-20T10:00:00.000Z" };
        await records.write(async (tx) => {
          await tx.saveReleasedAssessment(released);
          await tx.append(sample.sampleEvent());
        });
        const events = await records.read.eventsOf(reference);
        const gone = await records.write(async (tx) => {
          await tx.append(sample.sampleEvent());
          return tx.removeTransfer(reference);
        });
        assert.deepEqual(
          gone,
          events.map(({ seq }) => seq),
        );
        assert.deepEqual([await records.read.transfer(reference), await records.read.eventsOf(reference)], [null, []]);
        assert.equal(await records.read.releasedAssessment("ab"), null);
        assert.deepEqual(
          [await records.read.recipient("first"), await records.read.mailTo("rhys@chambers.example")],
          [null, []],
        );
        assert.equal((await records.read.eventsOf("WB-2")).length, 1);
        const next = await records.write((tx) => tx.append(sample.sampleEvent()));
        assert.ok(next.seq > Math.max(...gone), "numbers are never given twice");
      },
    );

    stored(
      "Sign-ins are found by time and number; events are found by who did them, and by what they name",
      async (records) => {
        await people(records);
        const by = { kind: "member", id: "amina" } as const;
        const [early, late] = ["2026-11-20T10:00:00.000Z", "2026-11-23T10:00:00.000Z"];
        const [first, second] = await records.write(async (tx) => [
          await tx.append(sample.sampleEvent({ kind: "signed-in", at: early, actor: by })),
          await tx.append(sample.sampleEvent({ kind: "signed-in", at: late, actor: by })),
          await tx.append(sample.sampleEvent({ kind: "contact-added", actor: by, detail: { contactId: "c7" } })),
        ]);
        const { read } = records;
        assert.deepEqual(await read.loneEvents(ACCESS_EVENTS, early, 9), [first]);
        assert.deepEqual(await read.loneEvents(ACCESS_EVENTS, late, 9), [first, second]);
        assert.deepEqual(await read.loneEvents(ACCESS_EVENTS, late, 9, first?.seq), [second]);
        assert.equal((await read.eventsBy(by)).length, 3);
        assert.equal((await read.eventsNaming(["contact-added"], "c7")).length, 1);
        assert.deepEqual(await read.eventsNaming(["contact-added"], "c8"), []);
        await records.write(async (tx) => {
          await tx.removeEvents([first?.seq ?? 0]);
          await tx.append(sample.sampleEvent());
        });
        assert.deepEqual(await read.loneEvents(ACCESS_EVENTS, late, 9), [second]);
      },
    );

    stored("Contacts know whether a transfer names them, and are removed with their addresses", async (records) => {
      await people(records);
      await saved(records, async (tx) => {
        await tx.saveTransfer(sample.sampleTransfer());
        await tx.saveRecipient(sample.sampleRecipient());
      });
      assert.equal(await records.read.contactInUse("chambers"), true);
      assert.deepEqual(await records.read.recipientsAt("rhys@chambers.example"), [sample.sampleRecipient()]);
      await saved(records, async (tx) => {
        await tx.removeRecipient("first");
        await tx.removeContact("chambers");
      });
      assert.equal(await records.read.contactByAddress("rhys@chambers.example"), null);
    });
  });
}
