import assert from "node:assert/strict";
import { test } from "node:test";
import { askedOfSqlite } from "../testing/asked-of-sqlite.ts";
import { createOutbox } from "./outbox.ts";
import { readPeople } from "./read-people.ts";
import { readTransfers } from "./read-transfers.ts";

test("No list of transfers, recipients, events or messages reads or sorts a whole table, however many there are", async () => {
  const asked = await askedOfSqlite();
  const page = { limit: 20, offset: 40 };
  const transfers = readTransfers(asked.db);
  await transfers.transfer("WB-0000-0000");
  await transfers.transferOfUpload("A");
  await transfers.transfersOf("amina", page);
  await transfers.transfersToStandInFor("amina", 20);
  await transfers.expiring("released", "2026", 20);
  await transfers.carriedExpectedBefore("2026-11-22", 20, "arrival");
  await transfers.carriedExpectedBefore("2026-11-22", 20, "reminder");
  await transfers.carriedExpectedBefore("2026-11-22", 20, "reminder", {
    expected: "2026-11-20",
    reference: "WB-0000-0000",
  });
  await transfers.recipients("WB-0000-0000");
  await transfers.recipient("first");
  await transfers.inboxOf("amina", page);
  await transfers.withoutReceipt("2026", 20);
  await transfers.withoutReceipt("2026", 20, { releasedAt: "2025", id: "first" });
  await transfers.eventsOf("WB-0000-0000");
  await transfers.eventsAbout("first");
  await transfers.enrolmentsOf("amina");
  await transfers.recentEvents(20);
  const people = readPeople(asked.db);
  await people.memberByAddress("amina@council.example");
  await people.contactByAddress("rhys@chambers.example");
  await people.credentialsOf("amina");
  await createOutbox(asked.db, asked.db).lease(new Date(), 1);
  await createOutbox(asked.db, asked.db).list(20);
  const plans = asked.plans();
  assert.ok(plans.length >= 20);

  for (const { text, steps } of plans) {
    const bad = steps.filter((step) => step.startsWith("SCAN") && !step.includes("USING INDEX"));
    assert.deepEqual(bad, [], text);
    const few = text.includes("passkey-added");
    if (few) assert.ok(steps[0]?.includes("event_enrolments_by_actor"), steps[0] ?? "");
    // A person's few passkeys and enrolments may be sorted.
    if (!few && !text.includes('"credential"')) assert.ok(!steps.some((step) => step.includes("TEMP B-TREE")), text);
  }
  await asked.close();
});
