import { carriedEntry } from "../../domain/carried-waybill.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { entryDigest, type Waybill } from "../../domain/waybill.ts";

/**
 * SDT-3: where it goes for one recipient, as it was signed and agreed to; null before it is signed, and for what was signed before places
 * stood there. Whatever is done with it after that takes this, and not what the contact says by now.
 */
export async function signedPlace({ waybill, state }: Transfer, recipient: Recipient): Promise<string | null> {
  if (waybill === null || state === "draft" || recipient.tokenHash === null) return null;
  const { recipients, carried } = JSON.parse(waybill.text) as Waybill; // our own text, fixed at signing
  const places: readonly string[] | undefined = carried?.places; // absent in waybills of earlier versions
  return places?.[recipients.indexOf(await entryDigest(carriedEntry(recipient)))] ?? null;
}
