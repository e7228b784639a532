/** Why a document is not printed. Its maker is this program; its texts are people's. */
export type PaperworkCode =
  | "bad-document" // headings out of order, rows that lack cells, a date that is none
  | "does-not-fit"; // a label's text is larger than the label, even in the smallest type

/** @see PaperworkCode. `message` says what does not fit where, without repeating it. */
export class PaperworkError extends Error {
  readonly code: PaperworkCode;
  constructor(options: { code: PaperworkCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "PaperworkError";
    this.code = options.code;
  }
}
