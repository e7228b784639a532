import { randomId } from "../../bytes/random.ts";
import type { Language } from "../../domain/contact.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Place } from "../parts.ts";
import { cy } from "./cy.ts";
import { en } from "./en.ts";
import type { InvitationFacts, NoticeFacts, NoticeTexts } from "./texts.ts";

const CATALOGUES = { en, cy } as const satisfies Record<Language, NoticeTexts>;
const DATES: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "Europe/London" }),
  cy: new Intl.DateTimeFormat("cy-GB", { dateStyle: "long", timeZone: "Europe/London" }),
};

/** Everything that a recipient's mail is made from. `at` is ISO 8601. */
export interface About {
  readonly transfer: Transfer;
  readonly recipient: Recipient;
  readonly sender: Member;
  readonly organisation: Organisation;
  readonly place: Place;
  readonly at: string;
}

/** The mail at release. It names no content and no secret (SDT-13, SDT-16), and says what SDT-14 asks for. */
export function notice(about: About): Message {
  const texts: NoticeTexts = CATALOGUES[about.recipient.language];
  return message(about, texts.subject(about.transfer.reference), texts.sent);
}

/** SDT-28: the mail to somebody who has not confirmed receipt. */
export function reminder(about: About): Message {
  const texts: NoticeTexts = CATALOGUES[about.recipient.language];
  return message(about, texts.reminderSubject(about.transfer.reference), texts.reminder);
}

/** OXM-21: the mail to somebody who has not confirmed receipt when the date was brought forward. `transfer` has the new date. */
export function soonerNotice(about: About): Message {
  const texts: NoticeTexts = CATALOGUES[about.recipient.language];
  return message(about, texts.soonerSubject(about.transfer.reference), texts.sooner);
}

/** The line of text that the sender may send ahead from their own mailbox, so that the notice is expected. */
export function lineAhead(about: Pick<About, "transfer" | "recipient" | "organisation" | "place">): string {
  const { transfer, recipient, organisation, place } = about;
  return CATALOGUES[recipient.language].ahead({ reference: transfer.reference, organisation, host: hostOf(place) });
}

/** OXM-22: the mail that invites somebody to register first. */
export function invitation(
  to: { readonly address: string; readonly language: Language },
  facts: Omit<InvitationFacts, "host">,
  place: Place,
  at: string,
): Message {
  const texts: NoticeTexts = CATALOGUES[to.language];
  const told = { ...facts, host: hostOf(place) };
  const paragraphs = [...texts.greeting({ name: facts.name, team: false }), ...texts.invitation(told)];
  return {
    id: randomId(),
    to: to.address,
    subject: texts.invitationSubject,
    text: textOf(paragraphs),
    reference: null,
    recipientId: null,
    createdAt: at,
  };
}

function message(about: About, subject: string, opening: NoticeTexts["sent"]): Message {
  const { transfer, recipient, at } = about;
  const texts: NoticeTexts = CATALOGUES[recipient.language];
  const facts = factsOf(about);
  const { greeting, genuine, responsibilities, notForYou } = texts;
  const paragraphs = [greeting, opening, genuine, responsibilities, notForYou].flatMap((each) => each(facts));
  return {
    id: randomId(),
    to: recipient.address,
    subject,
    text: textOf(paragraphs),
    reference: transfer.reference,
    recipientId: recipient.id,
    createdAt: at,
  };
}

function factsOf({ transfer, recipient, sender, organisation, place }: About): NoticeFacts {
  return {
    reference: transfer.reference,
    name: recipient.name,
    team: recipient.team,
    sender: { name: sender.name, address: sender.address, left: sender.state !== "active" },
    organisation,
    link: `${place.origin}/r/${recipient.id}`,
    host: hostOf(place),
    access: recipient.access,
    expires: DATES[recipient.language].format(new Date(transfer.expiresAt)),
  };
}

function hostOf(place: Place): string {
  return new URL(place.origin).host;
}

function textOf(paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}
