import type { Transfer } from "../domain/transfer.ts";
import type { JobParts } from "./parts.ts";

const HOUR = 60 * 60 * 1000;
/** How long a blob may be without a transfer: longer than it takes to make one and record whose it is. */
const GRACE = HOUR;
/** Marks are forgotten by then; a blob that is still there is marked anew. */
const FORGET = 48 * HOUR;

type Parts = Pick<JobParts, "records" | "blobs" | "ephemera">;

/**
 * Deletes bodies whose transfer is over, and uploads that no transfer refers to (any more) when they are looked at a
 * second time, at least an hour after the first. Answers how many it deleted.
 */
export async function removeAbandonedUploads({ records, blobs, ephemera }: Parts, now: Date): Promise<number> {
  let removed = 0;
  for await (const id of blobs.list()) {
    const transfer = await records.read.transferOfUpload(id);
    const abandoned = transfer === null ? await sinceLong({ ephemera }, id, now) : isOver(transfer);
    if (!abandoned) continue;
    await blobs.remove(id);
    await ephemera.remove("orphan", id);
    removed++;
  }
  return removed;
}

/** What a hold keeps is not over. */
function isOver({ endedAt, destruction }: Transfer): boolean {
  return endedAt !== null && destruction !== "held";
}

async function sinceLong({ ephemera }: Pick<JobParts, "ephemera">, id: string, now: Date): Promise<boolean> {
  const mark = await ephemera.get("orphan", id, now);
  if (mark === null) {
    await ephemera.put("orphan", id, { owner: id, since: now.getTime() }, new Date(now.getTime() + FORGET));
    return false;
  }
  return Number(mark.since) <= now.getTime() - GRACE;
}
