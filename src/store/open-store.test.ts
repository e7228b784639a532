import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import * as sample from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { migrate } from "./migrate.ts";
import { recordMigrations } from "./migrations.ts";
import { openStore } from "./open-store.ts";
import { openConnection, queries } from "./sqlite.ts";
import type { RecordTables } from "./tables.ts";

const MARKER = "Operation-Honeysuckle";
const key = randomBytes(32);

suite("The embedded store", () => {
  inFolder("No file of it holds anything in clear, neither while it is open nor after", async (folder) => {
    const { records, ephemera, close } = await openStore({ file: join(folder, "waybill.db"), key });
    await records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember({ name: MARKER }));
      await tx.append(sample.sampleEvent({ detail: { MARKER } }));
    });
    await ephemera.put("session", MARKER, { owner: MARKER }, new Date("2099-01-01T00:00:00.000Z"));
    const open = await holding(folder, MARKER);
    assert.ok(open.names.includes("waybill.db-wal"));
    await close();
    assert.deepEqual([open.found, (await holding(folder, MARKER)).found], [[], []]);
    assert.deepEqual((await holding(folder, "SQLite format 3")).found, []);
  });

  inFolder("Everything is there when it is opened again", async (folder) => {
    const file = join(folder, "deep", "waybill.db");
    const first = await openStore({ file, key });
    await first.records.write((tx) => tx.append(sample.sampleEvent()));
    await first.ephemera.count("rate", "a", new Date(0), new Date(1));
    await first.close();
    const second = await openStore({ file, key });
    assert.equal((await second.records.read.recentEvents(9)).length, 1);
    assert.equal(await second.ephemera.count("rate", "a", new Date(0), new Date(1)), 2);
    assert.equal((await second.records.write((tx) => tx.append(sample.sampleEvent()))).seq, 2);
    await second.close();
  });

  inFolder("Every commit is synced, references are kept, deleted content is overwritten", async (folder) => {
    const connection = openConnection(join(folder, "waybill.db"), key);
    const settings = ["journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "cipher"];
    const values = settings.map((name) => connection.pragma(name, { simple: true }));
    assert.deepEqual(values, ["wal", 2, 1, 1, 2, "chacha20"]);
    connection.close();
  });

  inFolder("A schema step that fails leaves nothing half made, and can be taken again", async (folder) => {
    const connection = openConnection(join(folder, "waybill.db"), key);
    const db = queries<RecordTables>(connection);
    const broken = { ...recordMigrations, "0002-broken": { up: () => Promise.reject(new RangeError("on purpose")) } };
    await assert.rejects(migrate(db.withoutPlugins(), broken), RangeError);
    const tables = connection.prepare("select name from sqlite_schema where name = 'member'").all();
    assert.deepEqual(tables, []);
    await migrate(db.withoutPlugins(), recordMigrations);
    assert.deepEqual(await db.selectFrom("member").selectAll().execute(), []);
    await db.destroy();
  });

  const damages: readonly [string, string][] = [
    ["update member set state = 'retired'", "member.state"],
    ["update member set roles = '[\"king\"]'", "member.roles[0]"],
    ["update member set roles = '[' ", "member.roles"],
    ["update member set roles = '{}'", "member.roles"],
    ["update member set name = x'00'", "member.name"],
    ["update transfer set facts = json_set(facts, '$.extra', 1)", "transfer.facts.extra"],
    ["update transfer set facts = json_remove(facts, '$.impact.individuals')", "transfer.facts.impact.individuals"],
    ["update transfer set sealed = json_set(sealed, '$.bodySize', -1)", "transfer.sealed.bodySize"],
    ["update recipient set team = 2", "recipient.team"],
    ['update recipient set party = \'{"kind":"robot"}\'', "recipient.party.kind"],
    ['update recipient set party = \'{"kind":"constructor"}\'', "recipient.party.kind"],
    ["update event set kind = 'abolished'", "event.kind"],
    ["update event set detail = '{\"a\":[]}'", "event.detail.a"],
  ];
  inFolder("What is stored is parsed strictly: damage is named by table and column", async (folder) => {
    const file = join(folder, "waybill.db");
    for (const [damage, where] of damages) {
      const first = await openStore({ file, key });
      await first.records.write(async (tx) => {
        await tx.saveMember(sample.sampleMember());
        await tx.saveContact(sample.sampleContact());
        await tx.saveTransfer(sample.sampleTransfer({ sealed: sample.SEALED }));
        await tx.saveRecipient(sample.sampleRecipient());
        await tx.append(sample.sampleEvent());
      });
      await first.close();
      const connection = openConnection(file, key);
      connection.exec(damage);
      connection.close();
      const { records, close } = await openStore({ file, key });
      const { read } = records;
      const reading = async () => [
        await read.members(),
        await read.transfersOf("amina", { limit: 1, offset: 0 }),
        await read.recipients("WB-0000-0000"),
        await read.recentEvents(1),
      ];
      await assert.rejects(reading(), (error) => {
        assert.ok(error instanceof Error && "code" in error && error.code === "damaged", String(error));
        assert.ok(error.message.includes(`: ${where} is not `), `${where} in: ${error.message}`);
        return true;
      });
      await close();
      await rm(folder, { recursive: true });
    }
  });
});

async function holding(folder: string, text: string): Promise<{ names: readonly string[]; found: readonly string[] }> {
  const names = await readdir(folder);
  const found: string[] = [];
  for (const name of names) if ((await readFile(join(folder, name))).includes(text)) found.push(name);
  return { names, found };
}

function inFolder(title: string, act: (folder: string) => Promise<void>): void {
  test(title, async () => {
    const folder = await temporaryFolder();
    await act(folder).finally(() => rm(folder, { recursive: true, force: true }));
  });
}
