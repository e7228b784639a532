import { iso } from "../../../domain/clock.ts";
import type { Incident } from "../../../domain/incident.ts";
import type { IncidentStep } from "../../../domain/lifecycle/incident-step.ts";
import type { Taken } from "../../../domain/lifecycle/step.ts";
import type { Writer } from "../../../domain/records.ts";
import { ServerError } from "../../error.ts";
import type { IncidentVisit } from "../../gate/row.ts";
import { carryOutIncident } from "../../incidents/carry-out-incident.ts";

/** An incident as it is inside the transaction that changes it: the guard's copy may be stale. */
export interface StandingIncident {
  readonly tx: Writer;
  readonly incident: Incident;
  readonly taken: Taken;
}

/** Takes one arrow, on the incident as it is then. @throws DomainError `not-now` */
export async function act(
  { parts, member, incident: { id } }: IncidentVisit,
  arrow: (standing: StandingIncident) => Promise<IncidentStep> | IncidentStep,
): Promise<Incident> {
  return parts.records.write(async (tx) => {
    const incident = await tx.incident(id);
    if (!incident) throw new ServerError({ code: "gone", message: "This incident is not there any more." });
    const taken: Taken = { at: iso(parts.clock.now()), by: { kind: "member", id: member.id } };
    return carryOutIncident(tx, await arrow({ tx, incident, taken }));
  });
}
