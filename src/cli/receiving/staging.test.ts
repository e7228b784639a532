import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { stagingName } from "./leftovers.ts";
import { Staging } from "./staging.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-staging-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function stage(names: readonly string[], overwrite = false): Promise<Staging> {
  const staging = await Staging.begin(folder, "WB-7F3K-Q2XV", names, overwrite);
  for (const name of names) {
    const file = await staging.add(name);
    await file.write(Buffer.from(`new ${name}`));
    await file.finish();
  }
  return staging;
}

const plain = async () => (await readdir(folder, { recursive: true })).sort();
const text = (name: string) => readFile(join(folder, name), "utf8");

test("files have their names only at the end, and what is abandoned leaves nothing", async () => {
  const staging = await stage(["a", "deep/b"]);
  assert.ok((await plain()).every((name) => name.startsWith(".WB-7F3K-Q2XV.")));
  await staging.finish();
  assert.deepEqual(await plain(), ["a", "deep", "deep/b"]);
  const abandoned = await stage(["c"]);
  await abandoned.abandon();
  assert.deepEqual(await plain(), ["a", "deep", "deep/b"]);
});

test("what came to be there in the meantime is left as it is, and nothing beside it is kept", async () => {
  const staging = await stage(["a", "b", "c"]);
  await writeFile(join(folder, "b"), "mine");
  await assert.rejects(staging.finish(), { code: "file" });
  await staging.abandon();
  assert.deepEqual(await plain(), ["b"]);
  assert.equal(await text("b"), "mine");
  const again = await stage(["a", "b"], true);
  await again.finish();
  assert.equal(await text("b"), "new b");
});

test("a file in the way of a folder is an error, and leaves nothing", async () => {
  const staging = await stage(["a", "a/b"]);
  await assert.rejects(staging.finish(), { code: "file" });
  await staging.abandon();
  assert.deepEqual(await plain(), []);
});

test("what an interrupted run left is cleared by the next one for the same transfer; what is in use, and others', is left", async () => {
  const { pid: ended } = spawnSync(process.execPath, ["--version"]);
  const mine = stagingName("WB-7F3K-Q2XV");
  const killed = mine.replace(`.${process.pid}.`, `.${ended}.`);
  const [mineHost] = mine.split(".").slice(2);
  const elsewhere = mine.replace(`.${mineHost}.`, ".another-machine.");
  const longAgo = elsewhere.replace(".part", "0.part");
  const others = killed.replace("WB-7F3K-Q2XV", "WB-0000-0000");
  for (const name of [mine, killed, elsewhere, longAgo, others]) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "0"), "part");
  }
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  for (const path of [join(folder, longAgo, "0"), join(folder, longAgo)]) await utimes(path, yesterday, yesterday);
  assert.equal(mineHost, hostname().replaceAll(/[^A-Za-z0-9-]/g, "_"));
  const staging = await stage(["a"]);
  await staging.finish();
  assert.deepEqual((await readdir(folder)).sort(), ["a", mine, elsewhere, others].sort());
});
