import {
  type PieceRecord,
  type SendingRecord,
  sentElsewhere,
  type UploadName,
} from "../../client/sending/piece-record.ts";
import type { State } from "../account/state.ts";

/** The record of what has left this device, in the state file: durable, and compared and added to in one transaction. */
export class FilePieceRecord implements PieceRecord {
  readonly #state: State;
  constructor(state: State) {
    this.#state = state;
  }

  async load(reference: string): Promise<SendingRecord | null> {
    const { database } = this.#state;
    return this.#state.atomically(() => {
      const row = database.prepare("SELECT * FROM sending WHERE reference = ?").get(reference);
      if (row === undefined || !(row.prefix instanceof Uint8Array)) return null;
      const pieces = database.prepare("SELECT digest FROM piece WHERE reference = ? ORDER BY number").all(reference);
      return {
        reference,
        url: String(row.url),
        grant: String(row.grant_digest),
        prefix: new Uint8Array(row.prefix),
        size: Number(row.size),
        digests: pieces.map(({ digest }) => String(digest)),
        acknowledged: Number(row.acknowledged),
      };
    });
  }

  async begin(record: SendingRecord): Promise<void> {
    const { reference, url, grant, prefix, size, digests, acknowledged } = record;
    const { database } = this.#state;
    this.#state.atomically(() => {
      this.#remove(reference);
      database
        .prepare("INSERT INTO sending VALUES (?, ?, ?, ?, ?, ?)")
        .run(reference, url, grant, prefix, size, acknowledged);
      this.#insert(reference, 0, digests);
    });
  }

  async append(upload: UploadName, first: number, digests: readonly string[], acknowledged: number): Promise<void> {
    const { reference, url } = upload;
    const { database } = this.#state;
    this.#state.atomically(() => {
      const row = database.prepare("SELECT url FROM sending WHERE reference = ?").get(reference);
      if (row?.url !== url) throw sentElsewhere();
      const counted = database.prepare("SELECT count(*) AS count FROM piece WHERE reference = ?").get(reference);
      const count = Number(counted?.count);
      const there = database
        .prepare("SELECT digest FROM piece WHERE reference = ? AND number >= ? ORDER BY number LIMIT ?")
        .all(reference, first, digests.length);
      if (count < first || there.some(({ digest }, at) => digest !== digests[at])) throw sentElsewhere();
      this.#insert(reference, first + there.length, digests.slice(there.length));
      database
        .prepare("UPDATE sending SET acknowledged = max(acknowledged, ?) WHERE reference = ?")
        .run(acknowledged, reference);
    });
  }

  async forget(reference: string): Promise<void> {
    this.#state.atomically(() => this.#remove(reference));
  }

  #remove(reference: string): void {
    const { database } = this.#state;
    database.prepare("DELETE FROM piece WHERE reference = ?").run(reference);
    database.prepare("DELETE FROM sending WHERE reference = ?").run(reference);
  }

  #insert(reference: string, first: number, digests: readonly string[]): void {
    const insert = this.#state.database.prepare("INSERT INTO piece VALUES (?, ?, ?)");
    for (const [at, digest] of digests.entries()) insert.run(reference, first + at, digest);
  }
}
