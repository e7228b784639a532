import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openConnection } from "../../src/store/sqlite.ts";
import type { TestServer } from "../../src/testing/server.ts";

/** Every row of every table as text, by table, and the digest of every blob: what must not change when nothing may. */
export async function snapshotOf(server: TestServer): Promise<Readonly<Record<string, readonly string[]>>> {
  const all: Record<string, readonly string[]> = {};
  for (const name of ["records.db", "records.db-ephemera"]) {
    const connection = openConnection(join(server.folder, name), server.key);
    const tables = connection.prepare("select name from sqlite_schema where type = 'table' order by name").all();
    for (const { name: table } of tables as readonly { name: string }[]) {
      all[table] = connection.prepare(`select * from "${table}"`).all().map(lineOf).toSorted();
    }
    connection.close();
  }
  const folder = join(server.folder, "blobs");
  const blobs = (await readdir(folder)).toSorted();
  all.blobs = await Promise.all(
    blobs.map(
      async (blob) =>
        `${blob} ${createHash("sha256")
          .update(await readFile(join(folder, blob)))
          .digest("hex")}`,
    ),
  );
  return all;
}

/** The same without counters of rates, which a refused request moves, and without when a session was last seen. */
export async function lastingOf(server: TestServer): Promise<Readonly<Record<string, readonly string[]>>> {
  const { counter: _, ephemeral = [], ...records } = await snapshotOf(server);
  return { ...records, ephemeral: ephemeral.filter((line) => !line.includes('"kind":"session"')) };
}

function lineOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}
