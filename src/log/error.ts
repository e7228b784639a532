/** What can be wrong with the log's formats and proofs. Whoever gave the bytes answers for it. */
export type LogCode =
  | "not-a-note" // c2sp.org/signed-note
  | "not-a-key" // a verifier key
  | "not-a-checkpoint"
  | "not-a-proof" // c2sp.org/tlog-proof, or a consistency proof in a request to a witness
  | "not-a-witness" // a setting that names one
  | "out-of-range" // an index or size that the tree does not have
  | "wrong-signature" // a key that is known did not make the signature that bears its name
  | "wrong-proof" // well formed, and it does not prove this
  | "rewritten"; // the stored tree does not continue the last checkpoint

/** @see LogCode. `message` says what is wrong with what. */
export class LogError extends Error {
  readonly code: LogCode;
  constructor(options: { code: LogCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "LogError";
    this.code = options.code;
  }
}
