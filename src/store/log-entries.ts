import type { Transaction } from "kysely";
import { toBase64 } from "../bytes/base64.ts";
import type { StoredEvent } from "../domain/event.ts";
import { eventDigest } from "../log/event-digest.ts";
import { completedBy, levelHashes } from "../log/tile.ts";
import { treeRows } from "./event-log.ts";
import type { RecordTables } from "./tables.ts";

/** Enters the event into the log, in the transaction that appends it: one row, with every 256th one more. */
export async function enterEvent(tx: Transaction<RecordTables>, stored: StoredEvent): Promise<void> {
  await tx
    .insertInto("logEntry")
    .values({ seq: stored.seq, digest: toBase64(eventDigest(stored)) })
    .execute();
  const rows = treeRows(tx);
  const completed = completedBy(stored.seq - 1, (level, start, end) => levelHashes(rows, level, start, end));
  for await (const { level, at, hash } of completed) {
    await tx
      .insertInto("logHash")
      .values({ level, at, hash: toBase64(hash) })
      .execute();
  }
}
