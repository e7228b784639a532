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

/**
 * What is kept beside it in `passkey-added` of a further passkey: that one which was there before agreed, by an `enrol` statement with the role
 * `passkey` over the digest of the new one's public key. `agreedBy` is the COSE key that agreed.
 */
export type Agreement = Readonly<
  Record<
    "agreedStatement" | "agreedSignature" | "agreedBy" | "agreedClientDataJSON" | "agreedAuthenticatorData",
    string
  >
>;

/** Of a first passkey, and of one after a recovery or a new invitation: nobody could agree. Says too that agreements were kept by then. */
export const NOBODY_AGREED = { agreedBy: "" } as const;

/** The same proof, as an agreement to another passkey. */
export function agreementOf(proof: EnrolmentProof): Agreement {
  return {
    agreedStatement: proof.statement,
    agreedSignature: proof.signature,
    agreedBy: proof.signedBy,
    agreedClientDataJSON: proof.clientDataJSON,
    agreedAuthenticatorData: proof.authenticatorData,
  };
}
