import { type ApprovalRequest, LAPSE_DAYS } from "../domain/approval.ts";
import { DAY, iso } from "../domain/clock.ts";
import {
  type ApprovalStep,
  escalateApproval,
  lapseApproval,
  remindApprovers as remind,
} from "../domain/lifecycle/approval-arrows.ts";
import { refuseUnless, type Taken } from "../domain/lifecycle/step.ts";
import { afterWorkingHours, type WorkingTime } from "../domain/working-time.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

/** Waiting requests in one run; those that are due first come first. */
const AT_ONCE = 500;

type Parts = Pick<JobParts, "records" | "approvalNews" | "answering" | "withheld">;
type Moment = "reminded" | "escalated" | "lapsed";

/**
 * Requests for agreement that nobody answers: a reminder when the answer is due; after as many hours of work again whoever else can
 * do something, and the sender; and at last the request ends. One step for each request in a run; the same write puts mail and event on record.
 */
export async function remindApprovers(
  { records, approvalNews, answering, withheld }: Parts,
  now: Date,
): Promise<number> {
  let done = 0;
  const time = answering();
  for (const waiting of await records.read.waitingApprovals(AT_ONCE)) {
    const due = momentOf(waiting, now, time);
    if (due === null || (due !== "lapsed" && (await withheld(waiting.reference)))) continue;
    const stepped = await unlessTooLate(() =>
      records.write(async (tx) => {
        const found = await tx.approval(waiting.id);
        const moment = found ? momentOf(found, now, time) : null;
        refuseUnless(found !== null && moment !== null, "Somebody was first.");
        const { request, event } = ARROWS[moment](found, { at: iso(now), by: { kind: "system" } });
        await tx.saveApproval(request);
        await tx.append(event);
        for (const mail of await approvalNews(tx, request, moment, iso(now))) await tx.post(mail);
      }),
    );
    if (stepped) done++;
  }
  return done;
}

const ARROWS: Readonly<Record<Moment, (request: ApprovalRequest, taken: Taken) => ApprovalStep>> = {
  reminded: remind,
  escalated: escalateApproval,
  lapsed: lapseApproval,
};

/** What is due now, the last first: a server that was off for a week writes one mail, and not three. */
function momentOf(
  { state, askedAt, dueAt, remindedAt, escalatedAt }: ApprovalRequest,
  now: Date,
  time: WorkingTime,
): Moment | null {
  if (state !== "waiting") return null;
  if ((now.getTime() - Date.parse(askedAt)) / DAY >= LAPSE_DAYS) return "lapsed";
  if (escalatedAt === null && afterWorkingHours(new Date(dueAt), time) <= now) return "escalated";
  return remindedAt === null && escalatedAt === null && Date.parse(dueAt) <= now.getTime() ? "reminded" : null;
}
