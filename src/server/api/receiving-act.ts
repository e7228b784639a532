import type { Step, Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { carryOut } from "../carry-out.ts";
import { ServerError } from "../error.ts";
import type { Parts } from "../parts.ts";
import { refuseUnlessOpen } from "./receiving-open.ts";
import { nowOf } from "./receiving-view.ts";

/** One recipient's rows. */
export interface Rows {
  readonly transfer: Transfer;
  readonly recipient: Recipient;
  /** Null when their record is gone. */
  readonly sender: Member | null;
}

/** The rows as they are inside the transaction: the guard's copies may be stale. */
export interface Standing extends Rows {
  readonly tx: Writer;
  readonly taken: Taken;
}

/** Ends a transaction in which nothing was to be done: a repeated request is answered like the first, and is no event. */
class Unchanged extends Error {
  readonly rows: Rows;
  constructor(rows: Rows) {
    super("Nothing was to be done.");
    this.rows = rows;
  }
}

/**
 * Takes an arrow for one recipient in one transaction, on the rows as they are then, and answers the rows afterwards. A step without
 * events changes nothing. What `take` throws undoes everything.
 * @throws ServerError `gone`, `paused`
 */
export async function act(
  parts: Parts,
  recipientId: string,
  by: "recipient" | "link-holder",
  take: (standing: Standing) => Promise<Step> | Step,
): Promise<Rows> {
  const at = nowOf(parts);
  const written = parts.records.write(async (tx) => {
    const recipient = await tx.recipient(recipientId);
    const transfer = recipient && (await tx.transfer(recipient.reference));
    if (!recipient || !transfer) throw new ServerError({ code: "no-such-page", message: "There is nothing here." });
    const sender = await tx.member(transfer.senderId);
    refuseUnlessOpen(transfer, recipient, at, sender);
    const step = await take({ tx, transfer, recipient, sender, taken: { at, by: { kind: by, id: recipientId } } });
    if (step.events.length === 0) throw new Unchanged({ transfer, recipient, sender });
    await carryOut(tx, step);
    const after = step.recipients.find((each) => each.id === recipientId) ?? recipient;
    return { transfer: step.transfer, recipient: after, sender };
  });
  return written.catch((error: unknown) => {
    if (error instanceof Unchanged) return error.rows;
    throw error;
  });
}

/** The step of a request that was carried out before. */
export function nothingToDo(transfer: Transfer): Step {
  return { transfer, recipients: [], events: [] };
}

/** One arrow after another: everything that both changed, with all their events. */
export function then(first: Step, next: (transfer: Transfer, recipient: Recipient) => Step): Step {
  const [recipient] = first.recipients;
  if (recipient === undefined) throw new Error("The first of two arrows changed no recipient.");
  const second = next(first.transfer, recipient);
  return {
    transfer: second.transfer,
    recipients: second.recipients.length > 0 ? second.recipients : first.recipients,
    events: [...first.events, ...second.events],
  };
}
