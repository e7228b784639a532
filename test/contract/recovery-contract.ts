import assert from "node:assert/strict";
import { suite } from "node:test";
import type { Records } from "../../src/domain/records.ts";
import type { RecoveryExport, RecoveryKey } from "../../src/domain/recovery-key.ts";
import * as sample from "../../src/testing/samples.ts";
import { people, saved } from "./records-contract.ts";
import { ofCode } from "./refusal.ts";
import { testsOn } from "./tests-on.ts";

const deed = { byMemberId: "amina", at: sample.AT };

function key(version: number, changes: Partial<RecoveryKey> = {}): RecoveryKey {
  const open = { confirmed: null, removal: null, removed: null };
  return { id: `k${version}`, version, recipient: "age1pq1k", state: "proposed", proposed: deed, ...open, ...changes };
}

function wanted(reference: string, at: string, changes: Partial<RecoveryExport> = {}): RecoveryExport {
  return { reference, reason: "A court asks “now”", state: "asked", asked: { ...deed, at }, agreed: null, ...changes };
}

/** What every store of records must do with the recovery key. @param open a new empty one; `close` is called on it. */
export function recoveryContract(name: string, open: () => Promise<Records>): void {
  const stored = testsOn(open);

  suite(`The recovery key: ${name}`, () => {
    stored("Where there is nothing, the answer is null or an empty list", async ({ read }) => {
      assert.deepEqual([await read.recoveryKeys(), await read.recoveryExports(9)], [[], []]);
      assert.equal(await read.recoveryExport("WB-0000-0000"), null);
    });

    stored("Recovery keys come back as they were saved last, by version", async (records) => {
      const active = key(1, { state: "active", confirmed: deed, removal: deed });
      const removed = { ...active, state: "removed", removed: deed } as const;
      await saved(records, (tx) => tx.saveRecoveryKey(key(2)));
      await saved(records, (tx) => tx.saveRecoveryKey(active));
      assert.deepEqual(await records.read.recoveryKeys(), [active, key(2)]);
      await saved(records, (tx) => tx.saveRecoveryKey(removed));
      assert.deepEqual(await records.read.recoveryKeys(), [removed, key(2)]);
    });

    stored("Two recovery keys cannot have one version: of two proposed at once, one is refused", async (records) => {
      await saved(records, (tx) => tx.saveRecoveryKey(key(1)));
      const second = saved(records, (tx) => tx.saveRecoveryKey(key(1, { id: "other" })));
      await assert.rejects(second, ofCode("conflict"));
    });

    stored("What is sealed to the recovery key comes back with its transfer", async (records) => {
      await people(records);
      for (const recovery of [
        { key: "ab".repeat(32), grant: "Zw==" },
        { key: "ab".repeat(32), grant: null },
      ]) {
        const transfer = sample.sampleTransfer({ recovery });
        await saved(records, (tx) => tx.saveTransfer(transfer));
        assert.deepEqual(await records.read.transfer(transfer.reference), transfer);
      }
    });

    stored("Exports come newest first, one for a transfer, without those withdrawn", async (records) => {
      await people(records);
      const [one, two, three] = [
        wanted("WB-1", "2026-11-21T10:00:00.000Z"),
        wanted("WB-2", "2026-11-23T10:00:00.000Z", { state: "agreed", agreed: deed }),
        wanted("WB-3", "2026-11-22T10:00:00.000Z"),
      ];
      await saved(records, async (tx) => {
        for (const each of [one, two, three]) {
          await tx.saveTransfer(sample.sampleTransfer({ reference: each.reference }));
          await tx.saveRecoveryExport(each);
        }
      });
      assert.deepEqual(await records.read.recoveryExport("WB-2"), two);
      assert.deepEqual(await records.read.recoveryExports(9), [two, three, one]);
      assert.deepEqual(await records.read.recoveryExports(1), [two]);
      const withdrawn = { ...two, state: "withdrawn" } as const;
      const again = wanted("WB-1", "2026-11-24T10:00:00.000Z", { reason: "Again" });
      await saved(records, async (tx) => {
        await tx.saveRecoveryExport(withdrawn);
        await tx.saveRecoveryExport(again);
      });
      assert.deepEqual(await records.read.recoveryExports(9), [again, three]);
      assert.deepEqual(await records.read.recoveryExport("WB-2"), withdrawn);
    });

    stored("An export is of a transfer that there is", async (records) => {
      await people(records);
      const write = saved(records, (tx) => tx.saveRecoveryExport(wanted("WB-none", sample.AT)));
      await assert.rejects(write, ofCode("dangling"));
    });
  });
}
