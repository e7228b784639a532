import { toBase64Url } from "../bytes/base64.ts";
import { randomId } from "../bytes/random.ts";
import { iso } from "../domain/clock.ts";
import { type DueRecord, dueRecords, isRemovable } from "../domain/due-records.ts";
import type { EventKind } from "../domain/event.ts";
import type { Removal } from "../domain/keeping.ts";
import { finishRemoval } from "../domain/lifecycle/governance-arrows.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { Writer } from "../domain/records.ts";
import { formatNumbers, removalStatement } from "../log/removed-events.ts";
import { failedLine } from "./log-line.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

const NEWEST = 100;
/** Events of one removal of the kind `access`. */
const EVENTS_AT_ONCE = 500;

type Parts = Pick<JobParts, "records" | "log" | "logTo">;

/**
 * SIS-37: removes what was announced and whose days of notice are over, unless a hold is on it by now: the records, and their events with the
 * salts. Each removal is an event of its own, signed with the log's key, which names the numbers; their entries stay in the log, so that every
 * proof for the rest stays valid. Answers how many records were removed.
 */
export async function removeRecords(parts: Parts, now: Date): Promise<number> {
  const { records } = parts;
  const due = (await records.read.removals(NEWEST)).filter(
    ({ state, removeFrom }) => state === "announced" && removeFrom <= iso(now),
  );
  let removed = 0;
  for (const removal of due) removed += await removeOne(parts, removal, now);
  return removed;
}

async function removeOne(parts: Parts, removal: Removal, now: Date): Promise<number> {
  const { records, logTo } = parts;
  let removed = 0;
  let batch: DueRecord[] = [];
  const remove = async (what: readonly DueRecord[]) => {
    try {
      if (what.length > 0 && (await unlessTooLate(() => carryOut(parts, removal, what, now)))) removed += what.length;
    } catch (error) {
      logTo.write(failedLine("remove-records", now, error, { kind: removal.kind })); // the others go on
    }
  };
  const all: DueRecord[] = [];
  for await (const each of dueRecords(records.read, removal.kind, removal.before))
    if (isRemovable(each)) all.push(each);
  for (const each of all) {
    if (each.what !== "event") await remove([each]);
    else batch.push(each);
    if (batch.length === EVENTS_AT_ONCE) {
      await remove(batch);
      batch = [];
    }
  }
  await remove(batch);
  const taken = { at: iso(now), by: { kind: "system" } } as const;
  await unlessTooLate(() =>
    records.write(async (tx) => {
      const current = (await tx.removals(NEWEST)).find(({ id }) => id === removal.id);
      refuseUnless(current !== undefined, "It is not there any more.");
      const finished = finishRemoval(current, removed, taken);
      await tx.saveRemoval(finished.removal);
      await tx.append(finished.event);
    }),
  );
  return removed;
}

async function carryOut(
  { records, log }: Parts,
  removal: Removal,
  due: readonly DueRecord[],
  now: Date,
): Promise<void> {
  const organisation = await records.read.organisation();
  refuseUnless(organisation !== null, "Nobody has set this Waybill up.");
  const { hostname: rpId } = new URL(organisation.publicUrl);
  await records.write(async (tx) => {
    const current = (await tx.removals(NEWEST)).find(({ id }) => id === removal.id);
    refuseUnless(current?.state === "announced", "It was withdrawn meanwhile.");
    await refuseUnlessStillDue(tx, removal, due);
    const seqs: number[] = [];
    for (const each of due) seqs.push(...(await removeRecord(tx, each)));
    const events = formatNumbers(seqs.toSorted((a, b) => a - b));
    const [first] = due;
    const name = first === undefined || first.what === "event" ? `${due.length} until ${removal.before}` : first.id;
    const said = { what: first?.what ?? removal.kind, name, events };
    const nonce = randomId();
    const signature = toBase64Url(await log.keeper.vouch(removalStatement(said, log.keeper.key.name, rpId, nonce)));
    await tx.append({
      ...({ kind: "records-removed", at: iso(now), actor: { kind: "system" }, reference: null } as const),
      recipientId: null,
      detail: { removal: removal.id, ...said, rpId, nonce, signature },
    });
  });
}

/** A hold may have been placed since it was looked at. @throws DomainError `not-now` */
async function refuseUnlessStillDue(tx: Writer, removal: Removal, due: readonly DueRecord[]): Promise<void> {
  const wanted = new Set(due.map(({ id }) => id));
  for await (const each of dueRecords(tx, removal.kind, removal.before, new Set(wanted)))
    if (isRemovable(each)) wanted.delete(each.id);
  refuseUnless(wanted.size === 0, "It is not due any more.");
}

const EVENTS_OF = {
  contact: ["contact-added", "contact-changed", "contact-verified"],
  agreement: ["agreement-added", "agreement-changed", "agreement-reminded"],
  arrangement: [
    ...(["arrangement-asked", "arrangement-agreed", "arrangement-refused"] as const),
    ...(["arrangement-ended", "arrangement-reminded", "arrangement-lapsed"] as const),
  ],
} as const satisfies Readonly<Record<"contact" | "agreement" | "arrangement", readonly EventKind[]>>;

/** Answers the numbers of the events that went with it. */
async function removeRecord(tx: Writer, { what, id }: DueRecord): Promise<readonly number[]> {
  if (what === "transfer") return tx.removeTransfer(id);
  if (what === "incident") return removeIncident(tx, id);
  const seqs = what === "event" ? [Number(id)] : (await tx.eventsNaming(EVENTS_OF[what], id)).map(({ seq }) => seq);
  if (seqs.length > 0) await tx.removeEvents(seqs);
  if (what === "contact") await tx.removeContact(id);
  if (what === "agreement") await tx.removeAgreement(id);
  if (what === "arrangement") await tx.removeArrangement(id);
  return seqs;
}

/** Those of its events that belong to a transfer stay with that. */
async function removeIncident(tx: Writer, id: string): Promise<readonly number[]> {
  const own = await tx.eventsNumbered((await tx.incident(id))?.events ?? []);
  const seqs = own.filter(({ reference }) => reference === null).map(({ seq }) => seq);
  if (seqs.length > 0) await tx.removeEvents(seqs);
  await tx.removeIncident(id);
  return seqs;
}
