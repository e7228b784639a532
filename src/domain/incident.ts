import { randomBytes } from "../bytes/random.ts";
import { newReference } from "./reference.ts";

/** What may have gone wrong. `near-miss`: nothing seems lost; it counts like the others (SIS-27). */
export const INCIDENT_KINDS = [
  "lost",
  "wrong-person",
  "opened-by-other",
  "damaged",
  "missing",
  "suspicious-message",
  "near-miss",
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/**
 * What whoever reports is to the transfer. `recipient`: proved the mailbox, or is that member. `link`: holds a recipient's link alone.
 * `reference`: knows the reference alone. `member`: signed in, about no transfer that we know; `nobody`: not signed in, likewise.
 */
export type Standing = "sender" | "recipient" | "link" | "reference" | "member" | "nobody";

/** One report. Several may be about the same incident. */
export interface Report {
  /** Told to whoever reports, such as IN-7F3K-Q2XV. The first report's is the incident's too. */
  readonly number: string;
  readonly at: string;
  readonly kind: IncidentKind;
  readonly standing: Standing;
  /** Whoever was signed in as a colleague or registered. */
  readonly memberId: string | null;
  /** The row of the transfer that it is about, where it says so. */
  readonly recipientId: string | null;
  /** In their own words; empty when there are none. */
  readonly words: string;
  /** How somebody without an account can be reached; empty where not said. */
  readonly reach: string;
  /** What was typed for a transfer and names none; otherwise empty. */
  readonly about: string;
  /** What was done about access by this report. */
  readonly stopped: "ended" | "paused" | null;
}

/** What a recipient had when the transfer was linked: the facts that the incident is opened with. */
export interface Exposure {
  readonly recipientId: string;
  /** When they were handed what is sealed to them, and when they proved that they opened it; null: not so far. */
  readonly handedOutAt: string | null;
  readonly openedAt: string | null;
}

export interface LinkedTransfer {
  readonly reference: string;
  readonly senderId: string;
  readonly at: string;
  readonly exposures: readonly Exposure[];
}

/** Whom a report went to, by mail. `as`: the configured contact's name, or `line-manager`, `sender`, `administrator`, `copy`. */
export interface Told {
  readonly as: string;
  readonly name: string;
  readonly address: string;
  /** Where the address is a member's. */
  readonly memberId: string | null;
  readonly at: string;
}

/** Something that somebody is to do. `due`: a date, such as 2026-12-01. */
export interface IncidentAction {
  readonly id: string;
  readonly what: string;
  readonly whoId: string;
  readonly due: string;
  readonly doneAt: string | null;
}

/** Whether somebody is told of it, and why. */
export interface Telling {
  readonly tell: boolean;
  readonly reason: string;
  readonly byMemberId: string;
  readonly at: string;
}

export type IncidentState = "reported" | "acknowledged" | "closed";

/** Something that went wrong, or nearly (SDT-29, SDT-30, SIS-27, OXM-3, SPG-3). Nothing of what was sent is in it. */
export interface Incident {
  /** The number of its first report. */
  readonly id: string;
  readonly state: IncidentState;
  /** Of its first report. */
  readonly kind: IncidentKind;
  /** When the organisation came to know of it: the clock for the supervisory authority starts here. */
  readonly reportedAt: string;
  /** Until when somebody has to have acknowledged it. */
  readonly dueAt: string;
  readonly escalatedAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly ownerId: string | null;
  /** Whether personal data is concerned: yes by a waybill or by somebody here, no only by somebody here; null: nobody has said. */
  readonly personal: boolean | null;
  readonly reports: readonly Report[];
  readonly transfers: readonly LinkedTransfer[];
  readonly told: readonly Told[];
  readonly actions: readonly IncidentAction[];
  /** The decision about the supervisory authority, and that about the people whose data it is; null while open. */
  readonly authority: Telling | null;
  readonly people: Telling | null;
  /** What was learnt; empty until it is closed. */
  readonly lessons: string;
  readonly closedAt: string | null;
  /** The numbers of its events in the log, in order. */
  readonly events: readonly number[];
}

const HOUR = 3_600_000;

/** Until when the supervisory authority is told, if it is: 72 hours after the organisation came to know (UK GDPR, article 33). */
export function authorityDeadline({ reportedAt }: Pick<Incident, "reportedAt">): string {
  return new Date(Date.parse(reportedAt) + 72 * HOUR).toISOString();
}

/** How long reports that are collected wait for one mail about all of them, ms. */
export const COLLECTED_AFTER = HOUR / 4;

/** Where it is kept, of kind `report`, that reports of this incident wait for that: `due`, ISO 8601. */
export function collectedKey(id: string): string {
  return `collected ${id}`;
}

/** Which decisions are still open. They stay so until made, also after the deadline. Where nobody has said whether personal data is concerned, that is asked first. */
export function openDecisions({ personal, authority, people }: Incident): readonly ("authority" | "people")[] {
  if (personal !== true) return [];
  return [...(authority ? [] : (["authority"] as const)), ...(people ? [] : (["people"] as const))];
}

/** A new number for a report: as a reference, but for the letters in front. Unique by the store, not unguessable. */
export function newIncidentNumber(): string {
  return newReference(randomBytes).replace(/^WB/, "IN");
}
