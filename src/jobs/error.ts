/** What can be wrong with the settings of the jobs. */
export type JobsCode = "no-password-file" | "not-a-notify-key" | "bad-feed" | "feed-refused";

export class JobsError extends Error {
  readonly code: JobsCode;
  constructor(options: { code: JobsCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "JobsError";
    this.code = options.code;
  }
}
