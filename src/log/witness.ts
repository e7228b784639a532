import { toBase64 } from "../bytes/base64.ts";
import { type Checkpoint, isCount, parseCheckpoint, parseHash } from "./checkpoint.ts";
import { LogError } from "./error.ts";
import { parseVerifierKey, type VerifierKey } from "./keys.ts";
import { EMPTY_ROOT, type Hash } from "./merkle.ts";
import { formatNote, type Note, parseNote, verifyNote } from "./note.ts";
import { provesConsistency } from "./verify.ts";

/** Somebody outside who watches that the log only grows (c2sp.org/tlog-witness). */
export interface Witness {
  /** Of type cosignature. */
  readonly key: VerifierKey;
  /** Submission prefix, without a slash at its end. */
  readonly url: string;
}

/** `<verifier key> <address>`, several with commas between. @throws LogError `not-a-witness` */
export function parseWitnesses(text: string): readonly Witness[] {
  const parts = text.split(",").map((part) => part.trim());
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      const [key = "", url = "", ...more] = part.split(/\s+/);
      const parsed = URL.canParse(url) ? new URL(url) : null;
      if (more.length > 0 || !/^https?:$/.test(parsed?.protocol ?? "")) {
        throw notAWitness(`must be a verifier key, a space and an http(s) address for each witness, not “${part}”`);
      }
      return { key: witnessKey(key), url: url.replace(/\/+$/, "") };
    });
}

function witnessKey(text: string): VerifierKey {
  try {
    const key = parseVerifierKey(text);
    if (key.type === "cosignature") return key;
  } catch (cause) {
    throw notAWitness(cause instanceof Error ? cause.message : String(cause));
  }
  throw notAWitness(`names the key of a log, not of a witness: “${text}”`);
}

/** A request to cosign: the size that the witness saw last, a proof that the head continues it, and the signed head. */
export interface AddCheckpoint {
  readonly old: number;
  readonly proof: readonly Hash[];
  readonly note: string;
}

const MOST_HASHES = 63;

export function formatAddCheckpoint({ old, proof, note }: AddCheckpoint): string {
  return `${[`old ${old}`, ...proof.map(toBase64)].join("\n")}\n\n${note}`;
}

/** @throws LogError `not-a-proof` */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf("\n\n");
  const [head = "", ...lines] = body.slice(0, Math.max(end, 0)).split("\n");
  const old = head.startsWith("old ") ? head.slice(4) : "";
  const proof = lines.map(parseHash).filter((hash) => hash !== null);
  if (end < 0 || !isCount(old) || proof.length !== lines.length || proof.length > MOST_HASHES) {
    throw new LogError({ code: "not-a-proof", message: "This is not a request to cosign a checkpoint." });
  }
  return { old: Number(old), proof, note: body.slice(end + 2) };
}

/** What a witness remembers of a log. */
export interface Seen {
  readonly size: number;
  readonly root: Hash;
}

/** What a witness does with a request; `status` is the HTTP status that c2sp.org/tlog-witness gives it. */
export type Judgement =
  | { readonly status: 400 | 403 | 404 | 422; readonly why: string }
  /** The witness has seen another size last. */
  | { readonly status: 409; readonly size: number }
  /** To be remembered, and only then cosigned. `note` has the log's signature alone. */
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly text: string; readonly note: string };

/**
 * Judges a request, whose every byte is its sender's.
 * @param logs keys of the logs that are watched; their names are the origins.
 * @param seen what is remembered of the log of that origin: null for nothing yet.
 */
export async function judge(
  body: string,
  logs: readonly VerifierKey[],
  seen: (origin: string) => Seen | null,
): Promise<Judgement> {
  let request: AddCheckpoint;
  let note: Note;
  let checkpoint: Checkpoint;
  try {
    request = parseAddCheckpoint(body);
    note = parseNote(request.note);
    checkpoint = parseCheckpoint(note.text);
  } catch (error) {
    return { status: 400, why: error instanceof Error ? error.message : String(error) };
  }
  const keys = logs.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) return { status: 404, why: "This witness does not watch that log." };
  const lines = await signedBy(note, keys);
  if (lines.length === 0) return { status: 403, why: "The checkpoint is not signed by the key of that log." };
  const { size, root } = checkpoint;
  const { old, proof } = request;
  if (old > size) return { status: 400, why: "The old size is larger than the checkpoint's." };
  const last = seen(checkpoint.origin) ?? { size: 0, root: EMPTY_ROOT };
  if (old !== last.size) return { status: 409, size: last.size };
  if (!provesConsistency({ from: old, to: size, fromRoot: last.root, toRoot: root, proof })) {
    return { status: 422, why: "The checkpoint is not shown to continue the one that was seen last." };
  }
  return { status: 200, checkpoint, text: note.text, note: formatNote(note.text, lines) };
}

async function signedBy(note: Note, keys: readonly VerifierKey[]): Promise<readonly string[]> {
  try {
    return (await verifyNote(note, keys)).map(({ line }) => line);
  } catch (error) {
    if (error instanceof LogError) return [];
    throw error;
  }
}

function notAWitness(message: string): LogError {
  return new LogError({ code: "not-a-witness", message });
}
