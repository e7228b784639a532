import { CamelCasePlugin, type Kysely } from "kysely";
import { enterPastArranged } from "../enter-past-records.ts";
import type { RecordTables } from "../tables.ts";

/** SDT-3: transfers that a standing arrangement covered before are found by who had agreed in advance. */
export async function arrangedTerms(db: Kysely<unknown>): Promise<void> {
  // The tables of the earlier steps, named as the program names them.
  await enterPastArranged((db as Kysely<RecordTables>).withPlugin(new CamelCasePlugin()));
}
