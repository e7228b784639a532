import type { EnrolOptions, PasskeyRegistration } from "../../domain/wire/people.ts";
import type { PasskeySignature } from "../../domain/wire/sending.ts";
import type { Statement, StatementKind } from "../../log/statement.ts";

/** PRF input (UTF-8) of every passkey: its output is what the member's keys are sealed to (see `PASSKEY_INFO`). */
export const PRF_INPUT = "waybill/v1/passkey/prf";

/** What a passkey gave: its signature over a statement, and its PRF output (32 bytes) where it has a PRF. */
export interface Signed {
  readonly signature: PasskeySignature;
  readonly prf: Uint8Array<ArrayBuffer> | null;
}

/** Port: the authenticators of this device. The challenge is always the statement's digest; user verification is required. */
export interface Passkeys {
  /** A new discoverable passkey. @throws ClientError `cancelled` when the person or the browser gave up. */
  create(statement: Statement, options: EnrolOptions): Promise<PasskeyRegistration>;
  /**
   * One prompt. An empty list of credentials means any passkey of this site.
   * @throws ClientError `cancelled`
   */
  get(
    statement: Statement,
    credentials: readonly { readonly id: string; readonly transports: readonly string[] }[],
  ): Promise<Signed>;
}

/** A statement of a member about ways in; `digest` says what is enrolled. */
export function waysInStatement(
  kind: Extract<StatementKind, "enrol" | "sign-in">,
  about: Pick<Statement, "role" | "digest" | "signer" | "rpId" | "nonce">,
): Statement {
  return { version: 1, kind, answer: "", ...about };
}
