import type { Reader } from "../../../domain/records.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { cameBack } from "./matters.ts";
import { type Tag, transferTag } from "./status.ts";

/** The tag of a transfer in a list, with the emails that came back: its events are read only while somebody may not have been reached. */
export async function tagOf(read: Reader, transfer: Transfer, recipients: readonly Recipient[]): Promise<Tag> {
  const unread = transfer.state === "released" && recipients.some(({ state }) => state === "released");
  const events = unread ? await read.eventsOf(transfer.reference) : [];
  return transferTag(transfer, recipients, recipients.filter((each) => cameBack(each, events)).length);
}
