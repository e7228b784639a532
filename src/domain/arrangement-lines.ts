import type { Classification, Method } from "./facts.ts";
import { METHOD_NAMES } from "./method-names.ts";
import { formatSize } from "./size-text.ts";

/** What `arrangementText` holds. */
export interface ArrangementRecord {
  readonly role: string;
  readonly requester: string;
  readonly purpose: string;
  readonly recipients: readonly string[];
  readonly classification: Classification;
  readonly people: number;
  readonly bytes: number;
  readonly method: Method;
  readonly ends: string;
}

/** One line of what is agreed to in advance: the page shows it, and the manager's browser makes it again of what it signs. */
export interface ArrangementLine {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

export function arrangementLines(record: ArrangementRecord): readonly ArrangementLine[] {
  const { requester, purpose, recipients, classification, people, bytes, method, ends } = record;
  return [
    { name: "requester", label: "Whose transfers", value: requester },
    { name: "purpose", label: "What for", value: purpose },
    ...recipients.map((each) => ({ name: `to ${each}`, label: "To", value: each })),
    { name: "classification", label: "Classification, at the most", value: classification },
    { name: "people", label: "People in one transfer, at the most", value: people.toLocaleString("en-GB") },
    { name: "bytes", label: "Size of one transfer, at the most", value: formatSize(bytes) },
    { name: "method", label: "How", value: METHOD_NAMES[method] },
    { name: "ends", label: "Last day", value: dayOf(ends) },
  ];
}

const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });

/** 22 November 2027. What is no day, as a record may lie, stays as it is: two different texts never read the same. */
function dayOf(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text ? DAY.format(day) : text;
}
