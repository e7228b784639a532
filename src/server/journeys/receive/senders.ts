import { standInOf } from "../../../domain/colleague.ts";
import type { Member } from "../../../domain/member.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import type { AnonymousVisit } from "../../gate/row.ts";
import type { Sender } from "../../texts/receiving/texts.ts";

/** The sender's name and work address together (OXM-15), and whether they have left since. */
export async function senderOf(
  { parts, organisation }: Pick<AnonymousVisit, "parts" | "organisation">,
  { senderId }: Pick<Transfer, "senderId">,
): Promise<Sender> {
  const member = await parts.records.read.member(senderId);
  if (member === null) return { name: organisation.name, address: organisation.website, left: false };
  return { name: member.name, address: member.address, left: member.state !== "active" };
}

/** SDT-13: who tells the words: the sender, their stand-in once the sender has left, or nobody any more. */
export async function tellerOf(
  { parts: { records } }: Pick<AnonymousVisit, "parts">,
  transfer: Pick<Transfer, "reference" | "senderId" | "standInId">,
): Promise<Member | null> {
  const { read } = records;
  const sender = await read.member(transfer.senderId);
  if (sender?.state === "active") return sender;
  return standInOf(read, transfer, await read.recipients(transfer.reference));
}
