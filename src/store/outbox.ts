import type { Kysely } from "kysely";
import { iso } from "../domain/clock.ts";
import type { Outbox } from "../domain/outbox.ts";
import { fromRow } from "./columns.ts";
import { message } from "./event-columns.ts";
import type { RecordTables } from "./tables.ts";

/** Rows that are looked at in one statement, where mail is forgotten. */
const FORGOTTEN_AT_ONCE = 500;

/** @param writing the connection that writes records too, so that the two wait for each other. */
export function createOutbox(reading: Kysely<RecordTables>, writing: Kysely<RecordTables>): Outbox {
  const columns = [
    "id",
    "to",
    "subject",
    "text",
    "reference",
    "recipientId",
    "createdAt",
    "state",
    "attempts",
    "lastError",
  ] as const;
  return {
    async lease(now, leaseMs) {
      const row = await writing
        .updateTable("outbox")
        .set((present) => ({
          dueAt: iso(new Date(now.getTime() + leaseMs)),
          attempts: present("attempts", "+", 1),
        }))
        .where("id", "=", (one) =>
          one
            .selectFrom("outbox")
            .select("id")
            .where("state", "=", "waiting")
            .where("dueAt", "<=", iso(now))
            .orderBy("dueAt")
            .orderBy("id")
            .limit(1),
        )
        .returning(columns)
        .executeTakeFirst();
      return row === undefined ? null : fromRow("outbox", message, row);
    },
    async sent(id) {
      await writing.updateTable("outbox").set({ state: "sent", lastError: null }).where("id", "=", id).execute();
    },
    async failed(id, why, retryAt) {
      const next = retryAt === null ? { state: "failed" as const } : { dueAt: iso(retryAt) };
      await writing
        .updateTable("outbox")
        .set({ lastError: why, ...next })
        .where("id", "=", id)
        .execute();
    },
    async forget(before, kept = () => false) {
      const over = reading
        .selectFrom("outbox")
        .select(["id", "to", "reference", "createdAt"])
        .where("createdAt", "<=", iso(before))
        .where("state", "in", ["sent", "failed"])
        .orderBy("id");
      let gone = 0;
      for (let after = ""; ; ) {
        const page = await over.where("id", ">", after).limit(FORGOTTEN_AT_ONCE).execute();
        const ids = page.filter((each) => !kept(each)).map(({ id }) => id);
        if (ids.length > 0) await writing.deleteFrom("outbox").where("id", "in", ids).execute();
        gone += ids.length;
        const last = page.at(-1);
        if (last === undefined || page.length < FORGOTTEN_AT_ONCE) return gone;
        after = last.id;
      }
    },
    async find(id) {
      const row = await reading.selectFrom("outbox").select(columns).where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("outbox", message, row);
    },
    async list(limit) {
      const newest = reading.selectFrom("outbox").select(columns).orderBy("createdAt", "desc").orderBy("id", "desc");
      return (await newest.limit(limit).execute()).map((row) => fromRow("outbox", message, row));
    },
  };
}
