import type { ColumnDefinitionBuilder, Kysely } from "kysely";

/** How a transfer goes that does not go by the secure link, null for that; where post reaches contacts. */
export async function carrying(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("transfer").addColumn("carriage", "text").execute();
  for (const column of ["postal", "dx"]) {
    const empty = (builder: ColumnDefinitionBuilder) => builder.notNull().defaultTo("");
    await db.schema.alterTable("contact").addColumn(column, "text", empty).execute();
  }
}
