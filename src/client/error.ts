/**
 * What can go wrong while a client talks to a server.
 * - `offline`: no answer came; nothing that was acknowledged is lost.
 * - `refused`: the server answered no; `refusal` says why.
 * - `bad-answer`: the answer is not what this version of the client understands.
 * - `damaged`: what arrived is not what was sealed.
 * - `lying-server`: the server contradicts what this client knows for certain.
 * - `wrong-words`: these are not the six words.
 * - `no-access`: it is not sealed to this key.
 * - `changed-keys`: a public key is new or changed, or is not in the key log.
 * - `false-key`: a key stands in the person's name that none of their passkeys signed for.
 * - `changed-files`: a chosen file changed while it was read.
 * - `elsewhere`: the same transfer is being sent from another window or program at this moment.
 * - `changed-record`: what the server asks to sign is not what this client made and the person saw.
 * - `too-large`: larger than this server takes.
 * - `too-large-for-device`: larger than this browser can save.
 * - `unfit`: the chosen file is not of a kind that may be attached here.
 * - `not-here`: what is needed to go on was kept by another device or browser.
 * - `cancelled`: the person stopped it.
 */
export type ClientCode =
  | "offline"
  | "refused"
  | "bad-answer"
  | "damaged"
  | "lying-server"
  | "wrong-words"
  | "no-access"
  | "changed-keys"
  | "false-key"
  | "changed-files"
  | "elsewhere"
  | "changed-record"
  | "too-large"
  | "too-large-for-device"
  | "unfit"
  | "not-here"
  | "cancelled";

/** What a server said when it refused: HTTP status, and the code and message of its `ErrorAnswer`. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Talking to a server did not work. `message` is for people: what happened, what was not lost, what to do. */
export class ClientError extends Error {
  readonly code: ClientCode;
  readonly refusal: Refusal | null;
  constructor(options: { code: ClientCode; message: string; refusal?: Refusal; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "ClientError";
    this.code = options.code;
    this.refusal = options.refusal ?? null;
  }
}

/** The error for a server that contradicts what is known; `what` ends the sentence. */
export function lying(what: string, cause?: unknown): ClientError {
  const message = `The server contradicts what this device knows: ${what}. Stop, and tell your administrator.`;
  return new ClientError({ code: "lying-server", message, cause });
}

/** The error for something the person stopped. */
export function cancelled(): ClientError {
  return new ClientError({ code: "cancelled", message: "You stopped this. What was sent so far is kept." });
}
