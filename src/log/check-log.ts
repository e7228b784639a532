import { equal } from "../bytes/concat.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { LogError } from "./error.ts";
import { eventDigest } from "./event-digest.ts";
import type { EventLog, LogCounts, LogRow } from "./event-log.ts";
import { explain, type Suspect } from "./explain-suspects.ts";
import type { Finding } from "./findings.ts";
import type { VerifierKey } from "./keys.ts";
import { GrowingTree, type Hash, leafHash, subtreeHash } from "./merkle.ts";
import { parseNote, verifyNote } from "./note.ts";
import { type ProvedRemovals, provedRemovals } from "./removed-events.ts";
import { TILE_WIDTH } from "./tile.ts";

/** Rows read at once; a multiple of a tile's width. */
const BATCH = 256;

/** A head that must be found in the log again. */
interface Head {
  readonly size: number;
  readonly root: Hash;
}

/** What a check found, and how far it looked. */
export interface LogReport {
  readonly events: number;
  /** Signed heads that were compared. */
  readonly heads: number;
  /** Events that were removed under retention, as an event in the log proves that the log's key signed. */
  readonly removed: number;
  readonly findings: readonly Finding[];
}

export interface CheckOptions {
  /** Checkpoints kept elsewhere, such as by a witness: signed notes. */
  readonly witnessed?: readonly string[];
  /** Awaited between batches of rows, so that others have their turn. */
  readonly pause?: () => Promise<void>;
}

/**
 * Rebuilds the tree from the events and compares it with the stored entries and hashes, with every checkpoint kept, and
 * with those given. Reads every row once, twice where something is wrong; holds none for long. What is appended meanwhile
 * is left for the next time.
 * @throws LogError `not-a-note`, `not-a-checkpoint` or `wrong-signature` for what was given.
 */
export async function checkLog(log: EventLog, key: VerifierKey, options: CheckOptions = {}): Promise<LogReport> {
  const { witnessed = [] } = options;
  const findings: Finding[] = [];
  const heads: Head[] = [];
  const counts = await log.counts();
  for (const { note, size, root } of await log.checkpoints()) {
    const problem = await refusalOf(note, key, { size, root });
    if (problem === null) heads.push({ size, root });
    else findings.push({ kind: "not-ours", size, why: problem });
  }
  for (const note of witnessed) heads.push(await headOf(note, key));
  heads.sort((a, b) => a.size - b.size);
  const present = Math.max(counts.lastEvent, counts.lastEntry);
  const removals = await provedRemovals(log, key);
  const scan = await readAll(log, counts, { heads, removals, findings }, options.pause);
  const longest = heads.at(-1)?.size ?? 0;
  if (longest > present) findings.push({ kind: "cut-off", size: longest, present, told: "head" });
  else if (counts.next - 1 > present) {
    findings.push({ kind: "cut-off", size: counts.next - 1, present, told: "counter" });
  }
  const { suspects, signedAs } = scan;
  findings.push(
    ...(await explain(log, suspects, { last: present, covered: Math.max(counts.lastEntry, longest), signedAs })),
  );
  if (scan.rewritten !== null) findings.push(scan.rewritten);
  return { events: counts.lastEvent, heads: heads.length, removed: scan.removed, findings };
}

interface Scan {
  readonly suspects: readonly Suspect[];
  /** The largest head up to which the events, and not the entries, are what was signed; 0 for none. */
  readonly signedAs: number;
  readonly rewritten: Finding | null;
  readonly removed: number;
}

/** Goes through all rows once; wrong hashes are added to `findings`. */
async function readAll(
  log: EventLog,
  counts: LogCounts,
  {
    heads,
    removals,
    findings,
  }: { readonly heads: readonly Head[]; readonly removals: ProvedRemovals; readonly findings: Finding[] },
  pause: () => Promise<void> = async () => undefined,
): Promise<Scan> {
  const present = Math.max(counts.lastEvent, counts.lastEntry);
  const [stored, told] = [new GrowingTree(), new GrowingTree()];
  const suspects: Suspect[] = [];
  let signedAs = 0;
  let removed = 0;
  let sound = 0;
  let rewritten: Finding | null = null;
  let waiting = heads.filter(({ size }) => size > 0); // that of an empty log says nothing
  let tile: Hash[] = [];
  let hole = 0; // the last number that has neither event nor entry: nothing over it can be compared
  for (let first = 1; first <= present; first += BATCH) {
    const last = Math.min(first + BATCH - 1, present);
    await pause();
    const rows = new Map((await log.rows(first, last)).map((row) => [row.seq, row]));
    for (let seq = first; seq <= last; seq++) {
      const row = rows.get(seq) ?? { seq, event: null, damage: null, entry: null };
      const digest = row.event === null ? null : eventDigest(row.event);
      const gone = row.event === null && row.damage === null && row.entry !== null && removals.has(seq);
      if (gone) removed++;
      else if (digest === null || row.entry === null || !equal(digest, row.entry)) suspects.push(suspectOf(row));
      if (seq > counts.lastEntry) continue; // no head can cover it
      if (digest === null && row.entry === null) hole = seq;
      const leaf = leafHash(row.entry ?? digest ?? new Uint8Array(0));
      stored.push(leaf);
      told.push(digest === null ? leaf : leafHash(digest));
      tile.push(leaf);
      if (tile.length === TILE_WIDTH) {
        if (hole <= seq - TILE_WIDTH) await compareHashes(log, seq, subtreeHash(tile), findings);
        tile = [];
      }
      for (; waiting[0]?.size === seq; waiting = waiting.slice(1)) {
        if (hole > 0) continue;
        const { root } = waiting[0];
        if (equal(stored.root(), root)) sound = seq;
        else if (equal(told.root(), root)) signedAs = seq;
        else rewritten ??= { kind: "rewritten", first: sound + 1, last: seq };
      }
    }
  }
  return { suspects, signedAs, rewritten, removed };
}

function suspectOf({ seq, event, damage, entry }: LogRow): Suspect {
  return { seq, event, damage, entry };
}

/** The stored hashes that end with this entry, against those of the entries below. */
async function compareHashes(log: EventLog, seq: number, tileRoot: Hash, findings: Finding[]): Promise<void> {
  let hash = tileRoot;
  for (let level = 1, count = seq / TILE_WIDTH; Number.isInteger(count); level++, count /= TILE_WIDTH) {
    const at = count - 1;
    const [found] = await log.hashes(level, at, at + 1);
    if (found === undefined || !equal(found, hash)) findings.push({ kind: "hash-wrong", level, at });
    if (count % TILE_WIDTH !== 0) return;
    hash = subtreeHash(await log.hashes(level, count - TILE_WIDTH, count)); // each of them was compared on the way
  }
}

/** Why a stored checkpoint is none of this log's; null where it is one. */
async function refusalOf(note: string, key: VerifierKey, { size, root }: Head): Promise<string | null> {
  try {
    const head = await headOf(note, key);
    return head.size === size && equal(head.root, root) ? null : "Its note says something else than its row.";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function headOf(text: string, key: VerifierKey): Promise<Head> {
  const note = parseNote(text);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name || (await verifyNote(note, [key])).length === 0) {
    throw new LogError({ code: "wrong-signature", message: `That checkpoint is not signed by ${key.name}.` });
  }
  return checkpoint;
}
