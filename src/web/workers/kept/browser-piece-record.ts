import {
  type PieceRecord,
  type SendingRecord,
  type UploadName,
  withDigests,
} from "../../../client/sending/piece-record.ts";
import { answerOf, finished, openKept } from "./database.ts";

type UploadRow = Omit<SendingRecord, "digests">;
interface PieceRow {
  readonly reference: string;
  readonly index: number;
  readonly digest: string;
}

const ALL = ["uploads", "pieces"];
const STRICT = { durability: "strict" } as const;

/**
 * The record of pieces in IndexedDB. Every write is one transaction with strict durability, and `append` reads, compares
 * and adds inside it: two windows cannot both add.
 */
export class BrowserPieceRecord implements PieceRecord {
  readonly #database: IDBDatabase;
  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(): Promise<BrowserPieceRecord> {
    return new BrowserPieceRecord(await openKept());
  }

  async load(reference: string): Promise<SendingRecord | null> {
    const transaction = this.#database.transaction(ALL);
    const [row, pieces] = await Promise.all([
      answerOf<UploadRow | undefined>(transaction.objectStore("uploads").get(reference)),
      answerOf<PieceRow[]>(transaction.objectStore("pieces").getAll(piecesOf(reference))),
    ]);
    return row === undefined ? null : { ...row, digests: pieces.map(({ digest }) => digest) };
  }

  async begin({ digests, ...row }: SendingRecord): Promise<void> {
    const transaction = this.#database.transaction(ALL, "readwrite", STRICT);
    const pieces = transaction.objectStore("pieces");
    pieces.delete(piecesOf(row.reference));
    transaction.objectStore("uploads").put(row);
    for (const [index, digest] of digests.entries()) pieces.put({ reference: row.reference, index, digest });
    await finished(transaction);
  }

  async append(upload: UploadName, first: number, digests: readonly string[], acknowledged: number): Promise<void> {
    const transaction = this.#database.transaction(ALL, "readwrite", STRICT);
    const done = finished(transaction);
    try {
      const { reference } = upload;
      const pieces = transaction.objectStore("pieces");
      const [row, around] = await Promise.all([
        answerOf<UploadRow | undefined>(transaction.objectStore("uploads").get(reference)),
        answerOf<PieceRow[]>(pieces.getAll(piecesOf(reference, Math.max(0, first - 1), first + digests.length - 1))),
      ]);
      const { digests: next, ...changed } = this.#changed(row, around, upload, first, digests, acknowledged);
      transaction.objectStore("uploads").put(changed);
      for (const [at, digest] of next.entries()) pieces.put({ reference, index: first + at, digest });
    } catch (error) {
      done.catch(() => undefined); // what is thrown on says more
      transaction.abort();
      throw error;
    }
    await done;
  }

  async forget(reference: string): Promise<void> {
    const transaction = this.#database.transaction(ALL, "readwrite", STRICT);
    transaction.objectStore("uploads").delete(reference);
    transaction.objectStore("pieces").delete(piecesOf(reference));
    await finished(transaction);
  }

  /** `withDigests` on the rows around `first` alone: a large body has thousands. */
  #changed(
    row: UploadRow | undefined,
    around: readonly PieceRow[],
    upload: UploadName,
    first: number,
    digests: readonly string[],
    acknowledged: number,
  ): SendingRecord {
    const reached = first === 0 || around.some(({ index }) => index === first - 1);
    const there = around.filter(({ index }) => index >= first).map(({ digest }) => digest);
    const record = row !== undefined && reached ? { ...row, digests: there } : null;
    return withDigests(record, upload, 0, digests, acknowledged);
  }
}

function piecesOf(reference: string, from = 0, to = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([reference, from], [reference, to]);
}
