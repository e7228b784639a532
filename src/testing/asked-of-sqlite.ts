import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import { randomBytes } from "../bytes/random.ts";
import { migrate } from "../store/migrate.ts";
import { recordMigrations } from "../store/migrations.ts";
import { openConnection } from "../store/sqlite.ts";
import type { RecordTables } from "../store/tables.ts";
import { temporaryFolder } from "./temporary-store.ts";

/** A statement that was prepared, and the steps of SQLite's plan for it. */
export interface Planned {
  readonly text: string;
  readonly steps: readonly string[];
}

/** An empty database, brought up to date, of whose statements the plans are told. */
export interface AskedOfSqlite {
  readonly db: Kysely<RecordTables>;
  /** Of every statement since it was made, in their order. */
  plans(): readonly Planned[];
  close(): Promise<void>;
}

/** Shows how SQLite finds what is asked for: by an index, or by going through all. */
export async function askedOfSqlite(): Promise<AskedOfSqlite> {
  const folder = await temporaryFolder();
  const connection = openConnection(join(folder, "waybill.db"), randomBytes(32));
  const asked: string[] = [];
  const database = {
    close: () => void connection.close(),
    prepare(text: string) {
      asked.push(text);
      const statement = connection.prepare(text);
      return {
        reader: statement.reader,
        all: (parameters: readonly unknown[]) => statement.all(...parameters),
        run: (parameters: readonly unknown[]) => statement.run(...parameters),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...parameters),
      };
    },
  };
  const db = new Kysely<RecordTables>({ dialect: new SqliteDialect({ database }), plugins: [new CamelCasePlugin()] });
  await migrate(db.withoutPlugins(), recordMigrations);
  asked.length = 0;
  return {
    db,
    plans: () => asked.map((text) => ({ text, steps: stepsOf(connection, text) })),
    close: async () => {
      await db.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

function stepsOf(connection: ReturnType<typeof openConnection>, text: string): readonly string[] {
  const plan = connection.prepare(`explain query plan ${text}`).all(...Array(text.split("?").length - 1).fill("1"));
  return (plan as readonly { readonly detail: string }[]).map((step) => step.detail); // SQLite's column
}
