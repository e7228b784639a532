/** Why a pack proves nothing. Whoever handed it over controls every byte of it. */
export type EvidenceCode =
  | "not-a-pack" // not the files that a pack is made of
  | "altered" // bytes are not those that the log's key vouches for
  | "wrong-signature" // a statement was not signed by the key that it names
  | "wrong-statement" // a statement says something else than its event
  | "wrong-key" // a key was not enrolled for whoever is said to have signed
  | "wrong-order"; // something happened without what has to come before it

/** @see EvidenceCode. `message` says what is wrong with what. */
export class EvidenceError extends Error {
  readonly code: EvidenceCode;
  constructor(options: { code: EvidenceCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "EvidenceError";
    this.code = options.code;
  }
}
