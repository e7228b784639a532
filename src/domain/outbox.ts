import type { Message } from "./mail.ts";

export interface QueuedMessage extends Message {
  readonly state: "waiting" | "sent" | "failed";
  readonly attempts: number;
  readonly lastError: string | null;
}

/** What a message is about, as a hold sees it. */
export type MailAbout = Pick<QueuedMessage, "to" | "reference" | "createdAt">;

/** The queue behind `Writer.post`. A lease that is not answered in time is handed out again. */
export interface Outbox {
  lease(now: Date, leaseMs: number): Promise<QueuedMessage | null>;
  sent(id: string): Promise<void>;
  /** `retryAt` null: never again. */
  failed(id: string, why: string, retryAt: Date | null): Promise<void>;
  /** Deletes what was sent or given up and is at least as old as `before`, but for what `kept` says; answers how many. */
  forget(before: Date, kept?: (message: MailAbout) => boolean): Promise<number>;
  find(id: string): Promise<QueuedMessage | null>;
  /** Newest first. */
  list(limit: number): Promise<readonly QueuedMessage[]>;
}
