import { execFile, execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";

/** A mount of one's own, which goes with its process: for root, or for anyone where the kernel allows user namespaces. */
const unshare = ["-m", "-rm"].find((how) => {
  try {
    execFileSync("unshare", [how, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** Why no small file system can be had here; false where it can. */
export const cannotMount =
  unshare === undefined && "a small file system cannot be mounted here (no root, no user namespaces)";

/**
 * Runs a program of this folder on a file system of 4 MB or as many as said, mounted for its process alone at the folder that is its argument.
 * @returns what it printed. @throws when it ends otherwise than well
 */
export async function runOnSmallFileSystem(program: string, megabytes = 4): Promise<string> {
  const folder = await temporaryFolder();
  const script = 'mount -t tmpfs -o "size=$4m" tmpfs "$1" && exec "$2" --disable-warning=ExperimentalWarning "$3" "$1"';
  const path = join(import.meta.dirname, program);
  const args = [unshare ?? "", "sh", "-c", script, "sh", folder, process.execPath, path, String(megabytes)];
  const { stdout } = await promisify(execFile)("unshare", args);
  await rm(folder, { recursive: true });
  return stdout;
}
