import { LogError } from "./error.ts";
import { type EventLog, type SignedCheckpoint, wholeNote } from "./event-log.ts";
import { formatLogProof } from "./log-proof.ts";
import { proveInclusion } from "./prove.ts";
import { subtreesOf } from "./tile.ts";

/**
 * Proofs (c2sp.org/tlog-proof, one text for each seq) that the events are in the log under this checkpoint.
 * @throws LogError `out-of-range` for an event that the checkpoint does not cover.
 */
export async function proveEvents(
  log: EventLog,
  checkpoint: SignedCheckpoint,
  seqs: readonly number[],
): Promise<readonly string[]> {
  const read = subtreesOf(log, checkpoint.size);
  const proofs: string[] = [];
  for (const seq of seqs) {
    if (seq < 1) throw new LogError({ code: "out-of-range", message: `No event has the number ${seq}.` });
    const hashes = await proveInclusion(read, seq - 1, checkpoint.size);
    proofs.push(formatLogProof({ extra: null, index: seq - 1, hashes, checkpoint: wholeNote(checkpoint) }));
  }
  return proofs;
}
