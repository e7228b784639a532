import type { Kysely } from "kysely";

/** Whether an adviser answered that it may go, null for earlier answers and where nothing was asked. */
export async function adviceVerdict(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("advice").addColumn("verdict", "text").execute();
}
