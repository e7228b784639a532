import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { openStore } from "../../src/store/open-store.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { cannotMount, runOnSmallFileSystem } from "./small-file-system.ts";

test("A full disk shows by its code, loses nothing acknowledged, and everything goes on when there is room", {
  skip: cannotMount,
}, async () => {
  assert.match(await runOnSmallFileSystem("full-disk.ts"), /^[1-9]\d* writes$/);
});

test("A server whose uploads and database are on a full disk answers 507 no-room to everything that it cannot write, at once, and goes on when there is room", {
  skip: cannotMount,
}, async () => {
  assert.match(await runOnSmallFileSystem("full-server.ts", 48), /^[1-9]\d* of 24000000 bytes, then all$/);
});

test("A folder that cannot be written shows by its code", {
  skip: process.platform === "win32" && "Windows has no such modes",
}, async () => {
  const folder = await temporaryFolder();
  const store = await openStore({ file: join(folder, "waybill.db"), key: new Uint8Array(32).fill(7) });
  await store.close();
  await mkdir(join(folder, "blobs"));
  const blobs = await openBlobFolder(join(folder, "blobs"));
  await blobs.create("A".repeat(22), 1);
  await chmod(join(folder, "blobs"), 0o555);
  await chmod(folder, 0o555);
  try {
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, "unwritable.ts"), folder]);
  } finally {
    await chmod(folder, 0o755);
    await chmod(join(folder, "blobs"), 0o755);
    await rm(folder, { recursive: true });
  }
});
