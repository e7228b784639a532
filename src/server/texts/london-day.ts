const HOUR = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", hour12: false });

/** When a day begins in London, ISO 8601 in UTC. @param day YYYY-MM-DD, one that exists @param plus days later */
export function londonMidnight(day: string, plus = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const utc = new Date(Date.UTC(year, month - 1, date + plus));
  const summer = Number(HOUR.format(utc)) % 24 === 1;
  return new Date(utc.getTime() - (summer ? 3_600_000 : 0)).toISOString();
}

const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" });

/** The day in London, YYYY-MM-DD. */
export function londonDay(at: Date): string {
  return DAY.format(at);
}
