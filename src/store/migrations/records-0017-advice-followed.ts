import type { Kysely } from "kysely";
import { index } from "./table.ts";

/** What was decided on an adviser's "an impact assessment is needed", null before; those that wait for it are found by who asked. */
export async function adviceFollowed(db: Kysely<unknown>): Promise<void> {
  for (const column of ["outcome", "outcome_at"]) {
    await db.schema.alterTable("advice").addColumn(column, "text").execute();
  }
  await index(db, "advice", ["asked_by", "impact_assessment", "outcome_at"]);
}
