import { iso } from "../domain/clock.ts";
import { isText, type Mailer } from "../domain/mail.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import type { JobParts } from "./parts.ts";

const MINUTE = 60_000;
/** Longer than one conversation with a mail server can take. */
const LEASE = 10 * MINUTE;
const LONGEST_PAUSE = 4 * 60 * MINUTE;
/** With the pauses below, about three days: what mail servers do too. */
const ATTEMPTS = 24;
/** Messages of one run, so that stopping does not wait long. */
const AT_ONCE = 50;

type Parts = Pick<JobParts, "records" | "outbox" | "mailer">;

/**
 * Hands waiting messages to the mail server, and texts to who sends them, at least once each. After a temporary failure it tries again, at first
 * after a minute and then after twice as long each time; after a permanent one, or the last attempt, the timeline says
 * that the notice bounced.
 */
export async function deliverMail({ records, outbox, mailer }: Parts, now: Date): Promise<number> {
  let handled = 0;
  for (; handled < AT_ONCE; handled++) {
    const message = await outbox.lease(now, LEASE);
    if (message === null) break;
    const answer = await send(mailer, message);
    if (answer.ok) await outbox.sent(message.id);
    else if (answer.permanent || message.attempts >= ATTEMPTS) {
      // The event first: cut off between the two, the message is tried once more and its event is found.
      await sayUndelivered({ records }, message, answer.why, now);
      await outbox.failed(message.id, answer.why, null);
    } else await outbox.failed(message.id, answer.why, new Date(now.getTime() + pauseAfter(message.attempts)));
  }
  return handled;
}

async function send(mailer: Mailer, message: QueuedMessage): ReturnType<Mailer["send"]> {
  try {
    return await mailer.send(message);
  } catch (error) {
    return { ok: false, permanent: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** Says on the timeline of the transfer that a notice of it was not delivered, by email or by text; once for each message. */
export async function sayUndelivered(
  { records }: Pick<JobParts, "records">,
  { id, to, reference, recipientId }: QueuedMessage,
  why: string,
  now: Date,
): Promise<void> {
  if (reference === null) return;
  const kind = isText({ to }) ? "text-not-sent" : "notice-bounced";
  const said = (await records.read.eventsOf(reference)).some(
    (event) => event.kind === kind && event.detail.message === id,
  );
  if (said || (await records.read.transfer(reference)) === null) return;
  const actor = { kind: "system" } as const;
  const detail = { message: id, why: why.slice(0, 500) };
  await records.write((tx) => tx.append({ kind, at: iso(now), actor, reference, recipientId, detail }));
}

function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE, MINUTE * 2 ** (attempts - 1));
}
