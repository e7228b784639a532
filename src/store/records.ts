import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely } from "kysely";
import type { Reader, Records } from "../domain/records.ts";
import { StoreError } from "./error.ts";
import { readAgreeing } from "./read-agreeing.ts";
import { readFaxReports } from "./read-fax-reports.ts";
import { readGovernance } from "./read-governance.ts";
import { readIncidents } from "./read-incidents.ts";
import { readOversight } from "./read-oversight.ts";
import { readPeople } from "./read-people.ts";
import { readRecovery } from "./read-recovery.ts";
import { readRegisters } from "./read-registers.ts";
import { readTransfers } from "./read-transfers.ts";
import type { RecordTables } from "./tables.ts";
import { createWriter } from "./writer.ts";

/**
 * Records on two connections: `reading` sees what is committed, also while a write is under way; `writing` has one
 * connection, whose queue serialises writes.
 */
export function createRecords(reading: Kysely<RecordTables>, writing: Kysely<RecordTables>): Omit<Records, "close"> {
  const current = new AsyncLocalStorage<{ open: boolean }>();
  return {
    read: createReader(reading),
    async write(act) {
      if (current.getStore()?.open === true) {
        throw new StoreError({
          code: "nested",
          message: "A write began inside another write. The inner one was not made.",
        });
      }
      const state = { open: true };
      return current.run(state, () =>
        writing
          .transaction()
          .execute(async (tx) => {
            let events = 0;
            const result = await act(createWriter(tx, createReader(tx), () => void events++));
            if (events === 0) {
              throw new StoreError({ code: "no-event", message: "A write appended no event. It was undone." });
            }
            return result;
          })
          .finally(() => {
            state.open = false;
          }),
      );
    },
  };
}

function createReader(db: Kysely<RecordTables>): Reader {
  return {
    ...readOversight(db),
    ...readPeople(db),
    ...readTransfers(db),
    ...readAgreeing(db),
    ...readRecovery(db),
    ...readGovernance(db),
    ...readIncidents(db),
    ...readRegisters(db),
    ...readFaxReports(db),
  };
}
