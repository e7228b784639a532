import { DAY, iso } from "../../domain/clock.ts";
import { METHODS } from "../../domain/facts.ts";
import { METHOD_NAMES } from "../../domain/method-names.ts";
import { type OpenCounts, RELEASE_TIMES, type ReleaseTime } from "../../domain/oversight.ts";
import type { Parts } from "../parts.ts";
import { londonDay } from "../texts/london-day.ts";
import { type BarChart, type ColumnChart, columnChart, rowChart } from "./charts.ts";

/** Days after which a missing receipt is overdue (SDT-28), and before the end at which a transfer counts as expiring. */
export const RECEIPT_DAYS = 3;
export const EXPIRING_DAYS = 3;
const MONTHS = 12;

export interface Overview {
  readonly open: OpenCounts;
  /** Incidents that are not closed (SPG-3, SIS-27: near misses too). */
  readonly incidents: number;
  /** Sent in each of the last twelve months, the present one last. */
  readonly sent: ColumnChart;
  /** The same twelve months by method, the most first. */
  readonly methods: BarChart;
  /** How long it took from the sender's signature until it was sent. */
  readonly times: BarChart;
}

const TIMES: Readonly<Record<ReleaseTime, string>> = {
  minute: "Within a minute",
  hour: "Within an hour",
  day: "Within a day",
  "three-days": "Within three days",
  longer: "Longer",
};

/** How transfers are going: what is open now, and what was sent. Every number is found by index or was counted as it happened. */
export async function overview({ records, clock }: Parts): Promise<Overview> {
  const { read } = records;
  const now = clock.now();
  const days = (count: number) => iso(new Date(now.getTime() + count * DAY));
  const months = lastMonths(londonDay(now));
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const sent = await Promise.all(
    months.map(async (month) => {
      const counted = await read.tallies("method", `${month}-01`, `${month}-31`);
      return { month, count: counted.reduce((sum, { count }) => sum + count, 0) };
    }),
  );
  const methods = await read.tallies("method", `${first}-01`, `${last}-31`);
  const times = await read.tallies("release", `${first}-01`, `${last}-31`);
  const countOf = (counted: typeof methods, key: string) => counted.find((each) => each.key === key)?.count ?? 0;
  return {
    open: await read.openCounts({
      now: iso(now),
      receiptsBefore: days(-RECEIPT_DAYS),
      expiringUntil: days(EXPIRING_DAYS),
    }),
    incidents: (await read.openIncidents()).length,
    sent: columnChart(sent.map(({ month, count }) => ({ ...monthName(month), count }))),
    methods: rowChart(
      METHODS.map((method) => ({ label: METHOD_NAMES[method], count: countOf(methods, method) }))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => b.count - a.count),
    ),
    times: rowChart(
      (Object.keys(RELEASE_TIMES) as ReleaseTime[]) // its keys are these
        .map((time) => ({ label: TIMES[time], count: countOf(times, time) })),
    ),
  };
}

/** YYYY-MM, the present one last. @param today YYYY-MM-DD */
function lastMonths(today: string): readonly string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: MONTHS }, (_, at) =>
    new Date(Date.UTC(year, month - MONTHS + at, 1)).toISOString().slice(0, 7),
  );
}

const SHORT = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short" });
const LONG = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long", year: "numeric" });

function monthName(month: string): { readonly label: string; readonly short: string } {
  const day = new Date(`${month}-01T00:00:00Z`);
  return { label: LONG.format(day), short: SHORT.format(day).slice(0, 1) };
}
