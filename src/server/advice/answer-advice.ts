import { randomId } from "../../bytes/random.ts";
import { type AdviceRequest, waitsForOutcome } from "../../domain/advice.ts";
import { happened, refuseUnless, type Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import { isForThem } from "../approvals/one-role-each.ts";
import type { Place } from "../parts.ts";
import { ADVISER_ROLES } from "./advisers.ts";

/** What an adviser says. */
export interface Advice {
  readonly answer: string;
  /** Null where nothing was asked. */
  readonly verdict: AdviceRequest["verdict"];
  readonly impactAssessment: AdviceRequest["impactAssessment"];
}

/** Records the answer, which stays with the transfer, and tells whoever asked. @throws DomainError `not-now` when it was answered or closed */
export async function answerAdvice(
  tx: Writer,
  id: string,
  { answer, verdict, impactAssessment }: Advice,
  by: Member,
  place: Place,
  taken: Taken,
): Promise<void> {
  const asked = await tx.advice(id);
  refuseUnless(asked !== null && asked.answeredAt === null, "This was answered already.");
  refuseUnless(asked.supersededAt === null, "This was closed: it is about facts that were changed since.");
  refuseUnless(
    asked.question === "" || !(await isForThem(tx, asked.reference, by)),
    `This transfer is for you, so somebody else has to answer for ${ADVISER_ROLES[asked.adviser].name}.`, // SDT-3
  );
  const answered = { ...asked, answer, verdict, impactAssessment, answeredBy: by.id, answeredAt: taken.at };
  await tx.saveAdvice(answered);
  const { reference, adviser } = asked;
  const detail = { advice: id, adviser, answer, verdict, impactAssessment };
  await tx.append(happened("advice-answered", taken, reference, null, detail));
  // What they say is on the page alone; that it asks something of the reader is no content.
  const more = waitsForOutcome(answered) || verdict === "may-not-go" ? " Something is asked of you." : "";
  const sender = await tx.member(asked.askedBy);
  if (sender?.state !== "active") return;
  await tx.post({
    id: randomId(),
    to: sender.address,
    subject: `${reference}: ${ADVISER_ROLES[adviser].name} has answered`,
    text: `Dear ${sender.name},\n\n${by.name} has answered for ${ADVISER_ROLES[adviser].name}.${more}\n\nReference: ${reference}\nRead it: ${place.origin}/advice/${id}\n`,
    reference,
    recipientId: null,
    createdAt: taken.at,
  });
}
