/** What lives for minutes or days and is no record: sessions, challenges, codes, counters. Keys of secrets are hashes. */
export interface Ephemera {
  /** Inserts or replaces. */
  put(kind: EphemeralKind, key: string, value: EphemeralValue, expiresAt: Date): Promise<void>;
  /** Null when absent or expired. */
  get(kind: EphemeralKind, key: string, now: Date): Promise<EphemeralValue | null>;
  /** Removes and answers it in one step, so that it is used once at the most. */
  take(kind: EphemeralKind, key: string, now: Date): Promise<EphemeralValue | null>;
  remove(kind: EphemeralKind, key: string): Promise<void>;
  /** Removes every entry of that kind whose value has this `owner`. */
  removeOwned(kind: EphemeralKind, owner: string): Promise<void>;
  /** Adds one to a counter that starts at 0 and is forgotten at `expiresAt` of its first use; answers the new count. */
  count(kind: EphemeralKind, key: string, now: Date, expiresAt: Date): Promise<number>;
  /** Forgets what has expired; answers how many. */
  sweep(now: Date): Promise<number>;
}

export type EphemeralKind =
  | "session"
  | "recipient-session"
  | "challenge"
  | "code"
  | "invitation"
  | "set-up-code"
  | "device-enrolment"
  | "continue"
  | "reread" // what of a sealed body was handed out since its recipient reported damage or a loss
  | "typing" // what somebody typed on the pages of describing, before there is a draft
  | "report" // what somebody may still add to a report of theirs; which reports of a network are taken as one
  | "rate"
  | "lease" // a job that runs in one process at a time
  | "log" // what jobs found out about the log and its witnesses
  | "feed" // a receiver of the live feed that takes nothing at the moment, and when it is tried again
  | "look" // a search or a record that an auditor has opened: the event is written, the page may be read
  | "orphan"; // a blob that no transfer referred to when it was last looked at

/** JSON; `owner` is the member or recipient that it belongs to. */
export type EphemeralValue = { readonly owner: string } & { readonly [key: string]: string | number | boolean | null };
