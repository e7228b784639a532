import { type Kysely, sql } from "kysely";
import { table } from "./table.ts";

/** The text of every policy that decided a transfer, by its digest; and whose enrolments are found without reading all events of no transfer. */
export async function policyText(db: Kysely<unknown>): Promise<void> {
  await table(db, "policy_text", ["text"], [], "digest").execute();
  await db.schema
    .createIndex("event_enrolments_by_actor")
    .on("event")
    .columns(["actor", "seq"])
    .where(sql<boolean>`kind in ('passkey-added', 'key-published')`)
    .execute();
}
