const LONDON = "Europe/London";
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: LONDON, day: "numeric", month: "long", year: "numeric" });
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: LONDON, hour: "numeric", minute: "2-digit", hour12: true });
const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** 21 November 2026 */
export function formatDate(iso: string): string {
  return DAY.format(new Date(iso));
}

/** 21 November 2026, 3:05pm */
export function formatDateTime(iso: string): string {
  return `${formatDate(iso)}, ${TIME.format(new Date(iso)).replaceAll(/\s/g, "")}`;
}

/** 20 MB: decimal units, at most one digit after the point. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0
    ? `${bytes} ${bytes === 1 ? "byte" : "bytes"}`
    : `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${UNITS[unit]}`;
}
