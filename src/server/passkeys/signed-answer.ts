import { sha256Hex } from "../../bytes/digest.ts";
import { fromUtf8, utf8 } from "../../bytes/text.ts";
import type { Proof } from "../../domain/lifecycle/step.ts";
import type { Credential } from "../../domain/member.ts";
import type { AnswerBody, AnswerOptions } from "../../domain/wire/agreeing.ts";
import { type Statement, standingInFor, statementBytes } from "../../log/statement.ts";
import type { MemberVisit } from "../gate/row.ts";
import { newNonce, takeNonce } from "./nonce.ts";
import { verifyPasskeyStatement } from "./verify-passkey.ts";

/** What a member answers with a signature, in the role that was asked. */
export interface Asked {
  /** Such as `to-agree <request id>`: a nonce is good for an answer to this by this member, and nothing else. */
  readonly about: string;
  readonly role: AnswerOptions["role"];
  /** The address of the member for whom a deputy answers; otherwise empty. */
  readonly inPlaceOf: string;
}

/** What the member's browser needs to sign. */
export async function answerOptions({ parts, member }: MemberVisit, asked: Asked): Promise<AnswerOptions> {
  const passkeys = await parts.records.read.credentialsOf(member.id);
  return {
    nonce: await newNonce(parts, nonceOwner(member.id, asked)),
    rpId: parts.place.rpId,
    signer: member.address,
    role: asked.role,
    inPlaceOf: asked.inPlaceOf,
    credentials: passkeys.map(({ id, transports }) => ({ id, transports })),
  };
}

/**
 * Checks an `approve` or `refuse` statement over a digest: a refusal's answer is the SHA-256 of its reason, hexadecimal; an
 * agreement's is empty, and a deputy's says in whose place. Spends the nonce.
 * @returns what is kept to check it later, and the passkey with its new counter, to be saved. @throws ServerError `bad-signature`
 */
export async function provedAnswer(
  { parts, member }: MemberVisit,
  asked: Asked,
  digest: string,
  body: AnswerBody,
): Promise<{ readonly proof: Proof; readonly passkey: Credential }> {
  await takeNonce(parts, body.nonce, nonceOwner(member.id, asked));
  const statement: Statement = {
    ...standingInFor(asked.inPlaceOf),
    kind: body.answer,
    digest,
    role: asked.role,
    answer: body.answer === "refuse" ? await sha256Hex(utf8(body.reason.trim())) : "",
    signer: member.address,
    rpId: parts.place.rpId,
    nonce: body.nonce,
  };
  const allowed = await parts.records.read.credentialsOf(member.id);
  const passkey = await verifyPasskeyStatement(parts, statement, body.passkey, allowed);
  const { signature, clientDataJSON, authenticatorData } = body.passkey;
  const shown = { signature, publicKey: passkey.publicKey, clientDataJSON, authenticatorData };
  return { proof: { statement: fromUtf8(statementBytes(statement)), keyKind: "passkey", ...shown }, passkey };
}

function nonceOwner(memberId: string, { about }: Asked): string {
  return `${memberId} ${about}`;
}
