import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../bytes/text.ts";
import { zipPack } from "./pack.ts";
import { readPack } from "./read-zip.ts";

const FILES = new Map([
  ["a.txt", utf8("the same bytes")],
  ["b.txt", utf8("the same bytes")],
]);

test("what was written is read", async () => {
  assert.deepEqual(await readPack(await zipPack(FILES)), FILES);
});

test("entries that all lie at the same place are refused before any is copied again", async () => {
  const pack = await zipPack(FILES);
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  const end64 = Number(view.getBigUint64(pack.length - 42 + 8, true));
  const central = Number(view.getBigUint64(end64 + 48, true));
  const entry = 46 + "a.txt".length + 28; // fixed part, name, extra field with size and offset
  view.setBigUint64(central + 2 * entry - 8, 0n, true);
  await assert.rejects(readPack(pack), { code: "not-a-pack", message: /do not follow one another/ });
});
