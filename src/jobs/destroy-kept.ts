import { iso } from "../domain/clock.ts";
import { holdsOnTransfer } from "../domain/hold.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import { destroyKept } from "../domain/lifecycle/transfer-arrows.ts";
import { failedLine } from "./log-line.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

/** Transfers in one run. */
const AT_ONCE = 1000;

type Parts = Pick<JobParts, "records" | "blobs" | "logTo">;

/** OXM-21: what a hold kept is destroyed once none is on it any more. Answers how many. */
export async function destroyWhatWasHeld({ records, blobs, logTo }: Parts, now: Date): Promise<number> {
  let destroyed = 0;
  for (const { reference, uploadId } of await records.read.transfersBy("held", AT_ONCE)) {
    try {
      let gone = false;
      const act = async () => {
        gone = await destroyUnlessHeld({ records }, reference, now);
      };
      if (!(await unlessTooLate(act)) || !gone) continue;
      destroyed++;
      if (uploadId !== null) await blobs.remove(uploadId);
    } catch (error) {
      logTo.write(failedLine("destroy-what-was-held", now, error, { reference })); // the others go on
    }
  }
  return destroyed;
}

/** @throws DomainError `not-now` when another process was first */
async function destroyUnlessHeld(
  { records }: Pick<JobParts, "records">,
  reference: string,
  now: Date,
): Promise<boolean> {
  const before = await records.read.transfer(reference);
  if (before === null || (await holdsOnTransfer(records.read, before)).length > 0) return false;
  return records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    refuseUnless(transfer !== null, "There is no such transfer.");
    refuseUnless((await holdsOnTransfer(tx, transfer)).length === 0, "A hold was placed meanwhile.");
    const step = destroyKept(transfer, await tx.recipients(reference), { at: iso(now), by: { kind: "system" } });
    await tx.saveTransfer(step.transfer);
    for (const recipient of step.recipients) await tx.saveRecipient(recipient);
    for (const event of step.events) await tx.append(event);
    return true;
  });
}
