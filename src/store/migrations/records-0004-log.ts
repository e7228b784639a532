import type { Kysely } from "kysely";
import { toBase64 } from "../../bytes/base64.ts";
import { type EventRecord, eventDigest } from "../../log/event-digest.ts";
import { type Hash, leafHash, subtreeHash } from "../../log/merkle.ts";
import { TILE_WIDTH } from "../../log/tile.ts";
import { StoreError } from "../error.ts";

/** The log, with an entry for every event that there is. */
export async function log(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("log_entry")
    .addColumn("seq", "bigint", (column) => column.primaryKey().notNull())
    .addColumn("digest", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("log_hash")
    .addColumn("level", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("log_hash_place", ["level", "at"])
    .execute();
  await db.schema
    .createTable("log_checkpoint")
    .addColumn("size", "bigint", (column) => column.primaryKey().notNull())
    .addColumn("root", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("log_cosignature")
    .addColumn("size", "bigint", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("key_id", "bigint", (column) => column.notNull())
    .addColumn("time", "bigint", (column) => column.notNull())
    .addColumn("line", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("log_cosignature_of", ["name", "key_id", "size"])
    .execute();
  await db.schema.createIndex("log_cosignature_by_size").on("log_cosignature").columns(["size"]).execute();
  await enterPastEvents(db as Kysely<Tables>); // the tables of step 0001 and those just made
}

interface Tables {
  event: {
    readonly seq: number;
    readonly salt: string;
    readonly kind: string;
    readonly at: string;
    readonly actor: string;
    readonly reference: string | null;
    readonly recipient_id: string | null;
    readonly detail: string;
  };
  log_entry: { readonly seq: number; readonly digest: string };
  log_hash: { readonly level: number; readonly at: number; readonly hash: string };
}

const AT_ONCE = 500;

async function enterPastEvents(db: Kysely<Tables>): Promise<void> {
  const levels: { count: number; tile: Hash[] }[] = [];
  const enter = async (hash: Hash, level: number): Promise<void> => {
    levels[level] ??= { count: 0, tile: [] };
    const row = levels[level];
    if (level > 0)
      await db
        .insertInto("log_hash")
        .values({ level, at: row.count, hash: toBase64(hash) })
        .execute();
    row.count++;
    row.tile.push(hash);
    if (row.tile.length === TILE_WIDTH) await enter(subtreeHash(row.tile.splice(0)), level + 1);
  };
  for (let last = 0; ; ) {
    const events = await db
      .selectFrom("event")
      .selectAll()
      .where("seq", ">", last)
      .orderBy("seq")
      .limit(AT_ONCE)
      .execute();
    if (events.length === 0) return;
    const digests = events.map(({ recipient_id: recipientId, ...event }) => {
      last++;
      if (event.seq !== last) throw missing(last);
      const actor = JSON.parse(event.actor) as EventRecord["actor"]; // as this program wrote them
      const detail = JSON.parse(event.detail) as EventRecord["detail"];
      return eventDigest({ ...event, actor, detail, recipientId });
    });
    const rows = events.map(({ seq }, at) => ({ seq, digest: toBase64(digests[at] ?? new Uint8Array(0)) }));
    await db.insertInto("log_entry").values(rows).execute();
    for (const digest of digests) await enter(leafHash(digest), 0);
  }
}

function missing(seq: number): StoreError {
  return new StoreError({
    code: "damaged",
    message: `Event ${seq} is missing from the database, so the log over all events cannot be made. Nothing was changed. Restore the database from a backup.`,
  });
}
