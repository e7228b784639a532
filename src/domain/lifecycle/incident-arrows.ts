import { DAY } from "../clock.ts";
import type { EventKind, NewEvent } from "../event.ts";
import {
  type Exposure,
  type Incident,
  type IncidentAction,
  type LinkedTransfer,
  openDecisions,
  type Report,
  type Telling,
  type Told,
} from "../incident.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** What one arrow changes: the store saves the incident with the numbers of these events. */
export interface IncidentStep {
  readonly incident: Incident;
  readonly events: readonly NewEvent[];
}

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
  /** Until when somebody has to acknowledge it, where it opens a closed incident again: ISO 8601. */
  readonly dueAt: string;
}

/**
 * Another report about what was reported before. While it is open the state stays; a closed one is opened again by what contradicts it, waits
 * for somebody to acknowledge it, and is refused otherwise. What a contradiction concerns is asked again: the log has both.
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
  const joined: Incident = { ...incident, reports, told: [...incident.told, ...told] };
  const asked = against && wasSaid(incident) ? ({ asked: "again" } as const) : {};
  const events = [reported(joined, report, about, told, taken, asked)];
  if (!against) return { incident: joined, events };
  const again: Incident = { ...joined, ...askedAgain(incident, false) };
  if (!closed) return { incident: again, events };
  const waits = { state: "reported", dueAt, acknowledgedAt: null, escalatedAt: null, closedAt: null } as const;
  const reason = `Report ${report.number} says something else than what it was closed on.`;
  return {
    incident: { ...again, ...waits },
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

/** @param declared whether what was learnt since declares personal data */
function askedAgain({ personal }: Incident, declared: boolean): Pick<Incident, "personal" | "authority" | "people"> {
  return { personal: declared || personal === true ? true : null, authority: null, people: null };
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
  const handed = linked?.exposures.filter(({ handedOutAt }) => handedOutAt !== null).length ?? 0;
  const opened = linked?.exposures.filter(({ openedAt }) => openedAt !== null).length ?? 0;
  return happened("incident-reported", incident, taken, linked?.reference ?? null, {
    report: report.number,
    problem: report.kind,
    standing: report.standing,
    stopped: report.stopped,
    ...(linked ? { handed, opened } : {}),
    told: [...new Set(told.map((each) => each.as))].join(", "),
    ...more,
  });
}

/** Somebody found out which transfer it is about, or that another one is concerned too. */
export function linkTransfer(
  incident: Incident,
  linked: LinkedTransfer,
  more: { readonly personal: boolean; readonly told: readonly Told[] },
  taken: Taken,
): IncidentStep {
  open(incident);
  const known = incident.transfers.some(({ reference }) => reference === linked.reference);
  refuseUnless(!known, "That transfer is linked already.");
  const transfers = [...incident.transfers, linked];
  // what was said before rests on what was known before: it is asked again, and the log has both
  const again = askedAgain(incident, more.personal);
  return {
    incident: { ...incident, ...again, transfers, told: [...incident.told, ...more.told] },
    events: [
      happened("incident-linked", incident, taken, linked.reference, wasSaid(incident) ? { asked: "again" } : {}),
    ],
  };
}

/** reported → acknowledged: a person has it. Whoever acknowledges owns it until it is given to somebody. */
export function acknowledge(incident: Incident, memberId: string, taken: Taken): IncidentStep {
  refuseUnless(incident.state === "reported", "Somebody has acknowledged it already.");
  return {
    incident: { ...incident, state: "acknowledged", acknowledgedAt: taken.at, ownerId: incident.ownerId ?? memberId },
    events: [happened("incident-acknowledged", incident, taken)],
  };
}

/** Nobody acknowledged it in time: others are told, and again each day. */
export function escalate(incident: Incident, told: readonly Told[], taken: Taken): IncidentStep {
  refuseUnless(needsEscalation(incident, taken.at), "It does not wait any more.");
  return {
    incident: { ...incident, escalatedAt: taken.at, told: [...incident.told, ...told] },
    events: [happened("incident-escalated", incident, taken, null, { told: told.length })],
  };
}

export function needsEscalation({ state, dueAt, escalatedAt }: Incident, at: string): boolean {
  if (state !== "reported" || dueAt > at) return false;
  return escalatedAt === null || Date.parse(at) - Date.parse(escalatedAt) >= DAY;
}

export function giveTo(incident: Incident, owner: { readonly id: string }, taken: Taken): IncidentStep {
  acknowledged(incident);
  refuseUnless(incident.ownerId !== owner.id, "They look after it already.");
  const detail = { owner: owner.id };
  return {
    incident: { ...incident, ownerId: owner.id },
    events: [happened("incident-given", incident, taken, null, detail)],
  };
}

/** A line of the timeline, in somebody's own words. */
export function note(incident: Incident, text: string, taken: Taken): IncidentStep {
  open(incident);
  return { incident, events: [happened("incident-noted", incident, taken, null, { text })] };
}

export function addAction(incident: Incident, action: IncidentAction, taken: Taken): IncidentStep {
  acknowledged(incident);
  const { id, what, whoId, due } = action;
  return {
    incident: { ...incident, actions: [...incident.actions, action] },
    events: [happened("incident-action-added", incident, taken, null, { action: id, what, who: whoId, due })],
  };
}

export function finishAction(incident: Incident, actionId: string, taken: Taken): IncidentStep {
  open(incident);
  const action = incident.actions.find(({ id }) => id === actionId);
  refuseUnless(action !== undefined, "There is no such action.");
  refuseUnless(action.doneAt === null, "That was done already.");
  const actions = incident.actions.map((each) => (each.id === actionId ? { ...each, doneAt: taken.at } : each));
  const detail = { action: actionId, what: action.what };
  return {
    incident: { ...incident, actions },
    events: [happened("incident-action-done", incident, taken, null, detail)],
  };
}

