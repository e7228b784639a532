import { type Kysely, sql } from "kysely";
import { toBase64 } from "../bytes/base64.ts";
import { parseHash } from "../log/checkpoint.ts";
import type { Cosignature, EventLog, LogRow, SignedCheckpoint } from "../log/event-log.ts";
import type { Hash } from "../log/merkle.ts";
import type { TreeRows } from "../log/tile.ts";
import { fromRow } from "./columns.ts";
import { StoreError } from "./error.ts";
import { event } from "./event-columns.ts";
import { damaged } from "./shape.ts";
import type { RecordTables } from "./tables.ts";

/** The log as the database holds it. @param writing its one connection serialises what is written with the records' writes. */
export function createEventLog(reading: Kysely<RecordTables>, writing: Kysely<RecordTables>): EventLog {
  const checkpoints = reading.selectFrom("logCheckpoint").selectAll();
  const whole = async (row: CheckpointRow | undefined) => (row === undefined ? null : withCosignatures(reading, row));
  return {
    ...treeRows(reading),
    async size() {
      const last = reading.selectFrom("logEntry").select((row) => row.fn.max("seq").as("seq"));
      return Number((await last.executeTakeFirst())?.seq ?? 0);
    },
    checkpoint: async () => whole(await checkpoints.orderBy("size", "desc").limit(1).executeTakeFirst()),
    checkpointFrom: async (size) =>
      whole(await checkpoints.where("size", ">=", size).orderBy("size").limit(1).executeTakeFirst()),
    async checkpoints() {
      const rows = await reading.selectFrom("logCosignature").selectAll().orderBy("time").execute();
      const said = Map.groupBy(rows, ({ size }) => size);
      return (await checkpoints.orderBy("size").execute()).map((row) =>
        signedCheckpoint(row, said.get(row.size) ?? []),
      );
    },
    async cosignedBy({ name, id }) {
      const ofWitness = reading
        .selectFrom("logCosignature")
        .select("size")
        .where("name", "=", name)
        .where("keyId", "=", id);
      const last = await ofWitness.orderBy("size", "desc").limit(1).executeTakeFirst();
      return last === undefined ? null : whole(await checkpoints.where("size", "=", last.size).executeTakeFirst());
    },
    async saveCheckpoint(checkpoint) {
      await writing.transaction().execute(async (tx) => {
        await saveCheckpoint(tx, checkpoint);
        const cosigned = tx.selectFrom("logCosignature").select("size");
        await tx
          .deleteFrom("logCheckpoint")
          .where("size", "<", checkpoint.size)
          .where("size", "not in", cosigned)
          .execute();
      });
    },
    async saveCosignature(checkpoint, { name, id, time, line }) {
      const values = { size: checkpoint.size, name, keyId: id, time, line };
      await writing.transaction().execute(async (tx) => {
        await saveCheckpoint(tx, checkpoint);
        await tx
          .insertInto("logCosignature")
          .values(values)
          .onConflict((conflict) => conflict.columns(["name", "keyId", "size"]).doUpdateSet(values))
          .execute();
      });
    },
    async counts() {
      const { rows } = await sql<Record<"event" | "entry" | "next", number | null>>`
        select (select max(seq) from event) as event, (select max(seq) from log_entry) as entry,
          (select seq from next_event) as next`.execute(reading); // one statement: one moment
      const [counts] = rows;
      return { lastEvent: counts?.event ?? 0, lastEntry: counts?.entry ?? 0, next: counts?.next ?? 1 };
    },
    async removals() {
      const own = reading.selectFrom("event").selectAll().where("reference", "is", null);
      const rows = await own.where("kind", "=", "records-removed").orderBy("seq").execute();
      return rows.flatMap((row) => readEvent(row).event ?? []); // one that cannot be read removes nothing
    },
    async rows(first, last) {
      const events = reading.selectFrom("event").selectAll().where("seq", ">=", first).where("seq", "<=", last);
      const entries = reading.selectFrom("logEntry").selectAll().where("seq", ">=", first).where("seq", "<=", last);
      const rows = new Map<number, LogRow>();
      for (const row of await events.execute()) rows.set(row.seq, { seq: row.seq, ...readEvent(row), entry: null });
      for (const { seq, digest } of await entries.execute()) {
        const entry = parseHash(digest) ?? new Uint8Array(0); // what cannot be read fits no event
        rows.set(seq, { ...(rows.get(seq) ?? { seq, event: null, damage: null }), entry });
      }
      return [...rows.values()].sort((a, b) => a.seq - b.seq);
    },
  };
}

/** Entries and hashes, read through a connection or inside a transaction. */
export function treeRows(db: Kysely<RecordTables>): TreeRows {
  return {
    async entries(start, end) {
      const rows = db.selectFrom("logEntry").select("digest").where("seq", ">", start).where("seq", "<=", end);
      return (await rows.orderBy("seq").execute()).map(({ digest }) => hash(digest, "log_entry.digest"));
    },
    async hashes(level, start, end) {
      const rows = db.selectFrom("logHash").select("hash").where("level", "=", level);
      const wanted = rows.where("at", ">=", start).where("at", "<", end).orderBy("at");
      return (await wanted.execute()).map((row) => hash(row.hash, "log_hash.hash"));
    },
  };
}

type CheckpointRow = RecordTables["logCheckpoint"];

async function withCosignatures(db: Kysely<RecordTables>, row: CheckpointRow): Promise<SignedCheckpoint> {
  const said = db.selectFrom("logCosignature").selectAll().where("size", "=", row.size).orderBy("time");
  return signedCheckpoint(row, await said.execute());
}

function signedCheckpoint(
  { size, root, note, at }: CheckpointRow,
  rows: readonly RecordTables["logCosignature"][],
): SignedCheckpoint {
  const cosignatures = rows.map(({ name, keyId, time, line }): Cosignature => ({ name, id: keyId, time, line }));
  return { size, root: hash(root, "log_checkpoint.root"), note, at, cosignatures };
}

async function saveCheckpoint(
  tx: Kysely<RecordTables>,
  { size, root, note, at }: Omit<SignedCheckpoint, "cosignatures">,
): Promise<void> {
  const values = { size, root: toBase64(root), note, at };
  await tx
    .insertInto("logCheckpoint")
    .values(values)
    .onConflict((conflict) => conflict.column("size").doNothing())
    .execute();
}

function readEvent(row: RecordTables["event"]): Pick<LogRow, "event" | "damage"> {
  try {
    return { event: fromRow("event", event, row), damage: null };
  } catch (error) {
    if (error instanceof StoreError && error.code === "damaged") return { event: null, damage: error.message };
    throw error;
  }
}

function hash(text: string, where: string): Hash {
  const bytes = parseHash(text);
  if (bytes === null) throw damaged(where, "a hash");
  return bytes;
}
