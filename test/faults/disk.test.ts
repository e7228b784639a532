import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { openStore } from "../../src/store/open-store.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";

const run = promisify(execFile);
const program = (name: string) => join(import.meta.dirname, name);

/**
 * A mount of one's own, which goes with its process: for root, or for anyone where the kernel allows user namespaces.
 */
const unshare = ["-m", "-rm"].find((how) => {
  try {
    execFileSync("unshare", [how, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

test("A full disk shows by its code, loses nothing acknowledged, and everything goes on when there is room", {
  skip: unshare === undefined && "a small file system cannot be mounted here (no root, no user namespaces)",
}, async () => {
  const folder = await temporaryFolder();
  const script = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" "$3" "$1"';
  const { stdout } = await run("unshare", [
    unshare ?? "",
    "sh",
    "-c",
    script,
    "sh",
    folder,
    process.execPath,
    program("full-disk.ts"),
  ]);
  assert.match(stdout, /^[1-9]\d* writes$/);
  await rm(folder, { recursive: true });
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
    await run(process.execPath, [program("unwritable.ts"), folder]);
  } finally {
    await chmod(folder, 0o755);
    await chmod(join(folder, "blobs"), 0o755);
    await rm(folder, { recursive: true });
  }
});
