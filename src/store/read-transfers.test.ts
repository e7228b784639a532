import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import { randomBytes } from "../bytes/random.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { migrate } from "./migrate.ts";
import { recordMigrations } from "./migrations.ts";
import { createOutbox } from "./outbox.ts";
import { readPeople } from "./read-people.ts";
import { readTransfers } from "./read-transfers.ts";
import { openConnection } from "./sqlite.ts";
import type { RecordTables } from "./tables.ts";

test("No list of transfers, recipients, events or messages reads or sorts a whole table, however many there are", async () => {
  const folder = await temporaryFolder();
  const connection = openConnection(join(folder, "waybill.db"), randomBytes(32));
  const asked: string[] = [];
  const database = {
    close: () => void connection.close(),
    prepare(text: string) {
      asked.push(text);
      const statement = connection.prepare(text);
      return {
        reader: statement.reader,
        all: (parameters: readonly unknown[]) => statement.all(...parameters),
        run: (parameters: readonly unknown[]) => statement.run(...parameters),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...parameters),
      };
    },
  };
  const db = new Kysely<RecordTables>({ dialect: new SqliteDialect({ database }), plugins: [new CamelCasePlugin()] });
  await migrate(db.withoutPlugins(), recordMigrations);
  asked.length = 0;

  const page = { limit: 20, offset: 40 };
  const transfers = readTransfers(db);
  await transfers.transfer("WB-0000-0000");
  await transfers.transferOfUpload("A");
  await transfers.transfersOf("amina", page);
  await transfers.expiring("released", "2026", 20);
  await transfers.recipients("WB-0000-0000");
  await transfers.recipient("first");
  await transfers.inboxOf("amina", page);
  await transfers.withoutReceipt("2026", 20);
  await transfers.withoutReceipt("2026", 20, { releasedAt: "2025", id: "first" });
  await transfers.eventsOf("WB-0000-0000");
  await transfers.eventsAbout("first");
  await transfers.enrolmentsOf("amina");
  await transfers.recentEvents(20);
  const people = readPeople(db);
  await people.memberByAddress("amina@council.example");
  await people.contactByAddress("rhys@chambers.example");
  await people.credentialsOf("amina");
  await createOutbox(db, db).lease(new Date(), 1);
  await createOutbox(db, db).list(20);
  assert.ok(asked.length >= 20);

  for (const text of asked) {
    const plan = connection.prepare(`explain query plan ${text}`).all(...Array(text.split("?").length - 1).fill("1"));
    const steps = (plan as readonly { readonly detail: string }[]).map((step) => step.detail); // SQLite's column
    const bad = steps.filter((step) => step.startsWith("SCAN") && !step.includes("USING INDEX"));
    assert.deepEqual(bad, [], text);
    const few = text.includes("passkey-added");
    if (few) assert.ok(steps[0]?.includes("event_enrolments_by_actor"), steps[0] ?? "");
    // A person's few passkeys and enrolments may be sorted.
    if (!few && !text.includes('"credential"')) assert.ok(!steps.some((step) => step.includes("TEMP B-TREE")), text);
  }
  await db.destroy();
  await rm(folder, { recursive: true });
});
