import { fromUtf8 } from "../../bytes/text.ts";
import type { Proof } from "../../domain/lifecycle/step.ts";
import type { Credential } from "../../domain/member.ts";
import type { RecoveryAct } from "../../domain/recovery-key.ts";
import type { RecoverySigningOptions } from "../../domain/wire/recovery.ts";
import type { PasskeySignature } from "../../domain/wire/sending.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import type { MemberVisit } from "../gate/row.ts";
import { newNonce, takeNonce } from "../passkeys/nonce.ts";
import { textDigest } from "../passkeys/statements.ts";
import { verifyPasskeyStatement } from "../passkeys/verify-passkey.ts";

const ROLE = "recovery-key";

/** What an administrator's browser needs to sign either of the two; the nonce is good for nothing else. */
export async function recoveryOptions({ parts, member }: MemberVisit): Promise<RecoverySigningOptions> {
  const passkeys = await parts.records.read.credentialsOf(member.id);
  return {
    nonce: await newNonce(parts, nonceOwner(member.id)),
    rpId: parts.place.rpId,
    signer: member.address,
    credentials: passkeys.map(({ id, transports }) => ({ id, transports })),
  };
}

/** What an administrator signed, checked: kept to be checked again later, and the passkey with its new counter, to be saved. */
export interface Signed {
  readonly proof: Proof;
  readonly passkey: Credential;
}

/** An `enrol` statement over the public key: what is done with it is the answer. Spends the nonce. @throws ServerError `bad-signature` */
export async function signedKeyAct(
  visit: MemberVisit,
  { act, recipient }: { readonly act: RecoveryAct; readonly recipient: string },
  given: { readonly nonce: string; readonly by: PasskeySignature },
): Promise<Signed> {
  return checked(visit, { kind: "enrol", digest: await textDigest(recipient), answer: act }, given);
}

/** A `recover` statement over the waybill. Spends the nonce. @throws ServerError `bad-signature` */
export function signedExport(
  visit: MemberVisit,
  digest: string,
  given: { readonly nonce: string; readonly by: PasskeySignature },
): Promise<Signed> {
  return checked(visit, { kind: "recover", digest, answer: "" }, given);
}

async function checked(
  { parts, member }: MemberVisit,
  about: Pick<Statement, "kind" | "digest" | "answer">,
  { nonce, by }: { readonly nonce: string; readonly by: PasskeySignature },
): Promise<Signed> {
  await takeNonce(parts, nonce, nonceOwner(member.id));
  const statement: Statement = {
    version: 1,
    ...about,
    role: ROLE,
    signer: member.address,
    rpId: parts.place.rpId,
    nonce,
  };
  const passkey = await verifyPasskeyStatement(parts, statement, by, await parts.records.read.credentialsOf(member.id));
  const { signature, clientDataJSON, authenticatorData } = by;
  const proof: Proof = {
    statement: fromUtf8(statementBytes(statement)),
    keyKind: "passkey",
    signature,
    publicKey: passkey.publicKey,
    clientDataJSON,
    authenticatorData,
  };
  return { proof, passkey };
}

function nonceOwner(memberId: string): string {
  return `${ROLE} ${memberId}`;
}
