import type { Kysely } from "kysely";

/** How a transfer goes that does not go by the secure link; null for the secure link. */
export async function carrying(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("transfer").addColumn("carriage", "text").execute();
}
