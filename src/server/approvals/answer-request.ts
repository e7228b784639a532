import { DomainError } from "../../domain/error.ts";
import { giveApproval, refuseApproval } from "../../domain/lifecycle/approval-arrows.ts";
import type { Proof, Taken } from "../../domain/lifecycle/step.ts";
import { refuse } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Credential } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { AnswerBody } from "../../domain/wire/agreeing.ts";
import { carryOut } from "../carry-out.ts";
import { ServerError } from "../error.ts";
import type { ApproverVisit } from "../gate/row.ts";
import { releaseWhenAgreed } from "../release-gate/release.ts";
import { asApprover } from "./approvers.ts";
import { supersedeWaiting } from "./ask-approvals.ts";
import { whyNotThisManager } from "./one-role-each.ts";
import { senderMail } from "./sender-mail.ts";

/**
 * Records an answer whose signature was checked, on what is so inside the transaction, and goes on: to release once everybody has
 * agreed, or to a refused transfer whose other requests need no answer any more.
 * @throws DomainError `not-now`, `not-yours` saying why nothing was recorded
 */
export async function recordAnswer(
  tx: Writer,
  visit: ApproverVisit,
  body: AnswerBody,
  signed: { readonly proof: Proof; readonly passkey: Credential },
  taken: Taken,
): Promise<void> {
  const { parts, organisation } = visit;
  const { request, transfer, sender, approver } = await answerable(tx, visit, taken.at);
  const by = { memberId: approver.member.id, inPlaceOf: approver.inPlaceOf?.id ?? null };
  if (by.inPlaceOf !== (visit.approver?.inPlaceOf?.id ?? null)) {
    throw notYours("In whose place you answer has changed since you signed: load the page again.");
  }
  await tx.saveCredential(signed.passkey);
  const { reference } = transfer;
  const tell = (occasion: Parameters<typeof senderMail>[0]) =>
    tx.post(senderMail(occasion, request, sender, parts.place, taken.at));
  if (body.answer === "refuse") {
    const step = refuseApproval(request, by, body.reason, signed.proof, taken);
    await tx.saveApproval(step.request);
    await tx.append(step.event);
    await supersedeWaiting(tx, reference, taken);
    await carryOut(tx, refuse(transfer, step.request.reason, taken));
    await tell("refused");
    return;
  }
  const step = giveApproval(request, by, signed.proof, taken);
  await tx.saveApproval(step.request);
  await tx.append(step.event);
  const outcome = await releaseWhenAgreed({ parts, tx, reference, sender, organisation, taken });
  if (outcome.kind === "released" || outcome.kind === "held") await tell(outcome.kind);
}

/** The request as it may be answered now, by this member. @throws DomainError, ServerError saying why not, and what to do */
export async function answerable(read: Reader, { member, asked }: ApproverVisit, at: string) {
  const request = await read.approval(asked.id);
  const transfer = request ? await read.transfer(request.reference) : null;
  const sender = transfer ? await read.member(transfer.senderId) : null;
  if (!request || !transfer || !sender) {
    throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
  }
  if (transfer.state !== "requested" || transfer.waybill?.digest !== request.digest || request.state !== "waiting") {
    throw new DomainError({
      code: "not-now",
      message:
        "This does not wait for your answer any more: somebody has answered, or the sender has changed it or taken it back. Nothing was recorded. Look under To agree for what waits now.",
    });
  }
  const approver = await asApprover(read, member, request.role, sender, at);
  if (!approver) throw notYours("You may not answer this any more: your role or your time as a deputy has ended.");
  const why = await whyNotThisManager(read, request, member, sender, await read.approvalsOf(request.reference));
  if (why) throw notYours(why);
  return { request, transfer, sender, approver };
}

function notYours(why: string): DomainError {
  return new DomainError({ code: "not-now", message: `${why} Nothing was recorded.` });
}
