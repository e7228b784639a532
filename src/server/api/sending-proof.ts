import { fromUtf8 } from "../../bytes/text.ts";
import type { Proof } from "../../domain/lifecycle/step.ts";
import type { Credential } from "../../domain/member.ts";
import type { SignBody, SigningOptions } from "../../domain/wire/sending.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import type { SenderVisit } from "../gate/row.ts";
import { newNonce } from "../passkeys/nonce.ts";
import { verifyDeviceStatement } from "../passkeys/verify-device.ts";
import { verifyPasskeyStatement } from "../passkeys/verify-passkey.ts";

/** What the sender's client needs to sign a waybill. `owner` ties the nonce to what it is for. */
export async function signingOptions(visit: SenderVisit, waybill: string, owner: string): Promise<SigningOptions> {
  const { parts, member } = visit;
  const passkeys = await parts.records.read.credentialsOf(member.id);
  return {
    waybill,
    nonce: await newNonce(parts, owner),
    rpId: parts.place.rpId,
    signer: member.address,
    credentials: passkeys.map(({ id, transports }) => ({ id, transports })),
  };
}

/**
 * Checks the sender's `send` statement over a waybill's digest, signed by a passkey or a command line's key of theirs.
 * @returns what is kept to check it later, and the passkey with its new counter, to be saved.
 * @throws ServerError `bad-signature`
 */
export async function provedBySender(
  { parts, member }: SenderVisit,
  digest: string,
  body: SignBody,
): Promise<{ readonly proof: Proof; readonly passkey: Credential | null }> {
  const { read } = parts.records;
  const about = { digest, role: "sender", answer: "", signer: member.address, rpId: parts.place.rpId };
  const statement: Statement = { version: 1, kind: "send", ...about, nonce: body.nonce };
  const text = fromUtf8(statementBytes(statement));
  if ("passkey" in body) {
    const { signature, clientDataJSON, authenticatorData } = body.passkey;
    const allowed = await read.credentialsOf(member.id);
    const passkey = await verifyPasskeyStatement(parts, statement, body.passkey, allowed);
    const shown = { signature, publicKey: passkey.publicKey, clientDataJSON, authenticatorData };
    return { proof: { statement: text, keyKind: "passkey", ...shown }, passkey };
  }
  const key = await verifyDeviceStatement(parts, statement, body.device, await read.keysOf(member.id));
  const shown = { signature: body.device.signature, publicKey: key.signing ?? "" };
  return { proof: { statement: text, keyKind: "device", ...shown }, passkey: null };
}
