import type { Kysely } from "kysely";
import { index, references, table } from "./table.ts";

/** What waits in the post room for a colleague (SIS-9). */
export async function incomingPost(db: Kysely<unknown>): Promise<void> {
  const texts = ["other_reference", "addressee", "condition", "at", "by_id"];
  await table(db, "incoming_post", texts, ["reference", "recipient_id", "member_id"])
    .addColumn("addressee_only", "integer", (column) => column.notNull())
    .$call(references("member_id", "member"))
    .$call(references("by_id", "member"))
    .execute();
  await index(db, "incoming_post", ["member_id"]);
}
