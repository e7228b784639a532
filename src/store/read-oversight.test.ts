import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordSearch } from "../domain/oversight.ts";
import { askedOfSqlite } from "../testing/asked-of-sqlite.ts";
import { readOversight } from "./read-oversight.ts";

const ANYTHING: RecordSearch = {
  ...{ person: [], senders: [], organisation: [], method: null, clause: null, state: null, from: null, until: null },
};

test("SIS-37: no search, count or page of records reads or sorts a whole table, however many transfers there are", async () => {
  const asked = await askedOfSqlite();
  const read = readOversight(asked.db);
  const period = { from: "2025", until: "2027" };
  const searches: readonly Partial<RecordSearch>[] = [
    ...[{}, { state: "closed" }, period, { state: "closed", ...period }, { clause: "SDT-3" }, { method: "post" }],
    ...[
      { person: ["rhys"], senders: ["amina"] },
      { organisation: ["court"], state: "closed", ...period },
    ],
    { person: ["rhys", "morgan"], senders: ["amina"], method: "post", clause: "SDT-3", state: "closed", ...period },
  ] as const;
  for (const search of searches) {
    for (const after of [null, { at: "2026", reference: "WB-0000-0000" }]) {
      await read.findTransfers({ ...ANYTHING, ...search }, { limit: 25, after });
    }
  }
  await read.tallies("clause", "2026-01-01", "2026-12-31");
  await read.exceptions("2025", "2027", 50);
  await read.openCounts({ now: "2026", receiptsBefore: "2026", expiringUntil: "2026" });
  await read.controlReviews();
  const plans = asked.plans();
  assert.ok(plans.length >= 40);

  for (const { text, steps } of plans) {
    // `some`: the first thousand rows of a term, which are counted.
    const bad = steps.filter((step) => step.startsWith("SCAN") && !step.includes("USING") && step !== "SCAN some");
    assert.deepEqual(bad, [], text);
    assert.ok(!steps.some((step) => step.includes("TEMP B-TREE")), `${text}\n${steps.join("\n")}`);
    // Who looks by a period or a state goes to its beginning at once.
    const whole = steps.filter((step) => /^SCAN (?:transfer|term|found|record_term)/.test(step));
    assert.ok(whole.length === 0 || !text.includes("where"), `${text}\n${steps.join("\n")}`);
  }
  await asked.close();
});
