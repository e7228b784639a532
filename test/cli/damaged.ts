import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestServer } from "../../src/testing/server.ts";

/** Changes one byte of a transfer's stored body, near its end: what stands before that is whole. */
export async function damageStored(server: TestServer, reference: string): Promise<void> {
  const { sealed } = (await server.records.read.transfer(reference)) ?? assert.fail();
  const folder = join(server.folder, "blobs");
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.includes(sealed?.bodyId ?? "?"));
  assert.equal(names.length, 1);
  const path = join(folder, names[0] ?? "");
  const bytes = await readFile(path);
  const at = bytes.length - 1000;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
