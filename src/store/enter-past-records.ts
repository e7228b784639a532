import type { Kysely } from "kysely";
import type { FixedWaybill } from "../domain/approval.ts";
import { countStops, enterArranged, enterDecision, enterRelease, enterWhole } from "./record-terms.ts";
import type { RecordTables } from "./tables.ts";

const AT_ONCE = 500;

type Db = Kysely<RecordTables>;

/** Enters what was recorded before transfers were searched and counted, as each write would have. Reads the columns that it needs alone. */
export async function enterPastRecords(db: Db): Promise<void> {
  await pastTransfers(db);
  await pastDecisions(db);
  await pastReleases(db);
}

async function pastTransfers(db: Db): Promise<void> {
  const transfers = db.selectFrom("transfer").select(["reference", "createdAt", "senderId", "waybill"]);
  for (let last = ""; ; ) {
    const rows = await transfers.where("reference", ">", last).orderBy("reference").limit(AT_ONCE).execute();
    if (rows.length === 0) return;
    for (const { reference, createdAt, senderId, waybill } of rows) {
      const text = waybill === null ? null : (JSON.parse(waybill) as { readonly text: string }).text; // as it was stored
      await enterWhole(db, { reference, at: createdAt }, senderId, text);
      last = reference;
    }
  }
}

/** Counts, of every recorded assessment, the clauses that stopped it. What was counted of them before is counted anew. */
export async function countPastStops(db: Db): Promise<void> {
  await db.deleteFrom("tally").where("kind", "=", "stopped").execute();
  await eachDecision(db, countStops);
}

/** Enters, of every recorded assessment, who had agreed in advance by a standing arrangement that covered it. */
export function enterPastArranged(db: Db): Promise<void> {
  return eachDecision(db, enterArranged);
}

function pastDecisions(db: Db): Promise<void> {
  return eachDecision(db, enterDecision);
}

async function eachDecision(db: Db, enter: (db: Db, fixed: FixedWaybill) => Promise<void>): Promise<void> {
  const fixed = db.selectFrom("fixedWaybill").select(["digest", "reference", "text", "assessment", "at"]);
  for (let last = ""; ; ) {
    const rows = await fixed.where("digest", ">", last).orderBy("digest").limit(AT_ONCE).execute();
    if (rows.length === 0) return;
    for (const row of rows) {
      await enter(db, row);
      last = row.digest;
    }
  }
}

async function pastReleases(db: Db): Promise<void> {
  const releases = db
    .selectFrom("event")
    .select(["seq", "kind", "reference", "at"])
    .where("kind", "=", "transfer-released");
  for (let last = 0; ; ) {
    const rows = await releases.where("seq", ">", last).orderBy("seq").limit(AT_ONCE).execute();
    if (rows.length === 0) return;
    for (const { seq, reference, at } of rows) {
      await enterRelease(db, { kind: "transfer-released", reference, at });
      last = seq;
    }
  }
}
