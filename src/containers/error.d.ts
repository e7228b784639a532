/**
 * Why a package was not made.
 * - `bad-input`: nothing to pack, or a password that not every program can be given.
 * - `too-large`: more than the format can hold, or than the programs that open it manage. Said before anything is written.
 * - `wrong-kind`: the file is not what the format is for, or is broken.
 * - `locked`: the file has a password already.
 * - `not-kept`: the format would change or break the document (a signature, a form of another kind).
 * - `weak-password`: a typed password that would be found too soon.
 * - `wrong-media`: the volume is not the registered medium.
 * - `changed`: a file gave other bytes than it said beforehand.
 */
export type ContainerCode =
  | "bad-input"
  | "too-large"
  | "wrong-kind"
  | "locked"
  | "not-kept"
  | "weak-password"
  | "wrong-media"
  | "changed";
/** The message is for people: what happened, and what to do. No password is in it. */
export declare class ContainerError extends Error {
  readonly code: ContainerCode;
  constructor(options: {
    code: ContainerCode;
    message: string;
    cause?: unknown;
  });
}
