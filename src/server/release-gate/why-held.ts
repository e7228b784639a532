import type { Need } from "../../domain/assessment.ts";
import type { Member } from "../../domain/member.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { agreementEnd } from "../assessing/agreement-end.ts";
import { assessTransfer, unmetBeforeSigning } from "../assessing/assess-transfer.ts";
import type { Parts } from "../parts.ts";
import { changedRecipient, SIGN_ANEW } from "./recipients-as-agreed.ts";

/** The need that only a change of the transfer meets. */
export const AGREEMENT = "agreement:current";

/** A signed transfer, with who is still concerned and who sends it. */
export interface Signed {
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
  readonly sender: Member;
}

/** What keeps it from being released now, agreements that are asked for included. What only a change meets comes first. */
export async function whyHeld(parts: Parts, { transfer, recipients, sender }: Signed): Promise<readonly Need[]> {
  const { read } = parts.records;
  const { facts, answer } = await assessTransfer(parts, read, { transfer, recipients, sender });
  const changed = changedRecipient(facts, transfer.waybill && (await read.fixedWaybill(transfer.waybill.digest)));
  const needs = await Promise.all(answer.needs.map((each) => withEnd(parts, transfer, each)));
  // Whoever agrees is asked anew after a change.
  const ordered = needs.toSorted((a, b) => Number(isApproval(a)) - Number(isApproval(b)));
  return changed ? [changed, ...ordered] : ordered;
}

/**
 * SDT-5: why nobody is to be asked for agreement to what was signed, because it could not go if they gave it; nothing where only
 * agreements are missing, or what is seen when it goes.
 */
export async function whyWithheld(parts: Parts, signed: Signed): Promise<readonly Need[]> {
  if (signed.transfer.state !== "requested") return [];
  return unmetBeforeSigning(await whyHeld(parts, signed));
}

/** Whether nobody is to be asked for agreement to it now, by its reference. */
export async function isWithheld(parts: Parts, reference: string): Promise<boolean> {
  const { read } = parts.records;
  const transfer = await read.transfer(reference);
  const sender = transfer && (await read.member(transfer.senderId));
  if (!transfer || !sender) return false;
  return (await whyWithheld(parts, { transfer, recipients: await read.recipients(reference), sender })).length > 0;
}

/** Whether it has to be changed, and signed anew. */
export function wantsChange({ need }: Need): boolean {
  return need === AGREEMENT || need === SIGN_ANEW;
}

function isApproval({ need }: Need): boolean {
  return need.startsWith("approval:");
}

/** SDT-5: of an agreement that counted when it was signed and counts no more, since when. */
async function withEnd(parts: Parts, { facts: { agreement } }: Transfer, need: Need): Promise<Need> {
  if (need.need !== AGREEMENT || agreement === null || "none" in agreement) return need;
  const today = parts.clock.now().toISOString().slice(0, 10);
  const end = await agreementEnd(parts.records.read, agreement.reference, today);
  const ended = end ?? "is not with everybody whom this goes to";
  return { ...need, says: `${agreement.reference}, which you named, ${ended}. ${need.says}` };
}
