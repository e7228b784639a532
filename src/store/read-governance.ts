import type { Kysely } from "kysely";
import type { GovernanceReader } from "../domain/governance-records.ts";
import { fromRow } from "./columns.ts";
import { event, message } from "./event-columns.ts";
import { hold, keeping, removal } from "./governance-columns.ts";
import type { RecordTables } from "./tables.ts";
import { recipient, transfer } from "./transfer-columns.ts";

export function readGovernance(db: Kysely<RecordTables>): GovernanceReader {
  const holds = db.selectFrom("hold").selectAll();
  const transfers = db.selectFrom("transfer").selectAll();
  const events = db.selectFrom("event").selectAll();
  return {
    async hold(id) {
      const row = await holds.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("hold", hold, row);
    },
    async holds() {
      const rows = await holds.where("lifted", "is", null).orderBy("placedAt").orderBy("id").execute();
      return rows.map((row) => fromRow("hold", hold, row));
    },
    async liftedHolds(limit) {
      const lifted = holds.where("lifted", "is not", null).orderBy("placedAt", "desc").orderBy("id", "desc");
      return (await lifted.limit(limit).execute()).map((row) => fromRow("hold", hold, row));
    },
    async keeping() {
      const row = await db.selectFrom("keeping").selectAll().executeTakeFirst();
      return row === undefined ? null : fromRow("keeping", keeping, row);
    },
    async removals(limit) {
      const newest = db.selectFrom("removal").selectAll().orderBy("announcedAt", "desc").orderBy("id", "desc");
      return (await newest.limit(limit).execute()).map((row) => fromRow("removal", removal, row));
    },
    async transfersBy(destruction, limit) {
      const found = transfers.where("destruction", "=", destruction).orderBy("endedAt").orderBy("reference");
      return (await found.limit(limit).execute()).map((row) => fromRow("transfer", transfer, row));
    },
    async endedBy(before, limit, after) {
      let due = transfers.where("endedAt", "<=", before);
      if (after !== undefined) {
        due = due.where((row) =>
          row.or([
            row("endedAt", ">", after.endedAt),
            row.and([row("endedAt", "=", after.endedAt), row("reference", ">", after.reference)]),
          ]),
        );
      }
      const rows = await due.orderBy("endedAt").orderBy("reference").limit(limit).execute();
      return rows.map((row) => fromRow("transfer", transfer, row));
    },
    async loneEvents(kinds, before, limit, after = 0) {
      const due = events.where("reference", "is", null).where("kind", "in", [...kinds]);
      const rows = await due.where("seq", ">", after).where("at", "<=", before).orderBy("seq").limit(limit).execute();
      return rows.map((row) => fromRow("event", event, row));
    },
    async recipientsAt(address) {
      const rows = db.selectFrom("recipient").selectAll().where("address", "=", address);
      const found = await rows.orderBy("reference").orderBy("position").orderBy("id").execute();
      return found.map((row) => fromRow("recipient", recipient, row));
    },
    async contactInUse(contactId) {
      const row = db.selectFrom("recipient").select("id").where("contactId", "=", contactId).limit(1);
      return (await row.executeTakeFirst()) !== undefined;
    },
    async eventsBy({ kind, id }) {
      const written = [JSON.stringify({ kind, id }), JSON.stringify({ id, kind })];
      const rows = await events.where("actor", "in", written).orderBy("seq").execute();
      return rows.map((row) => fromRow("event", event, row));
    },
    async eventsNaming(kinds, value) {
      const own = events
        .where("reference", "is", null)
        .where("kind", "in", [...kinds])
        .orderBy("seq");
      const rows = (await own.execute()).map((row) => fromRow("event", event, row));
      return rows.filter(({ detail }) => Object.values(detail).includes(value));
    },
    async mailTo(address) {
      const rows = await db.selectFrom("outbox").selectAll().where("to", "=", address).orderBy("createdAt").execute();
      return rows.map((row) => {
        const { createdAt, subject, reference, state } = fromRow("outbox", message, row);
        return { createdAt, subject, reference, state };
      });
    },
  };
}
