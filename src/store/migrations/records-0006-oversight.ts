import { CamelCasePlugin, type Kysely } from "kysely";
import { enterPastRecords } from "../enter-past-records.ts";
import type { RecordTables } from "../tables.ts";
import { index, references, table } from "./table.ts";

/** What transfers are found by, what is counted by day, reviews of the controls, and how far live feeds have got. */
export async function oversight(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("record_term")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("term", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("reference", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("record_term_of", ["kind", "term", "at", "reference"])
    .$call(references("reference", "transfer", "reference"))
    .execute();
  await index(db, "record_term", ["reference"]);
  await index(db, "transfer", ["created_at", "reference"]);
  await index(db, "transfer", ["state", "created_at", "reference"]);

  await db.schema
    .createTable("tally")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("count", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("tally_of", ["kind", "key", "day"])
    .execute();
  await db.schema
    .createTable("recorded_exception")
    .addColumn("clause", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("digest", "text", (column) => column.notNull())
    .addColumn("reference", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("recorded_exception_of", ["clause", "digest"])
    .$call(references("reference", "transfer", "reference"))
    .execute();
  await index(db, "recorded_exception", ["at", "digest", "clause"]);

  await table(db, "control_review", ["due_at", "says"], ["reminded_at", "reviewed_by", "reviewed_at"])
    .$call(references("reviewed_by", "member"))
    .execute();
  await index(db, "control_review", ["due_at", "id"]);
  await db.schema
    .createTable("feed_position")
    .addColumn("receiver", "text", (column) => column.primaryKey().notNull())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
  // The tables of the earlier steps and those just made, named as the program names them.
  await enterPastRecords((db as Kysely<RecordTables>).withPlugin(new CamelCasePlugin()));
}
