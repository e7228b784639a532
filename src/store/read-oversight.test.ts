import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import { randomBytes } from "../bytes/random.ts";
import type { RecordSearch } from "../domain/oversight.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { migrate } from "./migrate.ts";
import { recordMigrations } from "./migrations.ts";
import { readOversight } from "./read-oversight.ts";
import { openConnection } from "./sqlite.ts";
import type { RecordTables } from "./tables.ts";

const ANYTHING: RecordSearch = {
  ...{ person: [], senders: [], organisation: [], method: null, clause: null, state: null, from: null, until: null },
};

test("SIS-37: no search, count or page of records reads or sorts a whole table, however many transfers there are", async () => {
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

  const read = readOversight(db);
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
  assert.ok(asked.length >= 40);

  for (const text of asked) {
    const plan = connection.prepare(`explain query plan ${text}`).all(...Array(text.split("?").length - 1).fill("1"));
    const steps = (plan as readonly { readonly detail: string }[]).map((step) => step.detail); // SQLite's column
    // `some`: the first thousand rows of a term, which are counted.
    const bad = steps.filter((step) => step.startsWith("SCAN") && !step.includes("USING") && step !== "SCAN some");
    assert.deepEqual(bad, [], text);
    assert.ok(!steps.some((step) => step.includes("TEMP B-TREE")), `${text}\n${steps.join("\n")}`);
    // Who looks by a period or a state goes to its beginning at once.
    const whole = steps.filter((step) => /^SCAN (?:transfer|found|record_term)/.test(step));
    assert.ok(whole.length === 0 || !text.includes("where"), `${text}\n${steps.join("\n")}`);
  }
  await db.destroy();
  await rm(folder, { recursive: true });
});
