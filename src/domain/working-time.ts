/** The days of the week as a configuration names them; the first is Sunday, as in `Date`. */
export const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When an organisation's people are at work, in London time, and how many such hours an answer takes at the most. */
export interface WorkingTime {
  readonly hours: number;
  /** Minutes after midnight; `from` is before `until`. */
  readonly from: number;
  readonly until: number;
  /** At least one. */
  readonly days: readonly Weekday[];
  /** Days on which nobody works, YYYY-MM-DD. */
  readonly closed: readonly string[];
}

/** What counts where nothing is configured: a working day of eight hours, Monday to Friday, 9am to 5pm. */
export const USUAL_WORKING_TIME: WorkingTime = {
  hours: 8,
  from: 9 * 60,
  until: 17 * 60,
  days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
  closed: [],
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The moment after `time.hours` of work from `at`: always within working hours, never in a night or on a day off. */
export function afterWorkingHours(at: Date, time: WorkingTime): Date {
  let left = time.hours * 60 * MINUTE;
  for (let day = londonDay(at); ; day = new Date(Date.parse(day) + DAY).toISOString().slice(0, 10)) {
    if (!isWorked(day, time)) continue;
    const begins = Math.max(at.getTime(), londonTime(day, time.from));
    const ends = londonTime(day, time.until);
    if (begins >= ends) continue;
    if (left <= ends - begins) return new Date(begins + left);
    left -= ends - begins;
  }
}

/** Closed days are listed one by one, so that there is always a later day on which somebody works. */
function isWorked(day: string, { days, closed }: WorkingTime): boolean {
  const weekday = WEEKDAYS[new Date(Date.parse(day)).getUTCDay()];
  return weekday !== undefined && days.includes(weekday) && !closed.includes(day);
}

const LONDON_DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" });
const LONDON_HOUR = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", hourCycle: "h23" });

function londonDay(at: Date): string {
  return LONDON_DAY.format(at);
}

/** Milliseconds since 1970. Clocks change at one in the morning on a Sunday: hours of work are not near. */
function londonTime(day: string, minutes: number): number {
  const asUtc = Date.parse(day) + minutes * MINUTE;
  const noon = Date.parse(day) + 12 * 60 * MINUTE;
  return asUtc - (Number(LONDON_HOUR.format(noon)) - 12) * 60 * MINUTE;
}
