import { DAY } from "../clock.ts";
import {
  deadlineToTell,
  type Incident,
  type IncidentAction,
  openDecisions,
  type Telling,
  type Told,
} from "../incident.ts";
import { eventsOnTransfers, happened, type IncidentStep, refuseClosed } from "./incident-step.ts";
import { refuseUnless, type Taken } from "./step.ts";

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

/**
 * SDT-29: whom the clock concerns is told that the time for telling the supervisory authority runs out, or is over, while that is not decided.
 * @param told who has to know of the incident besides, from now on
 */
export function tellOfDeadline(incident: Incident, told: readonly Told[], taken: Taken): IncidentStep {
  const moment = deadlineToTell(incident, taken.at);
  refuseUnless(moment !== null, "It is decided, or nobody is to be told of it yet.");
  return {
    incident: { ...incident, deadlineToldAt: taken.at, told: [...incident.told, ...told] },
    events: [happened("incident-deadline", incident, taken, null, { moment, told: told.length })],
  };
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
  refuseClosed(incident);
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
  refuseClosed(incident);
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

function acknowledged(incident: Incident): void {
  refuseClosed(incident);
  refuseUnless(incident.state === "acknowledged", "First acknowledge it, so that everybody sees who looks after it.");
}
