import { dirname } from "node:path";
import type { Kysely } from "kysely";
import type { Ephemera } from "../domain/ephemera.ts";
import type { Outbox } from "../domain/outbox.ts";
import type { FeedPositions } from "../domain/oversight.ts";
import type { Records } from "../domain/records.ts";
import type { EventLog } from "../log/event-log.ts";
import { createEphemera } from "./ephemera.ts";
import { translated } from "./error.ts";
import { createEventLog } from "./event-log.ts";
import { createFeedPositions } from "./feed-positions.ts";
import { nodeFiles } from "./files.ts";
import { holdData } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { ephemeralMigrations, recordMigrations } from "./migrations.ts";
import { createOutbox } from "./outbox.ts";
import { createRecords } from "./records.ts";
import { openConnection, queries } from "./sqlite.ts";
import type { EphemeralTables, RecordTables } from "./tables.ts";

export interface Store {
  readonly records: Records;
  readonly ephemera: Ephemera;
  readonly outbox: Outbox;
  /** Over the events of the records: a write that appends one enters it in the same transaction. */
  readonly log: EventLog;
  /** How far the live feed has got. */
  readonly feed: FeedPositions;
  /** Waits for what is under way, then gives the data free. */
  close(): Promise<void>;
}

/**
 * The embedded store: one encrypted file for the records and the outbox, a second one beside it (`…-ephemera`) for what
 * expires, so that codes and counters never wait for a long write. Made when absent, brought up to date when older.
 * @param options.key 32 bytes; see `loadOrCreateKey`.
 * @throws StoreError `locked`, `wrong-key`, `newer-schema`, `unwritable`, `no-room`; nothing is changed then.
 */
export async function openStore(options: { readonly file: string; readonly key: Uint8Array }): Promise<Store> {
  const { file, key } = options;
  const undo: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const each of undo.splice(0).reverse()) await each();
  };
  try {
    await nodeFiles.makeFolder(dirname(file));
    const hold = holdData(`${file}-lock`);
    undo.push(hold.release);
    const opened = <T>(path: string): Kysely<T> => {
      const connection = openConnection(path, key);
      const db = queries<T>(connection);
      undo.push(async () => {
        await db.destroy();
        connection.close(); // Kysely closes it only after a first query
      });
      return db;
    };
    const writing = opened<RecordTables>(file);
    const brief = opened<EphemeralTables>(`${file}-ephemera`);
    await migrate(writing.withoutPlugins(), recordMigrations);
    await migrate(brief.withoutPlugins(), ephemeralMigrations);
    const reading = opened<RecordTables>(file);
    const records: Records = { ...createRecords(reading, writing), close };
    const log = createEventLog(reading, writing);
    const feed = createFeedPositions(reading, writing);
    return { records, ephemera: createEphemera(brief), outbox: createOutbox(reading, writing), log, feed, close };
  } catch (error) {
    await close();
    throw translated(error);
  }
}
