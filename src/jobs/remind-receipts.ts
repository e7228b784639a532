import { randomId } from "../bytes/random.ts";
import { DAY, iso } from "../domain/clock.ts";
import type { StoredEvent } from "../domain/event.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { Organisation } from "../domain/organisation.ts";
import type { Reader, Writer } from "../domain/records.ts";
import type { RecipientState } from "../domain/transfer.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

const EVERY = 3 * DAY;
const AT_MOST = 3;
const PAGE = 200;
const WAITING: readonly RecipientState[] = ["released", "arrived", "opened"];

type Parts = Pick<JobParts, "records" | "texts">;

/**
 * Reminds recipients who have not confirmed receipt, three days after release and then every three days, three times at
 * the most; not at an address from which the last email came back, which the sender's page says. The same write puts the mail into the outbox and the entry on the sender's timeline. Answers how many were
 * reminded.
 */
export async function remindReceipts({ records, texts }: Parts, now: Date): Promise<number> {
  const organisation = await records.read.organisation();
  if (organisation === null) return 0;
  const before = iso(new Date(now.getTime() - EVERY));
  let reminded = 0;
  let after: { readonly releasedAt: string; readonly id: string } | undefined;
  for (;;) {
    const page = await records.read.withoutReceipt(before, PAGE, after);
    for (const { id } of page) {
      if ((await dueReminder(records.read, id, now)) === null) continue;
      const done = await unlessTooLate(() => records.write((tx) => remind(tx, texts, organisation, id, now)));
      if (done) reminded++;
    }
    const last = page.at(-1);
    if (last === undefined || last.releasedAt === null || page.length < PAGE) return reminded;
    after = { releasedAt: last.releasedAt, id: last.id };
  }
}

async function remind(
  tx: Writer,
  texts: JobParts["texts"],
  organisation: Organisation,
  recipientId: string,
  now: Date,
): Promise<void> {
  const due = await dueReminder(tx, recipientId, now);
  refuseUnless(due !== null, "This reminder was sent already.");
  const { transfer, recipient, number } = due;
  const { reference } = transfer;
  const createdAt = iso(now);
  const sender = await tx.member(transfer.senderId);
  refuseUnless(sender !== null, "The sender of this transfer is not known.");
  const text = texts.reminderText(recipient, transfer, sender, organisation);
  await tx.post({ ...text, id: randomId(), to: recipient.address, reference, recipientId, createdAt });
  const actor = { kind: "system" } as const;
  await tx.append({ kind: "reminder-sent", at: createdAt, actor, reference, recipientId, detail: { number } });
}

/** Whether the last email to that address came back: so would a reminder, unless they have shown since that they read it, or it was sent on the sender's word. */
function cameBack(events: readonly StoredEvent[]): boolean {
  const last = events.findLast(({ kind }) => ["notice-bounced", "mailbox-proved", "reminder-sent"].includes(kind));
  return last?.kind === "notice-bounced";
}

/** The number of the reminder that is due now, from 1, with what it is about; null when none is. */
async function dueReminder(read: Reader, recipientId: string, now: Date) {
  const recipient = await read.recipient(recipientId);
  if (recipient === null || recipient.releasedAt === null || !WAITING.includes(recipient.state)) return null;
  const transfer = await read.transfer(recipient.reference);
  if (transfer?.state !== "released") return null;
  // What is carried is waited for until it is there, whatever the date; what was told by telephone has no code with which to say so.
  if (transfer.carriage === null ? transfer.expiresAt <= iso(now) : transfer.carriage.method === "telephone")
    return null;
  const events = await read.eventsAbout(recipientId);
  if (cameBack(events)) return null;
  const sent = events.filter((event) => event.kind === "reminder-sent");
  const last = sent.at(-1)?.at ?? recipient.releasedAt;
  if (sent.length >= AT_MOST || Date.parse(last) > now.getTime() - EVERY) return null;
  return { transfer, recipient, number: sent.length + 1 };
}
