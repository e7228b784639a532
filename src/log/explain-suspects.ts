import { equal } from "../bytes/concat.ts";
import { type EventRecord, eventDigest } from "./event-digest.ts";
import type { EventLog, LogRow } from "./event-log.ts";
import type { Finding } from "./findings.ts";

/** A number under which event and entry do not belong together. */
export type Suspect = LogRow;

const BATCH = 1024;
/** Further suspects are called changed or missing without looking for where they come from. */
const MOST_COMPARED = 1000;

/** How far things go, as numbers of events. */
interface Reach {
  /** The last event or entry. */
  readonly last: number;
  /** Up to here there were entries: they are there, or a signed head tells of them. */
  readonly covered: number;
  /** Up to here it is the events that are as they were signed, and entries that were changed. */
  readonly signedAs: number;
}

/** Says of each suspect what was done: changed, missing, moved from another number, copied, added. */
export async function explain(
  log: EventLog,
  suspects: readonly Suspect[],
  { last, covered, signedAs }: Reach,
): Promise<readonly Finding[]> {
  const salts = suspects.length === 0 ? new Map<string, readonly number[]>() : await numbersBySalt(log, last, suspects);
  const entries = suspects.filter(({ entry }) => entry !== null).slice(0, MOST_COMPARED);
  return suspects.map((suspect, place): Finding => {
    const { seq, event, damage, entry } = suspect;
    if (damage !== null) return { kind: "unreadable", seq, why: damage };
    if (event === null) return { kind: "missing", seq };
    const origin = place < MOST_COMPARED ? originOf(event, entries) : null;
    if (origin !== null) return { kind: "moved", seq, from: origin };
    const copy = (salts.get(event.salt) ?? []).find((each) => each !== seq);
    if (copy !== undefined) return { kind: "copied", seq, of: copy };
    if (entry === null) return { kind: seq <= covered ? "entry-missing" : "added", seq };
    return { kind: seq <= signedAs ? "entry-changed" : "changed", seq };
  });
}

/** The other number whose entry this event fits. */
function originOf(event: EventRecord, entries: readonly Suspect[]): number | null {
  for (const { seq, entry } of entries) {
    if (seq !== event.seq && entry !== null && equal(eventDigest({ ...event, seq }), entry)) return seq;
  }
  return null;
}

/** Under which numbers the random bits of the suspects stand: they are never used twice. */
async function numbersBySalt(
  log: EventLog,
  last: number,
  suspects: readonly Suspect[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const wanted = new Map<string, number[]>();
  for (const { event } of suspects) if (event !== null) wanted.set(event.salt, []);
  for (let first = 1; first <= last; first += BATCH) {
    for (const { seq, event } of await log.rows(first, Math.min(first + BATCH - 1, last))) {
      if (event !== null) wanted.get(event.salt)?.push(seq);
    }
  }
  return wanted;
}
