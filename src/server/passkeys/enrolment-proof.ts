import type { Credential } from "../../domain/member.ts";
import type { PasskeySignature } from "../../domain/wire/sending.ts";
import { type Statement, statementText } from "../../log/statement.ts";

/**
 * What is kept in the event of an enrolment to check it later (docs/evidence.md): the statement, the passkey's assertion, base64url, and the
 * COSE key that it verified with. `publicKey` of such an event is the digest of what was enrolled, so the key has another name.
 */
export type EnrolmentProof = Readonly<
  Record<"statement" | "signature" | "signedBy" | "clientDataJSON" | "authenticatorData", string>
>;

/** @param signature by `passkey` over `statement`, checked already */
export function enrolmentProof(
  statement: Statement,
  { signature, clientDataJSON, authenticatorData }: PasskeySignature,
  { publicKey: signedBy }: Credential,
): EnrolmentProof {
  return { statement: statementText(statement), signature, signedBy, clientDataJSON, authenticatorData };
}
