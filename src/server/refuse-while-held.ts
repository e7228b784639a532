import { DomainError } from "../domain/error.ts";
import { holdsOnTransfer } from "../domain/hold.ts";
import type { Step } from "../domain/lifecycle/step.ts";
import type { Reader } from "../domain/records.ts";
import type { Transfer } from "../domain/transfer.ts";

/**
 * SIS-37: while a hold is on a transfer that was ever signed, its sender changes nothing that would destroy what was sealed. Asked inside the
 * write. A draft that nobody signed may be changed: what it becomes is kept by taking back and expiry.
 * @throws DomainError `not-now`, with the hold's reason
 */
export async function refuseWhileHeld(
  read: Pick<Reader, "holds" | "member" | "recipients" | "eventsOf">,
  transfer: Transfer,
): Promise<void> {
  const [hold] = await holdsOnTransfer(read, transfer);
  if (hold === undefined) return;
  const events = await read.eventsOf(transfer.reference);
  if (!events.some(({ kind }) => kind === "waybill-signed")) return;
  throw new DomainError({
    code: "not-now",
    message: `This transfer is under a hold, placed because: ${hold.reason.replace(/[.\s]*$/, "")}. What was sealed for it is kept, so it cannot be changed this way; nothing was changed. Access can still be ended, and it can be taken back. To send something else, start a new transfer instead.`,
  });
}

/** SIS-37: as `refuseWhileHeld`, for a step that would drop or replace a body, its list of files, or what somebody opens it with. */
export async function refuseLossWhileHeld(read: Reader, step: Step): Promise<void> {
  if ((await read.holds()).length === 0) return;
  const before = await read.transfer(step.transfer.reference);
  if (before === null) return;
  const grants = new Map((await read.recipients(before.reference)).map(({ id, grant }) => [id, grant]));
  const lost =
    isLost(before.senderGrant, step.transfer.senderGrant) ||
    isLost(before.uploadId, step.transfer.uploadId) ||
    isLost(before.sealed?.manifest, step.transfer.sealed?.manifest) ||
    isLost(before.recovery?.grant, step.transfer.recovery?.grant) ||
    step.recipients.some(({ id, grant }) => isLost(grants.get(id), grant));
  if (lost) await refuseWhileHeld(read, before);
}

function isLost(before: string | null | undefined, after: string | null | undefined): boolean {
  return before !== null && before !== undefined && before !== "" && before !== after;
}
