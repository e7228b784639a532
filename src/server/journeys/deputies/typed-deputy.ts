import { type Static, Type } from "typebox";
import { LONGEST_DEPUTY_DAYS } from "../../../domain/approval.ts";
import { DAY, iso } from "../../../domain/clock.ts";
import { readDay, type TypedDay } from "../../texts/typed-day.ts";

const field = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** What the page sends: ids of members, and the first and the last day in three fields each. */
export const deputyBody = Type.Object({
  principal: field(64),
  deputy: field(64),
  "from-day": field(20),
  "from-month": field(20),
  "from-year": field(20),
  "until-day": field(20),
  "until-month": field(20),
  "until-year": field(20),
});

export interface TypedDeputy {
  readonly principal: string;
  readonly deputy: string;
  readonly from: TypedDay;
  readonly until: TypedDay;
}

export function readTyped(body: Static<typeof deputyBody>): TypedDeputy {
  const day = (name: "from" | "until") => ({
    day: body[`${name}-day`] ?? "",
    month: body[`${name}-month`] ?? "",
    year: body[`${name}-year`] ?? "",
  });
  return { principal: body.principal ?? "", deputy: body.deputy ?? "", from: day("from"), until: day("until") };
}

/** The time from the first moment of one day to the last of another, in London; or what is wrong, by field. */
export function timeTyped(
  { from, until }: Pick<TypedDeputy, "from" | "until">,
  now: Date,
): {
  readonly time: { readonly from: string; readonly until: string } | null;
  readonly errors: Record<string, string>;
} {
  const [first, last] = [readDay(from), readDay(until)];
  const errors: Record<string, string> = {};
  if (!first) errors.from = "Give the first day, as in 1 12 2026";
  if (!last) errors.until = "Give the last day, as in 14 12 2026";
  if (!first || !last) return { time: null, errors };
  const begins = midnight(first);
  const over = midnight(new Date(Date.parse(`${last}T00:00:00Z`) + DAY).toISOString().slice(0, 10));
  if (last < first) errors.until = "The last day is before the first";
  else if (over <= now) errors.until = "That day is over";
  else if (Math.round((over.getTime() - begins.getTime()) / DAY) > LONGEST_DEPUTY_DAYS) {
    errors.until = `A deputy is named for ${LONGEST_DEPUTY_DAYS} days at the most: name them again then`;
  }
  return { time: errors.until ? null : { from: iso(begins), until: iso(over) }, errors };
}

const LONDON_DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London", dateStyle: "short" });

/** YYYY-MM-DD in London. */
export function dayOf(at: Date): string {
  return LONDON_DAY.format(at);
}

/** The first moment in London of a day YYYY-MM-DD. */
function midnight(day: string): Date {
  const utc = new Date(`${day}T00:00:00.000Z`);
  const summer = new Date(utc.getTime() - 60 * 60 * 1000);
  return dayOf(summer) === day ? summer : utc;
}
