import type { Kysely } from "kysely";
import { index } from "./table.ts";

/** Stand-ins find what they are one for without a look at every transfer. */
export async function standIns(db: Kysely<unknown>): Promise<void> {
  await index(db, "transfer", ["stand_in_id", "state", "created_at", "reference"]);
}
