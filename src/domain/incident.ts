import { randomBytes } from "../bytes/random.ts";
import { DomainError } from "./error.ts";
import { newReference, parseReference } from "./reference.ts";

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

/** The gravest first: what may have reached somebody, what is gone, what is not whole, what only may lead there. */
const BY_GRAVITY: readonly IncidentKind[] = [
  ...(["opened-by-other", "wrong-person", "lost"] as const),
  ...(["missing", "damaged", "suspicious-message", "near-miss"] as const),
];

/** What is a new matter whatever else was reported of the same incident. */
const GRAVEST: readonly IncidentKind[] = ["opened-by-other", "wrong-person", "lost"];

/**
 * What whoever reports is to the transfer. `recipient`: proved the mailbox, or is that member. `link`: holds a recipient's link alone.
 * `sheet`: has the code that came with what was carried; earlier versions wrote `link` of that. `reference`: knows the reference alone. `member`: signed in, about no transfer that we know; `nobody`: not signed in, likewise.
 */
export type Standing = "sender" | "recipient" | "link" | "sheet" | "reference" | "member" | "nobody";

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
  /** The gravest that was reported of it: see `kindsOf`. */
  readonly kind: IncidentKind;
  /** When its first report came. */
  readonly reportedAt: string;
  /**
   * When the organisation came to know of what is to be decided: the clock for the supervisory authority starts here. That of the first report, until a
   * report or a transfer says otherwise than what was decided by then about telling it.
   */
  readonly knownAt: string;
  /** When it was mailed last that the clock runs out, or has; null: not so far. */
  readonly deadlineToldAt: string | null;
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
export function authorityDeadline({ knownAt }: Pick<Incident, "knownAt">): string {
  return new Date(Date.parse(knownAt) + 72 * HOUR).toISOString();
}

/** How long before its end whom the clock concerns is told that it runs out, ms. */
const SOON = 24 * HOUR;

/**
 * Whether whom the clock concerns is to be told that it runs out (`soon`), or that it has (`over`): once each, while it is not decided and nobody
 * said that no personal data is concerned. Null: not now. @param at ISO 8601
 */
export function deadlineToTell(incident: Incident, at: string): "soon" | "over" | null {
  const { state, personal, authority, deadlineToldAt } = incident;
  if (state === "closed" || personal === false || authority !== null) return null;
  const end = authorityDeadline(incident);
  const soon = new Date(Date.parse(end) - SOON).toISOString();
  const told = deadlineToldAt ?? "";
  if (at >= end) return told < end ? "over" : null;
  return at >= soon && told < soon ? "soon" : null;
}

/** Each kind that was reported of it once, the gravest first. */
export function kindsOf({ kind, reports }: Pick<Incident, "kind" | "reports">): readonly IncidentKind[] {
  const all = new Set([kind, ...reports.map((each) => each.kind)]);
  return BY_GRAVITY.filter((each) => all.has(each));
}

/** Whether a report makes more of an incident than was known: of a kind that nobody had reported, and among the gravest or graver than all of them. */
export function isWorse(incident: Pick<Incident, "kind" | "reports">, kind: IncidentKind): boolean {
  const known = kindsOf(incident);
  if (known.includes(kind)) return false;
  return GRAVEST.includes(kind) || kindsOf({ kind, reports: incident.reports })[0] === kind;
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

/** What a person typed, as the number of a report, with `IN` in front or not; null where it cannot be one, or is a transfer’s reference. */
export function readIncidentNumber(typed: string): string | null {
  if (/^WB(?=.{8})/i.test(typed.trim())) return null;
  try {
    return parseReference(typed.trim().replace(/^IN(?=.{8})/i, "")).replace(/^WB/, "IN");
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
