/** The three fields of a date, as they were typed. */
export interface TypedDay {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** A day that exists, YYYY-MM-DD; null for anything else. */
export function readDay({ day, month, year }: TypedDay): string | null {
  if (![day, month].every((each) => /^\d{1,2}$/.test(each.trim())) || !/^\d{4}$/.test(year.trim())) return null;
  const text = `${year.trim()}-${month.trim().padStart(2, "0")}-${day.trim().padStart(2, "0")}`;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text;
}

/** The three fields that show a day YYYY-MM-DD. */
export function typedDay(day: string): TypedDay {
  const [year = "", month = "", date = ""] = day.split("-");
  return { day: date.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
}
