import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { randomBytes } from "../../src/bytes/random.ts";
import { checkLog } from "../../src/log/check-log.ts";
import { signerOf } from "../../src/log/keys.ts";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openConnection } from "../../src/store/sqlite.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { all, chunks } from "../contract/blobs-contract.ts";

const ROUNDS = 12;
/** Most lines of a worker that are waited for, and how long it is let go on after them, in milliseconds. */
const MOST_LINES = 60;
const LONGEST = 50;

interface Acknowledged {
  readonly events: Map<number, string>;
  readonly blobs: Map<string, number>;
  readonly taken: Set<string>;
  readonly kept: Set<string>;
  /** Heads of the log that were shown: signed notes. */
  readonly heads: string[];
}

test("Kill -9 at random moments, again and again on the same data: nothing acknowledged is lost, nothing is half there", async () => {
  const folder = await temporaryFolder();
  const key = Buffer.from(randomBytes(32));
  const acknowledged: Acknowledged = {
    events: new Map(),
    blobs: new Map(),
    taken: new Set(),
    kept: new Set(),
    heads: [],
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await workUntilKilled(folder, key, acknowledged);
      await verifyRecords(folder, key, acknowledged);
      await verifyBlobs(folder, acknowledged);
    }
    const { events, blobs, kept, heads } = acknowledged;
    assert.ok(
      events.size > ROUNDS && heads.length > ROUNDS && blobs.size > 1 && kept.size > ROUNDS,
      "the worker did next to nothing",
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Lets a worker go on for so many lines and a moment, both random: however fast the machine is, something was done. */
async function workUntilKilled(folder: string, key: Buffer, acknowledged: Acknowledged) {
  const worker = spawn(process.execPath, [join(import.meta.dirname, "worker.ts"), folder, key.toString("hex")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(worker, "close");
  let said = "";
  worker.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const wanted = 10 + Math.random() * MOST_LINES;
  while (worker.exitCode === null && said.split("\n").length < wanted)
    await Promise.race([once(worker.stdout, "data"), ended]);
  await pause(Math.random() * LONGEST);
  worker.kill("SIGKILL");
  assert.deepEqual(await ended, [null, "SIGKILL"]);
  for (const line of said.split("\n").slice(0, -1)) note(JSON.parse(line), acknowledged);
}

function note(
  line: Readonly<Record<string, string | number>>,
  { events, blobs, taken, kept, heads }: Acknowledged,
): void {
  if (line.head !== undefined) heads.push(String(line.head));
  if (line.seq !== undefined) events.set(Number(line.seq), String(line.member));
  if (line.blob !== undefined) blobs.set(String(line.blob), Number(line.length));
  if (line.taken !== undefined) taken.add(String(line.taken));
  if (line.kept !== undefined) kept.add(String(line.kept));
}

async function verifyRecords(folder: string, key: Buffer, acknowledged: Acknowledged): Promise<void> {
  const file = join(folder, "waybill.db");
  const { records, outbox, ephemera, log, close } = await openStore({ file, key });
  const { key: logKey } = await signerOf("council.example/log", "note", new Uint8Array(key));
  const { findings } = await checkLog(log, logKey, { witnessed: acknowledged.heads });
  assert.deepEqual(findings, [], "every head that was shown is in the log");
  const events = (await records.read.recentEvents(1_000_000)).toReversed();
  const ids = events.map((event) => event.detail.id);
  assert.deepEqual(
    events.map((event) => event.seq),
    events.map((_, at) => at + 1),
  );
  for (const [seq, member] of acknowledged.events) assert.equal(ids[seq - 1], member);
  const members = (await records.read.members()).map((member) => member.id);
  const messages = (await outbox.list(1_000_000)).map((message) => message.id);
  assert.deepEqual(new Set(members), new Set(ids));
  assert.deepEqual(new Set(messages), new Set(ids));
  for (const code of acknowledged.taken) assert.equal(await ephemera.get("code", code, new Date()), null);
  for (const code of acknowledged.kept) assert.deepEqual(await ephemera.get("code", code, new Date()), { owner: code });
  await close();
  for (const each of [file, `${file}-ephemera`]) {
    const connection = openConnection(each, key);
    assert.deepEqual(connection.pragma("integrity_check"), [{ integrity_check: "ok" }]);
    assert.deepEqual(connection.pragma("foreign_key_check"), []);
    connection.close();
  }
}

/** Each is there to its acknowledged length at least, and is completed to exactly its content. */
async function verifyBlobs(folder: string, acknowledged: Acknowledged): Promise<void> {
  const blobs = await openBlobFolder(join(folder, "blobs"));
  for (const [id, length] of acknowledged.blobs) {
    const found = await blobs.stat(id);
    assert.ok(found !== null && found.length >= length, `${length} bytes were acknowledged, not ${found?.length}`);
    const content = Buffer.alloc(found.size, id);
    if (found.length < found.size) {
      await blobs.append(id, found.length, chunks(content.subarray(found.length), 65_536));
      acknowledged.blobs.set(id, found.size);
    }
    assert.ok((await all(blobs.read(id, 0, found.size))).equals(content));
  }
}
