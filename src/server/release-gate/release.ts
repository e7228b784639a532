import type { Taken } from "../../domain/lifecycle/step.ts";
import { approve, isOver, release } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Writer } from "../../domain/records.ts";
import { carryOut } from "../carry-out.ts";
import { ServerError } from "../error.ts";
import { notice } from "../notices/notices.ts";
import type { Place } from "../parts.ts";
import { passReleaseGate } from "./gate.ts";

interface Releasing {
  readonly tx: Writer;
  readonly reference: string;
  readonly sender: Member;
  readonly organisation: Organisation;
  readonly place: Place;
  readonly taken: Taken;
}

/**
 * requested → approved → released, as far as it may go now, notices in the same transaction. Nobody but the sender has to
 * agree to anything so far. OXM-22: it stays approved while somebody has to register first.
 */
export async function agreeAndRelease(releasing: Releasing): Promise<void> {
  const { tx, reference, taken } = releasing;
  const { transfer } = await standing(tx, reference);
  await carryOut(tx, approve(transfer, taken));
  await releaseWhenReady(releasing);
}

/** approved → released unless somebody has to register first; answers whether it was. @throws DomainError from the gate */
export async function releaseWhenReady(releasing: Releasing): Promise<boolean> {
  const { tx, reference, sender, organisation, place, taken } = releasing;
  const { transfer, recipients } = await standing(tx, reference);
  await passReleaseGate({ transfer, recipients, sender, organisation, at: taken.at });
  if (recipients.some((each) => each.registerFirst && !isOver(each))) return false;
  const step = release(transfer, recipients, taken);
  await carryOut(tx, step);
  for (const recipient of step.recipients) {
    await tx.post(notice({ transfer: step.transfer, recipient, sender, organisation, place, at: taken.at }));
  }
  return true;
}

async function standing(tx: Writer, reference: string) {
  const transfer = await tx.transfer(reference);
  if (!transfer) throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
  return { transfer, recipients: await tx.recipients(reference) };
}
