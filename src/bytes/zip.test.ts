import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 as judge } from "node:zlib";
import { crc32, ZipWriter } from "./zip.ts";

test("CRC-32 agrees with zlib's, in parts too", () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at * 7);
  assert.equal(crc32(bytes), judge(bytes));
  assert.equal(crc32(bytes.subarray(300), crc32(bytes.subarray(0, 300))), judge(bytes));
});

test("every entry is found by the central directory with its name, size, checksum and bytes", async () => {
  const entries = new Map([
    ["a/Ünï 🗂.txt", [Buffer.from("hel"), Buffer.from("lo")]],
    ["empty", []],
    ["b.bin", [Buffer.alloc(70_000, 7)]],
  ]);
  const written: Uint8Array[] = [];
  const zip = new ZipWriter({
    write: async (bytes) => void written.push(bytes),
    close: async () => undefined,
  });
  for (const [name, parts] of entries) {
    await zip.begin(name);
    for (const part of parts) await zip.write(new Uint8Array(part));
  }
  await zip.finish();
  const bytes = Buffer.concat(written);

  const end64 = Number(bytes.readBigUInt64LE(bytes.length - 22 - 20 + 8));
  assert.equal(bytes.readUInt32LE(end64), 0x06064b50);
  assert.equal(bytes.readBigUInt64LE(end64 + 32), BigInt(entries.size));
  let at = Number(bytes.readBigUInt64LE(end64 + 48));
  for (const [name, parts] of entries) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const nameLength = bytes.readUInt16LE(at + 28);
    assert.equal(bytes.subarray(at + 46, at + 46 + nameLength).toString(), name);
    const extra = at + 46 + nameLength;
    const [size, offset] = [Number(bytes.readBigUInt64LE(extra + 4)), Number(bytes.readBigUInt64LE(extra + 20))];
    assert.equal(bytes.readUInt32LE(offset), 0x04034b50);
    const data = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const content = Buffer.concat(parts);
    assert.ok(bytes.subarray(data, data + size).equals(content), name);
    assert.equal(bytes.readUInt32LE(at + 16), judge(content));
    at = extra + bytes.readUInt16LE(at + 30);
  }
  assert.equal(at, end64);
});
