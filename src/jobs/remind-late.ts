import { DAY, iso } from "../domain/clock.ts";
import type { StoredEvent } from "../domain/event.ts";
import { expectedOn, LATE_WHATS, type Late, lateIn, MOST_REMINDERS } from "../domain/lateness.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { Member } from "../domain/member.ts";
import type { Reader, Writer } from "../domain/records.ts";
import type { Transfer } from "../domain/transfer.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

/** As often as recipients are reminded. */
const EVERY = 3 * DAY;
const PAGE = 200;

type Parts = Pick<JobParts, "records" | "lateNews">;

/**
 * SIS-14, SDT-28: from the day after something that is carried was to be there its sender is told that it is late, and again every three
 * days, three times at the most; the same once it is there and nobody says by the day of the receipt that it is complete. Answers how many
 * were told.
 */
export async function remindOfLate({ records, lateNews }: Parts, now: Date): Promise<number> {
  const today = iso(now).slice(0, 10);
  let told = 0;
  let after: { readonly expected: string; readonly reference: string } | undefined;
  for (;;) {
    const page = await records.read.carriedExpectedBefore(today, PAGE, "reminder", after);
    for (const { reference } of page) {
      if ((await due(records.read, reference, now)) === null) continue;
      if (await unlessTooLate(() => records.write((tx) => tell(tx, lateNews, reference, now)))) told++;
    }
    const last = page.at(-1);
    const expected = last && expectedOn(last);
    if (!last || !expected || page.length < PAGE) return told;
    after = { expected, reference: last.reference };
  }
}

async function tell(tx: Writer, lateNews: JobParts["lateNews"], reference: string, now: Date): Promise<void> {
  const found = await due(tx, reference, now);
  refuseUnless(found !== null, "The sender was told already.");
  const { transfer, late, sender, number } = found;
  const at = iso(now);
  await tx.post(lateNews(transfer, late, sender, at));
  const [first] = late;
  const detail = { what: first?.what ?? "arrival", due: first?.due ?? "", number, people: late.length };
  await tx.append({ kind: "delivery-late", at, actor: { kind: "system" }, reference, recipientId: null, detail });
}

interface Due {
  readonly transfer: Transfer;
  /** All of one kind: what is not there yet comes before what is not complete. */
  readonly late: readonly Late[];
  readonly sender: Member;
  /** From 1. */
  readonly number: number;
}

/** What the sender is to be told now; null where they are not, or have left. */
async function due(read: Reader, reference: string, now: Date): Promise<Due | null> {
  const transfer = await read.transfer(reference);
  if (transfer === null) return null;
  const all = lateIn(transfer, await read.recipients(reference), iso(now).slice(0, 10));
  const sender = all.length === 0 ? null : await read.member(transfer.senderId);
  if (sender?.state !== "active") return null;
  const events = (await read.eventsOf(reference)).filter(({ kind }) => kind === "delivery-late");
  for (const what of LATE_WHATS) {
    const late = all.filter((each) => each.what === what);
    const before = events.filter(({ detail }) => detail.what === what);
    if (late.length > 0 && isDue(before, now)) return { transfer, late, sender, number: before.length + 1 };
  }
  return null;
}

function isDue(before: readonly StoredEvent[], now: Date): boolean {
  const last = before.at(-1);
  return before.length < MOST_REMINDERS && (last === undefined || Date.parse(last.at) + EVERY <= now.getTime());
}
