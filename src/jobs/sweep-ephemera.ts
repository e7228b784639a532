import { iso } from "../domain/clock.ts";
import { heldMail } from "../domain/held-transfers.ts";
import { dueBefore } from "../domain/keeping.ts";
import type { JobParts } from "./parts.ts";

/**
 * Forgets what has expired, and mail that has been kept as long as an administrator has said, but for what a hold is on (SIS-37); before that,
 * none. Answers how much.
 */
export async function sweepEphemera(
  { ephemera, outbox, records }: Pick<JobParts, "ephemera" | "outbox" | "records">,
  now: Date,
): Promise<number> {
  const expired = await ephemera.sweep(now);
  const keeping = await records.read.keeping();
  const before = keeping === null ? null : dueBefore(keeping, "mail", iso(now));
  if (before === null) return expired;
  const held = await heldMail(records.read);
  return expired + (await outbox.forget(new Date(before), held));
}
