import { randomId } from "../../bytes/random.ts";
import { formatDate } from "../../domain/date-text.ts";
import type { Late } from "../../domain/lateness.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { Place } from "../parts.ts";
import { carrierOf, isConfirmedOnly } from "./chase.ts";

interface About {
  readonly transfer: Transfer;
  /** At least one; all of one kind. */
  readonly late: readonly Late[];
  readonly sender: Member;
  readonly place: Place;
  /** ISO 8601 */
  readonly at: string;
}

/**
 * SIS-14, SDT-28: tells the sender that something is late. It names the reference, the day and the carrier, and nothing of the
 * contents or the recipients: whom to ring, and the number that many carriers let anybody redirect a parcel with, are on the page.
 */
export function lateMail({ transfer, late, sender, place, at }: About): Message {
  const { reference } = transfer;
  const [first] = late;
  const day = formatDate(first?.due ?? at);
  const carrier = first?.what === "arrival" ? carrierOf(transfer) : null;
  const says =
    first?.what === "receipt"
      ? `A receipt for ${reference} was expected by ${day}, and nobody has confirmed that it is complete.`
      : isConfirmedOnly(transfer)
        ? `It should have been confirmed by ${day} that ${reference} arrived, and nobody has.`
        : `${reference} should have been there on ${day}, and nobody has confirmed that it arrived.`;
  const ask =
    carrier === null
      ? ""
      : `Ask the carrier: ${carrier.name}. ${carrier.tracking === "" ? "" : "Its number is on the page. "}`;
  const lines = [
    `Dear ${sender.name},`,
    says,
    `${ask}Ring whoever it is for, on the number that its page shows. If they have it, record that there; if nobody has it, report it.`,
    `${place.origin}/transfers/${reference}#late`,
  ];
  return {
    ...{ id: randomId(), to: sender.address, subject: `${reference}: late`, text: `${lines.join("\n\n")}\n` },
    ...{ reference, recipientId: null, createdAt: at },
  };
}
