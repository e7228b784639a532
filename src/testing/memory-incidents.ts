import type { StoredEvent } from "../domain/event.ts";
import type { Incident } from "../domain/incident.ts";
import type { Reader, Writer } from "../domain/records.ts";
import { inOrder } from "./memory-order.ts";

export interface IncidentTables {
  readonly incidents: Map<string, Incident>;
  readonly events: StoredEvent[];
}

type IncidentReader = Pick<
  Reader,
  "incident" | "incidentNumbered" | "openIncidents" | "incidentsOf" | "latestIncidents" | "eventsNumbered"
>;

/** What went wrong, in memory. @param tables what is there now; asked anew by each call. */
export function incidentReader(tables: () => IncidentTables): IncidentReader {
  const inTime = () => inOrder(tables().incidents.values(), (each) => `${each.reportedAt} ${each.id}`);
  return {
    incident: async (id) => tables().incidents.get(id) ?? null,
    incidentNumbered: async (number) =>
      tables().incidents.get(number) ??
      inOrder(tables().incidents.values(), ({ id }) => id).find(({ reports }) =>
        reports.some((each) => each.number === number),
      ) ??
      null,
    openIncidents: async () => inTime().filter(({ state }) => state !== "closed"),
    incidentsOf: async (reference) =>
      inTime().filter(({ transfers }) => transfers.some((each) => each.reference === reference)),
    latestIncidents: async ({ limit, offset }) =>
      inTime()
        .reverse()
        .slice(offset, offset + limit),
    eventsNumbered: async (seqs) => tables().events.filter(({ seq }) => seqs.includes(seq)),
  };
}

export function incidentWriter(tables: IncidentTables): Pick<Writer, "saveIncident"> {
  return { saveIncident: async (incident) => void tables.incidents.set(incident.id, structuredClone(incident)) };
}
