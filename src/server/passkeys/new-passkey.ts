import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { toBase64Url } from "../../bytes/base64.ts";
import { iso } from "../../domain/clock.ts";
import type { Credential, Member } from "../../domain/member.ts";
import type { NewPasskey } from "../../domain/wire/people.ts";
import { type Statement, statementChallenge } from "../../log/statement.ts";
import { ServerError } from "../error.ts";
import type { Parts } from "../parts.ts";
import { enrolStatement } from "./statements.ts";
import { badSignature, verifyPasskeyStatement } from "./verify-passkey.ts";

const TRANSPORTS = new Set(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]);
const ES256 = -7;
const RS256 = -257;

/**
 * Checks a new passkey: its registration, and its first signature over `first`, which shows that it works and belongs to the
 * same key. The browser controls every byte. No attestation is asked for: which authenticator somebody has is their affair.
 * @returns the passkey, not saved yet.
 * @throws ServerError `bad-signature`; `bad-request` when the passkey is known already.
 */
export async function verifyNewPasskey(
  parts: Parts,
  member: Pick<Member, "id" | "address">,
  nonce: string,
  given: NewPasskey,
  first: Statement,
): Promise<Credential> {
  const { id, clientDataJSON, attestationObject, transports } = given.registration;
  const registration = enrolStatement(parts, { digest: "", role: "passkey", signer: member.address, nonce });
  const verdict = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: "public-key",
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject },
    },
    expectedChallenge: toBase64Url(await statementChallenge(registration)),
    expectedOrigin: parts.place.origin,
    expectedRPID: parts.place.rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: [ES256, RS256],
  }).catch((cause: unknown) => {
    throw badSignature(cause);
  });
  if (!verdict.verified) throw badSignature();
  const made = verdict.registrationInfo.credential;
  if (made.id !== id || (await parts.records.read.credential(id))) {
    throw new ServerError({ code: "bad-request", message: "This passkey is known already. Nothing was changed." });
  }
  const credential: Credential = {
    id,
    memberId: member.id,
    publicKey: toBase64Url(made.publicKey),
    counter: made.counter,
    transports: transports.filter((each) => TRANSPORTS.has(each)),
    prf: given.prf,
    name: given.name.trim() || "Passkey",
    createdAt: iso(parts.clock.now()),
    removedAt: null,
  };
  return verifyPasskeyStatement(parts, first, given.signature, [credential]);
}
