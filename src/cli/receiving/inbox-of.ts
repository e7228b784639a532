import { list, orNull, record, type Shape, size, text } from "../../client/shape.ts";
import { recipientState, transferState } from "../../client/views.ts";
import { parseReference } from "../../domain/reference.ts";
import type { InboxAnswer, InboxEntry } from "../../domain/wire/receiving.ts";
import type { Session } from "../account/session.ts";
import { CliError } from "../error.ts";

const inboxAnswer: Shape<InboxAnswer> = record({
  entries: list(
    record({
      id: text,
      reference: text,
      transferState,
      state: recipientState,
      sender: record({ name: text, address: text }),
      classification: text,
      releasedAt: text,
      expiresAt: text,
      totals: record({ items: size, bytes: size }),
    }),
  ),
  next: orNull(size),
});

/** Everything that this member was sent, newest first, page by page. */
export async function* inboxOf({ http }: Session): AsyncGenerator<InboxEntry> {
  for (let offset: number | null = 0; offset !== null; ) {
    const answer: InboxAnswer = await http.get(`/api/inbox?offset=${offset}`, inboxAnswer);
    yield* answer.entries;
    offset = answer.next !== null && answer.next > offset ? answer.next : null;
  }
}

/** The entry of one transfer. @throws CliError `refused` when this member was not sent it; DomainError `bad-reference` */
export async function entryOf(session: Session, typed: string): Promise<InboxEntry> {
  const reference = parseReference(typed);
  for await (const entry of inboxOf(session)) {
    if (entry.reference === reference) return entry;
  }
  const message = `${reference} was not sent to ${session.device.address}. Nothing was opened. What was sent: waybill inbox`;
  throw new CliError({ code: "refused", message });
}
