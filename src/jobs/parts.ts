import type { ApprovalRequest } from "../domain/approval.ts";
import type { Blobs } from "../domain/blobs.ts";
import type { Clock } from "../domain/clock.ts";
import type { Ephemera } from "../domain/ephemera.ts";
import type { Incident, Told } from "../domain/incident.ts";
import type { RecordKind } from "../domain/keeping.ts";
import type { Late } from "../domain/lateness.ts";
import type { Mailer, Message } from "../domain/mail.ts";
import type { Member } from "../domain/member.ts";
import type { Organisation } from "../domain/organisation.ts";
import type { Outbox } from "../domain/outbox.ts";
import type { Reader, Records } from "../domain/records.ts";
import type { StandingArrangement } from "../domain/standing-arrangement.ts";
import type { Recipient, Transfer } from "../domain/transfer.ts";
import type { WorkingTime } from "../domain/working-time.ts";
import type { RunningLog } from "../log/running-log.ts";
import type { RunningFeed } from "./feed/feed-events.ts";

/** Everything that the jobs use; each takes the two or three parts that it needs. */
export interface JobParts {
  readonly records: Records;
  readonly ephemera: Ephemera;
  readonly outbox: Outbox;
  readonly blobs: Blobs;
  readonly mailer: Mailer;
  /** A Maildir that bounces are delivered into; null where there is none. */
  readonly bounces: string | null;
  readonly texts: ReminderTexts;
  readonly approvalNews: ApprovalNews;
  /** SDT-5: whether a transfer, by its reference, could not go if it were agreed to now: then nobody is reminded of it. */
  readonly withheld: (reference: string) => Promise<boolean>;
  /** SDT-5: tells senders of what cannot go since the last day of its agreement is over. Answers how many. @throws DomainError `not-now` where somebody else did meanwhile */
  readonly tellOfEnds: () => Promise<number>;
  /** Within which hours of work an agreement that is asked for is answered. */
  readonly answering: () => WorkingTime;
  readonly arrangementNews: ArrangementNews;
  readonly removalNews: RemovalNews;
  readonly lateNews: LateNews;
  readonly incidentNews: IncidentNews;
  readonly log: RunningLog;
  /** Where events go as they happen; null where nobody takes them. */
  readonly feed: RunningFeed | null;
  readonly clock: Clock;
  /** Where log lines go: JSON, one a line, without addresses, contents or secrets. */
  readonly logTo: { write(line: string): void };
}

/**
 * The texts of mail that jobs post, in the recipient's language. They are neutral: they name no content and hold no
 * secret.
 */
export interface ReminderTexts {
  reminderText(
    recipient: Recipient,
    transfer: Transfer,
    sender: Member,
    organisation: Organisation,
  ): { readonly subject: string; readonly text: string };
  /** To administrators, when the log is not what it was. */
  alarmText(organisation: Organisation, says: readonly string[]): { readonly subject: string; readonly text: string };
}

/**
 * The mail that goes out when a request for agreement is not answered, to whom it concerns then. Names no content. @param at ISO 8601
 */
export type ApprovalNews = (
  read: Reader,
  request: ApprovalRequest,
  moment: "reminded" | "escalated" | "lapsed",
  at: string,
) => Promise<readonly Message[]>;

/** The text of the mail to the privacy team and administrators when records are due. @param removeFrom ISO 8601 */
export type RemovalNews = (
  organisation: Organisation,
  due: { readonly kind: RecordKind; readonly count: number; readonly removeFrom: string },
) => { readonly subject: string; readonly text: string };

/** The mail that tells a sender that something they sent is late. @param late at least one, all of one kind @param at ISO 8601 */
export type LateNews = (transfer: Transfer, late: readonly Late[], sender: Member, at: string) => Message;

/** The mail that goes out when a standing arrangement that was asked for is not answered. @param at ISO 8601 */
export type ArrangementNews = (
  read: Reader,
  arrangement: StandingArrangement,
  moment: "reminded" | "lapsed",
  at: string,
) => Promise<readonly Message[]>;

/**
 * Who is told besides when nobody has acknowledged a reported problem in time, or the clock of its decisions runs out (`soon`) or has (`over`), and
 * the mail that goes out then, or for reports that were collected. @param at ISO 8601 @param why `escalated` where it is absent
 */
export type IncidentNews = (
  read: Reader,
  incident: Incident,
  at: string,
  why?: "escalated" | "reported-again" | "soon" | "over",
) => Promise<{ readonly told: readonly Told[]; readonly mail: readonly Message[] }>;

/**
 * One run of a job. It may be cut off at any moment and run by several processes at once. Answers how many things it
 * did.
 */
export type Job = (parts: JobParts, now: Date) => Promise<number>;
