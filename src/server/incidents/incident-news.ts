import type { Incident, Told } from "../../domain/incident.ts";
import type { Message } from "../../domain/mail.ts";
import type { Reader } from "../../domain/records.ts";
import type { Place } from "../parts.ts";
import { heardBefore } from "./file-report.ts";
import { incidentMail } from "./incident-mail.ts";
import { whomToEscalateTo } from "./whom-to-tell.ts";

/**
 * Whom an incident is mailed to later on. `escalated`: nobody has acknowledged it in time, so others are told besides, and everybody it went
 * to before. `reported-again`: whom new reports of it concern. @param at ISO 8601
 */
export async function incidentNews(
  read: Reader,
  incident: Incident,
  place: Place,
  at: string,
  why: "escalated" | "reported-again" = "escalated",
): Promise<{ readonly told: readonly Told[]; readonly mail: readonly Message[] }> {
  const mailed = (to: readonly Told[]) => to.map((each) => incidentMail(why, incident, each, place, at));
  if (why === "reported-again") return { told: [], mail: mailed(await heardBefore(read, incident)) };
  const others = await whomToEscalateTo(read, at);
  const told = others.filter(({ address }) => !incident.told.some((each) => each.address === address));
  return { told, mail: mailed([...told, ...incident.told.filter(({ as }) => as !== "sender")]) };
}
