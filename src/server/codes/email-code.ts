import type { Language } from "../../domain/contact.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Recipient } from "../../domain/transfer.ts";
import { hashOf } from "../gate/session.ts";
import type { Parts } from "../parts.ts";
import { codeMail } from "./code-mail.ts";
import { newDigits, parseDigits } from "./digits.ts";

const MINUTE = 60_000;
/** A code is good for so long. */
export const CODE_MINUTES = 10;
/** Wrong codes before the pause, and how long that is. */
export const CODE_TRIES = 5;
export const PAUSE_MINUTES = 15;
/** Codes that may be sent to one mailbox in an hour. */
const AN_HOUR = 6;

/**
 * Mails a new code to the recipient's mailbox. Earlier ones stay good until they run out, so that two people of a team mailbox, or an
 * impatient one, lose nothing by it.
 */
export async function sendCode(
  parts: Parts,
  about: {
    readonly recipient: Recipient;
    readonly sender: Member | null;
    readonly organisation: Organisation;
    readonly language: Language;
  },
): Promise<"sent" | "paused" | "too-many"> {
  const { recipient } = about;
  const now = parts.clock.now();
  if (await pausedUntil(parts, recipient.id)) return "paused";
  const hour = new Date(now.getTime() + 60 * MINUTE);
  const asked = await parts.ephemera.count("code", `asked ${recipient.id}`, now, hour);
  if (asked > AN_HOUR * parts.limits.rateFactor) return "too-many";
  const code = newDigits();
  const until = new Date(now.getTime() + CODE_MINUTES * MINUTE);
  await parts.ephemera.put("code", keyOf(recipient.id, code), { owner: recipient.id }, until);
  await parts.records.write(async (tx) => {
    await tx.post(codeMail({ ...about, code, until: until.toISOString(), at: now.toISOString() }));
    await tx.append({
      kind: "code-sent",
      at: now.toISOString(),
      actor: { kind: "link-holder", id: recipient.id },
      reference: recipient.reference,
      recipientId: recipient.id,
      detail: {},
    });
  });
  return "sent";
}

/**
 * Checks an entered code and uses it up. Codes are found by their hash in one step, so each is good once and no comparison takes longer
 * for a better guess. After five wrong ones none is looked at until a pause has passed, which is longer than any code is good for; then a new one
 * can be asked for.
 */
export async function enterCode(
  parts: Parts,
  recipientId: string,
  typed: string,
): Promise<"right" | "wrong" | "paused"> {
  const now = parts.clock.now();
  if (await pausedUntil(parts, recipientId)) return "paused";
  const code = parseDigits(typed);
  if (code === null) return "wrong"; // no guess: it costs no try
  const pauseEnds = new Date(now.getTime() + PAUSE_MINUTES * MINUTE);
  // Counted before looking, so that guesses sent at the same moment all count.
  const tries = await parts.ephemera.count("code", triesOf(recipientId), now, pauseEnds);
  const found = tries <= CODE_TRIES ? await parts.ephemera.take("code", keyOf(recipientId, code), now) : null;
  if (found?.owner === recipientId) {
    await parts.ephemera.remove("code", triesOf(recipientId));
    return "right";
  }
  if (tries < CODE_TRIES) return "wrong";
  await parts.ephemera.put(
    "rate",
    pauseOf(recipientId),
    { owner: recipientId, until: pauseEnds.toISOString() },
    pauseEnds,
  );
  return "paused";
}

/** When codes can be asked for and entered again (ISO 8601), after too many wrong ones; null when they can now. */
export async function pausedUntil(parts: Parts, recipientId: string): Promise<string | null> {
  const pause = await parts.ephemera.get("rate", pauseOf(recipientId), parts.clock.now());
  return pause && String(pause.until);
}

function keyOf(recipientId: string, code: string): string {
  return hashOf(`${recipientId} ${code}`);
}

function triesOf(recipientId: string): string {
  return `tries ${recipientId}`;
}

function pauseOf(recipientId: string): string {
  return `code pause ${recipientId}`;
}
