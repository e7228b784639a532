import type { Proof } from "../../domain/lifecycle/step.ts";
import type { Credential } from "../../domain/member.ts";
import type { AnswerBody, AnswerOptions } from "../../domain/wire/agreeing.ts";
import type { ApproverVisit } from "../gate/row.ts";
import { type Asked, answerOptions, provedAnswer } from "../passkeys/signed-answer.ts";

/** What an approver's browser needs to sign. */
export function approverOptions(visit: ApproverVisit): Promise<AnswerOptions> {
  return answerOptions(visit, askedOf(visit));
}

/** Checks an answer over the waybill's digest, in the role that was asked and in the place that they stand in for; as `provedAnswer`. @throws ServerError `bad-signature` */
export function provedByApprover(
  visit: ApproverVisit,
  body: AnswerBody,
): Promise<{ readonly proof: Proof; readonly passkey: Credential }> {
  return provedAnswer(visit, askedOf(visit), visit.asked.digest, body);
}

function askedOf({ asked: { id, role }, approver }: ApproverVisit): Asked {
  return { about: `to-agree ${id}`, role, inPlaceOf: approver?.inPlaceOf?.address ?? "" };
}
