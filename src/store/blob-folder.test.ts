import assert from "node:assert/strict";
import { appendFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { openBlobFolder } from "./blob-folder.ts";
import { DATA_AT } from "./blob-header.ts";

const ID = "A".repeat(22);

test("Bytes behind the recorded length, as a crash leaves them, are cut off by the next append", async () => {
  const folder = await temporaryFolder();
  const blobs = await openBlobFolder(folder);
  await blobs.create(ID, 10);
  await blobs.append(ID, 0, of("abcd"));
  await appendFile(join(folder, ID), "never acknowledged");
  assert.deepEqual(await blobs.stat(ID), { length: 4, size: 10 });
  await blobs.append(ID, 4, of("e"));
  assert.equal((await stat(join(folder, ID))).size, DATA_AT + 5);
  await rm(folder, { recursive: true });
});

test("Files that are no blobs are neither listed nor touched", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "notes.txt"), "an operator's");
  await writeFile(join(folder, "B".repeat(22)), "no header");
  const blobs = await openBlobFolder(folder);
  const listed: string[] = [];
  for await (const id of blobs.list()) listed.push(id);
  assert.deepEqual(listed, ["B".repeat(22)]); // so that it can be removed
  assert.equal(await blobs.stat("B".repeat(22)), null);
  assert.deepEqual((await readdir(folder)).sort(), ["B".repeat(22), "notes.txt"]);
  await rm(folder, { recursive: true });
});

async function* of(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
