import { randomId } from "../../bytes/random.ts";
import { isUnconfirmed } from "../../domain/lifecycle/key-offer.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import type { Place } from "../parts.ts";

const MOST_DRAFTS = 2000;

/**
 * OXM-22: somebody has joined. Whoever waits for them to register is told by mail that the files can be added now. Call it
 * in the transaction that makes them a member.
 */
export async function tellWaitingSenders(tx: Writer, joined: Member, place: Place, at: string): Promise<void> {
  for (const { reference, senderId } of await tx.expiring("draft", "9999", MOST_DRAFTS)) {
    const recipients = await tx.recipients(reference);
    if (!recipients.some((each) => each.registerFirst && each.address === joined.address)) continue;
    const sender = await tx.member(senderId);
    if (sender?.state !== "active") continue;
    const link = `${place.origin}/transfers/${reference}`;
    const lines = [
      `Dear ${sender.name},`,
      ...(isUnconfirmed(joined)
        ? [
            `Somebody has registered as ${joined.name} (${joined.address}) with the link in their mailbox. Nothing is sealed to their key before you have checked that it is theirs: ring them, compare the numbers, and confirm it.`,
            `Transfer ${reference}: ${link}/check-people`,
          ]
        : [
            `${joined.name} (${joined.address}) has registered. You can add the files now.`,
            `Transfer ${reference}: ${link}`,
          ]),
    ];
    await tx.post({
      id: randomId(),
      to: sender.address,
      subject: `${reference}: a recipient has registered`,
      text: `${lines.join("\n\n")}\n`,
      reference,
      recipientId: null,
      createdAt: at,
    });
  }
}
