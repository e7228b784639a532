import type { Address } from "./address.ts";
import type { EventKind, StoredEvent } from "./event.ts";
import type { Hold } from "./hold.ts";
import type { Keeping, Removal } from "./keeping.ts";
import type { QueuedMessage } from "./outbox.ts";
import type { Recipient, Transfer } from "./transfer.ts";

/** That a mail was written, without its text: that may hold a code, or a link that works once. */
export type MailKept = Pick<QueuedMessage, "createdAt" | "subject" | "reference" | "state">;

/** Reading what information governance asks of the records: holds, how long things are kept, what is due, what is held about somebody. */
export interface GovernanceReader {
  hold(id: string): Promise<Hold | null>;
  /** Those that stand. */
  holds(): Promise<readonly Hold[]>;
  /** Newest first. */
  liftedHolds(limit: number): Promise<readonly Hold[]>;
  /** Null until an administrator has said how long records are kept. */
  keeping(): Promise<Keeping | null>;
  /** Newest first. */
  removals(limit: number): Promise<readonly Removal[]>;
  /** Transfers that have ended and whose content is in that state, by when they ended. */
  transfersBy(destruction: NonNullable<Transfer["destruction"]>, limit: number): Promise<readonly Transfer[]>;
  /** Transfers that ended at or before that moment, by when; only those behind `after`, where given. */
  endedBy(
    before: string,
    limit: number,
    after?: { readonly endedAt: string; readonly reference: string },
  ): Promise<readonly Transfer[]>;
  /** Events of these kinds at or before that moment that belong to no transfer; only those with a larger number than `after`. */
  loneEvents(
    kinds: readonly EventKind[],
    before: string,
    limit: number,
    after?: number,
  ): Promise<readonly StoredEvent[]>;
  /** Every row in which that address receives. */
  recipientsAt(address: Address): Promise<readonly Recipient[]>;
  /** Whether some row names this contact. */
  contactInUse(contactId: string): Promise<boolean>;
  /** Events that this member or recipient did, whether of a transfer or not. */
  eventsBy(actor: { readonly kind: "member" | "recipient"; readonly id: string }): Promise<readonly StoredEvent[]>;
  /** Events of these kinds that belong to no transfer and whose detail has this value. */
  eventsNaming(kinds: readonly EventKind[], value: string): Promise<readonly StoredEvent[]>;
  /** Mail that is queued or was sent to that address, oldest first, as far as it is kept. Never its text: see `MailKept`. */
  mailTo(address: Address): Promise<readonly MailKept[]>;
}

/** Writing it. What is removed leaves its entries in the log: see `Removed` in src/log/removed-events.ts. */
export interface GovernanceWriter {
  saveHold(hold: Hold): Promise<void>;
  saveKeeping(keeping: Keeping): Promise<void>;
  saveRemoval(removal: Removal): Promise<void>;
  /** Removes a transfer that has ended with everything that belongs to it. Answers the numbers of its events, which are gone with their salts. */
  removeTransfer(reference: string): Promise<readonly number[]>;
  /** Removes events that belong to no transfer, with their salts. */
  removeEvents(seqs: readonly number[]): Promise<void>;
  /** An incident's record. Its events go by their numbers. */
  removeIncident(id: string): Promise<void>;
  removeContact(id: string): Promise<void>;
  removeAgreement(id: string): Promise<void>;
  removeArrangement(id: string): Promise<void>;
}
