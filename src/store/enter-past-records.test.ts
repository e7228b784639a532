import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import type { RecordSearch } from "../domain/oversight.ts";
import { sampleContact, sampleEvent, sampleMember, sampleRecipient, sampleTransfer } from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { countPastStops, enterPastRecords } from "./enter-past-records.ts";
import { openStore } from "./open-store.ts";
import { openConnection, queries } from "./sqlite.ts";
import type { RecordTables } from "./tables.ts";

const key = randomBytes(32);
const NOTHING: RecordSearch = {
  ...{ person: [], senders: [], organisation: [], method: null, clause: null, state: null, from: null, until: null },
};

/** A database whose transfers were recorded before they were searched and counted, brought up to date. */
async function broughtUp(file: string): Promise<void> {
  const { records, close } = await openStore({ file, key });
  const need = { rule: "a", clauses: ["SDT-3"], need: "approval:line-manager", says: "" };
  const recorded = { version: 1, method: "secure-link", needs: [need], advice: [], facts: {} };
  const assessment = JSON.stringify({ ...recorded, policy: { rules: "uk-government" } });
  await records.write(async (tx) => {
    await tx.saveMember(sampleMember());
    await tx.saveContact(sampleContact());
    for (let n = 0; n < 7; n++) {
      const reference = `WB-0000-000${n}`;
      const waybill = { text: '{"method":"secure-link"}', digest: `d${n}` };
      await tx.saveTransfer(sampleTransfer({ reference, waybill }));
      await tx.saveRecipient(sampleRecipient({ id: `r${n}`, reference }));
      await tx.saveFixedWaybill({
        digest: `d${n}`,
        reference,
        text: waybill.text,
        assessment,
        at: "2026-11-21T10:00:00.000Z",
      });
      await tx.append(sampleEvent({ kind: "transfer-released", reference }));
    }
  });
  await close();
  const connection = openConnection(file, key);
  for (const table of ["record_term", "tally", "recorded_exception"]) connection.exec(`delete from ${table}`);
  const db = queries<RecordTables>(connection);
  await enterPastRecords(db);
  await countPastStops(db);
  await db.destroy();
}

test("SIS-28: what was recorded before is searched and counted like what comes after", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "waybill.db");
  await broughtUp(file);
  const { records, close } = await openStore({ file, key });
  const { read } = records;
  for (const search of [{ person: ["rhys"] }, { clause: "SDT-3" }, { person: ["x"], senders: ["amina"] }]) {
    const found = await read.findTransfers({ ...NOTHING, ...search }, { limit: 9, after: null });
    assert.equal(found.length, 7, JSON.stringify(search));
  }
  for (const kind of ["clause", "stopped", "method", "release"] as const) {
    assert.deepEqual(
      (await read.tallies(kind, "2026-11-21", "2026-11-21")).map(({ count }) => count),
      [7],
      kind,
    );
  }
  await close();
  await rm(folder, { recursive: true });
});
