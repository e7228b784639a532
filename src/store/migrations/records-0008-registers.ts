import type { Kysely } from "kysely";
import { index, references, table } from "./table.ts";

/** The registers of media and fax machines (SDT-23, SIS-26). */
export async function registers(db: Kysely<unknown>): Promise<void> {
  await table(
    db,
    "medium",
    ["serial", "owner", "kind", "purpose", "state", "created_at", "created_by"],
    [
      ...["custodian_id", "reference", "return_due", "erase_due", "review_due", "erasure"],
      ...["reminded_at", "escalated_at"],
    ],
  )
    .addColumn("capacity", "bigint", (column) => column.notNull())
    .addUniqueConstraint("medium_serial", ["serial"])
    .$call(references("custodian_id", "member"))
    .$call(references("created_by", "member"))
    .$call(references("reference", "transfer", "reference"))
    .execute();
  await index(db, "medium", ["reference"]);

  await table(
    db,
    "fax_machine",
    ["number", "location", "owner", "created_at", "created_by"],
    ["check", "ended_at", "reminded_at"],
  )
    .addUniqueConstraint("fax_machine_number", ["number"])
    .$call(references("created_by", "member"))
    .execute();
}
