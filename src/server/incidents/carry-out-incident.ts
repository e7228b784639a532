import type { Incident } from "../../domain/incident.ts";
import type { IncidentStep } from "../../domain/lifecycle/incident-step.ts";
import type { Writer } from "../../domain/records.ts";

/** Appends an arrow's events and saves what it changed, with their numbers. The only way in which an incident reaches the store. */
export async function carryOutIncident(tx: Writer, { incident, events }: IncidentStep): Promise<Incident> {
  const seqs: number[] = [];
  for (const event of events) seqs.push((await tx.append(event)).seq);
  const saved: Incident = { ...incident, events: [...incident.events, ...seqs] };
  await tx.saveIncident(saved);
  return saved;
}
