import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { type Checkpoint, isCount, parseCheckpoint, parseHash } from "./checkpoint.ts";
import { LogError } from "./error.ts";
import type { VerifierKey } from "./keys.ts";
import { type Hash, leafHash } from "./merkle.ts";
import { type Note, parseNote, type Verified, verifyNote } from "./note.ts";
import { provesInclusion } from "./verify.ts";

const HEAD = "c2sp.org/tlog-proof@v1";
/** More than any tree of 2^53 leaves needs. */
const MOST_HASHES = 63;

/** That an entry is in a log, for checking offline (c2sp.org/tlog-proof). Nothing in it is to be believed unchecked. */
export interface LogProof {
  /** Not authenticated by anything. */
  readonly extra: Uint8Array<ArrayBuffer> | null;
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** A checkpoint as a signed note, with its cosignatures. */
  readonly checkpoint: string;
}

export function formatLogProof({ extra, index, hashes, checkpoint }: LogProof): string {
  const lines = [
    HEAD,
    ...(extra === null ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(toBase64),
  ];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** @throws LogError `not-a-proof` */
export function parseLogProof(text: string): LogProof {
  const end = text.indexOf("\n\n");
  const [head, ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
  if (end < 0 || head !== HEAD) throw notAProof("It does not begin as one.");
  const extra = lines[0]?.startsWith("extra ") ? bytesOf((lines.shift() ?? "").slice("extra ".length)) : null;
  const index = /^index (.+)$/.exec(lines.shift() ?? "")?.[1] ?? "";
  if (!isCount(index)) throw notAProof("It has no index.");
  const hashes = lines.map(parseHash).filter((hash) => hash !== null);
  if (hashes.length !== lines.length || hashes.length > MOST_HASHES) throw notAProof("One of its hashes is malformed.");
  return { extra, index: Number(index), hashes, checkpoint: text.slice(end + 2) };
}

/** What a proof shows. */
export interface Proved {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  readonly log: Verified;
  /** Cosignatures of the witnesses given. None: nothing shows that the log has not been rewritten. */
  readonly witnesses: readonly Verified[];
}

/**
 * Checks that the log whose key it is holds the entry where the proof says, and who cosigned that.
 * @param entry what the leaf was made from; for events their digest.
 * @param keys of the log and of the witnesses whose word counts.
 * @throws LogError `not-a-note`, `not-a-checkpoint`, `wrong-signature`, `wrong-proof`
 */
export async function verifyLogProof(
  proof: LogProof,
  entry: Uint8Array,
  keys: { readonly log: VerifierKey; readonly witnesses: readonly VerifierKey[] },
): Promise<Proved> {
  const note = parseNote(proof.checkpoint);
  const checkpoint = parseCheckpoint(note.text);
  const [log] = await verifyNote(note, [keys.log]);
  if (log === undefined || checkpoint.origin !== keys.log.name) {
    throw new LogError({
      code: "wrong-signature",
      message: `The checkpoint is not signed by the log ${keys.log.name}.`,
    });
  }
  const witnesses = await verifyNote(note, keys.witnesses);
  const { size, root } = checkpoint;
  const claim = { index: proof.index, size, root, leaf: leafHash(entry), proof: proof.hashes };
  if (!provesInclusion(claim)) {
    throw new LogError({
      code: "wrong-proof",
      message: `The proof does not show that this is entry ${proof.index} of the log.`,
    });
  }
  return { checkpoint, note, log, witnesses };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw notAProof("Its extra data is not base64.", cause);
  }
}

function notAProof(why: string, cause?: unknown): LogError {
  return new LogError({ code: "not-a-proof", message: `This is not a proof of a log. ${why}`, cause });
}
