import { DAY } from "./clock.ts";
import { isOver } from "./lifecycle/transfer-arrows.ts";
import type { Recipient, Transfer } from "./transfer.ts";

/** Somebody who has something later than it was to be there, or has not said in time that it is complete. */
export interface Late {
  readonly recipient: Recipient;
  /** `arrival`: nobody confirmed that it is there. `receipt`: it is there, and nobody confirmed that it is complete. */
  readonly what: LateWhat;
  /** The last day on which it was in time, YYYY-MM-DD. */
  readonly due: string;
}
export const LATE_WHATS = ["arrival", "receipt"] as const;
export type LateWhat = (typeof LATE_WHATS)[number];

/** As many times is a sender told of what is late. */
export const MOST_REMINDERS = 3;

/**
 * What something late waits for: that somebody has it (`arrival`: a recipient stands as released); or that its sender is told, who was not told
 * as often as they are, and has not left (`reminder`: of an arrival, or of a receipt whose day has passed).
 */
export type LateWaiting = "arrival" | "reminder";

/** The day on which it was to be there, YYYY-MM-DD, of what is carried, is under way and is not told by telephone; null of everything else. */
export function expectedOn({ state, carriage }: Pick<Transfer, "state" | "carriage">): string | null {
  if (state !== "released" || carriage === null || carriage.method === "telephone") return null;
  return carriage.dispatch?.expected || null;
}

/**
 * SIS-14, SDT-28: who is late with it on that day (YYYY-MM-DD). It is to be there on the day that was expected, a fax on the day on which it
 * went, an email by the day after; and complete by the day by which the sender expects a receipt, once they could open it.
 */
export function lateIn(transfer: Transfer, recipients: readonly Recipient[], today: string): readonly Late[] {
  const { carriage, expiresAt } = transfer;
  const expected = expectedOn(transfer);
  if (expected === null || carriage === null) return [];
  const mailed = carriage.method === "email" || carriage.method === "cjsm";
  const there = mailed ? dayAfter(expected) : expected;
  return recipients
    .filter((each) => !isOver(each))
    .flatMap((recipient): readonly Late[] => {
      if (recipient.state === "released") return there < today ? [{ recipient, what: "arrival", due: there }] : [];
      // SDT-21: until they are told the password it is the sender who is waited for.
      const opens = carriage.fixed.package === null && carriage.method !== "removable-media";
      if (recipient.state !== "arrived" || (!opens && recipient.wordsToldAt === null)) return [];
      const complete = expiresAt.slice(0, 10);
      return complete < today ? [{ recipient, what: "receipt", due: complete }] : [];
    });
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}
