import { iso } from "../domain/clock.ts";
import { dueBefore } from "../domain/keeping.ts";
import type { JobParts } from "./parts.ts";

/** Forgets what has expired, and mail that has been kept as long as an administrator has said; before that, none. Answers how much. */
export async function sweepEphemera(
  { ephemera, outbox, records }: Pick<JobParts, "ephemera" | "outbox" | "records">,
  now: Date,
): Promise<number> {
  const expired = await ephemera.sweep(now);
  const keeping = await records.read.keeping();
  const before = keeping === null ? null : dueBefore(keeping, "mail", iso(now));
  return before === null ? expired : expired + (await outbox.forget(new Date(before)));
}
