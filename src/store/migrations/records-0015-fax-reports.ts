import type { Kysely } from "kysely";
import { references, table } from "./table.ts";

/** Transmission reports of faxes, sealed to the sender and whoever agreed (SIS-25). One for each transfer. */
export async function faxReports(db: Kysely<unknown>): Promise<void> {
  await table(db, "fax_report", ["kept_at", "digest", "readers", "content", "at", "by_id"], [], "reference")
    .addColumn("size", "integer", (column) => column.notNull())
    .$call(references("reference", "transfer", "reference"))
    .$call(references("by_id", "member"))
    .execute();
}
