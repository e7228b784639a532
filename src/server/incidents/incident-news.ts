import type { Incident, Told } from "../../domain/incident.ts";
import type { Message } from "../../domain/mail.ts";
import type { Reader } from "../../domain/records.ts";
import type { Place } from "../parts.ts";
import { heardBefore } from "./file-report.ts";
import { incidentMail } from "./incident-mail.ts";
import { whomTheClockConcerns, whomToEscalateTo } from "./whom-to-tell.ts";

/**
 * Whom an incident is mailed to later on. `escalated`: nobody has acknowledged it in time, so others are told besides, and everybody it went
 * to before. `reported-again`: whom new reports of it concern. `soon`, `over`: whoever decides before the clock ends, and when it is over also
 * the line manager and whom it escalates to. @param at ISO 8601
 */
export async function incidentNews(
  read: Reader,
  incident: Incident,
  place: Place,
  at: string,
  why: "escalated" | "reported-again" | "soon" | "over" = "escalated",
): Promise<{ readonly told: readonly Told[]; readonly mail: readonly Message[] }> {
  const mailed = (to: readonly Told[]) => to.map((each) => incidentMail(why, incident, each, place, at));
  if (why === "reported-again") return { told: [], mail: mailed(await heardBefore(read, incident)) };
  const isNew = ({ as, address }: Told) => as !== "owner" && !incident.told.some((each) => each.address === address);
  if (why === "soon" || why === "over") {
    const concerned = await whomTheClockConcerns(read, incident, why, at);
    return { told: concerned.filter(isNew), mail: mailed(concerned) };
  }
  const told = (await whomToEscalateTo(read, at)).filter(isNew);
  return { told, mail: mailed([...told, ...incident.told.filter(({ as }) => as !== "sender")]) };
}
