import type { Incident } from "../../domain/incident.ts";
import type { Writer } from "../../domain/records.ts";
import type { Place } from "../parts.ts";
import { incidentMail } from "./incident-mail.ts";
import { whomTheClockConcerns } from "./whom-to-tell.ts";

/**
 * SDT-29: where the 72 hours run anew, whoever decides is told, whatever else they were mailed of and whoever did it: nobody puts that day off
 * alone. @param before the incident as it was. @param after as it is from now on. @param at ISO 8601
 */
export async function tellClockAnew(
  tx: Writer,
  before: Pick<Incident, "knownAt">,
  after: Incident,
  place: Place,
  at: string,
): Promise<void> {
  if (after.knownAt === before.knownAt) return;
  for (const each of await whomTheClockConcerns(tx, after, "soon", at))
    await tx.post(incidentMail("anew", after, each, place, at));
}
