import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { concat, equal } from "../bytes/concat.ts";
import { sha256 } from "../bytes/digest.ts";
import { fromUtf8, utf8 } from "../bytes/text.ts";
import { type Statement, statementChallenge } from "../log/statement.ts";
import { verifyWithCoseKey } from "./cose-key.ts";

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const FLAGS_AT = 32;
/** rpId hash, flags and counter. */
const SHORTEST = 37;

/** A WebAuthn assertion as an event keeps it, base64url. */
export interface Assertion {
  readonly publicKey: string;
  readonly signature: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
}

/**
 * Why the assertion is not one by this key over this statement, made at `origin`; null when it is (WebAuthn level 3 section 7.2: type,
 * challenge, origin, rpId hash, user present and verified, signature). The counter proves nothing to an outsider.
 */
export async function whyNotSigned(statement: Statement, origin: string, shown: Assertion): Promise<string | null> {
  try {
    const client = fromBase64Url(shown.clientDataJSON);
    const data = fromBase64Url(shown.authenticatorData);
    const said: unknown = JSON.parse(fromUtf8(client));
    if (typeof said !== "object" || said === null) return "what the browser signed is not understood";
    const { type, challenge, origin: at, crossOrigin } = said as Readonly<Record<string, unknown>>; // whatever it holds is compared
    if (type !== "webauthn.get") return "it was not made as an assertion";
    if (challenge !== toBase64Url(await statementChallenge(statement))) return "it was made over another statement";
    if (at !== origin || crossOrigin === true) return `it was not made at ${origin}`;
    if (data.length < SHORTEST || !equal(data.subarray(0, FLAGS_AT), await sha256(utf8(statement.rpId)))) {
      return `the passkey is not one of ${statement.rpId}`;
    }
    const flags = data[FLAGS_AT] ?? 0;
    if ((flags & USER_PRESENT) === 0) return "nobody was present at the authenticator";
    if ((flags & USER_VERIFIED) === 0) return "the authenticator did not verify who was there";
    const message = concat([data, await sha256(client)]);
    const signed = await verifyWithCoseKey(fromBase64Url(shown.publicKey), fromBase64Url(shown.signature), message);
    return signed ? null : "the signature is not by that passkey";
  } catch {
    return "it is malformed"; // base64, UTF-8 and JSON of somebody's choosing
  }
}
