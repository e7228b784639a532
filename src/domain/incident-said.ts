import type { StoredEvent } from "./event.ts";
import type { Incident } from "./incident.ts";
import type { Reader } from "./records.ts";

/** Where somebody here said last whether personal data is concerned. */
export async function statedOf(read: Reader, { events }: Incident): Promise<StoredEvent | null> {
  return (await read.eventsNumbered(events)).findLast(({ kind }) => kind === "incident-stated") ?? null;
}

/**
 * SDT-29, OXM-3: the incident with “no personal data” only where somebody here said so. Earlier versions took it over from the waybill, which is the
 * word of whoever made the mistake: that counts as not said.
 */
export async function asSaid(read: Reader, incident: Incident): Promise<Incident> {
  if (incident.personal !== false || (await statedOf(read, incident)) !== null) return incident;
  return { ...incident, personal: null };
}
