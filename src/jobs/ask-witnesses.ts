import { iso } from "../domain/clock.ts";
import type { SignedCheckpoint } from "../log/event-log.ts";
import type { Witness } from "../log/witness.ts";
import { allClear, raiseAlarm } from "./alarm.ts";
import type { JobParts } from "./parts.ts";
import { submitHead } from "./submit-head.ts";

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
  const answer = await submitHead(log.stored, witness, head, seen);
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
