import { iso } from "../domain/clock.ts";
import { escalate, needsEscalation } from "../domain/lifecycle/incident-arrows.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

type Parts = Pick<JobParts, "records" | "incidentNews">;

/**
 * SDT-29, SDT-30: problems that were reported and that nobody has acknowledged in time: others are told, and everybody again, once a day
 * until somebody does. The same write puts mail and event on record.
 */
export async function escalateIncidents({ records, incidentNews }: Parts, now: Date): Promise<number> {
  const at = iso(now);
  let done = 0;
  for (const waiting of await records.read.openIncidents()) {
    if (!needsEscalation(waiting, at)) continue;
    const stepped = await unlessTooLate(() =>
      records.write(async (tx) => {
        const found = await tx.incident(waiting.id);
        refuseUnless(found !== null && needsEscalation(found, at), "Somebody was first.");
        const { told, mail } = await incidentNews(tx, found, at);
        const { incident, events } = escalate(found, told, { at, by: { kind: "system" } });
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
