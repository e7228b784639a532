import { randomId } from "../../bytes/random.ts";
import type { ApprovalRequest } from "../../domain/approval.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import { ROLES } from "../../domain/roles.ts";
import { formatDateTime } from "../format.ts";
import type { Place } from "../parts.ts";
import type { Approver } from "./approvers.ts";

/** Why somebody who may answer is written to. */
export type ApprovalOccasion = "asked" | "asked-again" | "reminded" | "escalated" | "question-answered";

interface About {
  readonly request: ApprovalRequest;
  readonly approver: Approver;
  readonly sender: Member;
  readonly place: Place;
  /** ISO 8601 */
  readonly at: string;
}

const OPENING: Readonly<Record<ApprovalOccasion, (sender: string) => string>> = {
  asked: (sender) => `${sender} asks for your agreement before something is sent.`,
  "asked-again": (sender) =>
    `${sender} has changed what was agreed to or refused before, and asks for your agreement to it as it is now. Earlier answers do not count for it; the page shows what changed.`,
  reminded: (sender) => `${sender} still waits for your agreement before something is sent.`,
  escalated: (sender) => `${sender} waits for an agreement that is overdue.`,
  "question-answered": (sender) => `${sender} has answered your question.`,
};

const SUBJECTS: Readonly<Record<ApprovalOccasion, string>> = {
  asked: "your agreement is asked for",
  "asked-again": "your agreement is asked for",
  reminded: "your agreement is still asked for",
  escalated: "an agreement of yours is overdue",
  "question-answered": "your question is answered",
};

/** Names the requester, the reference and the deadline, and nothing of the content, its purpose or its recipients. */
export function approvalMail(occasion: ApprovalOccasion, about: About): Message {
  const { request, approver, sender, place, at } = about;
  const { reference, role, dueAt, id } = request;
  const stead = approver.inPlaceOf ? ` You stand in for ${approver.inPlaceOf.name}.` : "";
  const escalated =
    occasion !== "escalated" ? "" : approver.inPlaceOf ? " You can answer too." : " You have not answered yet.";
  const over = dueAt <= at;
  const lines = [
    `Dear ${approver.member.name},`,
    `${OPENING[occasion](`${sender.name} (${sender.address})`)}${escalated} You are asked as ${ROLES[role].toLowerCase()}.${stead}`,
    `Reference: ${reference}\n${over ? "An answer was due by" : "Please answer by"}: ${formatDateTime(dueAt)}`,
    `Look at it, then agree, refuse, or ask a question: ${place.origin}/to-agree/${id}`,
    "You can do that on a phone. Nothing has been sent yet.",
  ];
  return {
    id: randomId(),
    to: approver.member.address,
    subject: `${reference}: ${SUBJECTS[occasion]}`,
    text: `${lines.join("\n\n")}\n`,
    reference,
    recipientId: null,
    createdAt: at,
  };
}

/** To an administrator, who can name somebody to answer in the place of whoever is away. */
export function overdueMail(about: {
  readonly request: ApprovalRequest;
  readonly to: Member;
  readonly sender: Member;
  readonly role: string;
  readonly place: Place;
  readonly at: string;
}): Message {
  const { request, to, sender, role, place, at } = about;
  const lines = [
    `Dear ${to.name},`,
    `${sender.name} (${sender.address}) waits for the agreement of the ${role.toLowerCase()}, and nobody has answered it, although it was due and they were reminded.`,
    `Reference: ${request.reference}`,
    `If whoever should answer is away, name a deputy for them: ${place.origin}/deputies`,
    "Nothing has been sent yet.",
  ];
  return {
    id: randomId(),
    to: to.address,
    subject: `${request.reference}: an agreement is overdue`,
    text: `${lines.join("\n\n")}\n`,
    reference: request.reference,
    recipientId: null,
    createdAt: at,
  };
}