/** Who says whether personal data is concerned, and what the waybills of the linked transfers declare of it. */
export interface Stating {
  readonly memberId: string;
  /** As what they may say that none is, against a waybill; null: they may not. */
  readonly as: string | null;
  /** Who may, in words. */
  readonly whose: string;
  readonly declared: { readonly personal: boolean; readonly says: string } | null;
}

/**
 * Whether personal data is concerned: only then is there anything to decide about telling (OXM-3). That none is stops the clock, so it needs a reason on
 * the record, somebody who did not send it, and the privacy team, or who stands in for it, where a waybill declares otherwise.
 */
export function statePersonal(
  incident: Incident,
  { personal, reason }: { readonly personal: boolean; readonly reason: string },
  { memberId, as, whose, declared }: Stating,
  taken: Taken,
): IncidentStep {
  acknowledged(incident);
  refuseUnless(personal || reason.trim() !== "", "Say why no personal data is concerned.");
  refuseUnless(
    personal || !sentBy(incident, memberId),
    "You sent it: that no personal data is concerned is for a colleague to say. Give it to one.",
  );
  refuseUnless(
    personal || as !== null || declared?.personal !== true,
    `The waybill declares ${declared?.says}: that none is concerned is for ${whose} to say. Give it to them.`,
  );
  const decided = incident.authority !== null || incident.people !== null;
  refuseUnless(personal || !decided, "What was decided about telling rests on personal data being concerned.");
  const detail = { personal, reason: reason.trim(), declared: declared?.says ?? null, as: personal ? null : as };
  return {
    incident: { ...incident, personal },
    events: [happened("incident-stated", incident, taken, null, detail)],
  };
}

/**
 * Whether the supervisory authority, or the people whose data it is, are told; with the reason, and as what they decide. That somebody is not
 * told is never for who sent it to decide. It may be decided anew: the log has both.
 */
export function decideTelling(
  incident: Incident,
  about: "authority" | "people",
  decision: { readonly tell: boolean; readonly reason: string },
  { memberId, as }: { readonly memberId: string; readonly as: string },
  taken: Taken,
): IncidentStep {
  acknowledged(incident);
  refuseUnless(
    decision.tell || !sentBy(incident, memberId),
    "You sent it: that somebody is not told is for a colleague to decide. Give it to one.",
  );
  refuseUnless(incident.personal === true, "First say that personal data is concerned.");
  const telling: Telling = { ...decision, byMemberId: memberId, at: taken.at };
  return {
    incident: { ...incident, [about]: telling },
    events: [happened("incident-decided", incident, taken, null, { about, ...decision, as })],
  };
}

/**
 * acknowledged → closed. Nothing that is still to decide or to do is closed away.
 * @param paused the transfers of which somebody’s access is paused and not decided
 */
export function closeIncident(
  incident: Incident,
  lessons: string,
  paused: readonly string[],
  taken: Taken,
): IncidentStep {
  acknowledged(incident);
  const { by } = taken;
  refuseUnless(
    incident.personal !== true || by.kind !== "member" || !sentBy(incident, by.id),
    "You sent it, and personal data is concerned: closing it is for a colleague. Give it to one.",
  );
  refuseUnless(paused.length === 0, `Access to ${paused.join(", ")} is paused, and nobody has decided about it.`);
  refuseUnless(incident.personal !== null, "Nobody has said whether personal data is concerned.");
  refuseUnless(
    openDecisions(incident).length === 0,
    "It is not decided yet whether the supervisory authority, and the people whose data it is, are told.",
  );
  refuseUnless(
    incident.actions.every(({ doneAt }) => doneAt !== null),
    "An action is not done yet.",
  );
  return {
    incident: { ...incident, state: "closed", lessons, closedAt: taken.at },
    events: eventsOnTransfers("incident-closed", incident, taken, { lessons }),
  };
}

/** closed → acknowledged, for the reason given. */
export function reopenIncident(incident: Incident, reason: string, memberId: string, taken: Taken): IncidentStep {
  refuseUnless(incident.state === "closed", "This incident is not closed.");
  return {
    incident: { ...incident, state: "acknowledged", closedAt: null, ownerId: incident.ownerId ?? memberId },
    events: eventsOnTransfers("incident-reopened", incident, taken, { reason }),
  };
}

/** Whether a member sent what it is about: what ends it without anybody being told is not theirs to say. */
export function sentBy({ transfers }: Incident, memberId: string): boolean {
  return transfers.some(({ senderId }) => senderId === memberId);
}

/** One event for each linked transfer, without the words, and one with them that belongs to the incident alone. */
function eventsOnTransfers(
  kind: EventKind,
  incident: Incident,
  taken: Taken,
  words: NewEvent["detail"],
): readonly NewEvent[] {
  const linked = incident.transfers.map(({ reference }) => happened(kind, incident, taken, reference));
  return [...linked, happened(kind, incident, taken, null, words)];
}

function open({ state }: Incident): void {
  refuseUnless(state !== "closed", "This incident is closed.");
}

function acknowledged(incident: Incident): void {
  open(incident);
  refuseUnless(incident.state === "acknowledged", "First acknowledge it, so that everybody sees who looks after it.");
}

function happened(
  kind: EventKind,
  { id }: Incident,
  taken: Taken,
  reference: string | null = null,
  detail: NewEvent["detail"] = {},
): NewEvent {
  return { kind, at: taken.at, actor: taken.by, reference, recipientId: null, detail: { incident: id, ...detail } };
}
