import type { Transaction } from "kysely";
import type { GovernanceWriter } from "../domain/governance-records.ts";
import { toRow } from "./columns.ts";
import { hold, keeping, removal } from "./governance-columns.ts";
import type { RecordTables } from "./tables.ts";

/** What goes with a transfer. Its events go last; entries of the log stay. */
const OF_A_TRANSFER = [
  ...([
    "recipient",
    "approval",
    "fixedWaybill",
    "releasedAssessment",
    "advice",
    "recoveryExport",
    "outbox",
    "event",
  ] as const),
  "faxReport", // SIS-25: it is destroyed with the record
  "carriedExpected",
  ...(["recordTerm", "recordedException"] as const), // what it is found by; that it was counted stays
] as const;

export function writeGovernance(tx: Transaction<RecordTables>): GovernanceWriter {
  return {
    async saveHold(noun) {
      const row = toRow(hold, noun);
      await tx
        .insertInto("hold")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async saveKeeping(noun) {
      const row = { ...toRow(keeping, noun), id: 1 };
      await tx
        .insertInto("keeping")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async saveRemoval(noun) {
      const row = toRow(removal, noun);
      await tx
        .insertInto("removal")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async removeTransfer(reference) {
      const own = tx.selectFrom("event").select("seq").where("reference", "=", reference).orderBy("seq");
      const seqs = (await own.execute()).map(({ seq }) => seq);
      await tx.updateTable("medium").set({ reference: null }).where("reference", "=", reference).execute();
      for (const table of OF_A_TRANSFER) await tx.deleteFrom(table).where("reference", "=", reference).execute();
      await tx.deleteFrom("transfer").where("reference", "=", reference).execute();
      return seqs;
    },
    async removeEvents(seqs) {
      await tx
        .deleteFrom("event")
        .where("reference", "is", null)
        .where("seq", "in", [...seqs])
        .execute();
    },
    async removeIncident(id) {
      await tx.deleteFrom("incidentTransfer").where("incidentId", "=", id).execute();
      await tx.deleteFrom("incidentReport").where("incidentId", "=", id).execute();
      await tx.deleteFrom("incident").where("id", "=", id).execute();
    },
    async removeContact(id) {
      await tx.deleteFrom("contactAddress").where("contactId", "=", id).execute();
      await tx.deleteFrom("contact").where("id", "=", id).execute();
    },
    async removeAgreement(id) {
      await tx.deleteFrom("agreementDocument").where("agreementId", "=", id).execute();
      await tx.deleteFrom("agreement").where("id", "=", id).execute();
    },
    async removeArrangement(id) {
      await tx.deleteFrom("arrangement").where("id", "=", id).execute();
    },
  };
}
