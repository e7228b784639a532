import { type Kysely, sql } from "kysely";
import { index, references, table } from "./table.ts";

/** Holds, how long records are kept, what is due, what became of content that was sealed, and what else is stated of a transfer. */
export async function governance(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("transfer").addColumn("destruction", "text").execute();
  await db.schema.alterTable("recipient").addColumn("confirmation", "text").execute();
  const { rows } = await sql<{ reference: string; facts: string }>`select reference, facts from transfer`.execute(db);
  for (const { reference, facts } of rows) {
    const stated = JSON.stringify({ ...(JSON.parse(facts) as object), recordCopy: null, lawfulBasis: null });
    await sql`update transfer set facts = ${stated} where reference = ${reference}`.execute(db);
  }
  await index(db, "transfer", ["destruction", "ended_at", "reference"]);
  await index(db, "transfer", ["ended_at", "reference"]);
  await index(db, "recipient", ["address"]);

  await table(db, "hold", ["scope", "reason", "placed_by", "placed_at"], ["lifted"])
    .$call(references("placed_by", "member"))
    .execute();

  await db.schema
    .createTable("keeping")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("months", "text", (column) => column.notNull())
    .addColumn("notice_days", "integer", (column) => column.notNull())
    .addColumn("backup_days", "integer", (column) => column.notNull())
    .addColumn("set_by", "text", (column) => column.notNull())
    .addColumn("set_at", "text", (column) => column.notNull())
    .execute();

  await table(db, "removal", ["kind", "before", "announced_at", "remove_from", "state"], [])
    .addColumn("due", "bigint", (column) => column.notNull())
    .addColumn("removed", "bigint", (column) => column.notNull())
    .execute();
}
