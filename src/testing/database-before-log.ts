import { migrate } from "../store/migrate.ts";
import { recordMigrations } from "../store/migrations.ts";
import { openConnection, queries } from "../store/sqlite.ts";
import type { RecordTables } from "../store/tables.ts";

/**
 * A database as it was before there was a log, with so many events that belong to nobody. Opening it as a store enters
 * them: the quick way to a long log.
 * @param detail JSON text, in each of them.
 */
export async function databaseBeforeLog(file: string, key: Uint8Array, events: number, detail = "{}"): Promise<void> {
  const connection = openConnection(file, key);
  const db = queries<RecordTables>(connection);
  const steps = Object.entries(recordMigrations).filter(([name]) => name < "0004");
  await migrate(db.withoutPlugins(), Object.fromEntries(steps));
  connection
    .prepare(
      `with recursive counted(seq) as (select 1 union all select seq + 1 from counted where seq < ?)
       insert into event select seq, hex(randomblob(11)), 'member-changed', '2026-11-21T10:00:00.000Z', '{"kind":"system"}', null, null, ?
       from counted`,
    )
    .run(events, detail);
  connection.prepare("insert into next_event values (1, ?)").run(events + 1);
  await db.destroy();
  connection.close();
}
