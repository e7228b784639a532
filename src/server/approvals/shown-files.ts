import type { ApprovalRequest } from "../../domain/approval.ts";
import { DomainError } from "../../domain/error.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { ApproverAccess, SealedContent, Transfer } from "../../domain/transfer.ts";
import { asApprover } from "./approvers.ts";
import { countingApprovals } from "./counting.ts";
import { whyNotThisManager } from "./one-role-each.ts";

/** What an approver may be given of the files now. */
export interface ShownFiles {
  readonly transfer: Transfer;
  readonly sealed: SealedContent;
  readonly access: ApproverAccess & { readonly grant: string };
}

/**
 * OXM-2: the files are open to exactly those approvers whom the sender chose and the waybill names, from the signature until agreeing
 * to that waybill is over, and only while their request waits for them or their agreement counts. Null otherwise.
 * @param at ISO 8601
 */
export async function shownFiles(
  read: Reader,
  requestId: string,
  member: Member,
  at: string,
): Promise<ShownFiles | null> {
  const asked = await read.approval(requestId);
  const transfer = asked && (await read.transfer(asked.reference));
  const sender = transfer && (await read.member(transfer.senderId));
  if (!asked || !sender || transfer.state !== "requested" || transfer.waybill?.digest !== asked.digest) return null;
  const { sealed, expiresAt, shownTo } = transfer;
  const access = shownTo.find(({ memberId }) => memberId === member.id);
  if (!access?.grant || !sealed?.manifest || expiresAt <= at) return null;
  if (!(await stillConcerns(read, asked, member, sender, at))) return null;
  return { transfer, sealed, access: { ...access, grant: access.grant } };
}

async function stillConcerns(read: Reader, asked: ApprovalRequest, member: Member, sender: Member, at: string) {
  const requests = await read.approvalsOf(asked.reference);
  if (asked.state === "waiting") {
    const able = (await asApprover(read, member, asked.role, sender, at)) !== null;
    return able && (await whyNotThisManager(read, asked, member, sender, requests)) === null;
  }
  if (asked.state !== "approved" || asked.decidedBy !== member.id) return false;
  const counting = await countingApprovals(read, [asked], asked.digest, sender);
  return counting.length > 0;
}

/** @throws DomainError `not-now` where `shownFiles` has nothing */
export async function mustBeShown(...about: Parameters<typeof shownFiles>): Promise<ShownFiles> {
  const found = await shownFiles(...about);
  if (found) return found;
  throw new DomainError({
    code: "not-now",
    message:
      "The files are not open to you: the sender has not chosen to show them to you, or agreeing to this version of the transfer is over. Nothing was handed out.",
  });
}
