import { sql } from "kysely";
import type { EventLog } from "../log/event-log.ts";
import { translated } from "./error.ts";
import { createEventLog } from "./event-log.ts";
import { openForReading, queries } from "./sqlite.ts";
import type { RecordTables } from "./tables.ts";

/** The log of a database that a server may be running on, to look at and nothing else. */
export interface LogToCheck {
  readonly log: EventLog;
  /** Of the organisation; null before it is set up. */
  readonly publicUrl: string | null;
  close(): Promise<void>;
}

/** @throws StoreError `wrong-key`, `unwritable` when there is no database, or none with a log in it. */
export async function openLogToCheck(file: string, key: Uint8Array): Promise<LogToCheck> {
  try {
    const connection = openForReading(file, key);
    const db = queries<RecordTables>(connection);
    const close = async () => {
      await db.destroy();
      connection.close();
    };
    try {
      const { rows } = await sql<{ publicUrl: string }>`select public_url from organisation`.execute(db);
      return { log: createEventLog(db, db), publicUrl: rows[0]?.publicUrl ?? null, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    throw translated(error);
  }
}
