import type { Kysely } from "kysely";
import { index, references, table } from "./table.ts";

/** What went wrong, or nearly. An incident outlives the record of a transfer, so its links are no checked references. */
export async function incidents(db: Kysely<unknown>): Promise<void> {
  await table(
    db,
    "incident",
    [...["state", "kind", "reported_at", "due_at", "reports", "transfers", "told", "actions", "lessons", "events"]],
    ["escalated_at", "acknowledged_at", "owner_id", "authority", "people", "closed_at"],
  )
    .addColumn("personal", "integer")
    .$call(references("owner_id", "member"))
    .execute();
  await index(db, "incident", ["state", "reported_at", "id"]);
  await index(db, "incident", ["reported_at", "id"]);

  await db.schema
    .createTable("incident_transfer")
    .addColumn("incident_id", "text", (column) => column.notNull())
    .addColumn("reference", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("incident_transfer_key", ["incident_id", "reference"])
    .addForeignKeyConstraint("incident_id_exists", ["incident_id"], "incident", ["id"], (constraint) =>
      constraint.deferrable().initiallyDeferred(),
    )
    .execute();
  await index(db, "incident_transfer", ["reference", "incident_id"]);
}
