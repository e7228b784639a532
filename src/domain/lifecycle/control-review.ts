import { DAY } from "../clock.ts";
import type { NewEvent } from "../event.ts";
import type { ControlReview } from "../oversight.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** How long before it is due a review is reminded of, and how often while it is overdue; milliseconds. */
const AHEAD = 30 * DAY;
const AGAIN = 7 * DAY;

export interface ReviewStep {
  readonly reviews: readonly ControlReview[];
  readonly event: NewEvent;
}

/** The review that is due next. Before the first, one year after the organisation was set up. @param reviews all there are */
export function nextReview(reviews: readonly ControlReview[], setUpAt: string, newId: string): ControlReview {
  const open = reviews.find(({ reviewedAt }) => reviewedAt === null);
  const dueAt = yearAfter(setUpAt);
  return open ?? { id: newId, dueAt, remindedAt: null, reviewedBy: null, reviewedAt: null, says: "" };
}

/** SIS-28: due → made, and the next one due a year from now. */
export function makeReview(
  due: ControlReview,
  says: string,
  reviewerId: string,
  nextId: string,
  taken: Taken,
): ReviewStep {
  refuseUnless(due.reviewedAt === null, "This review was recorded already.");
  const made: ControlReview = { ...due, reviewedBy: reviewerId, reviewedAt: taken.at, says };
  const next = {
    id: nextId,
    dueAt: yearAfter(taken.at),
    remindedAt: null,
    reviewedBy: null,
    reviewedAt: null,
    says: "",
  };
  const detail = { review: due.id, due: due.dueAt, says, next: next.dueAt };
  return { reviews: [made, next], event: happening("controls-reviewed", taken, detail) };
}

/** Whether somebody is to be reminded of it now. */
export function isToRemind({ dueAt, remindedAt, reviewedAt }: ControlReview, now: Date): boolean {
  if (reviewedAt !== null || Date.parse(dueAt) - AHEAD > now.getTime()) return false;
  if (remindedAt === null) return true;
  return Date.parse(dueAt) <= now.getTime() && Date.parse(remindedAt) + AGAIN <= now.getTime();
}

/** due → due, and reminded of. */
export function remindReview(due: ControlReview, taken: Taken): ReviewStep {
  refuseUnless(isToRemind(due, new Date(taken.at)), "This reminder was sent already.");
  const detail = { review: due.id, due: due.dueAt };
  return { reviews: [{ ...due, remindedAt: taken.at }], event: happening("controls-reminded", taken, detail) };
}

function yearAfter(at: string): string {
  const day = new Date(at);
  day.setUTCFullYear(day.getUTCFullYear() + 1);
  return day.toISOString();
}

function happening(kind: NewEvent["kind"], { at, by }: Taken, detail: NewEvent["detail"]): NewEvent {
  return { kind, at, actor: by, reference: null, recipientId: null, detail };
}
