import { iso } from "../domain/clock.ts";
import { deadlineToTell } from "../domain/incident.ts";
import { asSaid } from "../domain/incident-said.ts";
import { tellOfDeadline } from "../domain/lifecycle/incident-arrows.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

type Parts = Pick<JobParts, "records" | "incidentNews">;

/**
 * SDT-29: reported problems of which it is not decided whether the supervisory authority is told: whom that concerns is mailed within a day of the end of
 * the 72 hours, and once more when they are over. The same write puts mail and event on record.
 */
export async function tellDeadlines({ records, incidentNews }: Parts, now: Date): Promise<number> {
  const at = iso(now);
  let done = 0;
  for (const open of await records.read.openIncidents()) {
    if (deadlineToTell(await asSaid(records.read, open), at) === null) continue;
    const stepped = await unlessTooLate(() =>
      records.write(async (tx) => {
        const found = await tx.incident(open.id);
        const said = found && (await asSaid(tx, found));
        const moment = said && deadlineToTell(said, at);
        refuseUnless(said !== null && moment !== null, "Somebody was first.");
        const { told, mail } = await incidentNews(tx, said, at, moment);
        const { incident, events } = tellOfDeadline(said, told, { at, by: { kind: "system" } });
        const seqs: number[] = [];
        for (const event of events) seqs.push((await tx.append(event)).seq);
        await tx.saveIncident({ ...incident, events: [...incident.events, ...seqs] });
        for (const each of mail) await tx.post(each);
      }),
    );
    if (stepped) done++;
  }
  return done;
}
