import type { Kysely } from "kysely";
import { index, references, table } from "./table.ts";

/** Who may see the files before they answer, documents of agreements, and the newest waybills of all transfers in order. */
export async function agreeingMore(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("transfer")
    .addColumn("shown_to", "text", (column) => column.notNull().defaultTo("[]"))
    .execute();
  await index(db, "fixed_waybill", ["at", "digest"]);

  await table(
    db,
    "agreement_document",
    ["agreement_id", "title", "digest", "content", "added_at", "added_by"],
    ["removed_at"],
  )
    .addColumn("size", "integer", (column) => column.notNull())
    .$call(references("agreement_id", "agreement"))
    .$call(references("added_by", "member"))
    .execute();
  await index(db, "agreement_document", ["agreement_id", "added_at", "id"]);
}
