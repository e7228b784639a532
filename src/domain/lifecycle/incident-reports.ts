import type { NewEvent } from "../event.ts";
import {
  type Exposure,
  type Incident,
  isWorse,
  kindsOf,
  type LinkedTransfer,
  type Report,
  type Told,
} from "../incident.ts";
import { eventsOnTransfers, happened, type IncidentStep, refuseClosed } from "./incident-step.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** What an incident is opened with, beside its first report. */
export interface Opening {
  readonly linked: LinkedTransfer | null;
  readonly personal: boolean | null;
  /** ISO 8601: until when somebody has to acknowledge it. */
  readonly dueAt: string;
  readonly told: readonly Told[];
}

/** → reported: the first report, with the facts as they are then. */
export function openIncident(report: Report, { linked, personal, dueAt, told }: Opening, taken: Taken): IncidentStep {
  const incident: Incident = {
    ...{ id: report.number, state: "reported", kind: report.kind, reportedAt: taken.at, dueAt, personal },
    ...{ knownAt: taken.at, deadlineToldAt: null },
    ...{ escalatedAt: null, acknowledgedAt: null, ownerId: null, reports: [report], told, actions: [] },
    ...{ transfers: linked ? [linked] : [], authority: null, people: null, lessons: "", closedAt: null, events: [] },
  };
  return { incident, events: [reported(incident, report, linked?.reference ?? null, told, taken)] };
}

/** What another report brings with it. */
export interface Joining {
  /** The linked transfer that it is about, where it is about one. */
  readonly about: string | null;
  /** Who has to know of this one too. */
  readonly told: readonly Told[];
  /** Whether what was said or decided so far rests on what this report says otherwise: see `contradicts`. */
  readonly contradicts: boolean;
  /** Until when somebody has to acknowledge it, where it opens a closed incident again, or is worse: ISO 8601. */
  readonly dueAt: string;
}

/**
 * SDT-29: another report about what was reported before. While it is open the state stays, unless the report is worse than what was known
 * (`isWorse`): then the incident is of that kind, somebody has to acknowledge it anew, and others are told where nobody does. A closed one is
 * opened again by what contradicts it, waits for somebody to acknowledge it, and is refused otherwise. What a contradiction concerns is asked
 * again: the log has both.
 */
export function joinIncident(
  incident: Incident,
  report: Report,
  { about, told, contradicts: against, dueAt }: Joining,
  taken: Taken,
): IncidentStep {
  const closed = incident.state === "closed";
  refuseUnless(!closed || against, "This incident is closed.");
  const reports = [...incident.reports, report];
  const worse = isWorse(incident, report.kind);
  const [before] = kindsOf(incident);
  const [kind = report.kind] = kindsOf({ kind: incident.kind, reports });
  const joined: Incident = { ...incident, kind, reports, told: [...incident.told, ...told] };
  const asked = against && wasSaid(incident) ? askedDetail(incident) : {};
  // what waits already waits no longer for that, and whoever was told that it waits is told at once that it is worse
  const waits = { state: "reported", acknowledgedAt: null, escalatedAt: null, closedAt: null } as const;
  const until = incident.state === "reported" ? incident.dueAt : dueAt;
  const anew = incident.state === "acknowledged" ? ({ acknowledge: "again" } as const) : {};
  const more = { ...asked, ...(worse && before ? { before, ...anew } : {}) };
  const events = [reported(joined, report, about, told, taken, more)];
  const again: Incident = {
    ...joined,
    ...(against ? askedAgain(incident, false, taken) : {}),
    ...(closed || worse ? { ...waits, dueAt: until } : {}),
  };
  if (!closed) return { incident: again, events };
  const reason = `Report ${report.number} says something else than what it was closed on.`;
  return {
    incident: again,
    events: [...events, ...eventsOnTransfers("incident-reopened", joined, taken, { reason })],
  };
}

/**
 * Whether a report says otherwise than what was said or decided about an incident rests on: something of a kind that nobody had reported, or
 * about a transfer of which somebody was handed something, or opened it, since. @param now who had what, now @param said when it was, ISO 8601
 */
