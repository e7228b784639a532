import { riskText } from "../../../domain/carried-lines.ts";
import type { EventKind, StoredEvent } from "../../../domain/event.ts";
import { problemInWords } from "../../../domain/problem-words.ts";
import { formatDateTime } from "../../format.ts";
import { ADVICE_LINES } from "./advice-happenings.ts";
import { APPROVAL_LINES } from "./approval-happenings.ts";
import { CARRIED_LINES } from "./carried-happenings.ts";
import { changedIn } from "./changed-in.ts";
import { POST_ROOM_LINES } from "./post-room-happenings.ts";
import { RECIPIENT_LINES } from "./recipient-happenings.ts";
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

/** Whose claim a report is, where whoever made it showed nothing of who they are. */
function claimIn(standing: unknown): string {
  if (standing === "link") return "Somebody who holds a recipient’s link says, without having shown who they are";
  if (standing === "sheet") return "Somebody who has the code of its sheet says, without having shown who they are";
  if (standing === "reference" || standing === "nobody") return "Somebody who has not shown who they are says";
  return "A problem was reported";
}

/** No line for `transfer-requested` and `transfer-approved`: who was asked and who agreed are lines of their own. */
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
  ...APPROVAL_LINES,
  "transfer-revised": { what: () => "Taken up again, to be changed" },
  "transfer-released": { what: () => "Sent" },
  ...CARRIED_LINES,
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
    more: ({ incident, report, before }) =>
      [
        `Number ${incident}${report && report !== incident ? `, reported as ${report}` : ""}`,
        ...(before ? [`It stood as “${problemInWords(before)}” before`] : []),
      ].join(". "),
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
  const line = (recipientId === null ? WHOLE : RECIPIENT_LINES)[kind];
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

/** OXM-15: the name and the address together. */
function by({ name, address }: Detail): string {
  return `${name ?? "Somebody"} (${address ?? "address unknown"}), an administrator,`;
}
