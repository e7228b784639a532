import type { FixedWaybill } from "../../domain/approval.ts";
import { DomainError } from "../../domain/error.ts";
import { holdsOnTransfer } from "../../domain/hold.ts";
import { happened, type Taken } from "../../domain/lifecycle/step.ts";
import { approve, isOver, release } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Writer } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { askApprovals, roleOf, unansweredRoles } from "../approvals/ask-approvals.ts";
import { assessTransfer, recordAssessment } from "../assessing/assess-transfer.ts";
import { policyNow } from "../assessing/policy-now.ts";
import { carryOut } from "../carry-out.ts";
import { namedBy } from "../carrying/named.ts";
import { ServerError } from "../error.ts";
import { notice } from "../notices/notices.ts";
import { textNotice } from "../notices/text-notice.ts";
import type { Parts } from "../parts.ts";
import { passReleaseGate } from "./gate.ts";

export interface Releasing {
  readonly parts: Parts;
  readonly tx: Writer;
  readonly reference: string;
  readonly sender: Member;
  readonly organisation: Organisation;
  readonly taken: Taken;
}

/** What became of it: `waits` for a recipient to register (OXM-22), or is `held` because policy says no on the facts now. */
export type Outcome =
  | { readonly kind: "released" }
  | { readonly kind: "waits" }
  /** What people carry is released when they say that it went. */
  | { readonly kind: "to-carry" }
  | { readonly kind: "asked" }
  | { readonly kind: "held"; readonly why: string };

/** The sender has signed: who must agree is asked (SDT-3, SIS-3), or, where nobody must, it is released as far as it may go now. */
export async function agreeOrAsk(releasing: Releasing, waybill: Waybill, fixed: FixedWaybill): Promise<Outcome> {
  const { tx, parts, reference, sender, taken } = releasing;
  await tx.saveFixedWaybill(fixed);
  const { current } = parts.policy;
  if (current?.digest === waybill.policy.digest) await tx.keepPolicyText(current.digest, current.text);
  if (waybill.needs.length > 0) {
    const { answering } = policyNow(parts).settings;
    const about = { reference, digest: fixed.digest, sender, place: parts.place, answering };
    await askApprovals(tx, about, waybill.needs.map(roleOf), taken);
    return { kind: "asked" };
  }
  const { transfer } = await standing(tx, reference);
  await carryOut(tx, approve(transfer, taken));
  return releaseWhenReady(releasing);
}

/** requested → approved once every role that this waybill names has agreed to it, and on to release as far as it may go now. */
export async function releaseWhenAgreed(releasing: Releasing): Promise<Outcome> {
  const { tx, reference, taken } = releasing;
  const { transfer } = await standing(tx, reference);
  const requests = await tx.approvalsOf(reference);
  const unanswered = transfer.waybill ? unansweredRoles(transfer.waybill, requests) : [];
  // a role that had agreed in advance, and was asked only later, is none that the waybill names
  const waits = requests.some(({ state, digest }) => state === "waiting" && digest === transfer.waybill?.digest);
  if (transfer.state !== "requested" || unanswered.length > 0 || waits) return { kind: "asked" };
  await carryOut(tx, approve(transfer, taken));
  return releaseOrHold(releasing);
}

/** What was agreed stays agreed when policy holds it now: the sender sees why, and what to do. */
export async function releaseOrHold(releasing: Releasing): Promise<Outcome> {
  try {
    return await releaseWhenReady(releasing);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "unmet")) throw error;
    const { tx, reference, taken } = releasing;
    await tx.append(happened("release-held", taken, reference, null, { why: error.message }));
    return { kind: "held", why: error.message };
  }
}

/** approved → released unless somebody has to register first. @throws DomainError from the gate */
async function releaseWhenReady({ parts, tx, reference, sender, organisation, taken }: Releasing): Promise<Outcome> {
  const { transfer, recipients } = await standing(tx, reference);
  if (transfer.carriage) return { kind: "to-carry" };
  const assessed = await refuseUnlessMayGo({ parts, tx, reference, sender, organisation, taken });
  if (recipients.some((each) => each.registerFirst && !isOver(each))) return { kind: "waits" };
  const held = (await holdsOnTransfer(tx, transfer)).length > 0;
  const step = release(transfer, recipients, taken, await keepAssessment(tx, transfer, assessed, taken), held);
  await carryOut(tx, step);
  const { place } = parts;
  for (const recipient of step.recipients) {
    const about = { transfer: step.transfer, recipient, sender, organisation, place, at: taken.at };
    await tx.post(notice(about));
    const { party } = recipient;
    const contact = parts.operation.sendsTexts && party.kind === "contact" ? await tx.contact(party.contactId) : null;
    const text = contact && textNotice(about, contact);
    if (text) await tx.post(text);
  }
  return { kind: "released" };
}

/**
 * Keeps what policy answered at the release of a waybill, beside what it answered at the signature (SIS-28, SIS-35).
 * @returns its SHA-256, which the event of the release holds
 */
export async function keepAssessment(
  tx: Writer,
  { reference, waybill }: Pick<Transfer, "reference" | "waybill">,
  { text, assessed }: Awaited<ReturnType<typeof recordAssessment>>,
  { at }: Taken,
): Promise<string | null> {
  if (!waybill) return null;
  await tx.saveReleasedAssessment({ digest: waybill.digest, reference, text, at });
  return assessed.assessment;
}

/** The release gate, on the facts now. @returns what policy answered, as it is recorded. @throws DomainError `unmet`, `changed`, `not-now` of the first condition that is not met */
export async function refuseUnlessMayGo({
  parts,
  tx,
  reference,
  sender,
  organisation,
  taken,
}: Releasing): Promise<Awaited<ReturnType<typeof recordAssessment>>> {
  const { transfer, recipients } = await standing(tx, reference);
  const found = await assessTransfer(parts, tx, { transfer, recipients, sender });
  const { facts, answer } = found;
  const fixed = transfer.waybill ? await tx.fixedWaybill(transfer.waybill.digest) : null;
  const named = transfer.carriage
    ? await namedBy(tx, transfer.carriage, recipients)
    : { medium: null, fax: null, places: [] };
  await passReleaseGate({ transfer, recipients, sender, organisation, facts, fixed, answer, named, at: taken.at });
  return recordAssessment(transfer, found);
}

async function standing(tx: Writer, reference: string) {
  const transfer = await tx.transfer(reference);
  if (!transfer) throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
  return { transfer, recipients: await tx.recipients(reference) };
}
