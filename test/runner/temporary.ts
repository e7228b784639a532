import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const IN_MEMORY = "/dev/shm";
/** What a whole run leaves there at once is a fraction of it. */
const ENOUGH = 6 * 2 ** 30;

/**
 * Makes the folder for everything that tests make; it goes with this process. In memory, where a system has such a place and several
 * times what they need: every database and body waits for its disk at each of thousands of writes, and no test can tell. Those about
 * disks that fill up, or lose what was not synced, bring their own.
 */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(hasRoom() ? IN_MEMORY : tmpdir(), "waybill-tests-"));
  chmodSync(folder, 0o711); // some tests are another user for a moment, who has to get through it to what is theirs
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  return folder;
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    const available =
      Number(/^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1] ?? 0) * 1024;
    return Math.min(bavail * bsize, available) >= ENOUGH;
  } catch {
    return false; // there is no such place here
  }
}
