import type { ContainerCode } from "../containers/error.ts";
import type { SealCode } from "../seal/error.ts";

/** What can go wrong in the command line itself. */
export type CliCode =
  | "usage"
  | "file"
  | "interrupted"
  | "offline"
  | "refused"
  | "damaged-transfer"
  | "contradiction"
  | "not-for-this-key"
  | "unconfirmed-key"
  | "false-key"
  | "changed-files"
  | "not-signed-in"
  | "declined"
  | "bad-facts"
  | "bad-configuration"
  | "bad-policy"
  | "not-ready"
  | "log-altered"
  | "not-witnessed"
  | "not-proved"
  | "wrong-words"
  | "wrong-code"
  | "waiting"
  | "bad-volume"
  | "no-room";

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
  "not-for-this-key": 3,
  "damaged-transfer": 5,
  "changed-files": 6,
  offline: 9,
  refused: 10,
  contradiction: 11,
  "unconfirmed-key": 12,
  "false-key": 22,
  "not-signed-in": 13,
  declined: 14,
  "bad-facts": 2,
  "bad-configuration": 2,
  "bad-policy": 2,
  "not-ready": 3,
  "log-altered": 16,
  "not-witnessed": 21,
  "not-proved": 17,
  "wrong-words": 4,
  "wrong-code": 4,
  waiting: 15,
  "bad-volume": 18,
  "no-room": 20,
  "wrong-media": 18,
  "too-large": 19,
  "wrong-kind": 19,
  locked: 19,
  "not-kept": 19,
  "weak-password": 4,
} as const satisfies Record<CliCode | ContainerCode | SealCode, number>;

/** What each exit code means. */
export const EXIT_MEANINGS: readonly (readonly [number, string])[] = [
  [0, "done"],
  [1, "a fault in waybill itself: please report it"],
  [2, "the command was not understood, or its input cannot be used"],
  [3, "it is sealed to other keys; of assess, send and receipt: something is still to do first"],
  [4, "the words, the code or the passphrase are not the right ones; of package: the chosen password is too weak"],
  [5, "the file is damaged; what was written before that was taken away, or is incomplete where it went to a pipe"],
  [6, "a file could not be read or written, or changed while it was read"],
  [7, "a key is malformed, or keys of different strengths were mixed"],
  [8, "opening would cost more work than is accepted"],
  [9, "the server was not reached; what it had acknowledged is kept, and the same command goes on"],
  [10, "the server refused this, or answered what is not understood"],
  [11, "the server contradicts what this device knows; nothing was signed or opened"],
  [12, "somebody's key is new or changed and was not confirmed; nothing was sent"],
  [13, "this command line is not enrolled at the server, or no longer"],
  [14, "you answered no"],
  [15, "it waits for you: for the emailed code, or for the six words; the same command with them goes on"],
  [16, "of log fsck: the log is not what was signed"],
  [17, "of verify: the evidence pack was altered, or does not prove what it says"],
  [
    18,
    "of package: the volume is not the registered medium, is one of this computer's disks, or is not empty or large enough",
  ],
  [19, "of package: the format cannot hold these files as they are; another one can"],
  [20, "the server's disk is full; what it had acknowledged is kept, and the same command goes on when there is room"],
  [21, "of log fsck: it agrees with itself, but no witness that it was to ask answered, and no head was given"],
  [22, "a key stands in your name that none of your passkeys signed for; nothing was sent"],
  [130, "interrupted"],
];
