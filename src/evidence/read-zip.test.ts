import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../bytes/concat.ts";
import { utf8 } from "../bytes/text.ts";
import { EvidenceError } from "./error.ts";
import { zipPack } from "./pack.ts";
import { readPack } from "./read-zip.ts";

const FILES = new Map([
  ["a.txt", utf8("the same bytes")],
  ["empty", utf8("")],
  ["proofs/12.tlog-proof", utf8("the same bytes")],
]);
const NAMES = [...FILES.keys()];

/** @returns which file the byte belongs to, in the order of the zip; null: to its end. */
function ownerOf(at: number): string | null {
  const around = NAMES.flatMap((name) =>
    Array.from({ length: 30 + name.length + 20 + (FILES.get(name)?.length ?? 0) + 24 }, () => name),
  );
  const listed = NAMES.flatMap((name) => Array.from({ length: 46 + name.length + 28 }, () => name));
  return [...around, ...listed][at] ?? null;
}

async function refused(pack: Uint8Array<ArrayBuffer>): Promise<EvidenceError> {
  const error: unknown = await readPack(pack).then(
    () => assert.fail("it was read"),
    (cause: unknown) => cause,
  );
  return error instanceof EvidenceError ? error : assert.fail(String(error));
}

test("what was written is read", async () => {
  assert.deepEqual(await readPack(await zipPack(FILES)), FILES);
});

test("SDT-28: each byte that is altered is found, and its file is named: header, data, checksum, list; or the zip's end", async () => {
  const pack = await zipPack(FILES);
  for (let at = 0; at < pack.length; at++) {
    for (const flip of [1, 0x20, 0x80, 0xff]) {
      const { code, message } = await refused(pack.with(at, (pack[at] ?? 0) ^ flip));
      const owner = ownerOf(at);
      const where = `byte ${at} ^ ${flip} of ${owner ?? "the end"}: ${message}`;
      assert.equal(code, "altered", where);
      if (owner === null) assert.match(message, /^The end of the zip was altered/, where);
      else assert.ok(message.includes(owner), where);
      const others = NAMES.filter((name) => name !== owner && message.includes(name));
      assert.deepEqual(others, [], where);
    }
  }
});

test("two files that were altered are both named, and of many the first ones with how many more", async () => {
  const pack = await zipPack(FILES);
  const both = pack.with(57, 0).with(pack.length - 98 - 50, 7);
  assert.match((await refused(both)).message, /a\.txt was altered: what it holds.+proofs\/12\.tlog-proof was altered/);
  const many = new Map(Array.from({ length: 9 }, (_, at) => [`file ${at}`, utf8("x")] as const));
  const zip = await zipPack(many);
  const header = 30 + "file 0".length + 20;
  const all = zip.map((byte, at) =>
    at < 9 * (header + 1 + 24) && at % (header + 1 + 24) === header ? byte ^ 1 : byte,
  );
  assert.match((await refused(all)).message, /file 4 was altered: .+ So are 4 others\./);
});

test("bytes that are missing or more are found, and what lies before them is named", async () => {
  const pack = await zipPack(FILES);
  for (const cut of [pack.slice(0, -1), pack.slice(0, pack.length - 150), concat([pack, utf8("more")])]) {
    assert.match((await refused(cut)).message, /missing, or were added, behind proofs\/12\.tlog-proof/);
  }
  assert.match((await refused(pack.slice(0, 200))).message, /behind empty/);
  for (const none of [utf8(""), utf8("A letter."), utf8("Another, longer one. ".repeat(20))]) {
    assert.equal((await refused(none)).code, "not-a-pack");
  }
});

test("entries that all lie at the same place are refused before any is copied again", async () => {
  const pack = await zipPack(FILES);
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  const central = Number(view.getBigUint64(pack.length - 98 + 48, true));
  const entries = 46 + "a.txt".length + 28 + 46 + "empty".length + 28; // fixed part, name, extra field with size and offset
  view.setBigUint64(central + entries - 8, 0n, true);
  assert.match((await refused(pack)).message, /^empty was altered: its line in the zip’s list/);
});
