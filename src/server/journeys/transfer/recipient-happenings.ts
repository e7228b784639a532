import type { EventKind, StoredEvent } from "../../../domain/event.ts";
import { phoneEnding } from "../../../domain/phone.ts";
import { formatDate } from "../../format.ts";
import type { Line } from "./happenings.ts";
import { POST_ROOM_LINES } from "./post-room-happenings.ts";

const CHANNELS: Readonly<Record<string, string>> = {
  phone: "by phone",
  sms: "by text message",
  post: "by letter",
  teams: "on Teams",
  "in-person": "in person",
  "relay-uk": "through Relay UK",
};

const CONFIRMED: Readonly<Record<string, string>> = {
  email: "by email",
  paper: "on paper",
  phone: "by phone or in person",
};

const SIGNED: Readonly<Record<string, string>> = {
  screen: "on your screen",
  typed: "by typing their name",
  paper: "on paper",
};

const SAID: Readonly<Record<string, string>> = {
  sheet: "with the code that came with it",
  phone: "by telephone",
  email: "by email",
  paper: "on paper",
  carrier: "as the carrier records it",
  "in-person": "in person",
};

const PROBLEMS: Readonly<Record<string, string>> = {
  missing: "something is missing",
  damaged: "it is damaged",
  other: "another problem",
};

/** What happened to one recipient. */
export const RECIPIENT_LINES: Partial<Record<EventKind, Line>> = {
  ...POST_ROOM_LINES,
  "recipient-told": { what: () => "Told by email" },
  "notice-bounced": {
    what: () => "The email came back",
    more: ({ why }) => `Their mail server said: ${why ?? "no reason"}`,
    failed: true,
  },
  "text-not-sent": {
    what: () => "The text message could not be sent",
    more: () => "The email is not concerned.",
    failed: true,
  },
  "address-corrected": { what: ({ address }) => `Sent to this address in place of ${address ?? "another"}` },
  "recipient-invited": { what: () => "Invited to register" },
  "code-sent": { what: () => "Asked for a code by email" },
  "mailbox-proved": { what: () => "Showed that it is their mailbox" },
  "recipient-arrived": {
    what: ({ again, how, atOnce, collected }) =>
      atOnce
        ? how === "phone"
          ? "Told by telephone"
          : collected
            ? "Collected"
            : "Handed over"
        : again
          ? "Confirmed arrival again, on another device"
          : how && how !== "sheet"
            ? `Arrived, as they said ${SAID[String(how)] ?? ""}`.trim()
            : "Confirmed that it arrived",
    more: ({ reader, how }) => (reader ? `${how ? "It is with" : "Read by"} ${reader}` : ""),
  },
  "handover-signed": {
    what: ({ how, name }) => `${name ?? "Somebody"} signed for it ${SIGNED[String(how)] ?? ""}`.trim(),
    more: ({ receipt }) => (receipt ? `The receipt that you saved has the SHA-256 ${receipt}` : ""),
  },
  "words-asked": { what: () => "Asked to be told the six words" },
  "words-told": {
    // SDT-13: each attempt by whom, where the stand-in may tell them too.
    what: (detail, _, instead) =>
      `${detail.secret === "password" ? "Password" : "Six words"} told ${instead ? `by ${instead}, ` : ""}${channelOf(detail)}`,
  },
  "words-no-answer": {
    what: (detail, _, instead) =>
      `No answer when ${instead ? `${instead} tried to tell` : "told"} the ${detail.secret === "password" ? "password" : "six words"} ${channelOf(detail)}`,
    failed: true,
  },
  "grant-handed-out": { what: () => "Was handed what is sealed to them" },
  "recipient-opened": {
    what: ({ again, whole }) =>
      whole === true
        ? "Had all of it fetched and checked again: it is what was sent"
        : again === true
          ? "Opened it again"
          : "Opened it",
  },
  "key-offered": {
    what: () => "Kept a passkey for next time; you are asked to confirm it when you next send to them",
  },
  "receipt-recorded": {
    // SDT-28: with the SHA-256 of the package, or by their word that it opened.
    what: ({ how, digest }) =>
      `Says received: they have it and it is complete, ${SAID[String(how)] ?? "as recorded"}${digest ? ", with the SHA-256 of what was sent" : ""}`,
    more: ({ note, pages }) =>
      [pages ? `${pages} pages` : "", String(note ?? "")].filter((each) => each !== "").join("; "),
  },
  "receipt-short": {
    what: ({ pages, sent }) => `${pages ?? 0} of ${sent ?? 0} pages came: it is not complete`,
    more: ({ how }) => `They said so ${SAID[String(how)] ?? ""}`.trim(),
    failed: true,
  },
  "password-not-needed": { what: () => "They need not be told a password", more: ({ why }) => String(why ?? "") },
  "confirmation-recorded": {
    what: ({ how }) => `Says received: they confirmed it ${CONFIRMED[String(how)] ?? "another way"}, as you recorded`,
    more: ({ on }) => `On ${formatDate(String(on))}. It is no proof that they opened it`,
  },
  "receipt-signed": {
    what: () => "Signed that they have it and it is complete",
    more: () => "Proved opened: they showed the token that was inside",
  },
  "problem-reported": {
    what: ({ kind }) => `Said that something is wrong: ${PROBLEMS[String(kind)] ?? "a problem"}`,
    more: ({ text }) => String(text ?? ""),
    failed: true,
  },
  "not-for-me": { what: () => "Said that it is not for them; their access ended", failed: true },
  "matter-seen": { what: () => "You have seen to what they said" },
  "access-paused": {
    what: ({ how }) =>
      how === "report"
        ? "It was reported that it may have reached the wrong person; access is paused"
        : "Somebody with the link said that it is not for them; access is paused",
    failed: true,
  },
  "access-resumed": { what: () => "You let access go on" },
  "recipient-dropped": { what: () => "You ended their access" },
  "reminder-sent": { what: () => "Reminded by email" },
};

/** By phone, on the number ending 42: out of the detail of an attempt to tell the six words. */
export function channelOf({ channel, ending }: StoredEvent["detail"]): string {
  const how = CHANNELS[String(channel)] ?? "by another way";
  return ending ? `${how}, on the number ending ${phoneEnding(String(ending))}` : how;
}
