import { DomainError } from "../error.ts";
import type { Actor, EventKind, NewEvent } from "../event.ts";
import type { Recipient, Transfer } from "../transfer.ts";

/** When and by whom an arrow is taken. `at` is ISO 8601 in UTC. */
export interface Taken {
  readonly at: string;
  readonly by: Actor;
}

/** What one arrow changes: the store saves all of it and appends all events in one transaction. */
export interface Step {
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
  readonly events: readonly NewEvent[];
}

/**
 * What somebody outside needs to check a signature later, kept in its event: the canonical JSON of the statement, the signature, and the
 * public key that it was verified with. A passkey's proof also holds `clientDataJSON` and `authenticatorData`, base64url.
 */
export type Proof = {
  readonly statement: string;
  readonly signature: string;
  readonly publicKey: string;
  readonly keyKind: "arrival" | "passkey" | "device" | "log";
} & { readonly [more: string]: string };

export function happened(
  kind: EventKind,
  taken: Taken,
  reference: string,
  recipientId: string | null = null,
  detail: NewEvent["detail"] = {},
): NewEvent {
  return { kind, at: taken.at, actor: taken.by, reference, recipientId, detail };
}

/** @throws DomainError `not-now`, saying what it is and that nothing was changed. */
export function refuseUnless(possible: boolean, what: string): asserts possible {
  if (!possible) throw new DomainError({ code: "not-now", message: `${what} Nothing was changed.` });
}
