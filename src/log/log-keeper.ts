import { formatCheckpoint } from "./checkpoint.ts";
import { LogError } from "./error.ts";
import type { EventLog, SignedCheckpoint } from "./event-log.ts";
import type { Signer, VerifierKey } from "./keys.ts";
import { formatNote, signatureLine } from "./note.ts";
import { proveConsistency, rootOf } from "./prove.ts";
import { type Statement, statementBytes } from "./statement.ts";
import { subtreesOf } from "./tile.ts";
import { provesConsistency } from "./verify.ts";

/** Signs the log's heads. The name of its key is the log's origin. */
export interface LogKeeper {
  readonly key: VerifierKey;
  /**
   * The checkpoint over everything committed so far: the last one where nothing was added since, otherwise a new one,
   * stored before it is answered. Null while the log is empty.
   * @throws LogError `rewritten` when the stored tree does not continue the last checkpoint: nothing is signed then.
   */
  sign(now: Date): Promise<SignedCheckpoint | null>;
  /**
   * The organisation's own statement, `destroy` or `remove`: Ed25519 over its bytes. They begin with a brace, and the text of a head with
   * a host name, so that neither is ever taken for the other.
   */
  vouch(statement: Statement & { readonly kind: "destroy" | "remove" }): Promise<Uint8Array<ArrayBuffer>>;
}

export function createLogKeeper(log: EventLog, signer: Signer): LogKeeper {
  let last: Promise<unknown> = Promise.resolve();
  return {
    key: signer.key,
    vouch: (statement) => signer.sign(statementBytes(statement)),
    sign(now) {
      const turn = last.then(() => signHead(log, signer, now)); // one after another: all but the first find nothing to do
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

async function signHead(log: EventLog, signer: Signer, now: Date): Promise<SignedCheckpoint | null> {
  const [size, previous] = [await log.size(), await log.checkpoint()];
  if (previous === null && size === 0) return null;
  if (previous?.size === size) return previous;
  const read = subtreesOf(log, size);
  const root = await rootOf(read, size);
  if (previous !== null) {
    const sizes = { from: previous.size, to: size, fromRoot: previous.root, toRoot: root };
    const continues =
      size > previous.size && provesConsistency({ ...sizes, proof: await proveConsistency(read, previous.size, size) });
    if (!continues) throw rewritten(previous.size, size);
  }
  const text = formatCheckpoint({ origin: signer.key.name, size, root });
  const note = formatNote(text, [await signatureLine(text, signer, now)]);
  const checkpoint = { size, root, note, at: now.toISOString() };
  await log.saveCheckpoint(checkpoint);
  return { ...checkpoint, cosignatures: [] };
}

/** Says nothing that changes as the log goes on: whoever raises an alarm with it appends an event. */
function rewritten(signed: number, present: number): LogError {
  const what =
    present < signed
      ? `The log has fewer entries than the ${signed} whose head was signed`
      : `The log does not continue the head of ${signed} entries that was signed`;
  return new LogError({
    code: "rewritten",
    message: `${what}: the database was changed or replaced. No new head is signed. “waybill log fsck” says what is wrong.`,
  });
}
