import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { RecoveryBody } from "../../domain/wire/people.ts";
import { statementBytes } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import type { Http } from "../http.ts";
import { type Enrolled, makePasskey } from "./enrol.ts";
import { type Passkeys, waysInStatement } from "./passkeys.ts";
import { openRing, sealRing, signWithRecoveryCode } from "./ring.ts";
import { nextAnswer, recoveryAnswer, signInOptions } from "./shapes.ts";

/**
 * Asks whether address and recovery code fit together, before anything new is made. The code itself is not sent, and is not used up.
 * @throws SealError `bad-input` for a mistyped code, ClientError `refused` for a wrong or used one.
 */
export async function checkRecovery(
  http: Http,
  given: { readonly address: string; readonly code: string },
): Promise<void> {
  await open(http, given.address.trim().toLowerCase(), given.code);
}

async function open(http: Http, address: string, code: string) {
  await signWithRecoveryCode(code, new Uint8Array(0)); // a mistyped code is told here
  const { nonce, rpId } = await http.send("POST", "/api/recovery/nonce", { address }, signInOptions);
  const signIn = waysInStatement("sign-in", { role: "recovery-code", digest: "", signer: address, rpId, nonce });
  const opening = { address, nonce, signature: await signWithRecoveryCode(code, statementBytes(signIn)) };
  return { rpId, ...(await http.send("POST", "/api/recovery/open", opening, recoveryAnswer)) };
}

/**
 * The way back in with a recovery code, which itself is never sent: its sign-in key signs, its sealing key opens the keys. A
 * new passkey and a new key pair are made; every earlier passkey and the code end. What was sealed to earlier keys still opens.
 * @param newCode from `generateRecoveryCode`, already shown and kept.
 * @throws SealError `bad-input` for a mistyped code (nothing was sent), ClientError `refused` when code and address do not fit.
 */
export async function recover(
  http: Http,
  passkeys: Passkeys,
  given: { readonly address: string; readonly code: string; readonly newCode: string; readonly name: string },
): Promise<Enrolled> {
  const address = given.address.trim().toLowerCase();
  const role = "recovery-code";
  const { rpId, options, keys, wraps } = await open(http, address, given.code);
  const ring = await openRing(keys, wraps, { kind: "recovery-code", code: given.code });
  const pair = await generateKeyPair();
  const { passkey, way } = await makePasskey(passkeys, options, pair.recipient, given.name);
  const digest = await sha256Hex(utf8(pair.recipient));
  const overKey = waysInStatement("enrol", { role, digest, signer: address, rpId, nonce: options.nonce });
  const body: RecoveryBody = {
    address,
    nonce: options.nonce,
    passkey,
    recipient: pair.recipient,
    signature: await signWithRecoveryCode(given.code, statementBytes(overKey)),
    wraps: await sealRing(
      [{ keyId: "new", identity: pair.identity }, ...ring],
      [way, { kind: "recovery-code", code: given.newCode }],
    ),
  };
  const { next } = await http.send("POST", "/api/recovery", body, nextAnswer);
  return { next, passphrase: way.kind === "passphrase" ? way.passphrase : null };
}
