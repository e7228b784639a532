import { fromBase64Url } from "../../bytes/base64.ts";
import { BytesError } from "../../bytes/error.ts";
import type { PublicKey } from "../../domain/member.ts";
import type { Statement } from "../../log/statement.ts";
import { verifyWithEd25519 } from "../../log/statement-keys.ts";
import type { Parts } from "../parts.ts";
import { badSignature } from "./verify-passkey.ts";

/**
 * Checks a statement signed by a command line's own key (Ed25519).
 * @param keys the member's keys; only those of kind `device` that are not removed count.
 * @throws ServerError `bad-signature`, always with the same text.
 */
export async function verifyDeviceStatement(
  parts: Parts,
  statement: Statement,
  signature: { readonly keyId: string; readonly signature: string },
  keys: readonly PublicKey[],
): Promise<PublicKey> {
  const key = keys.find((each) => each.id === signature.keyId && each.kind === "device" && each.removedAt === null);
  if (!key?.signing || statement.rpId !== parts.place.rpId) throw badSignature();
  if (!(await verifyEd25519Text(key.signing, signature.signature, statement))) throw badSignature();
  return key;
}

/** Ed25519 with key and signature as URL-safe base64, whose bytes the signer controls. */
export async function verifyEd25519Text(key: string, signature: string, statement: Statement): Promise<boolean> {
  try {
    return await verifyWithEd25519(fromBase64Url(key), fromBase64Url(signature), statement);
  } catch (error) {
    if (error instanceof BytesError) return false;
    throw error;
  }
}
