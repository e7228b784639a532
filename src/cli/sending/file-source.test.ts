import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { FileSource } from "./file-source.ts";

const MIB = 1024 * 1024;
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-source-"));
  path = join(folder, "file");
  await writeFile(path, Buffer.alloc(3 * MIB + 5, "abc"));
});
afterEach(() => rm(folder, { recursive: true }));

const chosen = async () => new FileSource(path, "file", await stat(path, { bigint: true }));

/** Reads it all, doing something after the first piece. */
async function readAround(source: FileSource, act: () => Promise<void>): Promise<number> {
  let size = 0;
  for await (const piece of source.stream()) {
    if (size === 0) await act();
    size += piece.length;
  }
  return size;
}

test("a file that nobody touches is read whole, again and again", async () => {
  const source = await chosen();
  for (const _ of [1, 2]) assert.equal(await readAround(source, async () => {}), 3 * MIB + 5);
  assert.equal(Buffer.from(await source.part(1, 4)).toString(), "bca");
});

test("a file that is written to, grows, shrinks or is swapped while it is read is called changed", async () => {
  const original = Buffer.alloc(3 * MIB + 5, "abc");
  const acts: Readonly<Record<string, () => Promise<void>>> = {
    grows: () => appendFile(path, "more"),
    shrinks: () => truncate(path, MIB),
    "is written to": () => writeFile(path, Buffer.alloc(3 * MIB + 5, "xyz")),
  };
  for (const [what, act] of Object.entries(acts)) {
    await writeFile(path, original);
    await assert.rejects(readAround(await chosen(), act), { code: "changed-files" }, what);
  }
  await writeFile(path, original);
  const source = await chosen();
  await rm(path);
  await writeFile(path, original);
  await assert.rejects(
    readAround(source, async () => {}),
    { code: "changed-files" },
    "is swapped",
  );
  await rm(path);
  await assert.rejects(
    readAround(source, async () => {}),
    { code: "file" },
    "is gone",
  );
});

test("a change that puts size and time back is found by the system's own time of change", async () => {
  const source = await chosen();
  const { atime, mtime } = await stat(path);
  const act = async () => {
    await writeFile(path, Buffer.alloc(3 * MIB + 5, "xyz"));
    await utimes(path, atime, mtime);
  };
  await assert.rejects(readAround(source, act), { code: "changed-files" });
});
