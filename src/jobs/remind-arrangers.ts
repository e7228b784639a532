import { DAY, iso } from "../domain/clock.ts";
import { type ArrangementStep, lapseArrangement, remindArrangement } from "../domain/lifecycle/arrangement-arrows.ts";
import { refuseUnless, type Taken } from "../domain/lifecycle/step.ts";
import {
  ARRANGEMENT_LAPSE_DAYS,
  ARRANGEMENT_REMIND_DAYS,
  type StandingArrangement,
} from "../domain/standing-arrangement.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

type Parts = Pick<JobParts, "records" | "arrangementNews">;
type Moment = "reminded" | "lapsed";

/**
 * Standing arrangements that were asked for and that nobody answers: the managers who can are reminded once, and at last the request
 * lapses. One step for each in a run; the same write puts mail and event on record.
 */
export async function remindArrangers({ records, arrangementNews }: Parts, now: Date): Promise<number> {
  let done = 0;
  for (const waiting of await records.read.arrangements("asked")) {
    if (momentOf(waiting, now) === null) continue;
    const stepped = await unlessTooLate(() =>
      records.write(async (tx) => {
        const found = await tx.arrangement(waiting.id);
        const moment = found ? momentOf(found, now) : null;
        refuseUnless(found !== null && moment !== null, "Somebody was first.");
        const { arrangement, event } = ARROWS[moment](found, { at: iso(now), by: { kind: "system" } });
        await tx.saveArrangement(arrangement);
        await tx.append(event);
        for (const mail of await arrangementNews(tx, arrangement, moment, iso(now))) await tx.post(mail);
      }),
    );
    if (stepped) done++;
  }
  return done;
}

const ARROWS: Readonly<Record<Moment, (arrangement: StandingArrangement, taken: Taken) => ArrangementStep>> = {
  reminded: remindArrangement,
  lapsed: lapseArrangement,
};

/** What is due now, the last first: a server that was off for a month writes one mail, and not two. */
function momentOf({ state, createdAt, remindedAt }: StandingArrangement, now: Date): Moment | null {
  if (state !== "asked") return null;
  const days = (now.getTime() - Date.parse(createdAt)) / DAY;
  if (days >= ARRANGEMENT_LAPSE_DAYS) return "lapsed";
  return days >= ARRANGEMENT_REMIND_DAYS && remindedAt === null ? "reminded" : null;
}
