import { sha256Hex } from "../../bytes/digest.ts";
import { fromUtf8, utf8 } from "../../bytes/text.ts";
import { agreeArrangement, refuseArrangement } from "../../domain/lifecycle/arrangement-arrows.ts";
import { refuseUnless, type Taken } from "../../domain/lifecycle/step.ts";
import { arrangementText } from "../../domain/standing-arrangement.ts";
import type { AnswerBody, AnswerOptions } from "../../domain/wire/agreeing.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import type { ArrangementVisit } from "../gate/row.ts";
import { newNonce, takeNonce } from "../passkeys/nonce.ts";
import { verifyPasskeyStatement } from "../passkeys/verify-passkey.ts";
import { arrangementMail } from "./arrangement-mail.ts";

/** What a manager's browser needs to sign; the nonce is good for an answer to this arrangement by this member alone. */
export async function arrangementOptions({ parts, member, arrangement }: ArrangementVisit): Promise<AnswerOptions> {
  const passkeys = await parts.records.read.credentialsOf(member.id);
  return {
    nonce: await newNonce(parts, nonceOwner(member.id, arrangement.id)),
    rpId: parts.place.rpId,
    signer: member.address,
    role: arrangement.role,
    credentials: passkeys.map(({ id, transports }) => ({ id, transports })),
  };
}

/**
 * Records a manager's signed answer to a standing arrangement, and tells whoever asked. The statement's digest is of the text that
 * describes it; a refusal's answer is the SHA-256 of its reason, hexadecimal.
 * @throws ServerError `bad-signature`; DomainError `not-now`
 */
export async function answerArrangement(visit: ArrangementVisit, body: AnswerBody, taken: Taken): Promise<void> {
  const { parts, member, arrangement, requester } = visit;
  await takeNonce(parts, body.nonce, nonceOwner(member.id, arrangement.id));
  const statement: Statement = {
    version: 1,
    kind: body.answer,
    digest: await sha256Hex(utf8(arrangementText(arrangement, requester.address))),
    role: arrangement.role,
    answer: body.answer === "refuse" ? await sha256Hex(utf8(body.reason.trim())) : "",
    signer: member.address,
    rpId: parts.place.rpId,
    nonce: body.nonce,
  };
  const allowed = await parts.records.read.credentialsOf(member.id);
  const passkey = await verifyPasskeyStatement(parts, statement, body.passkey, allowed);
  const { signature, clientDataJSON, authenticatorData } = body.passkey;
  const shown = { signature, publicKey: passkey.publicKey, clientDataJSON, authenticatorData };
  const proof = { statement: fromUtf8(statementBytes(statement)), keyKind: "passkey", ...shown } as const;
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

function nonceOwner(memberId: string, id: string): string {
  return `arrangement ${memberId} ${id}`;
}
