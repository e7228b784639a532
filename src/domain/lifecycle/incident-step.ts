import type { EventKind, NewEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** What one arrow changes: the store saves the incident with the numbers of these events. */
export interface IncidentStep {
  readonly incident: Incident;
  readonly events: readonly NewEvent[];
}

/** One event for each linked transfer, without the words, and one with them that belongs to the incident alone. */
export function eventsOnTransfers(
  kind: EventKind,
  incident: Incident,
  taken: Taken,
  words: NewEvent["detail"],
): readonly NewEvent[] {
  const linked = incident.transfers.map(({ reference }) => happened(kind, incident, taken, reference));
  return [...linked, happened(kind, incident, taken, null, words)];
}

/** @throws DomainError `not-now` where it is closed */
export function refuseClosed({ state }: Incident): void {
  refuseUnless(state !== "closed", "This incident is closed.");
}

/** An event of an incident; of a transfer too where `reference` says which. */
export function happened(
  kind: EventKind,
  { id }: Incident,
  taken: Taken,
  reference: string | null = null,
  detail: NewEvent["detail"] = {},
): NewEvent {
  return { kind, at: taken.at, actor: taken.by, reference, recipientId: null, detail: { incident: id, ...detail } };
}
