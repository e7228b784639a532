import { lateIn } from "../../../domain/lateness.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { cameBack } from "./matters.ts";
import { type Tag, transferTag } from "./status.ts";

/**
 * The tag of a transfer in a list, with the emails that came back and what is overdue: its events are read only while somebody may not have
 * been reached. @param today YYYY-MM-DD
 */
export async function tagOf(
  read: Reader,
  transfer: Transfer,
  recipients: readonly Recipient[],
  today: string,
): Promise<Tag> {
  const late = lateIn(transfer, recipients, today).length;
  const unread = transfer.state === "released" && late === 0 && recipients.some(({ state }) => state === "released");
  const events = unread ? await read.eventsOf(transfer.reference) : [];
  return transferTag(transfer, recipients, recipients.filter((each) => cameBack(each, events)).length, late);
}
