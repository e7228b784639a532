import type { Kysely } from "kysely";
import type { Reader } from "../domain/records.ts";
import { fromRow } from "./columns.ts";
import { recoveryExport, recoveryKey } from "./recovery-columns.ts";
import type { RecordTables } from "./tables.ts";

type RecoveryReader = Pick<Reader, "recoveryKeys" | "recoveryExport" | "recoveryExports">;

export function readRecovery(db: Kysely<RecordTables>): RecoveryReader {
  const exports = db.selectFrom("recoveryExport").selectAll();
  return {
    async recoveryKeys() {
      const rows = await db.selectFrom("recoveryKey").selectAll().orderBy("version").execute();
      return rows.map((row) => fromRow("recovery_key", recoveryKey, row));
    },
    async recoveryExport(reference) {
      const row = await exports.where("reference", "=", reference).executeTakeFirst();
      return row === undefined ? null : fromRow("recovery_export", recoveryExport, row);
    },
    async recoveryExports(limit) {
      const open = exports.where("state", "!=", "withdrawn").orderBy("askedAt", "desc").orderBy("reference", "desc");
      const rows = await open.limit(limit).execute();
      return rows.map((row) => fromRow("recovery_export", recoveryExport, row));
    },
  };
}
