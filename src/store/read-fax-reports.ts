import type { Kysely } from "kysely";
import type { Reader } from "../domain/records.ts";
import { fromRow } from "./columns.ts";
import { faxReport, keptFaxReport } from "./register-columns.ts";
import type { RecordTables } from "./tables.ts";

/** Transmission reports; the sealed file is read only where it is handed out. */
export function readFaxReports(db: Kysely<RecordTables>): Pick<Reader, "faxReport" | "keptFaxReport"> {
  return {
    async faxReport(reference) {
      const columns = ["reference", "keptAt", "digest", "size", "readers", "at", "byId"] as const;
      const own = db.selectFrom("faxReport").select(columns).where("reference", "=", reference);
      const row = await own.executeTakeFirst();
      return row === undefined ? null : fromRow("fax_report", faxReport, row);
    },
    async keptFaxReport(reference) {
      const own = db.selectFrom("faxReport").selectAll().where("reference", "=", reference);
      const row = await own.executeTakeFirst();
      return row === undefined ? null : fromRow("fax_report", keptFaxReport, row);
    },
  };
}
