import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { agreeArrangement, refuseArrangement } from "../../domain/lifecycle/arrangement-arrows.ts";
import { refuseUnless, type Taken } from "../../domain/lifecycle/step.ts";
import { arrangementText } from "../../domain/standing-arrangement.ts";
import type { AnswerBody, AnswerOptions } from "../../domain/wire/agreeing.ts";
import type { ArrangementVisit } from "../gate/row.ts";
import { type Asked, answerOptions, provedAnswer } from "../passkeys/signed-answer.ts";
import { arrangementMail } from "./arrangement-mail.ts";

/** What a manager's browser needs to sign. */
export function arrangementOptions(visit: ArrangementVisit): Promise<AnswerOptions> {
  return answerOptions(visit, askedOf(visit));
}

/**
 * Records a manager's signed answer to a standing arrangement, and tells whoever asked. The statement's digest is of the text that
 * describes it; a refusal's answer is the SHA-256 of its reason, hexadecimal.
 * @throws ServerError `bad-signature`; DomainError `not-now`
 */
export async function answerArrangement(visit: ArrangementVisit, body: AnswerBody, taken: Taken): Promise<void> {
  const { parts, member, arrangement, requester } = visit;
  const digest = await sha256Hex(utf8(arrangementText(arrangement, requester.address)));
  const { proof, passkey } = await provedAnswer(visit, askedOf(visit), digest, body);
  await parts.records.write(async (tx) => {
    const now = await tx.arrangement(arrangement.id);
    refuseUnless(now !== null, "This arrangement is not there any more.");
    await tx.saveCredential(passkey);
    const step =
      body.answer === "approve"
        ? agreeArrangement(now, member.id, proof, taken)
        : refuseArrangement(now, member.id, body.reason, proof, taken);
    await tx.saveArrangement(step.arrangement);
    await tx.append(step.event);
    await tx.post(arrangementMail(step.arrangement.state, step.arrangement, requester, member, parts.place, taken.at));
  });
}

function askedOf({ arrangement: { id, role } }: ArrangementVisit): Asked {
  return { about: `arrangement ${id}`, role, inPlaceOf: "" };
}
