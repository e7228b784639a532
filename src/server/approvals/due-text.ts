import { DAY } from "../../domain/clock.ts";
import { formatDate, formatDateTime } from "../format.ts";

/** By 5pm today, by 5pm tomorrow, by 24 November 2026, 5pm; or that it was due. @param dueAt ISO 8601 */
export function dueText(dueAt: string, now: Date): string {
  const [day, time = ""] = formatDateTime(dueAt).split(", ");
  if (Date.parse(dueAt) <= now.getTime()) return `overdue since ${formatDateTime(dueAt)}`;
  if (day === formatDate(now.toISOString())) return `by ${time} today`;
  if (day === formatDate(new Date(now.getTime() + DAY).toISOString())) return `by ${time} tomorrow`;
  return `by ${formatDateTime(dueAt)}`;
}
