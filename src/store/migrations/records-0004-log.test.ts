import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { randomBytes } from "../../bytes/random.ts";
import { checkLog } from "../../log/check-log.ts";
import { verifierKey } from "../../log/keys.ts";
import { databaseBeforeLog } from "../../testing/database-before-log.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { temporaryFolder } from "../../testing/temporary-store.ts";
import { openStore } from "../open-store.ts";
import { openConnection } from "../sqlite.ts";

const key = randomBytes(32);
const anyKey = verifierKey("council.example/log", "note", randomBytes(32));

test("Events that happened before there was a log are entered, as they would have been, and appending goes on", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "waybill.db");
  await databaseBeforeLog(file, key, 1300, '{"half":"a\\ud800"}');
  const { records, log, close } = await openStore({ file, key });
  assert.deepEqual(await log.counts(), { lastEvent: 1300, lastEntry: 1300, next: 1301 });
  assert.equal((await log.hashes(1, 0, 99)).length, 5);
  await records.write(async (tx) => {
    for (let n = 1301; n <= 1600; n++) await tx.append(sampleEvent());
  });
  assert.equal((await log.hashes(1, 0, 99)).length, 6);
  assert.deepEqual(await checkLog(log, anyKey), { events: 1600, heads: 0, removed: 0, findings: [] });
  await close();
  await rm(folder, { recursive: true });
});

test("Where an event is missing, no log is made over the hole: the database is left as it was", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "waybill.db");
  await databaseBeforeLog(file, key, 9);
  const database = openConnection(file, key);
  database.exec("delete from event where seq = 5");
  database.close();
  await assert.rejects(openStore({ file, key }), { code: "damaged", message: /Event 5 is missing/ });
  const after = openConnection(file, key);
  assert.deepEqual(after.prepare("select name from sqlite_schema where name = 'log_entry'").all(), []);
  after.close();
  await rm(folder, { recursive: true });
});
