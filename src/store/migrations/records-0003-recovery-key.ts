import type { Kysely } from "kysely";
import { references, table } from "./table.ts";

/** The organisation's recovery keys, what is sealed to them, and what was exported to be opened with them. */
export async function recoveryKey(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("transfer").addColumn("recovery", "text").execute();

  await table(db, "recovery_key", ["recipient", "state", "proposed"], ["confirmed", "removal", "removed"])
    .addColumn("version", "integer", (column) => column.notNull())
    .addUniqueConstraint("recovery_key_version", ["version"])
    .execute();

  await table(db, "recovery_export", ["reason", "state", "asked", "asked_at"], ["agreed"], "reference")
    .$call(references("reference", "transfer", "reference"))
    .execute();
}
