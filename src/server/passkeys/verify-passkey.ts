import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { fromBase64Url, toBase64Url } from "../../bytes/base64.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Credential } from "../../domain/member.ts";
import type { PasskeySignature } from "../../domain/wire/sending.ts";
import { type Statement, statementChallenge } from "../../log/statement.ts";
import { ServerError } from "../error.ts";
import type { Parts } from "../parts.ts";

/** The WebAuthn user handle of a member. */
export function userHandle(memberId: string): string {
  return toBase64Url(utf8(memberId));
}

/**
 * Checks a passkey's signature over a statement that the server builds itself from what it knows: type, challenge, origin,
 * rpId, user presence and user verification (SPG-2), and the counter. The signer controls every byte of `signature`.
 * @param allowed whose passkeys may sign; removed ones never do.
 * @returns the passkey with its new counter, to be saved in the transaction that the signature is for.
 * @throws ServerError `bad-signature`, always with the same text.
 */
export async function verifyPasskeyStatement(
  parts: Parts,
  statement: Statement,
  signature: PasskeySignature,
  allowed: readonly Credential[],
): Promise<Credential> {
  const credential = allowed.find((each) => each.id === signature.id && each.removedAt === null);
  const handle = signature.userHandle ?? null;
  if (!credential || statement.rpId !== parts.place.rpId) throw badSignature();
  if (handle !== null && handle !== userHandle(credential.memberId)) throw badSignature();
  const { id, clientDataJSON, authenticatorData } = signature;
  try {
    const verdict = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature: signature.signature },
      },
      expectedChallenge: toBase64Url(await statementChallenge(statement)),
      expectedOrigin: parts.place.origin,
      expectedRPID: parts.place.rpId,
      requireUserVerification: true,
      credential: { id, publicKey: fromBase64Url(credential.publicKey), counter: credential.counter },
    });
    if (!verdict.verified) throw badSignature();
    return { ...credential, counter: verdict.authenticationInfo.newCounter };
  } catch (cause) {
    throw badSignature(cause);
  }
}

export function badSignature(cause?: unknown): ServerError {
  return new ServerError({
    code: "bad-signature",
    message: "That signature does not belong to this. Nothing was changed: do it again, with a passkey of yours.",
    cause,
  });
}
