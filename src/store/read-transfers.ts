import { type Kysely, sql } from "kysely";
import type { Reader } from "../domain/records.ts";
import type { Recipient } from "../domain/transfer.ts";
import { fromRow } from "./columns.ts";
import { event } from "./event-columns.ts";
import { waitsFor } from "./late-waiting.ts";
import type { RecordTables } from "./tables.ts";
import { recipient, transfer } from "./transfer-columns.ts";

type TransferReader = Pick<
  Reader,
  | "transfer"
  | "transferOfUpload"
  | "transfersOf"
  | "transfersToStandInFor"
  | "expiring"
  | "carriedExpectedBefore"
  | "recipients"
  | "recipient"
  | "inboxOf"
  | "withoutReceipt"
  | "eventsOf"
  | "eventsAbout"
  | "enrolmentsOf"
  | "recentEvents"
  | "lastEvent"
>;

/** Every list has an index that gives its order, so that its time does not grow with the number of transfers stored. */
export function readTransfers(db: Kysely<RecordTables>): TransferReader {
  const transfers = db.selectFrom("transfer").selectAll();
  const recipients = db.selectFrom("recipient").selectAll();
  const events = db.selectFrom("event").selectAll();
  return {
    async transfer(reference) {
      const row = await transfers.where("reference", "=", reference).executeTakeFirst();
      return row === undefined ? null : fromRow("transfer", transfer, row);
    },
    async transferOfUpload(uploadId) {
      const row = await transfers.where("uploadId", "=", uploadId).executeTakeFirst();
      return row === undefined ? null : fromRow("transfer", transfer, row);
    },
    async transfersOf(senderId, { limit, offset }) {
      const own = transfers.where("senderId", "=", senderId);
      const newest = own.orderBy("createdAt", "desc").orderBy("reference", "desc");
      return (await newest.limit(limit).offset(offset).execute()).map((row) => fromRow("transfer", transfer, row));
    },
    async transfersToStandInFor(memberId, limit) {
      const own = transfers.where("standInId", "=", memberId).where("state", "=", "released");
      const newest = own.orderBy("createdAt", "desc").orderBy("reference", "desc");
      return (await newest.limit(limit).execute()).map((row) => fromRow("transfer", transfer, row));
    },
    async expiring(state, until, limit, after) {
      const all = transfers.where("state", "=", state).where("expiresAt", "<=", until);
      const due = after
        ? all.where((each) =>
            each.or([
              each("expiresAt", ">", after.expiresAt),
              each.and([each("expiresAt", "=", after.expiresAt), each("reference", ">", after.reference)]),
            ]),
          )
        : all;
      const rows = await due.orderBy("expiresAt").orderBy("reference").limit(limit).execute();
      return rows.map((row) => fromRow("transfer", transfer, row));
    },
    async carriedExpectedBefore(day, limit, waiting, after) {
      const all = db
        .selectFrom("carriedExpected")
        .innerJoin("transfer", "transfer.reference", "carriedExpected.reference")
        .selectAll("transfer")
        .where("carriedExpected.expected", "<", day)
        .where(waitsFor(waiting, day));
      // Compared as a pair, which an index gives in order; both databases know it.
      const late = after
        ? all.where(
            sql<boolean>`(${sql.ref("carriedExpected.expected")}, ${sql.ref("carriedExpected.reference")}) > (${after.expected}, ${after.reference})`,
          )
        : all;
      const ordered = late.orderBy("carriedExpected.expected").orderBy("carriedExpected.reference");
      return (await ordered.limit(limit).execute()).map((row) => fromRow("transfer", transfer, row));
    },
    async recipients(reference) {
      const rows = await recipients.where("reference", "=", reference).orderBy("position").orderBy("id").execute();
      return rows.map((row) => fromRow("recipient", recipient, row));
    },
    async recipient(id) {
      const row = await recipients.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("recipient", recipient, row);
    },
    async inboxOf(memberId, { limit, offset }) {
      const own = recipients.where("memberId", "=", memberId).where("releasedAt", "is not", null);
      const newest = own.orderBy("releasedAt", "desc").orderBy("id", "desc");
      return (await newest.limit(limit).offset(offset).execute()).map((row) => fromRow("recipient", recipient, row));
    },
    async withoutReceipt(before, limit, after) {
      // One query for each state: an index gives the order inside one state only.
      const found: Recipient[] = [];
      for (const state of ["released", "arrived", "opened"] as const) {
        let due = recipients
          .where("state", "=", state)
          .where("releasedAt", "<=", before)
          .where("receivedAt", "is", null)
          .where("confirmation", "is", null);
        if (after !== undefined) {
          due = due.where((row) =>
            row.or([
              row("releasedAt", ">", after.releasedAt),
              row.and([row("releasedAt", "=", after.releasedAt), row("id", ">", after.id)]),
            ]),
          );
        }
        const rows = await due.orderBy("releasedAt").orderBy("id").limit(limit).execute();
        found.push(...rows.map((row) => fromRow("recipient", recipient, row)));
      }
      return found.sort(byRelease).slice(0, limit);
    },
    async eventsOf(reference) {
      const rows = await events.where("reference", "=", reference).orderBy("seq").execute();
      return rows.map((row) => fromRow("event", event, row));
    },
    async eventsAbout(recipientId) {
      const rows = await events.where("recipientId", "=", recipientId).orderBy("seq").execute();
      return rows.map((row) => fromRow("event", event, row));
    },
    async enrolmentsOf(memberId) {
      // literals, as in the index's own condition: bound values would not be compared with it
      const own = events.where(sql<boolean>`kind in ('passkey-added', 'key-published')`);
      const rows = await own
        .where("actor", "in", [
          JSON.stringify({ kind: "member", id: memberId }),
          JSON.stringify({ id: memberId, kind: "member" }),
        ])
        .orderBy("seq")
        .execute();
      return rows.map((row) => fromRow("event", event, row));
    },
    async recentEvents(limit) {
      const rows = await events.where("reference", "is", null).orderBy("seq", "desc").limit(limit).execute();
      return rows.map((row) => fromRow("event", event, row));
    },
    async lastEvent(kind) {
      const own = events.where("reference", "is", null).where("kind", "=", kind);
      const row = await own.orderBy("seq", "desc").limit(1).executeTakeFirst();
      return row === undefined ? null : fromRow("event", event, row);
    },
  };
}

function byRelease(a: Recipient, b: Recipient): number {
  const [first, second] = [`${a.releasedAt} ${a.id}`, `${b.releasedAt} ${b.id}`];
  return first < second ? -1 : first > second ? 1 : 0;
}
