import { fromBase64Url } from "../../bytes/base64.ts";
import { fromUtf8 } from "../../bytes/text.ts";
import type { Proof } from "../../domain/lifecycle/step.ts";
import type { Credential, Member } from "../../domain/member.ts";
import type { RecipientSignature } from "../../domain/wire/receiving.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import { verifyWithArrivalKey } from "../../log/statement-keys.ts";
import type { RecipientVisit } from "../gate/row.ts";
import { verifyDeviceStatement } from "../passkeys/verify-device.ts";
import { badSignature, verifyPasskeyStatement } from "../passkeys/verify-passkey.ts";

/** A verified signature: what is kept of it, and the passkey with its new counter, to be saved with the arrow. */
export interface Signed {
  readonly proof: Proof;
  readonly passkey: Credential | null;
}

/**
 * Verifies a recipient's signature; the browser controls every byte of it. SDT-2: a member signs with a passkey or device key of their
 * own, whoever proved a mailbox with the key made at arrival; never the other way round.
 * @throws ServerError `bad-signature`
 */
export async function verifySignature(
  visit: RecipientVisit,
  by: RecipientSignature,
  statement: Statement,
): Promise<Signed> {
  const text = fromUtf8(statementBytes(statement));
  if (visit.proof === "mailbox") {
    if (!("arrivalKey" in by)) throw badSignature();
    const { arrivalKey, signature } = by;
    if (!(await verifyWithArrivalKey(bytes(arrivalKey), bytes(signature), statement))) throw badSignature();
    return { proof: { statement: text, signature, publicKey: arrivalKey, keyKind: "arrival" }, passkey: null };
  }
  if (visit.member === null) throw badSignature();
  return verifyMember(visit, visit.member, by, statement, text);
}

async function verifyMember(
  { parts }: RecipientVisit,
  member: Member,
  by: RecipientSignature,
  statement: Statement,
  text: string,
): Promise<Signed> {
  if ("device" in by) {
    const key = await verifyDeviceStatement(parts, statement, by.device, await parts.records.read.keysOf(member.id));
    const { signature } = by.device;
    return {
      proof: { statement: text, signature, publicKey: key.signing ?? "", keyKind: "device", keyId: key.id },
      passkey: null,
    };
  }
  if (!("passkey" in by)) throw badSignature();
  const allowed = await parts.records.read.credentialsOf(member.id);
  const passkey = await verifyPasskeyStatement(parts, statement, by.passkey, allowed);
  const { signature, clientDataJSON, authenticatorData } = by.passkey;
  const { publicKey, id: keyId } = passkey;
  return {
    proof: { statement: text, signature, publicKey, keyKind: "passkey", keyId, clientDataJSON, authenticatorData },
    passkey,
  };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64Url(text);
  } catch (cause) {
    throw badSignature(cause);
  }
}
