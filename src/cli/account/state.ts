import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { KeyPins } from "../../client/keys/check-key-log.ts";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS session (one INTEGER PRIMARY KEY CHECK (one = 1), token TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS pin (address TEXT NOT NULL, key_id TEXT NOT NULL, recipient TEXT NOT NULL,
    PRIMARY KEY (address, key_id)) STRICT;
  CREATE TABLE IF NOT EXISTS draft (reference TEXT PRIMARY KEY, command TEXT NOT NULL, draft TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sending (reference TEXT PRIMARY KEY, url TEXT NOT NULL, grant_digest TEXT NOT NULL,
    prefix BLOB NOT NULL, size INTEGER NOT NULL, acknowledged INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS piece (reference TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (reference, number)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS verified (reference TEXT PRIMARY KEY, waybill_digest TEXT NOT NULL) STRICT;
`;

/**
 * What one server's command line keeps from one run to the next: bearer token, keys seen before, sendings that are under way, what was
 * verified whole. A file
 * of SQLite: a commit has reached the disk when it answers, and several processes may use it at once. No key is in it.
 */
export class State implements KeyPins {
  readonly #database: DatabaseSync;

  /** @throws CliError `file` */
  constructor(path: string) {
    try {
      closeSync(openSync(path, "a", 0o600));
      this.#database = new DatabaseSync(path, { timeout: 10_000 });
      this.#database.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;");
      this.#database.exec(TABLES);
    } catch (cause) {
      throw unusable(path, cause);
    }
  }

  get database(): DatabaseSync {
    return this.#database;
  }

  /** Runs `act` in one transaction that no other process interleaves with. */
  atomically<T>(act: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = act();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  get token(): string | null {
    const row = this.#database.prepare("SELECT token FROM session").get();
    return row === undefined ? null : String(row.token);
  }

  set token(token: string | null) {
    if (token === null) this.#database.exec("DELETE FROM session");
    else this.#database.prepare("INSERT OR REPLACE INTO session (one, token) VALUES (1, ?)").run(token);
  }

  async load(address: string): Promise<ReadonlyMap<string, string>> {
    const rows = this.#database.prepare("SELECT key_id, recipient FROM pin WHERE address = ?").all(address);
    return new Map(rows.map((row) => [String(row.key_id), String(row.recipient)]));
  }

  async save(address: string, pins: ReadonlyMap<string, string>): Promise<void> {
    const insert = this.#database.prepare("INSERT OR REPLACE INTO pin (address, key_id, recipient) VALUES (?, ?, ?)");
    this.atomically(() => {
      for (const [id, recipient] of pins) insert.run(address, id, recipient);
    });
  }

  /** The digest of the waybill whose whole content was verified and saved here last; null where that was never so. */
  verified(reference: string): string | null {
    const row = this.#database.prepare("SELECT waybill_digest FROM verified WHERE reference = ?").get(reference);
    return row === undefined ? null : String(row.waybill_digest);
  }

  keepVerified(reference: string, waybillDigest: string): void {
    const insert = "INSERT OR REPLACE INTO verified (reference, waybill_digest) VALUES (?, ?)";
    this.#database.prepare(insert).run(reference, waybillDigest);
  }

  close(): void {
    this.#database.close();
  }
}

function unusable(path: string, cause: unknown): unknown {
  const inSqlite = cause instanceof Error && "code" in cause && cause.code === "ERR_SQLITE_ERROR";
  if (!inSqlite) return fileError("use", path, cause);
  const message = `Cannot use ${path}: ${cause.message}. Your keys are not in it. Free space on the disk, or move that file away: sendings that are under way then begin anew.`;
  return new CliError({ code: "file", message, cause });
}
