import type { Kysely } from "kysely";
import { expectedOn } from "../domain/lateness.ts";
import type { Transfer } from "../domain/transfer.ts";
import type { RecordTables } from "./tables.ts";

/** When something that is carried was to be there is kept beside it while it is under way, so that what is late is found by an index. */
export async function enterExpected(db: Kysely<RecordTables>, transfer: Transfer): Promise<void> {
  if (transfer.carriage === null) return; // it has gone by then, and its method stays
  const { reference } = transfer;
  const expected = expectedOn(transfer);
  await db.deleteFrom("carriedExpected").where("reference", "=", reference).execute();
  if (expected !== null) await db.insertInto("carriedExpected").values({ reference, expected }).execute();
}
