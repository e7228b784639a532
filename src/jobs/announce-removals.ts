import { randomId } from "../bytes/random.ts";
import { DAY, iso } from "../domain/clock.ts";
import { dueRecords, isRemovable } from "../domain/due-records.ts";
import { dueBefore, type Keeping, RECORD_KINDS, type RecordKind } from "../domain/keeping.ts";
import { announceRemoval } from "../domain/lifecycle/governance-arrows.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { Reader } from "../domain/records.ts";
import { failedLine } from "./log-line.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

/** Counted no further: the mail says that there are so many or more, and the page shows the first. */
const MOST_COUNTED = 10_000;

type Parts = Pick<JobParts, "records" | "removalNews" | "logTo">;

/**
 * SIS-37: what has been kept as long as its kind is kept is announced, to be removed after the days of notice. Nothing before an
 * administrator has said how long records are kept. Answers how many kinds were announced.
 */
export async function announceRemovals(parts: Parts, now: Date): Promise<number> {
  const { records, logTo } = parts;
  const keeping = await records.read.keeping();
  if (keeping === null) return 0;
  let announced = 0;
  for (const kind of RECORD_KINDS) {
    try {
      if (await unlessNothing(parts, keeping, kind, now)) announced++;
    } catch (error) {
      logTo.write(failedLine("announce-removals", now, error, { kind })); // the others go on
    }
  }
  return announced;
}

async function unlessNothing(parts: Parts, keeping: Keeping, kind: RecordKind, now: Date): Promise<boolean> {
  const { read } = parts.records;
  const before = dueBefore(keeping, kind, iso(now));
  if (before === null || (await isAnnounced(read, kind))) return false;
  const count = await countDue(read, kind, before);
  if (count === 0) return false;
  return unlessTooLate(() => announce(parts, keeping, { kind, before, count }, now));
}

async function announce(
  { records, removalNews }: Parts,
  { noticeDays, setAt }: Keeping,
  { kind, before, count }: { readonly kind: RecordKind; readonly before: string; readonly count: number },
  now: Date,
): Promise<void> {
  const removeFrom = iso(new Date(now.getTime() + noticeDays * DAY));
  await records.write(async (tx) => {
    const keeping = await tx.keeping();
    const organisation = await tx.organisation();
    refuseUnless(keeping?.setAt === setAt && organisation !== null, "It was said anew meanwhile.");
    refuseUnless(!(await isAnnounced(tx, kind)), "It is announced already.");
    const taken = { at: iso(now), by: { kind: "system" } } as const;
    const { removal, event } = announceRemoval({ id: randomId(), kind, before, removeFrom, due: count }, taken);
    await tx.saveRemoval(removal);
    await tx.append(event);
    for (const { address, state, roles } of await tx.members()) {
      if (state !== "active" || !(roles.includes("administrator") || roles.includes("privacy-team"))) continue;
      const posted = { id: randomId(), to: address, reference: null, recipientId: null, createdAt: iso(now) };
      await tx.post({ ...posted, ...removalNews(organisation, { kind, count, removeFrom }) });
    }
  });
}

/** How many removals are looked through: each kind has one at a time. */
const NEWEST = 100;

async function isAnnounced(read: Reader, kind: RecordKind): Promise<boolean> {
  return (await read.removals(NEWEST)).some((each) => each.kind === kind && each.state === "announced");
}

async function countDue(read: Reader, kind: RecordKind, before: string): Promise<number> {
  let count = 0;
  for await (const due of dueRecords(read, kind, before)) {
    if (isRemovable(due)) count++;
    if (count >= MOST_COUNTED) break;
  }
  return count;
}
