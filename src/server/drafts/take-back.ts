import { holdsOnTransfer } from "../../domain/hold.ts";
import type { Step, Taken } from "../../domain/lifecycle/step.ts";
import { recall } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Writer } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { supersedeWaiting } from "../approvals/ask-approvals.ts";
import { withAsked } from "../assessing/with-asked.ts";
import { carryOut } from "../carry-out.ts";
import { ServerError } from "../error.ts";
import type { SenderVisit } from "../gate/row.ts";
import { takenBy } from "./draft.ts";

/**
 * Takes a transfer back: nobody is handed anything from now on, grants and body are destroyed, the record stays. Where a hold is on it,
 * they are kept, and nobody can fetch them.
 */
export async function takeBack(visit: SenderVisit): Promise<void> {
  let kept = false;
  const { transfer } = await act(visit, async (standing) => {
    const held = (await holdsOnTransfer(standing.tx, standing.transfer)).length > 0;
    const step = recall(standing.transfer, standing.recipients, standing.taken, held);
    kept = step.transfer.destruction === "held";
    await supersedeWaiting(standing.tx, standing.transfer.reference, standing.taken);
    return step;
  });
  // After the commit: until then nothing may be lost. A crash in between leaves a body that no job keeps.
  if (transfer.uploadId && !kept) await visit.parts.blobs.remove(transfer.uploadId);
}

/** A transfer as it is inside the transaction that changes it. */
export interface Standing {
  readonly tx: Writer;
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
  readonly taken: Taken;
}

/** Reads the sender's transfer again, takes one arrow, and answers it as it was before. @throws DomainError `not-now` */
export async function act(visit: SenderVisit, arrow: (standing: Standing) => Step | Promise<Step>): Promise<Standing> {
  const { parts, member } = visit;
  const { reference } = visit.transfer;
  return parts.records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    if (!transfer) throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
    const standing = { tx, transfer, recipients: await tx.recipients(reference), taken: takenBy(parts, member) };
    const step = await arrow(standing);
    const after = standing.recipients.map((each) => step.recipients.find(({ id }) => id === each.id) ?? each);
    await carryOut(tx, await withAsked(parts, tx, step, { recipients: after, sender: member }));
    return standing;
  });
}
