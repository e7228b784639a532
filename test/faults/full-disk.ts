import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openConnection } from "../../src/store/sqlite.ts";
import * as sample from "../../src/testing/samples.ts";
import { all, chunks, pattern } from "../contract/blobs-contract.ts";

/**
 * Runs on a file system of 4 MB, which is the argument, and fills it: throws where anything acknowledged is lost, or a
 * full disk shows otherwise than by its code.
 */
const [folder = ""] = process.argv.slice(2);
const file = join(folder, "waybill.db");
const key = new Uint8Array(32).fill(7);
const never = new Date("2099-01-01T00:00:00.000Z");
const id = "A".repeat(22);
const content = pattern(1_000_000);
const detail = { text: "x".repeat(20_000) };

const store = await openStore({ file, key });
const blobs = await openBlobFolder(join(folder, "blobs"));
await blobs.create(id, content.length);
ballast(2_500_000);

let written = 0;
const write = async () => {
  await store.records.write((tx) => tx.append(sample.sampleEvent({ detail })));
  written++;
};
await assert.rejects(untilItFails(write), { code: "no-room" });
fillUp();
await assert.rejects(blobs.append(id, 0, chunks(content, 65_536)), { code: "no-room" });
await assert.rejects(blobs.create("B".repeat(22), 1), { code: "no-room" });
const put = () => store.ephemera.put("session", Math.random().toString(), { owner: "x".repeat(20_000) }, never);
await assert.rejects(untilItFails(put), { code: "no-room" });
assert.equal((await store.records.read.recentEvents(1_000)).length, written);
await assert.rejects(openStore({ file: join(folder, "new", "waybill.db"), key }), { code: "no-room" });

makeRoom();
await write();
const kept = (await blobs.stat(id))?.length ?? 0;
await blobs.append(id, kept, chunks(content.subarray(kept), 65_536));
await store.close();

fillUp();
const opened = await openStore({ file, key }).catch((error) => {
  assert.equal(error.code, "no-room");
  return null;
});
await opened?.close();
makeRoom();

const again = await openStore({ file, key });
const events = await again.records.read.recentEvents(1_000);
assert.deepEqual(
  events.map((event) => event.seq),
  Array.from({ length: written }, (_, at) => written - at),
);
await again.close();
assert.ok((await all(blobs.read(id, 0, content.length))).equals(content));
const connection = openConnection(file, key);
assert.deepEqual(connection.pragma("integrity_check"), [{ integrity_check: "ok" }]);
connection.close();
process.stdout.write(`${written} writes`);

async function untilItFails(act: () => Promise<void>): Promise<void> {
  for (let n = 0; n < 1_000; n++) await act();
}

function ballast(size: number): void {
  writeFileSync(join(folder, "ballast"), new Uint8Array(size));
}

function fillUp(): void {
  for (let n = 0, size = 1_000_000; size >= 1; n++) {
    try {
      writeFileSync(join(folder, `filling-${n}`), new Uint8Array(size));
    } catch {
      size = Math.floor(size / 4); // what fitted of it stays
    }
  }
}

function makeRoom(): void {
  rmSync(join(folder, "ballast"), { force: true });
  for (let n = 0; n < 100; n++) rmSync(join(folder, `filling-${n}`), { force: true });
}
