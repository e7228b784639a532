import type { Kysely } from "kysely";

/** What advisers were shown, null of what was asked before; and when something newer took the place of an unanswered notice. */
export async function adviceShown(db: Kysely<unknown>): Promise<void> {
  for (const column of ["shown", "superseded_at"]) {
    await db.schema.alterTable("advice").addColumn(column, "text").execute();
  }
}
