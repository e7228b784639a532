import type { Reader } from "../../domain/records.ts";
import type { Matched } from "../drafts/match-recipients.ts";
import { channelOf } from "../journeys/transfer/happenings.ts";

/** A key that waits for a sender's decision, and what speaks for it. */
export interface ShownOffer {
  readonly memberId: string;
  readonly at: string;
  readonly reference: string;
  /** Who sent that transfer, name and work address. */
  readonly sender: string;
  /** How the six words were told then, and when; null when nobody recorded it. */
  readonly told: { readonly how: string; readonly at: string } | null;
}

/** The key that this recipient has offered and nobody has decided on; null when there is none. */
export async function offerFor(read: Reader, { party, address }: Matched): Promise<ShownOffer | null> {
  if (party.kind === "member") return null;
  const member = await read.memberByAddress(address);
  if (member?.state !== "active" || member.offer?.state !== "offered") return null;
  const { reference, recipientId, at } = member.offer;
  const transfer = await read.transfer(reference);
  const sender = transfer && (await read.member(transfer.senderId));
  const told = (await read.eventsAbout(recipientId)).findLast(({ kind }) => kind === "words-told");
  return {
    memberId: member.id,
    at,
    reference,
    sender: sender ? `${sender.name} (${sender.address})` : "somebody who has left",
    told: told ? { how: channelOf(told.detail), at: told.at } : null,
  };
}
