import type { Incident, Told } from "../../domain/incident.ts";
import type { Message } from "../../domain/mail.ts";
import type { Reader } from "../../domain/records.ts";
import type { Place } from "../parts.ts";
import { incidentMail } from "./incident-mail.ts";
import { whomToEscalateTo } from "./whom-to-tell.ts";

/**
 * Nobody has acknowledged it in time: who is told besides, and the mail to them and to everybody it went to before. @param at ISO 8601
 */
export async function incidentNews(
  read: Reader,
  incident: Incident,
  place: Place,
  at: string,
): Promise<{ readonly told: readonly Told[]; readonly mail: readonly Message[] }> {
  const others = await whomToEscalateTo(read, at);
  const told = others.filter(({ address }) => !incident.told.some((each) => each.address === address));
  const before = incident.told.filter(({ as }) => as !== "sender");
  return { told, mail: [...told, ...before].map((each) => incidentMail("escalated", incident, each, place, at)) };
}
