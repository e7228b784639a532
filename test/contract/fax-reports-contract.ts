import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { KeptFaxReport } from "../../src/domain/fax-report.ts";
import type { Records } from "../../src/domain/records.ts";
import * as sample from "../../src/testing/samples.ts";
import { people, saved } from "./records-contract.ts";
import { ofCode } from "./refusal.ts";

const REFERENCE = "WB-0000-00FX";
const report: KeptFaxReport = {
  ...{ reference: REFERENCE, keptAt: "", digest: "ab".repeat(32), size: 9, readers: ["amina", "ben"] },
  ...{ at: sample.AT, byId: "amina", content: "c2VhbGVkIHJl" },
};

/** What every store of records must do with transmission reports. @param open a new empty one; `close` is called on it. */
export function faxReportsContract(name: string, open: () => Promise<Records>): void {
  const stored = (title: string, act: (records: Records) => Promise<void>) =>
    test(title, async () => {
      const records = await open();
      try {
        await people(records);
        await saved(records, (tx) =>
          tx.saveTransfer(sample.sampleTransfer({ reference: REFERENCE, senderId: "amina" })),
        );
        await act(records);
      } finally {
        await records.close();
      }
    });

  suite(`Transmission reports: ${name}`, () => {
    stored("One for each transfer, without its file unless that is asked for", async (records) => {
      const { read } = records;
      assert.deepEqual([await read.faxReport(REFERENCE), await read.keptFaxReport(REFERENCE)], [null, null]);
      await saved(records, (tx) => tx.saveFaxReport(report));
      const { content: _, ...known } = report;
      assert.deepEqual([await read.faxReport(REFERENCE), await read.keptFaxReport(REFERENCE)], [known, report]);
      const onPaper = { ...report, keptAt: "Locked cabinet", digest: "", size: 0, readers: [], content: "" };
      await saved(records, (tx) => tx.saveFaxReport(onPaper));
      assert.deepEqual(await read.keptFaxReport(REFERENCE), onPaper);
    });

    stored("It goes with its transfer, and belongs to one that is there", async (records) => {
      await saved(records, (tx) => tx.saveFaxReport(report));
      await saved(records, async (tx) => void (await tx.removeTransfer(REFERENCE)));
      assert.equal(await records.read.keptFaxReport(REFERENCE), null);
      await assert.rejects(
        saved(records, (tx) => tx.saveFaxReport(report)),
        ofCode("dangling"),
      );
    });
  });
}
