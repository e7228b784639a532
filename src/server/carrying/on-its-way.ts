import { randomId } from "../../bytes/random.ts";
import type { CarriedMethod } from "../../domain/carriage.ts";
import type { Language } from "../../domain/contact.ts";
import { carriageOf } from "../../domain/lifecycle/carriage-arrows.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Place } from "../parts.ts";
import { cy } from "./texts/cy.ts";
import { en } from "./texts/en.ts";
import type { CarriedTexts, MailFacts } from "./texts/texts.ts";

export const CARRIED_TEXTS = { en, cy } as const satisfies Record<Language, CarriedTexts>;

/** Of what was handed over or said, the recipient knows; of the others they are told that it comes (SIS-13). */
const TOLD_AHEAD: readonly CarriedMethod[] = ["post", "removable-media", "fax"];

interface About {
  readonly transfer: Transfer;
  readonly recipient: Recipient;
  readonly sender: Member;
  readonly organisation: Organisation;
  readonly place: Place;
}

/** The mail that says that something is on its way; null where the recipient has it by then. It names no content and no code. */
export function onItsWay(about: About): Omit<Message, "createdAt"> | null {
  const { method } = carriageOf(about.transfer);
  return TOLD_AHEAD.includes(method) ? mail(about, "onItsWay") : null;
}

/** SDT-28: the mail to somebody who has not confirmed that they have it or, where it is there by the record, that it is complete. */
export function carriedReminder(about: About): Omit<Message, "createdAt"> {
  return mail(about, about.recipient.state === "arrived" ? "receiptReminder" : "reminder");
}

function mail(about: About, which: "onItsWay" | "reminder" | "receiptReminder"): Omit<Message, "createdAt"> {
  const { transfer, recipient } = about;
  const { reference } = transfer;
  const texts: CarriedTexts = CARRIED_TEXTS[recipient.language];
  const facts = factsOf(about);
  return {
    id: randomId(),
    to: recipient.address,
    subject: texts.subject(reference),
    text: `${[texts.greeting(facts), ...texts[which](facts)].join("\n\n")}\n`,
    reference,
    recipientId: recipient.id,
  };
}

function factsOf({ transfer, recipient, sender, organisation, place }: About): MailFacts {
  const { method, dispatch } = carriageOf(transfer);
  const locale = recipient.language === "cy" ? "cy-GB" : "en-GB";
  const expected = dispatch?.expected || transfer.expiresAt;
  return {
    name: recipient.name,
    team: recipient.team,
    reference: transfer.reference,
    sender: { name: sender.name, address: sender.address },
    organisation,
    host: new URL(place.origin).host,
    method,
    expected: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Europe/London" }).format(
      new Date(expected),
    ),
  };
}
