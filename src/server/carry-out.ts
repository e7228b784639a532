import type { Step } from "../domain/lifecycle/step.ts";
import type { Writer } from "../domain/records.ts";
import { refuseLossWhileHeld } from "./refuse-while-held.ts";

/**
 * Saves what an arrow changed and appends its events. The only way in which a transfer's state reaches the store.
 * @throws DomainError `not-now` where it would destroy what a hold keeps (SIS-37)
 */
export async function carryOut(tx: Writer, step: Step): Promise<void> {
  await refuseLossWhileHeld(tx, step);
  await tx.saveTransfer(step.transfer);
  for (const recipient of step.recipients) await tx.saveRecipient(recipient);
  for (const event of step.events) await tx.append(event);
}
