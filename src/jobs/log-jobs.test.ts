import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { signerOf } from "../log/keys.ts";
import { createLogKeeper } from "../log/log-keeper.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { openConnection } from "../store/sqlite.ts";
import { sampleEvent, sampleMember, sampleOrganisation } from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { checkLogNightly } from "./check-log.ts";
import type { JobParts } from "./parts.ts";
import { signHead } from "./sign-head.ts";

const HOUR = 3_600_000;
const key = randomBytes(32);
const signer = await signerOf("council.example/log", "note", randomBytes(32));
/** Noon of a day, in this machine's time. */
const NOON = new Date(2026, 10, 22, 12);
const after = (hours: number) => new Date(NOON.getTime() + hours * HOUR);

let folder: string;
let store: Store;
let lines: string[];
beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openStore({ file: join(folder, "waybill.db"), key });
  lines = [];
  await store.records.write(async (tx) => {
    await tx.saveOrganisation(sampleOrganisation());
    await tx.saveMember(sampleMember({ id: "ada", roles: ["administrator"] }));
    for (let n = 1; n <= 300; n++) await tx.append(sampleEvent({ detail: { n } }));
  });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const parts = (): Pick<JobParts, "records" | "ephemera" | "log" | "texts" | "logTo"> => ({
  ...store,
  log: { stored: store.log, keeper: createLogKeeper(store.log, signer), witnesses: [] },
  texts: {
    reminderText: () => ({ subject: "", text: "" }),
    alarmText: (_, says) => ({ subject: "Alarm", text: says.join("\n") }),
  },
  logTo: { write: (line) => void lines.push(line) },
});

/** What somebody with the database's key does. */
function tamper(sql: string): void {
  const connection = openConnection(join(folder, "waybill.db"), key);
  connection.exec(sql);
  connection.close();
}

const mail = async () => (await store.outbox.list(99)).map(({ to, text }) => [to, text]);

suite("Signing heads", () => {
  test("A head is signed where something happened since the last, and not otherwise", async () => {
    assert.deepEqual([await signHead(parts(), NOON), await signHead(parts(), NOON)], [1, 0]);
    await store.records.write((tx) => tx.append(sampleEvent()));
    assert.equal(await signHead(parts(), NOON), 1);
    assert.equal((await store.log.checkpoint())?.size, 301);
  });

  test("SIS-37: a log that does not continue its last head is not signed, and administrators are told", async () => {
    await signHead(parts(), NOON);
    tamper("update log_entry set digest = (select digest from log_entry where seq = 1) where seq = 299");
    await store.records.write((tx) => tx.append(sampleEvent()));
    assert.equal(await signHead(parts(), NOON), 0);
    assert.equal((await store.log.checkpoint())?.size, 300);
    const [[to, text] = []] = await mail();
    assert.equal(to, "ada@council.example");
    assert.match(text ?? "", /The log does not continue the head of 300 entries that was signed/);
    assert.equal(JSON.parse(lines[0] ?? "").level, 50);
    await signHead(parts(), NOON);
    assert.equal((await mail()).length, 1);
  });

  test("SIS-37: nor one that is shorter than its last head", async () => {
    await signHead(parts(), NOON);
    tamper("delete from event where seq > 290; delete from log_entry where seq > 290; update next_event set seq = 291");
    assert.equal(await signHead(parts(), NOON), 0);
    assert.match((await mail())[0]?.[1] ?? "", /The log has fewer entries than the 300 whose head was signed/);
  });
});

suite("The nightly check", () => {
  test("It runs at once, then at night, or where the server sleeps at night after 30 hours", async () => {
    const ran = async (now: Date) => {
      const before = (await store.ephemera.get("log", "checked", now))?.at;
      await checkLogNightly(parts(), now);
      return (await store.ephemera.get("log", "checked", now))?.at !== before;
    };
    const hours = [0, 1, 13, 14, 25, 26, 37, 38, 62, 68, 93];
    const when: number[] = [];
    for (const hour of hours) if (await ran(after(hour))) when.push(hour);
    assert.deepEqual(when, [0, 37, 62, 93]);
  });

  test("SIS-37: what it finds is mailed to administrators, named, and is over when it is mended", async () => {
    await signHead(parts(), NOON);
    assert.equal(await checkLogNightly(parts(), NOON), 0);
    assert.deepEqual([lines, await mail()], [[], []]);
    tamper("update event set detail = '{\"n\":-1}' where seq = 17; update event set at = 'x' where seq > 200");
    assert.equal(await checkLogNightly(parts(), after(30)), 101);
    const [[, text] = []] = await mail();
    assert.equal(text?.split("\n").length, 21);
    assert.match(text ?? "", /^Event 17 was changed: .*\nEvent 201 was changed: [\s\S]*\nThere are 81 more\.$/);
    const events = await store.records.read.recentEvents(1);
    assert.deepEqual(
      events.map(({ kind, detail }) => [kind, detail.findings]),
      [["log-alarm", 101]],
    );
    assert.notEqual(await store.ephemera.get("log", "check", after(31)), null);
    tamper(
      "delete from event where seq <= 300; delete from log_entry; delete from log_hash; delete from log_checkpoint",
    );
    tamper("delete from event; update next_event set seq = 1");
    assert.equal(await checkLogNightly(parts(), after(60)), 0);
    assert.equal(await store.ephemera.get("log", "check", after(60)), null);
  });
});
