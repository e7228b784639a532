import { DAY } from "../domain/clock.ts";
import type { JobParts } from "./parts.ts";

/** How long the outbox shows what was sent or given up; the timeline has it for good. */
const KEEP_MAIL = 30 * DAY;

/** Forgets what has expired, and mail that is long over. Answers how much. */
export async function sweepEphemera(
  { ephemera, outbox }: Pick<JobParts, "ephemera" | "outbox">,
  now: Date,
): Promise<number> {
  const expired = await ephemera.sweep(now);
  return expired + (await outbox.forget(new Date(now.getTime() - KEEP_MAIL)));
}
