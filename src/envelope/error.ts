/** What can be wrong with the open part of a sealed file, or with a size or place asked for in it. */
export type EnvelopeCode = "not-a-header" | "too-long" | "bad-size" | "bad-extent";

/** The bytes are whoever's sent them: every field may be hostile. Callers translate the code. */
export class EnvelopeError extends Error {
  readonly code: EnvelopeCode;
  constructor(options: { code: EnvelopeCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "EnvelopeError";
    this.code = options.code;
  }
}
