import { Type } from "typebox";
import { LONGEST_DEPUTY_DAYS } from "../../../domain/approval.ts";
import { DAY, iso } from "../../../domain/clock.ts";

const field = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** What the page sends: ids of members, and the first and the last day, YYYY-MM-DD. */
export const deputyBody = Type.Object({
  principal: field(64),
  deputy: field(64),
  from: field(20),
  until: field(20),
});

export interface TypedDeputy {
  readonly principal: string;
  readonly deputy: string;
  readonly from: string;
  readonly until: string;
}

/** The time from the first moment of one day to the last of another, in London; or what is wrong, by field. */
export function timeTyped(
  { from, until }: TypedDeputy,
  now: Date,
): {
  readonly time: { readonly from: string; readonly until: string } | null;
  readonly errors: Record<string, string>;
} {
  const first = midnight(from);
  const last = midnight(until);
  const end = last && new Date(last.getTime() + 26 * 60 * 60 * 1000); // in the next day, whichever way the clocks change
  const errors: Record<string, string> = {};
  if (!first) errors.from = "Give the first day, as in 2026-12-01";
  if (!end) errors.until = "Give the last day, as in 2026-12-14";
  if (!first || !last || !end) return { time: null, errors };
  const over = midnight(dayOf(end)) ?? end;
  if (last < first) errors.until = "The last day is before the first";
  else if (over <= now) errors.until = "That day is over";
  else if (Math.round((over.getTime() - first.getTime()) / DAY) > LONGEST_DEPUTY_DAYS) {
    errors.until = `A deputy is named for ${LONGEST_DEPUTY_DAYS} days at the most: name them again then`;
  }
  return { time: Object.keys(errors).length > 0 ? null : { from: iso(first), until: iso(over) }, errors };
}

const LONDON_DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London", dateStyle: "short" });

/** YYYY-MM-DD in London. */
export function dayOf(at: Date): string {
  return LONDON_DAY.format(at);
}

/** The first moment of a day in London; null when it is no date. */
function midnight(day: string): Date | null {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00.000Z`) : null;
  if (!utc || Number.isNaN(utc.getTime()) || iso(utc).slice(0, 10) !== day) return null;
  const summer = new Date(utc.getTime() - 60 * 60 * 1000);
  return dayOf(summer) === day ? summer : utc;
}
