import { riskText } from "../../../domain/carried-lines.ts";
import type { EventKind, StoredEvent } from "../../../domain/event.ts";
import { nationalPhone, phoneEnding } from "../../../domain/phone.ts";
import { ROLES } from "../../../domain/roles.ts";
import { formatDate, formatDateTime } from "../../format.ts";
import { problemInWords } from "../../incidents/problem-words.ts";
import { ADVICE_LINES } from "./advice-happenings.ts";
import { changedIn } from "./changed-in.ts";
import { POST_ROOM_LINES } from "./post-room-happenings.ts";
import type { TimelineContext } from "./timeline.ts";

/** One line of a timeline. `state` is how it is marked, and is said in the words too. */
export interface Happening {
  readonly what: string;
  readonly at: string;
  readonly more: string;
  readonly state: "done" | "failed";
}

type Detail = StoredEvent["detail"];
type Arranged = TimelineContext["arranged"];
/** The words of one kind of event. */
export type Line = {
  /** @param who the name of the member who did it  @param instead name and address, where they did it in the sender’s place; else null */
  readonly what: (detail: Detail, who: string, instead: string | null) => string;
  readonly more?: (detail: Detail, arranged: Arranged) => string;
  readonly failed?: true;
};

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

const LINES: Partial<Record<EventKind, Line>> = {
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
    what: ({ again, how, atOnce }) =>
      atOnce
        ? how === "phone"
          ? "Told by telephone"
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

/** No line for `transfer-requested` and `transfer-approved`: who was asked and who agreed are lines of their own. */
/** Whose claim a report is, where whoever made it showed nothing of who they are. */
function claimIn(standing: unknown): string {
  if (standing === "link") return "Somebody who holds a recipient’s link says, without having shown who they are";
  if (standing === "reference" || standing === "nobody") return "Somebody who has not shown who they are says";
  return "A problem was reported";
}

const WHOLE: Partial<Record<EventKind, Line>> = {
  ...POST_ROOM_LINES,
  "hold-placed": { what: (_, who) => `${who} placed a hold on it`, more: ({ reason }) => String(reason ?? "") },
  "hold-lifted": { what: (_, who) => `${who} lifted the hold on it`, more: ({ reason }) => String(reason ?? "") },
  "destruction-held": {
    what: () => "Nobody can open it any more; what was sealed is kept because of a hold",
  },
  "destruction-certified": { what: () => "The organisation signed that what was sealed is destroyed" },
  "transfer-described": { what: () => "Begun" },
  "transfer-changed": {
    what: (detail) => changedIn(detail) ?? "What it is, whom it is for, or why it is sent was changed",
    more: ({ risk, riskBy, riskOn }) =>
      risk ? `The risk of sending it by fax: ${riskText({ says: `${risk}`, by: `${riskBy}`, on: `${riskOn}` })}` : "",
  },
  "content-sealed": { what: () => "Files sealed and uploaded" },
  "waybill-signed": {
    what: () => "Signed",
    more: ({ digest }, arranged) =>
      (arranged.get(String(digest)) ?? [])
        .map(({ purpose, says }) => `Within the standing arrangement “${purpose}”: ${says}`)
        .join("; "),
  },
  ...ADVICE_LINES,
  "release-held": {
    what: () => "Held: not sent although everybody agreed",
    more: ({ why }) => String(why ?? ""),
    failed: true,
  },
  "approver-access-chosen": {
    what: ({ count, addresses }) =>
      count === 0
        ? "You let nobody see the files before they answer"
        : `You let these see the files before they answer: ${String(addresses).replaceAll(" ", ", ")}`,
  },
  "approver-access-handed-out": {
    what: (detail) =>
      `${detail.name} (${detail.address}) was given access to the files, to answer as ${roleIn(detail)}`,
  },
  "approval-asked": { what: (detail) => `Asked for agreement: ${roleIn(detail)}` },
  "approval-given": { what: (detail, who) => `${who} agreed as ${roleIn(detail)}${inPlace(detail)}` },
  "approval-refused": {
    what: (detail, who) => `${who} refused as ${roleIn(detail)}${inPlace(detail)}`,
    more: ({ reason }) => String(reason ?? ""),
    failed: true,
  },
  "approval-superseded": {
    what: (detail) =>
      detail.was === "waiting"
        ? `No answer is needed any more: ${roleIn(detail)}`
        : detail.was === "refused"
          ? `An earlier refusal is answered by a change: ${roleIn(detail)}`
          : `An earlier agreement does not count any more: ${roleIn(detail)}`,
  },
  "approval-reminded": { what: (detail) => `Reminded: ${roleIn(detail)}` },
  "approval-escalated": { what: (detail) => `Whoever else may answer was asked: ${roleIn(detail)}` },
  "approval-lapsed": { what: (detail) => `Nobody answered: ${roleIn(detail)}`, failed: true },
  "question-asked": { what: (_, who) => `${who} asked`, more: ({ text }) => String(text ?? "") },
  "question-answered": { what: (_, who) => `${who} answered`, more: ({ text }) => String(text ?? "") },
  "transfer-revised": { what: () => "Taken up again, to be changed" },
  "transfer-released": { what: () => "Sent" },
  "dispatch-checked": { what: (_, who) => `${who} saw to the checklist`, more: seenText },
  "fax-report-attached": {
    what: ({ replaces }) =>
      replaces ? "Another transmission report attached, in place of the one before" : "Transmission report attached",
    more: ({ readers }) => `Sealed, as their browser says, to ${readers}. Nobody signed it`,
  },
  "fax-report-on-paper": {
    what: () => "The transmission report is kept on paper",
    more: ({ where }) => String(where ?? ""),
  },
  "fax-report-handed-out": {
    what: ({ name, address }) => `${name} (${address}) was handed the transmission report`,
  },
  "dispatch-attempted": { what: () => "It did not go yet", more: ({ what }) => String(what ?? ""), failed: true },
  "transfer-dispatched": {
    what: ({ method, pages }, who) =>
      method === "telephone"
        ? `${who} recorded that they told it by telephone`
        : `${who} recorded that it went${pages ? `: ${pages} pages` : ""}`,
    more: ({ method, service, tracking, expected, handedTo, identification, told, confirmed, dialled }) =>
      [
        service ? `By ${service}` : "",
        dialled ? `Dialled ${String(dialled).split(", ").map(nationalPhone).join(", ")}` : "",
        expected && method !== "telephone" ? `Should be there by ${formatDate(String(expected))}` : "",
        tracking ? `Tracking number ${tracking}` : "",
        handedTo ? `Handed to ${handedTo}; identification seen: ${identification}` : "",
        told && confirmed ? `Told: ${told}; how it was known who answered: ${confirmed}` : String(told ?? ""),
      ]
        .filter((each) => each !== "")
        .join("; "),
  },
  "medium-dispatched": { what: ({ serial }) => `Medium ${serial} went with it` },
  "medium-arrived": { what: ({ serial }) => `Medium ${serial} is with the recipient` },
  "medium-returned": { what: ({ serial }) => `Medium ${serial} was returned` },
  "medium-erased": { what: ({ serial }) => `Medium ${serial} was erased`, more: ({ method }) => String(method ?? "") },
  "medium-lost": {
    what: ({ serial }) => `Medium ${serial} is lost`,
    more: ({ what }) => String(what ?? ""),
    failed: true,
  },
  "transfer-refused": { what: () => "Not agreed to, so not sent", failed: true },
  "expiry-shortened": {
    what: ({ expiresAt }) => `Date brought forward${expiresAt ? ` to ${formatDateTime(String(expiresAt))}` : ""}`,
  },
  "transfer-recalled": { what: () => "Taken back" },
  "transfer-expired": { what: () => "Expired" },
  "transfer-closed": { what: () => "Closed: everybody has confirmed receipt" },
  "content-destroyed": { what: () => "Content and every access destroyed" },
  "incident-reported": {
    what: ({ problem, standing }) => `${claimIn(standing)}: ${problemInWords(problem)}`,
    more: ({ incident }) => `Number ${incident}`,
    failed: true,
  },
  "incident-linked": {
    what: () => "A problem that was reported is about this too",
    more: ({ incident }) => `Number ${incident}`,
    failed: true,
  },
  "incident-closed": { what: ({ incident }) => `The reported problem ${incident} was closed` },
  "incident-reopened": { what: ({ incident }) => `The reported problem ${incident} is open again`, failed: true },
  "evidence-taken": { what: (_, who) => `${who} took the evidence` },
  "recovery-export-asked": {
    what: (detail) => `${by(detail)} asked to open it with the organisation’s recovery key`,
    more: ({ reason }) => `The reason given: ${reason ?? ""}`,
    failed: true,
  },
  "recovery-export-agreed": {
    what: (detail) => `${by(detail)} agreed that it is opened with the organisation’s recovery key`,
    failed: true,
  },
  "recovery-export-withdrawn": {
    what: (detail) => `${by(detail)} withdrew it: it is not opened with the recovery key`,
  },
  "recovery-exported": {
    what: (detail) => `${by(detail)} fetched the sealed package, to open it with the organisation’s recovery key`,
    failed: true,
  },
};

/** The lines of the checklist, as they were ticked: what each event has said since there are any. */
const SEEN: Readonly<Record<string, string>> = {
  ...{
    packed: "packed against damage",
    addresseeOnly: "ADDRESSEE ONLY outside",
    returnAddress: "return address outside",
  },
  ...{ numberConfirmed: "number confirmed", recipientAttending: "the recipient stands at the machine" },
  ...{ identityConfirmed: "identity confirmed", minimum: "kept to a minimum", identitySeen: "identification seen" },
  written: "package written onto the medium and verified",
  ...{ toldBefore: "recipient told beforehand", secondEnvelope: "a second envelope round the first" },
};

function seenText(detail: Detail): string {
  const lines = Object.entries(SEEN).flatMap(([name, says]) => (detail[name] === true ? [says] : []));
  const all = detail.marking === false ? [...lines, "no marking outside"] : lines;
  return all.length === 0 ? "" : `${all.join(", ").charAt(0).toUpperCase()}${all.join(", ").slice(1)}`;
}

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

const NOBODY: TimelineContext = { names: new Map(), others: new Map(), arranged: new Map() };

/** What happened to one recipient, oldest first. */
export function happeningsOf(
  events: readonly StoredEvent[],
  recipientId: string,
  context: TimelineContext = NOBODY,
): readonly Happening[] {
  return events.filter((each) => each.recipientId === recipientId).flatMap((each) => happeningOf(each, context) ?? []);
}

/** What happened to the transfer as a whole, oldest first. */
export function wholeHappenings(events: readonly StoredEvent[], context: TimelineContext): readonly Happening[] {
  return events.filter((each) => each.recipientId === null).flatMap((each) => happeningOf(each, context) ?? []);
}

/** The line of one event, about a recipient or about the whole; null for what has none. */
export function happeningOf(
  { kind, at, detail, actor, recipientId }: StoredEvent,
  { names, others, arranged }: TimelineContext = NOBODY,
): Happening | null {
  const line = (recipientId === null ? WHOLE : LINES)[kind];
  if (!line) return null;
  const who = (actor.kind === "member" ? names.get(actor.id) : null) ?? "Somebody";
  const more = [line.more?.(detail, arranged) ?? "", paperText(detail, at, who)].filter((each) => each !== "");
  return {
    what: line.what(detail, who, (actor.kind === "member" ? others.get(actor.id) : null) ?? null),
    at: String(detail.paperAt ?? at),
    more: more.join("\n"),
    state: line.failed ? "failed" : "done",
  };
}

/** Whose word it is, where a paper told of it afterwards. */
function paperText({ paperAt, paperBy }: Detail, at: string, who: string): string {
  return paperAt ? `By ${paperBy}, as a paper says; entered from paper by ${who} on ${formatDateTime(at)}` : "";
}

/** By phone, on the number ending 42: out of the detail of an attempt to tell the six words. */
export function channelOf({ channel, ending }: Detail): string {
  const how = CHANNELS[String(channel)] ?? "by another way";
  return ending ? `${how}, on the number ending ${phoneEnding(String(ending))}` : how;
}

function roleIn({ role }: Detail): string {
  const known: Readonly<Record<string, string>> = ROLES;
  return (known[String(role)] ?? "somebody").toLowerCase();
}

function inPlace({ inPlaceOf }: Detail): string {
  return inPlaceOf ? ", as a deputy" : "";
}

/** OXM-15: the name and the address together. */
function by({ name, address }: Detail): string {
  return `${name ?? "Somebody"} (${address ?? "address unknown"}), an administrator,`;
}
