import { readDay, type TypedDay } from "./typed-day.ts";

/** A day and a time of it, as they were typed. */
export interface TypedMoment extends TypedDay {
  readonly time: string;
}

const LONDON = new Intl.DateTimeFormat("en-GB", {
  ...({ timeZone: "Europe/London", hourCycle: "h23" } as const),
  ...({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const),
});

/**
 * A minute in UK time, such as 27 11 2026 and 14:05 (2:05pm and 2.05pm too), as ISO 8601 in UTC; null for one that there is none of. Of the
 * hour that comes twice in autumn it is the first.
 */
export function readMoment(typed: TypedMoment): string | null {
  const day = readDay(typed);
  const time = readTime(typed.time);
  if (day === null || time === null) return null;
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  for (const hoursAhead of [1, 0]) {
    const at = new Date(asUtc - hoursAhead * 3_600_000);
    if (londonText(at) === `${day}T${time}`) return at.toISOString();
  }
  return null;
}

/** The fields that show a moment, in UK time. */
export function typedMoment(iso: string): TypedMoment {
  const [date = "", time = ""] = londonText(new Date(iso)).split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return { day: String(Number(day)), month: String(Number(month)), year, time };
}

function readTime(typed: string): string | null {
  const [, hours, minutes = "00", half] = /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?\s*$/i.exec(typed) ?? [];
  if (hours === undefined || (half === undefined && !/[:.]/.test(typed)) || Number(minutes) > 59) return null;
  const hour = Number(hours);
  if (half === undefined) return hour > 23 ? null : `${String(hour).padStart(2, "0")}:${minutes}`;
  if (hour < 1 || hour > 12) return null;
  return `${String((hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0)).padStart(2, "0")}:${minutes}`;
}

function londonText(at: Date): string {
  const part = Object.fromEntries(LONDON.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}
