import Database from "better-sqlite3-multiple-ciphers";
import { CamelCasePlugin, Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect } from "kysely";
import { translated } from "./error.ts";

/** Milliseconds that a statement waits for another connection of this process or a backup program. */
const BUSY_TIMEOUT = 5_000;

/**
 * SDT-1: one connection to an encrypted database file, made when absent: ChaCha20-Poly1305 per page (also in the WAL), every
 * commit synced, deleted content overwritten, temporary tables in memory so that nothing is written in clear.
 * @param key 32 bytes.
 * @throws StoreError `wrong-key`, `unwritable`, `no-room`, `locked`
 */
export function openConnection(file: string, key: Uint8Array): Database {
  return refusing(() => {
    const connection = new Database(file, { timeout: BUSY_TIMEOUT });
    try {
      unlock(connection, key);
      connection.pragma("journal_mode = WAL");
      connection.pragma("synchronous = FULL");
      connection.pragma("foreign_keys = ON");
      connection.pragma("secure_delete = ON");
      connection.pragma("temp_store = MEMORY");
      // SQLite opens a file that may not be written all the same, and says so at the first write: this one is undone.
      connection.exec("begin; pragma user_version = 1; rollback");
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/**
 * A connection that writes nothing, beside the server that has the database open, or without one.
 * @throws StoreError as `openConnection`; `unwritable` when there is no such file.
 */
export function openForReading(file: string, key: Uint8Array): Database {
  return refusing(() => {
    const connection = new Database(file, { timeout: BUSY_TIMEOUT, readonly: true });
    try {
      unlock(connection, key);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** @throws a wrong key shows by reading the first page. */
function unlock(connection: Database, key: Uint8Array): void {
  connection.pragma("cipher = 'chacha20'");
  connection.key(Buffer.from(`raw:${Buffer.from(key).toString("hex")}`));
  connection.prepare("select count(*) from sqlite_schema").get();
}

/** Queries in camelCase on tables in snake_case; errors are StoreErrors. Closing it closes the connection. */
export function queries<Tables>(connection: Database): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new EncryptedSqliteDialect({ database: translating(connection) }),
    plugins: [new CamelCasePlugin()],
  });
}

/** SQLite does roll back `create table`: a start that was cut off leaves no half-made schema behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class EncryptedSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** So many statements stay prepared: more than the program has, but for lists of many lengths. */
const PREPARED = 1_000;

function translating(connection: Database): SqliteDatabase {
  const prepared = new Map<string, ReturnType<Database["prepare"]>>();
  const statementOf = (text: string) => {
    const statement = prepared.get(text) ?? refusing(() => connection.prepare(text));
    // What was prepared before a table changed may know other columns.
    if (prepared.size >= PREPARED || /^(?:create|alter|drop) /i.test(text)) prepared.clear();
    prepared.set(text, statement);
    return statement;
  };
  return {
    close: () => void connection.close(),
    prepare(text) {
      const statement = statementOf(text);
      return {
        reader: statement.reader,
        all: (parameters) => refusing(() => statement.all(...parameters)),
        run(parameters) {
          // SQLite itself rolls back on a full disk; a second rollback would hide the reason.
          if (text === "rollback" && !connection.inTransaction) return { changes: 0, lastInsertRowid: 0 };
          return refusing(() => statement.run(...parameters));
        },
        // One of its own, as it is busy until it was read to its end.
        iterate: (parameters) => refusing(() => connection.prepare(text).iterate(...parameters)),
      };
    },
  };
}

function refusing<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw translated(error);
  }
}
