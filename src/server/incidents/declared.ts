import type { StoredEvent } from "../../domain/event.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";

/** What waybills say of personal data: what their senders stated, so nobody else at the organisation has confirmed it. */
export interface Declared {
  readonly personal: boolean;
  /** Such as “personal data, special category data”. */
  readonly says: string;
}

export function declaredIn(transfers: readonly Pick<Transfer, "facts">[]): Declared {
  const says = [
    ...(transfers.some(({ facts }) => facts.personal) ? ["personal data"] : []),
    ...(transfers.some(({ facts }) => facts.special) ? ["special category data"] : []),
    ...(transfers.some(({ facts }) => facts.offences) ? ["data about criminal offences"] : []),
  ];
  return { personal: says.length > 0, says: says.join(", ") || "no personal data" };
}

/** Of the linked transfers together; null where none is on record. */
export async function declaredOf(read: Reader, { transfers }: Incident): Promise<Declared | null> {
  const found = await Promise.all(transfers.map(({ reference }) => read.transfer(reference)));
  const known = found.filter((each) => each !== null);
  return known.length === 0 ? null : declaredIn(known);
}

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
