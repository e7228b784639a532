import { voicePhones } from "../../domain/contact.ts";
import type { Reader } from "../../domain/records.ts";
import type { Matched } from "../drafts/match-recipients.ts";
import { channelOf } from "../journeys/transfer/recipient-happenings.ts";
import { fingerprintFor } from "./fingerprint.ts";

/** A key that waits for a sender's decision, and what speaks for it. */
export interface ShownOffer {
  readonly memberId: string;
  readonly at: string;
  /** How it was proved: the mailbox and six words, or a link in the mailbox alone. */
  readonly how: "words" | "link";
  /** To compare with what they read out. */
  readonly fingerprint: string;
  /** Checked numbers to ring them on, as recorded under Contacts. */
  readonly phones: readonly string[];
  readonly reference: string;
  /** Who sent that transfer or invited them, name and work address. */
  readonly sender: string;
  /** How the six words were told then, and when; null when nobody recorded it. */
  readonly told: { readonly how: string; readonly at: string } | null;
}

/** The key that this recipient has offered and nobody has decided on; null when there is none. */
export async function offerFor(read: Reader, { party, address }: Matched): Promise<ShownOffer | null> {
  if (party.kind === "member") return null;
  const member = await read.memberByAddress(address);
  if (member?.state !== "active" || member.offer?.state !== "offered") return null;
  const fingerprint = await fingerprintFor(read, member.id);
  if (fingerprint === null) return null;
  const { reference, recipientId, at, how } = member.offer;
  const contact = await read.contact(party.contactId);
  const transfer = await read.transfer(reference);
  const sender = transfer && (await read.member(transfer.senderId));
  const told = (await read.eventsAbout(recipientId)).findLast(({ kind }) => kind === "words-told");
  return {
    memberId: member.id,
    at,
    how,
    fingerprint,
    phones: (contact ? voicePhones(contact) : []).flatMap(({ number, verified }) => (verified ? [number] : [])),
    reference,
    sender: sender ? `${sender.name} (${sender.address})` : "somebody who has left",
    told: told ? { how: channelOf(told.detail), at: told.at } : null,
  };
}
