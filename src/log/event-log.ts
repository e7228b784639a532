import type { EventRecord } from "./event-digest.ts";
import type { Hash } from "./merkle.ts";
import type { TreeRows } from "./tile.ts";

/**
 * The log as it is stored. Entries are written by the store, each in the transaction that appends its event; the entry of
 * event `seq` has index `seq - 1`. What is here is only ever read, but for checkpoints and what witnesses said to them.
 */
export interface EventLog extends TreeRows {
  /** Entries that are committed. */
  size(): Promise<number>;
  /** The last checkpoint; null before the first. */
  checkpoint(): Promise<SignedCheckpoint | null>;
  /** The smallest checkpoint kept that is of `size` entries or more. */
  checkpointFrom(size: number): Promise<SignedCheckpoint | null>;
  /** Every checkpoint that is kept, by size: the last one, and those that witnesses cosigned. */
  checkpoints(): Promise<readonly SignedCheckpoint[]>;
  /** The largest checkpoint that the witness cosigned. */
  cosignedBy(witness: { readonly name: string; readonly id: number }): Promise<SignedCheckpoint | null>;
  /** Keeps it unless there is one of its size, and forgets smaller ones that nobody cosigned. */
  saveCheckpoint(checkpoint: Omit<SignedCheckpoint, "cosignatures">): Promise<void>;
  /** Adds it to the checkpoint, which is kept from then on; a later one of the same key takes its place. */
  saveCosignature(checkpoint: Omit<SignedCheckpoint, "cosignatures">, cosignature: Cosignature): Promise<void>;
  /** How much there is of everything at one moment, for the check. */
  counts(): Promise<LogCounts>;
  /** Every event by which others were removed, by number: what it names has entries and no events. */
  removals(): Promise<readonly EventRecord[]>;
  /** Events and entries `first` to `last` (their seqs), by seq; a number with neither is left out. */
  rows(first: number, last: number): Promise<readonly LogRow[]>;
}

/** A checkpoint that was signed, and so may have been shown to anybody. */
export interface SignedCheckpoint {
  readonly size: number;
  readonly root: Hash;
  /** Signed note with the log's own signature alone. */
  readonly note: string;
  /** When it was signed, by this server's clock. */
  readonly at: string;
  readonly cosignatures: readonly Cosignature[];
}

export interface Cosignature {
  readonly name: string;
  readonly id: number;
  /** Seconds since 1970, in the witness's word. */
  readonly time: number;
  /** The signature line, without its newline. */
  readonly line: string;
}

export interface LogCounts {
  /** Seq of the last event; 0 without any. */
  readonly lastEvent: number;
  /** Seq of the last entry. */
  readonly lastEntry: number;
  /** Seq that the next event will have. */
  readonly next: number;
}

/** What is stored under one number. */
export interface LogRow {
  readonly seq: number;
  readonly event: EventRecord | null;
  /** Why the event cannot be read, where there is one that cannot. */
  readonly damage: string | null;
  readonly entry: Hash | null;
}

/** The checkpoint with everything that vouches for it, as it is served. */
export function wholeNote({ note, cosignatures }: SignedCheckpoint): string {
  return `${note}${cosignatures.map(({ line }) => `${line}\n`).join("")}`;
}
