import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { sql } from "kysely";
import { randomBytes } from "../bytes/random.ts";
import type { Report } from "../domain/incident.ts";
import { openIncident } from "../domain/lifecycle/incident-reports.ts";
import { sampleEvent } from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { worseReports } from "./migrations/records-0030-worse-reports.ts";
import { openStore } from "./open-store.ts";
import { openConnection, queries } from "./sqlite.ts";

const key = randomBytes(32);
const AT = "2026-11-22T10:00:00.000Z";

test("SDT-29: an incident of an earlier version has its clock from its report, and each of its numbers leads to it", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "waybill.db");
  const report: Report = {
    ...{ number: "IN-0000-0001", at: AT, kind: "damaged", standing: "nobody", memberId: null, recipientId: null },
    ...{ words: "", reach: "", about: "", stopped: null },
  };
  const taken = { at: AT, by: { kind: "stranger" } } as const;
  const opened = openIncident(report, { linked: null, personal: null, dueAt: AT, told: [] }, taken).incident;
  const later: Report = { ...report, number: "IN-0000-0002", kind: "lost" };
  const first = await openStore({ file, key });
  await first.records.write(async (tx) => {
    await tx.saveIncident({ ...opened, reports: [report, later] });
    await tx.append(sampleEvent());
  });
  await first.close();
  const db = queries(openConnection(file, key));
  await sql`drop table incident_report`.execute(db);
  await sql`alter table incident drop column known_at`.execute(db);
  await sql`alter table incident drop column deadline_told_at`.execute(db);
  await worseReports(db);
  await db.destroy();
  const { records, close } = await openStore({ file, key });
  const found = await records.read.incidentNumbered("IN-0000-0002");
  assert.deepEqual([found?.id, found?.knownAt, found?.deadlineToldAt], ["IN-0000-0001", AT, null]);
  await close();
  await rm(folder, { recursive: true });
});
