import { readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const IN_MEMORY = "/dev/shm";
/** What a whole run leaves there at once is a fraction of it. */
const ENOUGH = 6 * 2 ** 30;

/**
 * Where tests put what they make: in memory, where a system has such a folder and several times what they need of both. Every
 * database and body waits for its disk at each of thousands of writes, and no test can tell: those about disks that fill up or lose
 * what was not synced bring their own.
 */
export function temporaryPlace(): string {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    const available =
      Number(/^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1] ?? 0) * 1024;
    return Math.min(bavail * bsize, available) >= ENOUGH ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir(); // there is none here
  }
}
