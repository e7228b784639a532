import { iso } from "../../domain/clock.ts";
import type { FeedReceiver } from "../../domain/feed-receiver.ts";
import type { FeedPositions } from "../../domain/oversight.ts";
import type { JobParts } from "../parts.ts";
import { type FeedLine, feedLine } from "./feed-line.ts";

/** The way to whoever takes the live feed. */
export interface Feed {
  readonly receiver: FeedReceiver;
  /** Resolves once the receiver has taken them. @param origin the server's public address @throws JobsError `feed-refused` */
  send(lines: readonly FeedLine[], origin: string, now: Date): Promise<void>;
}

export interface RunningFeed extends Feed {
  readonly positions: FeedPositions;
  readonly origin: string;
}

const AT_ONCE = 200;
/** Batches of one run, so that other processes get their turn. */
const BATCHES = 50;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 300_000;
/** How long it is remembered that a receiver takes nothing. */
const KEPT = 30 * 24 * 60 * 60 * 1000;

type Parts = Pick<JobParts, "log" | "ephemera" | "logTo" | "feed">;

/**
 * SIS-37: sends every event, in order, from where the receiver has got, which is kept with the records. What is not taken is sent again,
 * at first after two seconds, then twice as long each time, up to five minutes: an event may come twice, and none is skipped. Answers how
 * many were taken.
 */
export async function feedEvents(parts: Parts, now: Date): Promise<number> {
  const { feed, log } = parts;
  if (feed === null || (await waits(parts, feed.receiver, now))) return 0;
  const { address } = feed.receiver;
  let taken = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const before = (await feed.positions.position(address))?.seq ?? 0;
    const last = Math.min(before + AT_ONCE, await log.stored.size());
    if (last <= before) break;
    const rows = new Map((await log.stored.rows(before + 1, last)).map((row) => [row.seq, row]));
    const seqs = Array.from({ length: last - before }, (_, at) => before + 1 + at);
    const lines = await Promise.all(seqs.map((seq) => feedLine(seq, rows.get(seq))));
    try {
      await feed.send(lines, feed.origin, now);
    } catch (error) {
      await refused(parts, feed.receiver, now, error);
      return taken;
    }
    await feed.positions.move(address, { seq: last, at: iso(now) });
    await goesOn(parts, feed.receiver, now);
    taken += last - before;
  }
  return taken;
}

async function waits({ ephemera }: Parts, { address }: FeedReceiver, now: Date): Promise<boolean> {
  const state = await ephemera.get("feed", address, now);
  return state !== null && String(state.until) > iso(now);
}

async function refused(parts: Parts, { address }: FeedReceiver, now: Date, error: unknown): Promise<void> {
  const known = await parts.ephemera.get("feed", address, now);
  const failures = Number(known?.failures ?? 0) + 1;
  const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
  const says = error instanceof Error ? error.message : String(error);
  const value = {
    ...{ owner: address, at: String(known?.at ?? iso(now)), says, failures },
    until: iso(new Date(now.getTime() + wait)),
  };
  await parts.ephemera.put("feed", address, value, new Date(now.getTime() + KEPT));
  if (known?.says !== says) parts.logTo.write(lineOf(40, now, { says }));
}

async function goesOn(parts: Parts, { address }: FeedReceiver, now: Date): Promise<void> {
  if ((await parts.ephemera.take("feed", address, now)) === null) return;
  parts.logTo.write(lineOf(30, now, { says: "The receiver takes events again." }));
}

function lineOf(level: number, now: Date, more: object): string {
  return `${JSON.stringify({ level, time: now.getTime(), job: "feed-events", ...more })}\n`;
}
