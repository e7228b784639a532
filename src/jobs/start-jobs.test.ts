import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { USUAL_WORKING_TIME } from "../domain/working-time.ts";
import type { EventLog } from "../log/event-log.ts";
import { signerOf } from "../log/keys.ts";
import { createLogKeeper } from "../log/log-keeper.ts";
import { TestClock } from "../testing/clock.ts";
import { createMemoryBlobs } from "../testing/memory-blobs.ts";
import { createMemoryEphemera } from "../testing/memory-ephemera.ts";
import * as sample from "../testing/samples.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import type { Job, JobParts } from "./parts.ts";
import { runLeased } from "./run-leased.ts";
import { startJobs } from "./start-jobs.ts";
import { sweepEphemera } from "./sweep-ephemera.ts";

const signer = await signerOf("council.example/log", "note", randomBytes(32));

suite("Running jobs", () => {
  test("All jobs run, and mail that was posted goes out, until they are stopped", async () => {
    const store = await temporaryStore();
    const sent = Promise.withResolvers<string>();
    const mailer: JobParts["mailer"] = {
      async send({ id }) {
        sent.resolve(id);
        return { ok: true };
      },
    };
    await store.records.write(async (tx) => {
      await tx.saveOrganisation(sample.sampleOrganisation());
      await tx.post(sample.sampleMessage({ reference: null, recipientId: null }));
      await tx.append(sample.sampleEvent());
    });
    const lines: string[] = [];
    const jobs = startJobs({ ...partsOf(store, lines), mailer });
    assert.equal(await sent.promise, "message");
    await jobs.stop();
    assert.deepEqual(lines, []);
    assert.equal((await store.outbox.list(1))[0]?.state, "sent");
    await store.close();
  });

  test("A job that fails is logged and runs again; the others go on", async () => {
    const store = await temporaryStore();
    const lines: string[] = [];
    const again = Promise.withResolvers<void>();
    let runs = 0;
    const failing: Job = async () => {
      if (++runs === 3) again.resolve();
      throw new RangeError(`run ${runs}`);
    };
    const other = Promise.withResolvers<void>();
    const working: Job = async () => {
      other.resolve();
      return 1;
    };
    const parts = partsOf(store, lines);
    const jobs = startJobs(parts, [
      { name: "failing", job: failing, every: 1, lease: 1_000 },
      { name: "working", job: working, every: 1, lease: null },
    ]);
    await Promise.all([again.promise, other.promise]);
    await jobs.stop();
    const { time, ...line } = JSON.parse(lines[0] ?? "");
    assert.deepEqual(line, { level: 50, job: "failing", error: "RangeError: run 1" });
    assert.equal(time, parts.clock.now().getTime());
    assert.match(lines[0] ?? "", /^[^\n]+\n$/, "one line");
    await store.close();
  });

  test("Stopping waits for the job under way", async () => {
    const store = await temporaryStore();
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    let ended = false;
    const job: Job = async () => {
      begun.resolve();
      await gate.promise;
      ended = true;
      return 1;
    };
    const jobs = startJobs(partsOf(store, []), [{ name: "slow", job, every: 1, lease: 1_000 }]);
    await begun.promise;
    const stopped = jobs.stop();
    gate.resolve();
    await stopped;
    assert.equal(ended, true);
    await store.close();
  });

  test("A leased job runs in one process at a time, and again when the holder died", async () => {
    const store = await temporaryStore();
    const clock = new TestClock();
    const parts = { ...partsOf(store, []), clock };
    const gate = Promise.withResolvers<number>();
    const first = runLeased(parts, "job", 1_000, () => gate.promise);
    const second = () => runLeased(parts, "job", 1_000, async () => 2);
    assert.equal(await second(), null);
    clock.advance(1_000); // as if the first one's process had died
    assert.equal(await second(), 2);
    gate.resolve(1);
    assert.equal(await first, 1);
    assert.equal(await second(), 2);
    await store.close();
  });

  test("SIS-37: sweeping forgets what expired, and mail once it was kept as long as was said; before, none", async () => {
    const store = await temporaryStore();
    const { records } = store;
    const keep = (mail: number | null) =>
      records.write(async (tx) => {
        const said = { noticeDays: 14, backupDays: 0, setBy: "amina", setAt: sample.AT };
        await tx.saveKeeping({ ...said, months: mail === null ? {} : { mail } });
        await tx.append(sample.sampleEvent());
      });
    await records.write(async (tx) => {
      await tx.post(sample.sampleMessage());
      await tx.append(sample.sampleEvent());
    });
    const parts = { outbox: store.outbox, ephemera: createMemoryEphemera(), records };
    assert.equal(await sweepEphemera(parts, new Date("2036-11-22T10:00:00.000Z")), 0, "nobody has said");
    await keep(null);
    assert.equal(
      await sweepEphemera(parts, new Date("2036-11-22T10:00:00.000Z")),
      0,
      "it was said before mail was asked about",
    );
    await keep(1);
    await store.outbox.sent("message");
    const ephemera = createMemoryEphemera();
    await ephemera.put("code", "a", { owner: "a" }, new Date("2026-11-22T10:00:00.000Z"));
    const swept: number[] = [];
    for (const time of [
      "2026-11-22T09:59:59.000Z",
      "2026-11-22T10:00:00.000Z",
      "2026-12-21T09:59:59.999Z",
      "2026-12-21T10:00:00.000Z",
    ]) {
      swept.push(await sweepEphemera({ ephemera, outbox: store.outbox, records }, new Date(time)));
    }
    assert.deepEqual(swept, [0, 1, 0, 1]);
    await store.close();
  });
});

function partsOf(
  store: Pick<JobParts, "records" | "ephemera" | "outbox"> & { log: EventLog },
  lines: string[],
): JobParts {
  return {
    ...store,
    log: { stored: store.log, keeper: createLogKeeper(store.log, signer), witnesses: [] },
    blobs: createMemoryBlobs(),
    mailer: { send: async () => ({ ok: true }) },
    bounces: null,
    feed: null,
    texts: { reminderText: () => ({ subject: "", text: "" }), alarmText: () => ({ subject: "", text: "" }) },
    approvalNews: async () => [],
    withheld: async () => false,
    answering: () => USUAL_WORKING_TIME,
    tellOfEnds: async () => 0,
    arrangementNews: async () => [],
    removalNews: () => ({ subject: "", text: "" }),
    lateNews: () => assert.fail("Nothing is late here."),
    incidentNews: async () => ({ told: [], mail: [] }),
    clock: new TestClock(),
    logTo: { write: (line) => void lines.push(line) },
  };
}
