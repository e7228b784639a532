import type { Language } from "../../domain/contact.ts";
import { formatDate, formatDateTime } from "../format.ts";

const WELSH_DAY = new Intl.DateTimeFormat("cy-GB", {
  timeZone: "Europe/London",
  day: "numeric",
  month: "long",
  year: "numeric",
});

/** 21 November 2026, or 21 Tachwedd 2026. */
export function dateIn(language: Language, iso: string): string {
  return language === "cy" ? WELSH_DAY.format(new Date(iso)) : formatDate(iso);
}

/** 3:05pm, or 3:05yh. */
export function timeIn(language: Language, iso: string): string {
  const time = formatDateTime(iso).split(", ")[1] ?? "";
  return language === "cy" ? time.replace(/am$/, "yb").replace(/pm$/, "yh") : time;
}

/** 21 November 2026, 3:05pm, or 21 Tachwedd 2026, 3:05yh. */
export function dateTimeIn(language: Language, iso: string): string {
  return `${dateIn(language, iso)}, ${timeIn(language, iso)}`;
}
