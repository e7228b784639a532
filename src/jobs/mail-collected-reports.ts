import { iso } from "../domain/clock.ts";
import { collectedKey } from "../domain/incident.ts";
import { note } from "../domain/lifecycle/incident-arrows.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

type Parts = Pick<JobParts, "records" | "ephemera" | "incidentNews">;

const TEXT =
  "More reports of the same kind came from the same network. Whom they go to was mailed once about all of them.";

/** SPG-3: reports of strangers that came in a row, from one network: one mail about all that joined an incident since the last. */
export async function mailCollectedReports({ records, ephemera, incidentNews }: Parts, now: Date): Promise<number> {
  const at = iso(now);
  let mailed = 0;
  for (const { id } of await records.read.openIncidents()) {
    const waiting = await ephemera.get("report", collectedKey(id), now);
    if (waiting === null || String(waiting.due) > at) continue;
    const told = await unlessTooLate(() =>
      records.write(async (tx) => {
        const found = await tx.incident(id);
        refuseUnless(found !== null && found.state !== "closed", "It was closed meanwhile.");
        const { mail } = await incidentNews(tx, found, at, "reported-again");
        const { incident, events } = note(found, TEXT, { at, by: { kind: "system" } });
        const seqs: number[] = [];
        for (const event of events) seqs.push((await tx.append(event)).seq);
        await tx.saveIncident({ ...incident, events: [...incident.events, ...seqs] });
        for (const each of mail) await tx.post(each);
      }),
    );
    await ephemera.remove("report", collectedKey(id));
    if (told) mailed++;
  }
  return mailed;
}
