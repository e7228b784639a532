/** Everything that a rule of the domain can refuse. One table in the server maps each code to a status and a page. */
export type DomainCode =
  | "bad-reference"
  | "bad-address"
  | "bad-number"
  | "not-now" // the state machine has no such arrow from here
  | "not-work-address" // SDT-17: only the organisation's own addresses originate
  | "not-yours"
  | "not-found"
  | "incomplete" // something that must be stated or present first is missing
  | "changed" // what is signed or answered is not what is there now
  | "unmet" // a condition of policy is not met: each is named with its clause
  | "already-there";

/** A rule of the domain refused. `message` may be shown to people: what happened, what was not lost, what to do. */
export class DomainError extends Error {
  readonly code: DomainCode;
  constructor(options: { code: DomainCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "DomainError";
    this.code = options.code;
  }
}
