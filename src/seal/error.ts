/**
 * Why sealing or opening did not work.
 * - `damaged`: the sealed bytes are not what was sealed: cut, altered, out of order, or followed by something.
 * - `no-access`: it is sealed to other keys than those given.
 * - `wrong-secret`: it is sealed to words or a passphrase, and these are others.
 * - `too-costly`: opening would take more work than we accept from whoever made the file (scrypt work factor).
 * - `bad-key`: a recipient or identity given by our side is malformed.
 * - `mixed-strength`: recipients of different strengths for one file.
 * - `changed`: the plaintext given for resuming is not the one that was being sealed.
 * - `bad-input`: what is to be sealed breaks a rule of its format.
 */
export type SealCode =
  | "damaged"
  | "no-access"
  | "wrong-secret"
  | "too-costly"
  | "bad-key"
  | "mixed-strength"
  | "changed"
  | "bad-input";

/** One of these codes is never reported for another. The message is for people; no key or plaintext is in it. */
export class SealError extends Error {
  readonly code: SealCode;
  constructor(options: { code: SealCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "SealError";
    this.code = options.code;
  }
}

/** The error for sealed bytes that are not what was sealed; `what` ends the sentence. */
export function damaged(what: string, cause?: unknown): SealError {
  return new SealError({ code: "damaged", message: `The sealed content is damaged: ${what}.`, cause });
}
