import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";

/**
 * Whether the recipient's latest `arrive` statement is about the waybill as it is now. Correcting another recipient's address makes a new
 * waybill: then arrival is confirmed again, with the same key, before the package is opened and its receipt signed.
 */
export async function arrivedUnderThis(read: Reader, transfer: Transfer, recipient: Recipient): Promise<boolean> {
  if (recipient.arrival === null || transfer.waybill === null) return false;
  const events = await read.eventsOf(transfer.reference);
  const arrival = events.findLast((each) => each.kind === "recipient-arrived" && each.recipientId === recipient.id);
  if (typeof arrival?.detail.statement !== "string") return false;
  const { digest } = JSON.parse(arrival.detail.statement) as { readonly digest: string }; // written by this server when it was verified
  return digest === transfer.waybill.digest;
}
