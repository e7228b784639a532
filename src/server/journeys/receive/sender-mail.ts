import { randomId } from "../../../bytes/random.ts";
import type { Message } from "../../../domain/mail.ts";
import type { Member } from "../../../domain/member.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import type { Place } from "../../parts.ts";

/** What the sender (or the stand-in) is told at once, by mail, of what a recipient did. */
export type News = "arrived" | "words-asked" | "received" | "problem" | "not-for-me" | "paused";

/** SDT-16: subjects name the reference alone, never a person or what is in it. */
const SUBJECT: Readonly<Record<News, string>> = {
  arrived: "has arrived: please tell the six words",
  "words-asked": "the recipient is waiting for the six words",
  received: "receipt confirmed",
  problem: "the recipient says that something is wrong",
  "not-for-me": "a recipient says that it is not for them",
  paused: "is paused: please decide",
};

const TEXT: Readonly<Record<News, (who: string, how: string) => string>> = {
  arrived: (who, how) =>
    `${who} has confirmed that the package arrived. They need the six words to open it. ${how} The six words and the numbers are on the transfer's page.`,
  "words-asked": (who, how) =>
    `${who} is still waiting for the six words and asks you to tell them. ${how} The six words and the numbers are on the transfer's page.`,
  received: (who) => `${who} has opened the package and signed that it is complete. There is nothing more to do.`,
  problem: (who) =>
    `${who} says that something is wrong with the package. What they said is on the transfer's page. Nothing has been deleted.`,
  "not-for-me": (who) =>
    `${who} says that this package is not for them. Their access ended at once. Look at who should have had it. It was reported to those who look after such problems too: what was reported is on your start page.`,
  paused: (who) =>
    `Somebody who holds the link sent to ${who} says that it is not for them. They have not shown that they read that mailbox. Access is paused and nothing is lost: on the transfer's page, let it go on or end it.`,
};

/** The mail to one member about one recipient. `how`: in which ways the six words can be told, where that is the news. */
export function senderMail(
  news: News,
  rows: { readonly transfer: Transfer; readonly recipient: Recipient },
  to: Member,
  place: Place,
  at: string,
  how: string,
): Message {
  const { transfer, recipient } = rows;
  const lines = [
    `Dear ${to.name},`,
    TEXT[news](`${recipient.name} (${recipient.address})`, how),
    `Transfer ${transfer.reference}: ${place.origin}/transfers/${transfer.reference}`,
  ];
  return {
    id: randomId(),
    to: to.address,
    subject: `${transfer.reference}: ${SUBJECT[news]}`,
    text: `${lines.join("\n\n")}\n`,
    reference: transfer.reference,
    recipientId: null,
    createdAt: at,
  };
}
