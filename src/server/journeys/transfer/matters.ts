import { formatDateTime } from "../../../domain/date-text.ts";
import type { EventKind, StoredEvent } from "../../../domain/event.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Recipient } from "../../../domain/transfer.ts";

/** What a recipient, or somebody with their link, said that waits for the sender. */
export interface Matter {
  readonly kind: "paused" | "misdirected" | "problem";
  readonly recipient: Recipient;
  /** How often it was said, and when last (ISO 8601). */
  readonly times: number;
  readonly at: string;
  /** Paused by a report, and not by whoever holds their link. */
  readonly reported: boolean;
}

/** What is added to a problem that was said before: two reports look different. Empty for the first. */
export function saidAgain({ kind, times, at }: Matter): string {
  return kind === "problem" && times > 1 ? ` They have said so ${times} times, last on ${formatDateTime(at)}.` : "";
}

/** What a wrong recipient had done before they said so: it decides what happens next. Empty where they had opened nothing. */
export function openedBefore({ kind, recipient }: Matter): string {
  return kind === "misdirected" && recipient.openedAt
    ? ` They had opened it before, on ${formatDateTime(recipient.openedAt)}.`
    : "";
}

/** The matters of one transfer that the sender has neither answered nor ticked off, the most recent first. */
export function openMatters(recipients: readonly Recipient[], events: readonly StoredEvent[]): readonly Matter[] {
  const replaced = new Set(events.map(({ detail }) => detail.replaces));
  const found = recipients.flatMap((recipient): readonly (Matter & { readonly seq: number })[] => {
    const { id, state } = recipient;
    const open = (said: EventKind, ...answers: readonly EventKind[]) => {
      const last = lastOf(events, id, said, ...answers);
      return last?.kind === said ? last.seq : null;
    };
    const matter = (kind: Matter["kind"], said: EventKind, seq: number) => {
      const all = events.filter((each) => each.recipientId === id && each.kind === said);
      return [
        {
          kind,
          recipient,
          seq,
          times: all.length,
          at: all.at(-1)?.at ?? "",
          reported: all.at(-1)?.detail.how === "report",
        },
      ];
    };
    if (state === "paused") return matter("paused", "access-paused", open("access-paused") ?? 0);
    const misdirected = state === "misdirected" && !replaced.has(id) ? open("not-for-me", "matter-seen") : null;
    if (misdirected !== null) return matter("misdirected", "not-for-me", misdirected);
    const problem = isOver(recipient)
      ? null
      : open("problem-reported", "receipt-signed", "receipt-recorded", "matter-seen");
    return problem === null ? [] : matter("problem", "problem-reported", problem);
  });
  return found.toSorted((a, b) => b.seq - a.seq);
}

/** SDT-13: whether the six words may be told: after arrival, until they have opened it or their access has ended. */
export function mayBeTold(recipient: Recipient): boolean {
  const { access, arrival, openedAt, state } = recipient;
  return access === "words" && arrival !== null && openedAt === null && state !== "paused" && !isOver(recipient);
}

/** Whether they wait for the words: not told yet, or they have asked again since. */
export function needsWords(recipient: Recipient, events: readonly StoredEvent[]): boolean {
  return mayBeTold(recipient) && (recipient.wordsToldAt === null || hasAsked(recipient, events));
}

/** Whether they asked for the words, and were not told since. */
export function hasAsked({ id }: Recipient, events: readonly StoredEvent[]): boolean {
  return lastOf(events, id, "words-asked", "words-told")?.kind === "words-asked";
}

/** Whether the last mail to somebody who has shown nothing of themselves yet came back: they were not told. */
export function cameBack({ id, state }: Pick<Recipient, "id" | "state">, events: readonly StoredEvent[]): boolean {
  return (
    state === "released" &&
    lastOf(events, id, "notice-bounced", "reminder-sent", "mailbox-proved")?.kind === "notice-bounced"
  );
}

/** The last event of these kinds about one recipient. */
export function lastOf(
  events: readonly StoredEvent[],
  id: string,
  ...kinds: readonly EventKind[]
): StoredEvent | undefined {
  return events.findLast((each) => each.recipientId === id && kinds.includes(each.kind));
}