export function contradicts(
  { reports }: Incident,
  { kind }: Pick<Report, "kind">,
  now: readonly Exposure[],
  said: string,
): boolean {
  const more = now.some(({ handedOutAt, openedAt }) => (handedOutAt ?? "") > said || (openedAt ?? "") > said);
  return more || reports.every((each) => each.kind !== kind);
}

/** Whether something stands that rests on what was known: that no personal data is concerned, or a decision about telling. */
export function wasSaid({ personal, authority, people }: Incident): boolean {
  return personal === false || authority !== null || people !== null;
}

/**
 * What rests on what was known is asked again. Where it had been decided whether the supervisory authority is told, the organisation comes to know of
 * something new now. What was never decided is not put off, also where somebody had said that no personal data is concerned: that does not stand
 * any more, and what was known on the first day does (SDT-29). @param declared whether what was learnt since declares personal data
 */
function askedAgain(
  { personal, authority, knownAt }: Incident,
  declared: boolean,
  taken: Taken,
): Pick<Incident, "personal" | "authority" | "people" | "knownAt"> {
  return {
    ...{ personal: declared || personal === true ? true : null, authority: null, people: null },
    knownAt: authority === null ? knownAt : taken.at,
  };
}

/** What is on record of it: that it is asked again, and whether the 72 hours run anew. */
function askedDetail({ authority }: Incident): NewEvent["detail"] {
  return { asked: "again", ...(authority === null ? {} : { clock: "anew" }) };
}

/** Whoever reported adds to their report, also after the incident was closed. What they said stays in the record, not in the event. */
export function sayMore(
  incident: Incident,
  number: string,
  { words, reach }: Pick<Report, "words" | "reach">,
  taken: Taken,
): IncidentStep {
  const added = (report: Report): Report => ({
    ...report,
    words: [report.words, words].filter((each) => each !== "").join("\n"),
    reach: reach === "" ? report.reach : reach,
  });
  refuseUnless(
    incident.reports.some((each) => each.number === number),
    "There is no such report.",
  );
  const reports = incident.reports.map((each) => (each.number === number ? added(each) : each));
  const text = `Whoever made report ${number} added to it.`;
  return { incident: { ...incident, reports }, events: [happened("incident-noted", incident, taken, null, { text })] };
}

/** The event belongs to the transfer that the report is about, so that its evidence has it. What was written stays in the record. */
function reported(
  incident: Incident,
  report: Report,
  about: string | null,
  told: readonly Told[],
  taken: Taken,
  more: NewEvent["detail"] = {},
): NewEvent {
  const linked = incident.transfers.find(({ reference }) => reference === about);
  return happened("incident-reported", incident, taken, linked?.reference ?? null, {
    report: report.number,
    problem: report.kind,
    standing: report.standing,
    stopped: report.stopped,
    ...(linked ? exposedIn(linked) : {}),
    told: [...new Set(told.map((each) => each.as))].join(", "),
    ...more,
  });
}

/** How many had been handed what is sealed to them, and how many had proved that they opened it. */
function exposedIn({ exposures }: LinkedTransfer): { readonly handed: number; readonly opened: number } {
  return {
    handed: exposures.filter(({ handedOutAt }) => handedOutAt !== null).length,
    opened: exposures.filter(({ openedAt }) => openedAt !== null).length,
  };
}

/** Somebody found out which transfer it is about, or that another one is concerned too. */
export function linkTransfer(
  incident: Incident,
  linked: LinkedTransfer,
  more: { readonly personal: boolean; readonly told: readonly Told[] },
  taken: Taken,
): IncidentStep {
  refuseClosed(incident);
  const known = incident.transfers.some(({ reference }) => reference === linked.reference);
  refuseUnless(!known, "That transfer is linked already.");
  const transfers = [...incident.transfers, linked];
  // what was said before rests on what was known before: it is asked again, and the log has both
  const again = askedAgain(incident, more.personal, taken);
  const asked = wasSaid(incident) ? askedDetail(incident) : {};
  return {
    incident: { ...incident, ...again, transfers, told: [...incident.told, ...more.told] },
    events: [happened("incident-linked", incident, taken, linked.reference, { ...exposedIn(linked), ...asked })],
  };
}
