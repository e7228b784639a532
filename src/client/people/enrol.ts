import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { EnrolBody, EnrolOptions, NewPasskey } from "../../domain/wire/people.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { generateSecret } from "../../seal/words.ts";
import type { Http } from "../http.ts";
import { type Passkeys, waysInStatement } from "./passkeys.ts";
import { sealRing, type WayIn } from "./ring.ts";
import { enrolOptions, nextAnswer } from "./shapes.ts";

/** A new passkey and the way in that it gives: itself where it has a PRF, otherwise a generated passphrase. */
export interface MadePasskey {
  readonly passkey: NewPasskey;
  readonly way: WayIn;
}

/**
 * Makes a passkey and signs with it once, over the public key: two prompts. The same prompt gives the PRF output.
 * @param recipient the public key that its owner's keys have, or will have.
 */
export async function makePasskey(
  passkeys: Passkeys,
  options: EnrolOptions,
  recipient: string,
  name: string,
): Promise<MadePasskey> {
  const about = { rpId: options.rpId, nonce: options.nonce, signer: options.user.address };
  const asNew = waysInStatement("enrol", { ...about, role: "passkey", digest: "" });
  const registration = await passkeys.create(asNew, options);
  const overKey = waysInStatement("enrol", { ...about, role: "member", digest: await sha256Hex(utf8(recipient)) });
  const { signature, prf } = await passkeys.get(overKey, [registration]);
  const way: WayIn = prf
    ? { kind: "passkey", credentialId: registration.id, prf }
    : { kind: "passphrase", passphrase: generateSecret() };
  return { passkey: { registration, signature, prf: prf !== null, name }, way };
}

/** What somebody has after enrolling: where to go on, and the passphrase to keep where the authenticator has no PRF. */
export interface Enrolled {
  readonly next: string;
  readonly passphrase: string | null;
}

/**
 * First enrolment (`path`: /api/set-up or /api/join/:token): passkey, key pair and all ways in, posted at once. The secret
 * key leaves this function sealed only.
 * @param recoveryCode from `generateRecoveryCode`, already shown and kept.
 * @param shown what is posted beside it, to show who may: the receipt token at /api/r/:id/key.
 */
export async function enrol(
  http: Http,
  passkeys: Passkeys,
  path: string,
  recoveryCode: string,
  name: string,
  shown: Readonly<Record<string, string>> = {},
): Promise<Enrolled> {
  const options = await http.send("POST", `${path}/options`, {}, enrolOptions);
  const pair = await generateKeyPair();
  const { passkey, way } = await makePasskey(passkeys, options, pair.recipient, name);
  const ring = [{ keyId: "new", identity: pair.identity }];
  const wraps = await sealRing(ring, [way, { kind: "recovery-code", code: recoveryCode }]);
  const body: EnrolBody = { nonce: options.nonce, passkey, recipient: pair.recipient, wraps };
  const { next } = await http.send("POST", path, { ...body, ...shown }, nextAnswer);
  return { next, passphrase: way.kind === "passphrase" ? way.passphrase : null };
}
