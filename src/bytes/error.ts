/** What can be wrong with bytes or text given to this slice. */
export type BytesCode = "not-base64" | "not-hex" | "not-utf8" | "not-canonical";

/** Malformed encoding. Thrown on input that an outsider may control; callers translate it. */
export class BytesError extends Error {
  readonly code: BytesCode;
  constructor(options: { code: BytesCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "BytesError";
    this.code = options.code;
  }
}
