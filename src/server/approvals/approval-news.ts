import type { ApprovalRequest } from "../../domain/approval.ts";
import { colleaguesOf } from "../../domain/colleague.ts";
import type { Message } from "../../domain/mail.ts";
import type { Reader } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import type { Place } from "../parts.ts";
import { approvalMail, overdueMail } from "./approval-mail.ts";
import { approversNow } from "./ask-approvals.ts";
import { senderMail } from "./sender-mail.ts";

/** What the clock does to a request that nobody answers. */
export type ApprovalMoment = "reminded" | "escalated" | "lapsed";

/**
 * The mail of such a moment. Reminded: everybody who may answer. Escalated: they, deputies who came since among them, the sender, and the
 * administrators, who can name a deputy. Lapsed: the sender. @param at ISO 8601
 */
export async function approvalNews(
  read: Reader,
  request: ApprovalRequest,
  moment: ApprovalMoment,
  place: Place,
  at: string,
): Promise<readonly Message[]> {
  const transfer = await read.transfer(request.reference);
  const sender = transfer ? await read.member(transfer.senderId) : null;
  if (sender?.state !== "active") return [];
  if (moment === "lapsed") return [senderMail("lapsed", request, sender, place, at)];
  const approvers = await approversNow(read, request, sender, at);
  const mails = approvers.map((approver) => approvalMail(moment, { request, approver, sender, place, at }));
  if (moment === "reminded") return mails;
  const administrators = (await colleaguesOf(read)).filter(
    ({ id, roles }) => roles.includes("administrator") && !approvers.some(({ member }) => member.id === id),
  );
  return [
    ...mails,
    ...administrators.map((to) => overdueMail({ request, to, sender, role: ROLES[request.role], place, at })),
    senderMail("overdue", request, sender, place, at, approvers.length > 1),
  ];
}
