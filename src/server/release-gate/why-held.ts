import type { Need } from "../../domain/assessment.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
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

/**
 * What keeps it from being released now, agreements that are asked for included. What only a change meets comes first.
 * @param read inside a transaction: its writer
 */
export async function whyHeld(
  parts: Parts,
  { transfer, recipients, sender }: Signed,
  read: Reader = parts.records.read,
): Promise<readonly Need[]> {
  const { facts, answer } = await assessTransfer(parts, read, { transfer, recipients, sender });
  const changed = changedRecipient(facts, transfer.waybill && (await read.fixedWaybill(transfer.waybill.digest)));
  const needs = await Promise.all(answer.needs.map((each) => withEnd(parts, read, transfer, each)));
  // Whoever agrees is asked anew after a change.
  const ordered = needs.toSorted((a, b) => Number(isApproval(a)) - Number(isApproval(b)));
  return changed ? [changed, ...ordered] : ordered;
}

/**
 * SDT-5: why nobody is to be asked for agreement to what was signed, because it could not go if they gave it; nothing where only
 * agreements are missing, or what is seen when it goes.
 */
export async function whyWithheld(
  parts: Parts,
  signed: Signed,
  read: Reader = parts.records.read,
): Promise<readonly Need[]> {
  if (signed.transfer.state !== "requested") return [];
  return unmetBeforeSigning(await whyHeld(parts, signed, read));
}

/** Whether nobody is to be asked for agreement to it now, by its reference. @param read inside a transaction: its writer */
export async function isWithheld(parts: Parts, reference: string, read: Reader = parts.records.read): Promise<boolean> {
  const transfer = await read.transfer(reference);
  const sender = transfer && (await read.member(transfer.senderId));
  if (!transfer || !sender) return false;
  const signed = { transfer, recipients: await read.recipients(reference), sender };
  return (await whyWithheld(parts, signed, read)).length > 0;
}

/** Whether it has to be changed, and signed anew. */
export function wantsChange({ need }: Need): boolean {
  return need === AGREEMENT || need === SIGN_ANEW;
}

function isApproval({ need }: Need): boolean {
  return need.startsWith("approval:");
}

/** SDT-5: of an agreement that counted when it was signed and counts no more, since when. */
async function withEnd({ clock }: Parts, read: Reader, { facts: { agreement } }: Transfer, need: Need): Promise<Need> {
  if (need.need !== AGREEMENT || agreement === null || "none" in agreement) return need;
  const today = clock.now().toISOString().slice(0, 10);
  const end = await agreementEnd(read, agreement.reference, today);
  const ended = end ?? "is not with everybody whom this goes to";
  return { ...need, says: `${agreement.reference}, which you named, ${ended}. ${need.says}` };
}
