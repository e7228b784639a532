import { iso } from "../domain/clock.ts";
import { holdsOnTransfer } from "../domain/hold.ts";
import { supersedeApproval } from "../domain/lifecycle/approval-arrows.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import { expire, staysOpen } from "../domain/lifecycle/transfer-arrows.ts";
import type { Reader } from "../domain/records.ts";
import type { Transfer, TransferState } from "../domain/transfer.ts";
import { failedLine } from "./log-line.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

const STATES: readonly TransferState[] = ["draft", "requested", "approved", "refused", "released"];
/** Transfers of each state in one run. */
const AT_ONCE = 100;

type Parts = Pick<JobParts, "records" | "blobs" | "logTo">;

/**
 * OXM-21: transfers whose time has come expire. Grants and record change in one transaction; the body goes after it,
 * for a body cannot come back when a transaction is undone. Nobody needs to agree any more. Where that fails, `removeAbandonedUploads` does it later.
 */
export async function expireTransfers({ records, blobs, logTo }: Parts, now: Date): Promise<number> {
  let expired = 0;
  for (const state of STATES) {
    for await (const { reference, uploadId } of dueIn(records.read, state, iso(now))) {
      try {
        let kept = false;
        const act = async () => {
          kept = await expireOne({ records }, reference, now);
        };
        if (!(await unlessTooLate(act))) continue;
        expired++;
        if (uploadId !== null && !kept) await blobs.remove(uploadId);
      } catch (error) {
        logTo.write(failedLine("expire-transfers", now, error, { reference })); // the others go on
      }
    }
  }
  return expired;
}

/** One round's worth, behind what stays open: however much of that there is, the others have their turn. */
async function* dueIn(read: Reader, state: TransferState, until: string): AsyncGenerator<Transfer> {
  let after: Transfer | undefined;
  let left = AT_ONCE;
  while (left > 0) {
    const page = await read.expiring(state, until, AT_ONCE, after);
    for (const transfer of page) {
      after = transfer;
      if (transfer.carriage !== null && staysOpen(transfer, await read.recipients(transfer.reference))) continue;
      yield transfer;
      left--;
      if (left === 0) return;
    }
    if (page.length < AT_ONCE) return;
  }
}

/** Answers whether a hold keeps what is sealed. @throws DomainError `not-now` when another process was first. */
function expireOne({ records }: Pick<JobParts, "records">, reference: string, now: Date): Promise<boolean> {
  return records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    refuseUnless(transfer !== null, "There is no such transfer.");
    const held = (await holdsOnTransfer(tx, transfer)).length > 0;
    const step = expire(transfer, await tx.recipients(reference), { at: iso(now), by: { kind: "system" } }, held);
    await tx.saveTransfer(step.transfer);
    for (const recipient of step.recipients) await tx.saveRecipient(recipient);
    for (const event of step.events) await tx.append(event);
    for (const waiting of (await tx.approvalsOf(reference)).filter(({ state }) => state === "waiting")) {
      const superseded = supersedeApproval(waiting, { at: iso(now), by: { kind: "system" } });
      await tx.saveApproval(superseded.request);
      await tx.append(superseded.event);
    }
    return step.transfer.destruction === "held";
  });
}
