import type { NewEvent } from "../event.ts";
import { refuseUnless, type Step } from "./step.ts";

/** What a checklist that was filled in by hand says of one step. */
export interface OnPaper {
  /** When it happened, by the minute: ISO 8601 in UTC. */
  readonly at: string;
  /** Who did or noted it, as the paper names them. */
  readonly by: string;
}

/** Between which times it can have happened, ISO 8601: after what came before it, and not after it is entered. */
export interface Bounds {
  readonly notBefore: string;
  readonly now: string;
}

/**
 * A step that was taken at the time of the paper, as it is entered now: its events are of now, which is when they go into the log, and say
 * when and by whom it was done. @throws DomainError `not-now` for a time in the future, or before what came before it
 */
export function fromPaper(step: Step, paper: OnPaper, bounds: Bounds): Step {
  refuseUnless(paper.by.trim() !== "", "Say who did it.");
  refuseUnless(isWithin(paper.at, bounds), "A time on the paper is in the future, or before what came first.");
  return { ...step, events: step.events.map((each) => enteredFromPaper(each, paper, bounds.now)) };
}

/** Whether it can have happened then. Papers tell minutes, so that what came before it counts from its minute on. */
export function isWithin(at: string, { notBefore, now }: Bounds): boolean {
  return at <= now && at >= minuteOf(notBefore);
}

export function enteredFromPaper(event: NewEvent, { at, by }: OnPaper, now: string): NewEvent {
  return { ...event, at: now, detail: { ...event.detail, paperAt: at, paperBy: by.trim() } };
}

function minuteOf(iso: string): string {
  return new Date(Math.floor(Date.parse(iso) / 60_000) * 60_000).toISOString();
}
