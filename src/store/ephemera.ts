import type { Kysely } from "kysely";
import { iso } from "../domain/clock.ts";
import type { Ephemera, EphemeralValue } from "../domain/ephemera.ts";
import { json } from "./columns.ts";
import { damaged, recordOf, scalar } from "./shape.ts";
import type { EphemeralTables } from "./tables.ts";

const members = recordOf(scalar);
const value = json<EphemeralValue>((stored, where) => {
  const parsed = members(stored, where);
  const { owner } = parsed;
  if (typeof owner !== "string") throw damaged(`${where}.owner`, "a text");
  return { ...parsed, owner };
});

/** Each method is one statement, so that two processes at once cannot both take one code. */
export function createEphemera(db: Kysely<EphemeralTables>): Ephemera {
  return {
    async put(kind, key, put, expiresAt) {
      const row = { owner: put.owner, value: value.encode(put), expiresAt: iso(expiresAt) };
      await db
        .insertInto("ephemeral")
        .values({ kind, key, ...row })
        .onConflict((conflict) => conflict.columns(["kind", "key"]).doUpdateSet(row))
        .execute();
    },
    async get(kind, key, now) {
      const row = await db
        .selectFrom("ephemeral")
        .select("value")
        .where("kind", "=", kind)
        .where("key", "=", key)
        .where("expiresAt", ">", iso(now))
        .executeTakeFirst();
      return row === undefined ? null : value.decode(row.value, "ephemeral.value");
    },
    async take(kind, key, now) {
      const row = await db
        .deleteFrom("ephemeral")
        .where("kind", "=", kind)
        .where("key", "=", key)
        .where("expiresAt", ">", iso(now))
        .returning("value")
        .executeTakeFirst();
      return row === undefined ? null : value.decode(row.value, "ephemeral.value");
    },
    async remove(kind, key) {
      await db.deleteFrom("ephemeral").where("kind", "=", kind).where("key", "=", key).execute();
      await db.deleteFrom("counter").where("kind", "=", kind).where("key", "=", key).execute();
    },
    async removeOwned(kind, owner) {
      await db.deleteFrom("ephemeral").where("kind", "=", kind).where("owner", "=", owner).execute();
    },
    async count(kind, key, now, expiresAt) {
      const row = await db
        .insertInto("counter")
        .values({ kind, key, count: 1, expiresAt: iso(expiresAt) })
        .onConflict((conflict) =>
          conflict.columns(["kind", "key"]).doUpdateSet((present) => {
            const over = present("counter.expiresAt", "<=", iso(now));
            return {
              count: present
                .case()
                .when(over)
                .then(1)
                .else(present("counter.count", "+", 1))
                .end(),
              expiresAt: present.case().when(over).then(iso(expiresAt)).else(present.ref("counter.expiresAt")).end(),
            };
          }),
        )
        .returning("count")
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async sweep(now) {
      const values = await db.deleteFrom("ephemeral").where("expiresAt", "<=", iso(now)).executeTakeFirst();
      const counters = await db.deleteFrom("counter").where("expiresAt", "<=", iso(now)).executeTakeFirst();
      return Number(values.numDeletedRows + counters.numDeletedRows);
    },
  };
}
