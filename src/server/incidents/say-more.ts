import { randomId } from "../../bytes/random.ts";
import { iso } from "../../domain/clock.ts";
import type { Incident } from "../../domain/incident.ts";
import { sayMore } from "../../domain/lifecycle/incident-reports.ts";
import { refuseUnless } from "../../domain/lifecycle/step.ts";
import type { AnonymousVisit } from "../gate/row.ts";
import { hashOf } from "../gate/session.ts";
import type { Parts } from "../parts.ts";
import { carryOutIncident } from "./carry-out-incident.ts";
import { incidentMail } from "./incident-mail.ts";

const HOUR = 3_600_000;

/** What somebody adds to their report after it was sent; either may be empty. */
export interface More {
  readonly words: string;
  readonly reach: string;
}

/** Lets whoever sent a report add to it, once, within an hour. Answers what their page shows for that: the number of a report is no secret. */
export async function offerMore(
  { ephemera, clock }: Pick<Parts, "ephemera" | "clock">,
  incident: Incident,
  number: string,
): Promise<string> {
  const token = randomId();
  const until = new Date(clock.now().getTime() + HOUR);
  await ephemera.put("report", hashOf(token), { owner: incident.id, number }, until);
  return token;
}

/** Adds it. Whoever looks after the incident by then is mailed of words; whoever has not looked yet reads them with the rest. Null: too late, or a second time. */
export async function takeMore({ parts }: AnonymousVisit, token: string, more: More): Promise<string | null> {
  const now = parts.clock.now();
  const offered = await parts.ephemera.take("report", hashOf(token), now);
  if (offered === null) return null;
  const number = String(offered.number);
  const at = iso(now);
  if (more.words === "" && more.reach === "") return number;
  return parts.records.write(async (tx) => {
    const found = await tx.incident(offered.owner);
    refuseUnless(found !== null, "There is no such report.");
    const step = sayMore(found, number, more, { at, by: { kind: "stranger" } });
    const incident = await carryOutIncident(tx, step);
    const owner = incident.ownerId === null ? null : await tx.member(incident.ownerId);
    if (owner?.state === "active" && more.words !== "") {
      const to = { as: "owner", name: owner.name, address: owner.address };
      await tx.post(incidentMail("reported-again", incident, to, parts.place, at));
    }
    return number;
  });
}
