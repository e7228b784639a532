import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { AGREED } from "../../evidence/enrolment-signature.ts";
import type { Statement } from "../../log/statement.ts";
import type { Parts } from "../parts.ts";

/** What is enrolled: a `passkey`, a `member`'s public key, a `recovery-code`, a `device`. */
export type EnrolRole = "passkey" | "member" | "recovery-code" | "device";

/** An `enrol` statement, as the server expects it to have been signed. `digest` says what is enrolled. */
export function enrolStatement(
  parts: Parts,
  about: {
    readonly digest: string;
    readonly role: EnrolRole;
    readonly signer: string;
    readonly nonce: string;
    /** Empty unless it agrees to a further passkey (`AGREED`). */
    readonly answer?: typeof AGREED;
  },
): Statement {
  return { version: 1, kind: "enrol", answer: "", rpId: parts.place.rpId, ...about };
}

/** A `sign-in` statement. A passkey says itself who it is (`signer` empty); a recovery code goes with an address. */
export function signInStatement(
  parts: Parts,
  about: { readonly role: "member" | "recovery-code" | "device"; readonly signer: string; readonly nonce: string },
): Statement {
  return { version: 1, kind: "sign-in", digest: "", answer: "", rpId: parts.place.rpId, ...about };
}

/** SHA-256 of a text, hexadecimal: the digest of a public key, a credential id or an attestation object in an `enrol` statement. */
export function textDigest(text: string): Promise<string> {
  return sha256Hex(utf8(text));
}
