import { LogError } from "../log/error.ts";
import { allClear, raiseAlarm } from "./alarm.ts";
import type { JobParts } from "./parts.ts";

type Parts = Pick<JobParts, "records" | "ephemera" | "log" | "texts" | "logTo">;

/**
 * SIS-37: signs the head of the log where it grew, so that the head is never more than a few seconds behind. A stored log
 * that does not continue the last head is not signed, and raises the alarm.
 */
export async function signHead(parts: Parts, now: Date): Promise<number> {
  const before = await parts.log.stored.checkpoint();
  try {
    const head = await parts.log.keeper.sign(now);
    await allClear(parts, "head");
    return head === null || head.size === before?.size ? 0 : 1;
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    await raiseAlarm(parts, now, "head", [error.message]);
    return 0;
  }
}
