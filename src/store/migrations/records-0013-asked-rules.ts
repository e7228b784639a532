import { CamelCasePlugin, type Kysely } from "kysely";
import { countPastStops } from "../enter-past-records.ts";
import type { RecordTables } from "../tables.ts";
import { index, references, table } from "./table.ts";

/** What policy answered at each release; and of each clause how often it stopped something, as far as the recorded assessments know. */
export async function askedRules(db: Kysely<unknown>): Promise<void> {
  await table(db, "released_assessment", ["reference", "text", "at"], [], "digest")
    .$call(references("reference", "transfer", "reference"))
    .execute();
  await index(db, "released_assessment", ["reference"]);
  // The tables of the earlier steps, named as the program names them.
  await countPastStops((db as Kysely<RecordTables>).withPlugin(new CamelCasePlugin()));
}
