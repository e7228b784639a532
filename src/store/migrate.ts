import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { StoreError, translated } from "./error.ts";
import type { Migrations } from "./migrations.ts";

/**
 * Brings the schema up to date, all steps in one transaction.
 * @throws StoreError `newer-schema` when the database has seen a step that is not among these; nothing is changed then.
 */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations): Promise<void> {
  const unknown = (await appliedSteps(db)).find((name) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined) {
    throw new StoreError({
      code: "newer-schema",
      message: `The data was written by a newer version of this program (schema step “${unknown}”). Nothing was changed. Start that version or a later one.`,
    });
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw translated(error);
}

async function appliedSteps<T>(db: Kysely<T>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map((row) => row.name);
}
