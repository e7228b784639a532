import type { CreateTableBuilder, Kysely } from "kysely";

/** A table whose columns are texts, the key first; `optional` ones may be null. */
export function table(
  db: Kysely<unknown>,
  name: string,
  texts: readonly string[],
  optional: readonly string[],
  key = "id",
) {
  let builder: CreateTableBuilder<string, string> = db.schema
    .createTable(name)
    .addColumn(key, "text", (column) => column.primaryKey().notNull());
  for (const each of texts) builder = builder.addColumn(each, "text", (column) => column.notNull());
  for (const each of optional) builder = builder.addColumn(each, "text");
  return builder;
}

/** A reference that is checked when the transaction ends. */
export function references(column: string, target: string, key = "id") {
  return <C extends string>(builder: CreateTableBuilder<string, C>): CreateTableBuilder<string, C> =>
    builder.addForeignKeyConstraint(`${column}_exists`, [column as C], target, [key], (constraint) =>
      constraint.deferrable().initiallyDeferred(),
    );
}

export function index(db: Kysely<unknown>, name: string, columns: string[]): Promise<void> {
  return db.schema
    .createIndex(`${name}_by_${columns.join("_")}`)
    .on(name)
    .columns(columns)
    .execute();
}
