import type { ApprovalRequest } from "../../domain/approval.ts";
import { APPROVER_ROLES } from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { StandingArrangement } from "../../domain/standing-arrangement.ts";
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

/** A recurring transfer that somebody described and that waits for this member's answer in advance. */
export interface ArrangementToAgree {
  readonly arrangement: StandingArrangement;
  readonly requester: Member;
}

/** Standing arrangements that wait for a member's answer and can still begin, oldest first. @param at ISO 8601 */
export async function arrangementsToAgreeBy(
  read: Reader,
  member: Member,
  at: string,
): Promise<readonly ArrangementToAgree[]> {
  const asked = (await read.arrangements("asked")).filter(({ ends }) => ends >= at.slice(0, 10));
  if (asked.length === 0) return [];
  const capacity = await capacityOf(read, member, at);
  const found = await Promise.all(
    asked.map(async (arrangement): Promise<readonly ArrangementToAgree[]> => {
      const requester = await read.member(arrangement.requesterId);
      return requester && answersAs(capacity, arrangement.role, requester) ? [{ arrangement, requester }] : [];
    }),
  );
  return found.flat();
}

/** How many answers wait for a member, about transfers and arrangements. @param at ISO 8601 */
export async function countToAgree(read: Reader, member: Member, at: string): Promise<number> {
  return (await toAgreeBy(read, member, at)).length + (await arrangementsToAgreeBy(read, member, at)).length;
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
