import type { Step } from "../domain/lifecycle/step.ts";
import type { Writer } from "../domain/records.ts";

/** Saves what an arrow changed and appends its events. The only way in which a transfer's state reaches the store. */
export async function carryOut(tx: Writer, step: Step): Promise<void> {
  await tx.saveTransfer(step.transfer);
  for (const recipient of step.recipients) await tx.saveRecipient(recipient);
  for (const event of step.events) await tx.append(event);
}
