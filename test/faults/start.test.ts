import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { randomBytes } from "../../src/bytes/random.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openConnection } from "../../src/store/sqlite.ts";
import * as sample from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";

const key = randomBytes(32);
let folder: string;
let file: string;

/** A database with one member in it. */
beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder, "waybill.db");
  const { records, close } = await openStore({ file, key });
  await records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.append(sample.sampleEvent());
  });
  await close();
});
afterEach(() => rm(folder, { recursive: true }));

suite("Starting on data that it must not touch", () => {
  test("A wrong key is refused, and every file stays as it was", async () => {
    const before = await digests(file);
    await assert.rejects(openStore({ file, key: randomBytes(32) }), { code: "wrong-key" });
    assert.deepEqual(await digests(file), before);
    await unharmed();
  });

  test("A wrong key is refused after a kill that left a write-ahead log, which is kept", async () => {
    const { worker } = await startWorker();
    worker.kill("SIGKILL");
    await once(worker, "close");
    const before = await digests(file);
    await assert.rejects(openStore({ file, key: randomBytes(32) }), { code: "wrong-key" });
    assert.deepEqual(await digests(file), before);
    await unharmed();
  });

  test("A file that is no database is refused, and stays as it was", async () => {
    await writeFile(file, "Minutes of the meeting\n".repeat(1_000));
    const before = await digests(file);
    await assert.rejects(openStore({ file, key }), { code: "wrong-key" });
    assert.deepEqual(await digests(file), before);
  });

  test("Data of a newer version is refused, and stays as it was", async () => {
    const connection = openConnection(file, key);
    connection.exec("insert into kysely_migration values ('9999-later', '2099-01-01T00:00:00.000Z')");
    connection.close();
    const before = await digests(file);
    await assert.rejects(openStore({ file, key }), { code: "newer-schema" });
    assert.deepEqual(await digests(file), before);
  });

  test("A second server on the same data is refused while the first runs, and starts once that was killed", async () => {
    const { worker, first } = await startWorker();
    await assert.rejects(openStore({ file, key }), { code: "locked" });
    worker.kill("SIGKILL");
    await once(worker, "close");
    const { records, close } = await openStore({ file, key });
    const events = await records.read.recentEvents(1_000_000);
    assert.ok(events.some((event) => event.seq === first.seq));
    await close();
  });

  test("A second store in the same process is refused, and the first goes on", async () => {
    const { records, close } = await openStore({ file, key });
    await assert.rejects(openStore({ file, key }), { code: "locked" });
    await records.write((tx) => tx.append(sample.sampleEvent()));
    await close();
  });
});

async function unharmed(): Promise<void> {
  const { records, close } = await openStore({ file, key });
  assert.deepEqual(await records.read.member("amina"), sample.sampleMember());
  await close();
}

/** A server on the data, which has acknowledged an event. */
async function startWorker(): Promise<{ readonly worker: ChildProcess; readonly first: { readonly seq: number } }> {
  const program = join(import.meta.dirname, "worker.ts");
  const worker = spawn(process.execPath, [program, folder, Buffer.from(key).toString("hex")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const text of worker.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    const line = String(text)
      .split("\n")
      .find((each) => /^\{"seq":.*\}$/.test(each));
    if (line === undefined) continue;
    worker.stdout.resume();
    return { worker, first: JSON.parse(line) };
  }
  throw new Error("The worker ended before it did anything.");
}

/** SHA-256 of the database's files. The lock file and the index of the log (-shm) hold nothing. */
async function digests(database: string): Promise<readonly string[]> {
  const names = (await readdir(join(database, ".."))).filter((name) => !/(-lock|-lock-journal|-shm)$/.test(name));
  const files = names.filter((name) => name.startsWith("waybill")).sort();
  return Promise.all(
    files.map(
      async (name) =>
        `${name} ${createHash("sha256")
          .update(await readFile(join(database, "..", name)))
          .digest("hex")}`,
    ),
  );
}
