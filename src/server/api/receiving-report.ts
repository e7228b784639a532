import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";

/**
 * Whether the recipient, or their program for them, reported damage or a loss, and has not said since that every piece was read and
 * verified again.
 */
export async function reportStands(read: Reader, { id, reference }: Recipient): Promise<boolean> {
  const last = (await read.eventsOf(reference)).findLast(
    ({ kind, recipientId, detail }) =>
      recipientId === id &&
      ((kind === "recipient-opened" && detail.whole === true) ||
        (kind === "problem-reported" && detail.kind !== "other")),
  );
  return last?.kind === "problem-reported";
}
