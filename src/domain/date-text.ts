const LONDON = "Europe/London";
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: LONDON, day: "numeric", month: "long", year: "numeric" });
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: LONDON, hour: "numeric", minute: "2-digit", hour12: true });

/** 21 November 2026 */
export function formatDate(iso: string): string {
  return DAY.format(new Date(iso));
}

/** 21 November 2026, 3:05pm */
export function formatDateTime(iso: string): string {
  return `${formatDate(iso)}, ${TIME.format(new Date(iso)).replaceAll(/\s/g, "")}`;
}
