import type { SealCode } from "../seal/error.ts";

/** What can go wrong in the command line itself. */
export type CliCode = "usage" | "file" | "interrupted";

/** A message for the person at the terminal: what happened, what was not lost, what to do. */
export class CliError extends Error {
  readonly code: CliCode;
  constructor(options: { code: CliCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "CliError";
    this.code = options.code;
  }
}

/** Exit codes; `waybill help` prints them. 0 is success, 1 a fault of the program itself. */
export const EXIT_CODES = {
  usage: 2,
  "no-access": 3,
  "wrong-secret": 4,
  damaged: 5,
  changed: 5,
  file: 6,
  "bad-key": 7,
  "mixed-strength": 7,
  "too-costly": 8,
  "bad-input": 2,
  interrupted: 130,
} as const satisfies Record<CliCode | SealCode, number>;

/** What each exit code means. */
export const EXIT_MEANINGS: readonly (readonly [number, string])[] = [
  [0, "done"],
  [1, "a fault in waybill itself: please report it"],
  [2, "the command was not understood, or its input cannot be used"],
  [3, "the file is sealed to other keys"],
  [4, "the words or passphrase are not the right ones"],
  [5, "the file is damaged; what was written before that was taken away, or is incomplete where it went to a pipe"],
  [6, "a file could not be read or written"],
  [7, "a key is malformed, or keys of different strengths were mixed"],
  [8, "opening would cost more work than is accepted"],
  [130, "interrupted"],
];
