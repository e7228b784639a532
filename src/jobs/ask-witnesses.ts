import { iso } from "../domain/clock.ts";
import type { SignedCheckpoint } from "../log/event-log.ts";
import { formatNote, parseNote, parseSignatureLines, verifyNote } from "../log/note.ts";
import { proveConsistency } from "../log/prove.ts";
import type { RunningLog } from "../log/running-log.ts";
import { subtreesOf } from "../log/tile.ts";
import { formatAddCheckpoint, type Witness } from "../log/witness.ts";
import { allClear, raiseAlarm } from "./alarm.ts";
import type { JobParts } from "./parts.ts";

/** Milliseconds that a witness has to answer. */
const PATIENCE = 10_000;
/** Characters of an answer that are read. */
const LONGEST = 100_000;
/** How long it is remembered that a witness did not answer. */
const KEPT = 7 * 24 * 60 * 60 * 1000;

type Parts = Pick<JobParts, "records" | "ephemera" | "log" | "texts" | "logTo">;

/**
 * Has the last head cosigned by every witness that has not seen it yet (c2sp.org/tlog-witness), and keeps what they
 * sign. A witness that has seen a longer log, or finds that this one does not continue what it saw, raises the alarm: an
 * older database was restored, or history was rewritten. Answers how many cosigned.
 */
export async function askWitnesses(parts: Parts, now: Date): Promise<number> {
  const head = await parts.log.stored.checkpoint();
  if (head === null) return 0;
  const asked = parts.log.witnesses.map((witness) => askOne(parts, witness, head, now));
  return (await Promise.all(asked)).filter((cosigned) => cosigned).length;
}

async function askOne(parts: Parts, witness: Witness, head: SignedCheckpoint, now: Date): Promise<boolean> {
  const { log, ephemera } = parts;
  const { name } = witness.key;
  const seen = (await log.stored.cosignedBy(witness.key))?.size ?? 0;
  if (seen === head.size) return false;
  const answer = await submit(log, witness, head, seen);
  if (answer.kind === "silent") {
    const since = (await ephemera.get("log", `silent ${name}`, now))?.at ?? iso(now);
    const value = { owner: name, at: since, says: answer.why };
    await ephemera.put("log", `silent ${name}`, value, new Date(now.getTime() + KEPT));
    return false;
  }
  await ephemera.remove("log", `silent ${name}`);
  if (answer.kind === "refused") {
    await raiseAlarm(parts, now, `witness ${name}`, [answer.why]);
    return false;
  }
  await log.stored.saveCosignature(head, answer.cosignature);
  await allClear(parts, `witness ${name}`);
  return true;
}

type Answer =
  | { readonly kind: "cosigned"; readonly cosignature: SignedCheckpoint["cosignatures"][number] }
  /** It says that the log is not what it was. */
  | { readonly kind: "refused"; readonly why: string }
  /** No answer that means anything: asked again later. */
  | { readonly kind: "silent"; readonly why: string };

/** Asks once, and once more from the size that the witness says it saw. Whatever it answers is the witness's word. */
async function submit(log: RunningLog, witness: Witness, head: SignedCheckpoint, seen: number): Promise<Answer> {
  const { name } = witness.key;
  let old = seen;
  for (let attempt = 0; attempt < 2; attempt++) {
    const proof = await proveConsistency(subtreesOf(log.stored, head.size), old, head.size);
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
      if (old <= (await log.stored.size())) return { kind: "silent", why: "It has seen a later head already." };
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

async function cosignatureIn(body: string, witness: Witness, head: SignedCheckpoint): Promise<Answer> {
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
