import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";

const run = promisify(execFile);

/** A mount of one's own, which goes with its process: for root, or for anyone where the kernel allows user namespaces. */
const unshare = ["-m", "-rm"].find((how) => {
  try {
    execFileSync("unshare", [how, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

test("SDT-23: a package goes onto the registered, empty medium only; a full, pulled or faulty one fails clearly and holds nothing that looks complete", {
  skip: unshare === undefined && "a small file system cannot be mounted here (no root, no user namespaces)",
}, async () => {
  const folder = await temporaryFolder();
  const script = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" --disable-warning=ExperimentalWarning "$3" "$1"';
  const program = join(import.meta.dirname, "package-volume.ts");
  const { stdout } = await run("unshare", [unshare ?? "", "sh", "-c", script, "sh", folder, process.execPath, program]);
  assert.equal(stdout, "marked, refused, written, full, faulty, pulled\n");
  await rm(folder, { recursive: true, force: true });
});
