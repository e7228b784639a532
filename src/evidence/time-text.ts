const UTC = new Intl.DateTimeFormat("en-GB", {
  ...({ timeZone: "UTC", day: "numeric", month: "long", year: "numeric" } as const),
  ...({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const),
});

/** “21 November 2026 at 10:00:05 UTC”, for people. @param at ISO 8601, by whoever made the pack: what is no time stands as it is */
export function timeText(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : `${UTC.format(date)} UTC`;
}
