import type { ApprovalRequest } from "../../domain/approval.ts";
import { APPROVER_ROLES } from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { type Approver, answersAs, capacityOf, mightAnswer } from "./approvers.ts";
import { whyNotThisManager } from "./one-role-each.ts";

/** More than anybody answers in a day; those that are due first come first. */
const MOST = 500;

/** A request that waits for this member. */
export interface ToAgree {
  readonly request: ApprovalRequest;
  readonly approver: Approver;
  readonly sender: Member;
}

/** What waits for a member's answer, the first due first. @param at ISO 8601 */
export async function toAgreeBy(read: Reader, member: Member, at: string): Promise<readonly ToAgree[]> {
  const senders = new Map<string, Member | null>();
  const found: ToAgree[] = [];
  const capacity = await capacityOf(read, member, at);
  for (const request of await read.waitingApprovals(MOST)) {
    if (!mightAnswer(capacity, request.role)) continue; // most people answer nothing, and every page asks
    const sender = await senderOf(read, request.reference, senders);
    const approver = sender ? answersAs(capacity, request.role, sender) : null;
    if (!sender || !approver) continue;
    const requests = await read.approvalsOf(request.reference);
    if ((await whyNotThisManager(read, request, member, sender, requests)) === null) {
      found.push({ request, approver, sender });
    }
  }
  return found;
}

/** Whether somebody agrees to transfers by a role of theirs, whatever waits now. A line manager needs no role. */
export function hasApprovingRole({ roles }: Member): boolean {
  return APPROVER_ROLES.some((role) => roles.includes(role));
}

async function senderOf(read: Reader, reference: string, known: Map<string, Member | null>): Promise<Member | null> {
  const transfer = await read.transfer(reference);
  if (!transfer) return null;
  const sender = known.get(transfer.senderId) ?? (await read.member(transfer.senderId));
  known.set(transfer.senderId, sender);
  return sender;
}
