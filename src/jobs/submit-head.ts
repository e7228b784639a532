import type { EventLog, SignedCheckpoint } from "../log/event-log.ts";
import { formatNote, parseNote, parseSignatureLines, verifyNote } from "../log/note.ts";
import { proveConsistency } from "../log/prove.ts";
import { subtreesOf } from "../log/tile.ts";
import { formatAddCheckpoint, type Witness } from "../log/witness.ts";

/** Milliseconds that a witness has to answer. */
const PATIENCE = 10_000;
/** Characters of an answer that are read. */
const LONGEST = 100_000;

/** What a witness says to a head; all of it is its word. */
export type WitnessAnswer =
  | { readonly kind: "cosigned"; readonly cosignature: SignedCheckpoint["cosignatures"][number] }
  /** It says that the log is not what it was. */
  | { readonly kind: "refused"; readonly why: string }
  /** No answer that means anything: asked again later. */
  | { readonly kind: "silent"; readonly why: string };

/**
 * Asks a witness to cosign a head (c2sp.org/tlog-witness): once, and once more from the size that it says it saw.
 * @param seen how many entries we know it to have seen.
 */
export async function submitHead(
  log: EventLog,
  witness: Witness,
  head: SignedCheckpoint,
  seen: number,
): Promise<WitnessAnswer> {
  const { name } = witness.key;
  let old = seen;
  for (let attempt = 0; attempt < 2; attempt++) {
    const proof = await proveConsistency(subtreesOf(log, head.size), old, head.size);
    const { status, body } = await post(witness, formatAddCheckpoint({ old, proof, note: head.note }));
    if (status === 200) return cosignatureIn(body, witness, head);
    if (status === 422) {
      return {
        kind: "refused",
        why: `The witness ${name} finds that the log does not continue what it saw of ${old} entries.`,
      };
    }
    if (status !== 409) return { kind: "silent", why: status === 0 ? body : `It answered with status ${status}.` };
    old = Number(/^\d{1,15}\n$/.exec(body)?.[0] ?? Number.NaN);
    if (!Number.isSafeInteger(old)) return { kind: "silent", why: "It did not say what it saw last." };
    if (old > head.size) {
      if (old <= (await log.size())) return { kind: "silent", why: "It has seen a later head already." };
      const why = `The witness ${name} has seen a log of ${old} entries, and this one has fewer: an older database was restored, or the last events were removed.`;
      return { kind: "refused", why };
    }
  }
  return { kind: "silent", why: "It did not keep to what it said it saw last." };
}

/** @returns status 0 and why, where there was no answer. */
async function post({ url }: Witness, body: string): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const answer = await fetch(`${url}/add-checkpoint`, {
      method: "POST",
      body,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: answer.status, body: (await answer.text()).slice(0, LONGEST) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { status: 0, body: `It cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

async function cosignatureIn(body: string, witness: Witness, head: SignedCheckpoint): Promise<WitnessAnswer> {
  try {
    const { text } = parseNote(head.note);
    const lines = parseSignatureLines(body).map(({ line }) => line);
    const [found] = await verifyNote(parseNote(formatNote(text, lines)), [witness.key]);
    if (found?.time == null)
      return { kind: "silent", why: "Its answer has no signature by the key that is set up for it." };
    const { name, id } = witness.key;
    return { kind: "cosigned", cosignature: { name, id, time: found.time, line: found.line } };
  } catch (error) {
    return {
      kind: "silent",
      why: `Its answer cannot be used. ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
