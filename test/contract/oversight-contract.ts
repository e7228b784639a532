import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ControlReview, FeedPositions, RecordSearch } from "../../src/domain/oversight.ts";
import { wordsOf } from "../../src/domain/record-terms.ts";
import type { Records, Writer } from "../../src/domain/records.ts";
import type { Recipient, Transfer } from "../../src/domain/transfer.ts";
import * as sample from "../../src/testing/samples.ts";

const ANYTHING: RecordSearch = {
  ...{ person: [], senders: [], organisation: [], method: null, clause: null, state: null, from: null, until: null },
};
const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();
const day = { from: "2026-11-01", until: "2026-11-30" } as const;
const ref = (n: number) => `WB-0000-000${n}`;

const assessment = (clauses: readonly string[], more: object = {}) =>
  JSON.stringify({
    ...{ version: 1, method: "secure-link", verdict: "needs", policy: { rules: "uk-government", digest: "" } },
    needs: [{ rule: "a", clauses, need: "approval:line-manager", says: "" }],
    advice: [{ clauses: ["SDT2-9"], says: "" }],
    facts: more,
  });

/** What every store must answer when records are searched and counted. @param open a new empty one, which is closed */
export function oversightContract(
  name: string,
  open: () => Promise<{ readonly records: Records; readonly feed: FeedPositions }>,
): void {
  const stored = (title: string, act: (records: Records, feed: FeedPositions) => Promise<void>) =>
    test(title, async () => {
      const { records, feed } = await open();
      try {
        await records.write(async (tx) => {
          for (const id of ["amina", "bola"]) await tx.saveMember(sample.sampleMember({ id }));
          await tx.saveContact(sample.sampleContact());
          await tx.append(sample.sampleEvent());
        });
        await act(records, feed);
      } finally {
        await records.close();
      }
    });
  const write = (records: Records, act: (tx: Writer) => Promise<void>) =>
    records.write(async (tx) => {
      await act(tx);
      await tx.append(sample.sampleEvent());
    });
  const sent = async (tx: Writer, n: number, changes: Partial<Transfer>, to: Partial<Recipient>) => {
    await tx.saveTransfer(sample.sampleTransfer({ reference: ref(n), createdAt: at(n), ...changes }));
    await tx.saveRecipient(sample.sampleRecipient({ id: `r${n}`, reference: ref(n), ...to }));
  };
  const found = async ({ read }: Records, search: Partial<RecordSearch>, limit = 9, after: number | null = null) => {
    const place = after === null ? null : { at: at(after), reference: ref(after) };
    const places = await read.findTransfers({ ...ANYTHING, ...search }, { limit, after: place });
    return places.map(({ reference }) => Number(reference.slice(-1)));
  };

  suite(`Oversight: ${name}`, () => {
    stored(
      "SIS-37: transfers are found by person, organisation, method, clause, state and period, newest first",
      async (records) => {
        const waybill = { text: '{"method":"secure-link"}', digest: "aa" };
        await write(records, async (tx) => {
          await sent(tx, 1, { state: "closed", waybill }, { name: "Zoë O’Brien", address: "zoe@court.example" });
          await sent(tx, 2, { senderId: "bola", waybill }, { organisation: "Crown Court" });
          await sent(tx, 3, {}, { name: "Rhys Jones", address: "rj@chambers.example" });
          await tx.saveFixedWaybill({
            digest: "aa",
            reference: ref(1),
            text: "",
            assessment: assessment(["SDT-3"]),
            at: at(1),
          });
          await tx.saveApproval({
            ...{ id: "one", reference: ref(1), digest: "aa", role: "line-manager", state: "approved", askedAt: at(1) },
            ...{ dueAt: at(2), remindedAt: null, escalatedAt: null, questions: [], decidedBy: "bola", inPlaceOf: null },
            ...{ decidedAt: at(1), reason: "", proof: null },
          });
        });
        assert.deepEqual(await found(records, {}), [3, 2, 1]);
        assert.deepEqual(await found(records, { person: ["x"], senders: ["bola"] }), [2, 1], "sent, and agreed to");
        assert.deepEqual(await found(records, { person: wordsOf("RHYS") }), [3, 2]);
        assert.deepEqual(await found(records, { person: wordsOf("morgan, Rhys") }), [2]);
        assert.deepEqual(await found(records, { person: wordsOf("Zoe o'brien") }), [1]);
        assert.deepEqual(await found(records, { person: wordsOf("Zoe@Court.example") }), [1]);
        assert.deepEqual(await found(records, { person: ["zoe"], senders: ["bola"] }), [2, 1]);
        assert.deepEqual(await found(records, { person: ["nobody"] }), []);
        assert.deepEqual(await found(records, { organisation: wordsOf("crown court") }), [2]);
        assert.deepEqual(await found(records, { organisation: ["chambers.example"] }), [3, 2]);
        assert.deepEqual(await found(records, { method: "secure-link" }), [2, 1]);
        assert.deepEqual(
          [await found(records, { clause: "SDT-3" }), await found(records, { clause: "SDT-4" })],
          [[1], []],
        );
        assert.deepEqual(
          [
            await found(records, { clause: "SDT2-9", state: "closed" }),
            await found(records, { clause: "SDT2-9", state: "draft" }),
          ],
          [[1], []],
        );
        assert.deepEqual(await found(records, { state: "draft" }), [3, 2]);
        assert.deepEqual(await found(records, { from: at(2), until: at(3) }), [2]);
        assert.deepEqual(await found(records, { person: ["rhys"], from: at(3) }), [3]);
        assert.deepEqual(
          await found(records, { person: ["rhys"], method: "secure-link", organisation: ["crown"] }),
          [2],
        );
      },
    );

    stored("SDT-3: a transfer is found by who agreed in advance, where the arrangement covers it", async (records) => {
      const arrangement = {
        ...{ reference: "weekly", role: "line-manager", by: "bola@council.example", recipients: ["r@court.example"] },
        ...{ classification: "OFFICIAL", people: 10, bytes: 100, method: "secure-link", ends: "2027-01-31" },
      };
      const facts = { recipients: [{ address: "r@court.example" }], personal: false, classification: "OFFICIAL" };
      await write(records, async (tx) => {
        await tx.saveMember(sample.sampleMember({ id: "bola", address: "bola@council.example" }));
        for (const [n, bytes] of [
          [1, 100],
          [2, 101],
        ] as const) {
          await sent(tx, n, {}, {});
          const fixed = { reference: ref(n), text: "", at: at(n) };
          const stated = assessment(["SDT-3"], { ...facts, bytes, arrangement: [arrangement] });
          await tx.saveFixedWaybill({ ...fixed, digest: `d${n}`, assessment: stated });
        }
      });
      assert.deepEqual(await found(records, { person: ["x"], senders: ["bola"] }), [1]);
    });

    stored("Pages follow one another without a gap or a repetition, for each way of searching", async (records) => {
      await write(records, async (tx) => {
        for (let n = 1; n <= 5; n++) await sent(tx, n, n === 4 ? { senderId: "bola" } : {}, {});
      });
      for (const search of [
        {},
        { state: "draft" },
        { person: ["rhys"] },
        { person: ["rhys"], senders: ["bola"] },
      ] as const) {
        const pages = [
          await found(records, search, 2),
          await found(records, search, 2, 4),
          await found(records, search, 2, 2),
        ];
        assert.deepEqual(pages, [[5, 4], [3, 2], [1]]);
      }
    });

    stored("A recipient who is taken out of a draft, or changed, is not found by it any more", async (records) => {
      await write(records, async (tx) => {
        await sent(tx, 1, {}, {});
        await tx.saveRecipient(
          sample.sampleRecipient({ id: "too", reference: ref(1), name: "Rhys Morgan", address: "m@court.example" }),
        );
      });
      await write(records, (tx) => tx.removeRecipient("r1"));
      assert.deepEqual(
        [await found(records, { person: ["rhys@chambers.example"] }), await found(records, { person: ["morgan"] })],
        [[], [1]],
      );
      const changed = sample.sampleRecipient({
        id: "too",
        reference: ref(1),
        name: "Nia Jones",
        address: "n@court.example",
      });
      await write(records, (tx) => tx.saveRecipient(changed));
      assert.deepEqual(
        [await found(records, { person: ["morgan"] }), await found(records, { person: ["nia"] })],
        [[], [1]],
      );
      assert.deepEqual(await found(records, { organisation: ["court.example"] }), [1]);
    });

    stored("A transfer that is removed is found by nothing, and its reasons are gone with it", async (records) => {
      const fixed = { digest: "aa", reference: ref(1), text: "", at: at(1) };
      await write(records, async (tx) => {
        await sent(tx, 1, {}, {});
        const reason = { agreement: { none: "One letter" } };
        await tx.saveFixedWaybill({ ...fixed, assessment: assessment(["SDT-3"], reason) });
      });
      await write(records, async (tx) => void (await tx.removeTransfer(ref(1))));
      for (const search of [{}, { person: ["rhys"] }, { clause: "SDT-3" }, { person: ["x"], senders: ["amina"] }]) {
        assert.deepEqual(await found(records, search), []);
      }
      assert.deepEqual(await records.read.exceptions(at(1), at(9), 9), []);
    });

    stored("SIS-28: decisions, exceptions and releases are counted by day, each once", async (records) => {
      const { read } = records;
      const waybill = { text: '{"method":"secure-link"}', digest: "aa" };
      const fixed = {
        digest: "aa",
        reference: ref(1),
        text: "",
        assessment: assessment(["SDT-3", "SIS-3"], { agreement: { none: "One letter" } }),
        at: at(1),
      };
      await write(records, async (tx) => {
        await sent(tx, 1, { waybill }, {});
        await tx.saveFixedWaybill(fixed);
        await tx.saveFixedWaybill(fixed);
        await tx.saveFixedWaybill({ ...fixed, digest: "bb", at: at(3), assessment: assessment(["SDT-3"]) });
        await tx.saveFixedWaybill({ ...fixed, digest: "cc", assessment: "{}" });
        for (const [kind, hour] of [
          ["waybill-signed", 10],
          ["transfer-released", 12],
        ] as const) {
          await tx.append(sample.sampleEvent({ kind, at: at(1, hour), reference: ref(1) }));
        }
      });
      const whole = ["2026-11-01", "2026-11-03"] as const;
      assert.deepEqual(await read.tallies("clause", ...whole), [
        { key: "SDT-3", count: 2, last: "2026-11-03" },
        { key: "SDT-5", count: 1, last: "2026-11-01" },
        { key: "SDT2-9", count: 2, last: "2026-11-03" },
        { key: "SIS-3", count: 1, last: "2026-11-01" },
      ]);
      assert.deepEqual(await read.tallies("stopped", ...whole), [
        { key: "SDT-3", count: 2, last: "2026-11-03" },
        { key: "SIS-3", count: 1, last: "2026-11-01" },
      ]);
      assert.deepEqual(await read.tallies("clause", "2026-11-02", "2026-11-02"), []);
      const once = { count: 1, last: "2026-11-01" };
      assert.deepEqual(await read.tallies("exception", ...whole), [{ key: "SDT-5", ...once }]);
      assert.deepEqual(await read.tallies("method", ...whole), [{ key: "secure-link", ...once }]);
      assert.deepEqual(await read.tallies("release", ...whole), [{ key: "day", ...once }]);
      const exception = { clause: "SDT-5", at: at(1), digest: "aa", reference: ref(1), reason: "One letter" };
      assert.deepEqual(await read.exceptions(at(1), at(2), 9), [exception]);
      assert.deepEqual(await read.exceptions(at(2), at(9), 9), []);
    });

    stored("SIS-28: what the facts had met is found and counted as asked, and stopped nothing", async (records) => {
      const { read } = records;
      const rule = { need: "agreement:current", says: "", weight: "need", by: ["DSA-1"] };
      const asked = [
        { ...rule, rule: "a", clauses: ["SDT-3"], met: false },
        { ...rule, rule: "b", clauses: ["SDT-5"], met: true },
      ];
      const recorded = { ...(JSON.parse(assessment(["SDT-3"])) as object), version: 2 };
      await write(records, async (tx) => {
        await sent(tx, 1, {}, {});
        const fixed = { digest: "aa", reference: ref(1), text: "", at: at(1) };
        await tx.saveFixedWaybill({ ...fixed, assessment: JSON.stringify({ ...recorded, asked }) });
        // Not whole: found by everything else.
        await tx.saveFixedWaybill({ ...fixed, digest: "bb", assessment: JSON.stringify(recorded) });
      });
      assert.deepEqual(await found(records, { clause: "SDT-5" }), [1]);
      const keys = async (kind: "clause" | "stopped") =>
        (await read.tallies(kind, day.from, day.until)).map(({ key, count }) => [key, count]);
      assert.deepEqual(await keys("clause"), [
        ["SDT-3", 1],
        ["SDT-5", 1],
        ["SDT2-9", 1],
      ]);
      assert.deepEqual(await keys("stopped"), [["SDT-3", 1]]);
    });

    stored(
      "SIS-28: what a task list asked for is counted as stopped, once, also where it is met when it is signed",
      async (records) => {
        await write(records, async (tx) => {
          await sent(tx, 1, {}, {});
          const about = { reference: ref(1), at: at(1) } as const;
          await tx.append(
            sample.sampleEvent({ ...about, kind: "transfer-described", detail: { asked: "SDT-4 SDT-5" } }),
          );
          await tx.append(sample.sampleEvent({ ...about, kind: "transfer-changed", detail: { what: "facts" } }));
          await tx.append(
            sample.sampleEvent({ ...about, kind: "transfer-changed", detail: { asked: "SDT-3" }, at: at(2) }),
          );
          const fixed = { digest: "aa", reference: ref(1), text: "", at: at(3) };
          await tx.saveFixedWaybill({ ...fixed, assessment: assessment(["SDT-3", "SIS-3"]) });
        });
        const stopped = await records.read.tallies("stopped", day.from, day.until);
        assert.deepEqual(
          stopped.map(({ key, count, last }) => [key, count, last]),
          [
            ["SDT-3", 1, "2026-11-02"],
            ["SDT-4", 1, "2026-11-01"],
            ["SDT-5", 1, "2026-11-01"],
            ["SIS-3", 1, "2026-11-03"],
          ],
        );
      },
    );

    stored("SDT-28: what waits, lacks a receipt or expires soon is counted", async (records) => {
      const moment = { now: at(9), receiptsBefore: at(5), expiringUntil: at(20) };
      const none = {
        ...{ waiting: 0, waitingLong: 0, withoutReceipt: 0, receiptsOverdue: 0, underWay: 0, expiring: 0 },
        ...{ provedOpened: 0, saysReceived: 0, paused: 0, answered: 0 },
      };
      assert.deepEqual(await records.read.openCounts(moment), none);
      await write(records, async (tx) => {
        await sent(tx, 1, { state: "released", expiresAt: at(15) }, { state: "released", releasedAt: at(4) });
        await sent(tx, 2, { state: "released", expiresAt: at(25) }, { state: "opened", releasedAt: at(6) });
        await sent(tx, 3, { state: "closed" }, { state: "received", releasedAt: at(4), receivedAt: at(5) });
        const opened = { releasedAt: at(4), openedAt: at(5), receivedAt: at(5) };
        await sent(tx, 4, { state: "released", expiresAt: at(15) }, { state: "received", ...opened });
        await sent(
          tx,
          5,
          { state: "released", expiresAt: at(15) },
          { state: "received", releasedAt: at(4), receivedAt: at(5) },
        );
        const said = { how: "paper", on: "2026-11-05", recordedAt: at(5) } as const;
        await sent(
          tx,
          6,
          { state: "released", expiresAt: at(25) },
          { state: "arrived", releasedAt: at(4), confirmation: said },
        );
        await sent(tx, 7, { state: "released", expiresAt: at(25) }, { state: "paused", releasedAt: at(6) });
        // Of somebody whose access ended afterwards, and of what has ended as a whole.
        await sent(tx, 8, { state: "released", expiresAt: at(25) }, { state: "dropped", ...opened });
        await sent(tx, 9, { state: "recalled" }, { state: "recalled", ...opened });
        for (const [id, dueAt] of [
          ["one", at(8)],
          ["two", at(10)],
        ] as const) {
          await tx.saveApproval({
            ...{ id, reference: ref(1), digest: "aa", role: "line-manager", state: "waiting", askedAt: at(7), dueAt },
            ...{ remindedAt: null, escalatedAt: null, questions: [], decidedBy: null, inPlaceOf: null },
            ...{ decidedAt: null, reason: "", proof: null },
          });
        }
      });
      const counts = {
        ...{ waiting: 2, waitingLong: 1, withoutReceipt: 3, receiptsOverdue: 1, underWay: 3, expiring: 1 },
        ...{ provedOpened: 2, saysReceived: 2, paused: 1, answered: 3 },
      };
      assert.deepEqual(await records.read.openCounts(moment), counts);
      assert.deepEqual(await found(records, { state: "under-way" }), [6, 2, 1]);
      assert.deepEqual(await found(records, { state: "paused", person: ["rhys"] }), [7]);
      assert.deepEqual(await found(records, { state: "answered" }), [8, 5, 4]);
      assert.deepEqual(await found(records, { state: "released" }), [8, 7, 6, 5, 4, 2, 1]);
    });

    stored("Reviews come back as they were saved last, the last due first", async (records) => {
      const first: ControlReview = {
        id: "a",
        dueAt: at(1),
        remindedAt: null,
        reviewedBy: null,
        reviewedAt: null,
        says: "",
      };
      const next = { ...first, id: "b", dueAt: at(2), remindedAt: at(2) };
      await write(records, async (tx) => {
        for (const each of [first, next]) await tx.saveControlReview(each);
        await tx.saveControlReview({ ...first, reviewedBy: "amina", reviewedAt: at(1), says: "All “well”" });
      });
      const made = { ...first, reviewedBy: "amina", reviewedAt: at(1), says: "All “well”" };
      assert.deepEqual(await records.read.controlReviews(), [next, made]);
    });

    stored("A feed's position is each receiver's own, and never moves back", async (_, feed) => {
      assert.equal(await feed.position("tcp://a:1"), null);
      await feed.move("tcp://a:1", { seq: 7, at: at(1) });
      await feed.move("tcp://b:1", { seq: 2, at: at(1) });
      await feed.move("tcp://a:1", { seq: 5, at: at(2) });
      assert.deepEqual(await feed.position("tcp://a:1"), { seq: 7, at: at(1) });
      assert.deepEqual(await feed.position("tcp://b:1"), { seq: 2, at: at(1) });
    });
  });
}
