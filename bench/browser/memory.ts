import { setTimeout as wait } from "node:timers/promises";
import { hasProc, processesOf, proportionalSize } from "./processes.ts";

const EVERY_MS = 200;
const IDLE_MS = 2000;
/** How long a list of processes is good for: browsers start few, and looking through all of a machine takes a while. */
const LIST_MS = 1000;

/**
 * Watches the memory of all processes of one browser: the sum of their proportional set sizes, in which memory that several
 * share counts once. Files that the system merely keeps cached are not in it.
 */
export class MemoryWatch {
  readonly #profile: string;
  #processes: readonly string[] = [];
  #listedAt = 0;

  /** @param profile the folder of the browser's profile. @throws Error where the system has no /proc. */
  constructor(profile: string) {
    if (!hasProc) {
      throw new Error("The memory of a browser's processes is read from /proc, which only Linux has.");
    }
    this.#profile = profile;
  }

  /** Bytes while nothing is asked of the browser: the least of two seconds. */
  async idle(): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (const end = Date.now() + IDLE_MS; Date.now() < end; await wait(EVERY_MS)) least = Math.min(least, this.#now());
    return least;
  }

  /** Runs it, and answers the most bytes at any of five looks a second. */
  async peakDuring(act: () => Promise<void>): Promise<number> {
    let most = this.#now();
    const watching = setInterval(() => {
      most = Math.max(most, this.#now());
    }, EVERY_MS);
    try {
      await act();
    } finally {
      clearInterval(watching);
    }
    return Math.max(most, this.#now());
  }

  #now(): number {
    if (Date.now() - this.#listedAt > LIST_MS) {
      this.#processes = processesOf(this.#profile);
      this.#listedAt = Date.now();
    }
    return this.#processes.reduce((sum, pid) => sum + proportionalSize(pid), 0);
  }
}
