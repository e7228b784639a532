import { randomId } from "../../bytes/random.ts";
import type { ApprovalRequest } from "../../domain/approval.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import { ROLES } from "../../domain/roles.ts";
import { formatDateTime } from "../format.ts";
import type { Place } from "../parts.ts";

/** What a sender is told while others answer. */
export type SenderOccasion = "released" | "held" | "refused" | "question" | "overdue" | "lapsed";

/** Of a request that is overdue: until when it was to be answered, and whether anybody else may answer it. */
interface Unanswered {
  /** ISO 8601 */
  readonly dueAt: string;
  readonly others: boolean;
}

const WHAT: Readonly<
  Record<SenderOccasion, readonly [subject: string, text: (role: string, unanswered: Unanswered) => string]>
> = {
  released: ["agreed to and sent", () => "Everybody who had to has agreed, and it was sent."],
  held: [
    "agreed to, but not sent",
    () =>
      "Everybody who had to has agreed, but as things are now it cannot be sent. The page says why, and what to do.",
  ],
  refused: [
    "not agreed to",
    (role) =>
      `It was refused by the ${role}. Nothing was sent, and nothing is lost: the page says why, and you can change it.`,
  ],
  question: [
    "you are asked something",
    (role) => `The ${role} asks you something before answering. Answer on the page.`,
  ],
  overdue: [
    "no answer yet",
    (role, { dueAt, others }) =>
      `The ${role} was to answer by ${formatDateTime(dueAt)} and has not. ${others ? "Whoever else may answer was asked too, and administrators were told" : "They were reminded again, and administrators were told, who can name a deputy for them"}. Nothing was sent yet.`,
  ],
  lapsed: [
    "nobody answered",
    (role) =>
      `Nobody answered as ${role}, so the request has ended. Nothing was sent, and nothing is lost: on the page you can ask again, or change it.`,
  ],
};

/** Names the reference and who answered as what, and nothing of the content, its purpose or its recipients. @param at ISO 8601 @param others whether anybody else may answer it */
export function senderMail(
  occasion: SenderOccasion,
  { reference, role, dueAt }: Pick<ApprovalRequest, "reference" | "role" | "dueAt">,
  sender: Member,
  place: Place,
  at: string,
  others = false,
): Message {
  const [subject, text] = WHAT[occasion];
  const lines = [
    `Dear ${sender.name},`,
    text(ROLES[role].toLowerCase(), { dueAt, others }),
    `Transfer ${reference}: ${place.origin}/transfers/${reference}`,
  ];
  return {
    id: randomId(),
    to: sender.address,
    subject: `${reference}: ${subject}`,
    text: `${lines.join("\n\n")}\n`,
    reference,
    recipientId: null,
    createdAt: at,
  };
}
