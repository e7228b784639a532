import type { Kysely } from "kysely";

export async function start(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("ephemeral")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("owner", "text", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("ephemeral_key", ["kind", "key"])
    .execute();
  await db.schema.createIndex("ephemeral_by_owner").on("ephemeral").columns(["kind", "owner"]).execute();
  await db.schema.createIndex("ephemeral_by_expiry").on("ephemeral").column("expires_at").execute();

  await db.schema
    .createTable("counter")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("count", "integer", (column) => column.notNull())
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("counter_key", ["kind", "key"])
    .execute();
  await db.schema.createIndex("counter_by_expiry").on("counter").column("expires_at").execute();
}
