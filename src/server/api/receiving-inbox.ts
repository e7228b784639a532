import type { Recipient } from "../../domain/transfer.ts";
import type { InboxAnswer, InboxEntry } from "../../domain/wire/receiving.ts";
import { type MemberVisit, type Row, row } from "../gate/row.ts";

const PAGE = 50;

/** What a member has been sent, for the command line. */
export const inboxRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/inbox",
    who: "member",
    handle: async (visit): Promise<InboxAnswer> => {
      const asked = Number(visit.query.offset ?? 0);
      const offset = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
      const rows = await visit.parts.records.read.inboxOf(visit.member.id, { limit: PAGE + 1, offset });
      const entries = await Promise.all(rows.slice(0, PAGE).map((each) => entryOf(visit, each)));
      return { entries: entries.flatMap((each) => each ?? []), next: rows.length > PAGE ? offset + PAGE : null };
    },
  }),
];

async function entryOf({ parts }: MemberVisit, recipient: Recipient): Promise<InboxEntry | null> {
  const transfer = await parts.records.read.transfer(recipient.reference);
  if (!transfer) throw new Error("A recipient's transfer is not there.");
  if (transfer.carriage) return null; // it is carried: there is nothing to open here
  const sender = await parts.records.read.member(transfer.senderId);
  return {
    id: recipient.id,
    reference: recipient.reference,
    transferState: transfer.state,
    state: recipient.state,
    sender: { name: sender?.name ?? "", address: sender?.address ?? "" },
    classification: transfer.facts.classification,
    releasedAt: recipient.releasedAt ?? "",
    expiresAt: transfer.expiresAt,
    totals: { items: transfer.sealed?.totals.items ?? 0, bytes: transfer.sealed?.totals.bytes ?? 0 },
  };
}
