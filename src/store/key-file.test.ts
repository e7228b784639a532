import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { loadOrCreateKey, loadOrCreateLogKey } from "./key-file.ts";

suite("The file of the database key", () => {
  inFolder("It is made once, for its owner only, and read from then on", async (folder) => {
    const path = join(folder, "secrets", "key");
    const key = await loadOrCreateKey(path, join(folder, "data", "waybill.db"));
    assert.equal(key.length, 32);
    assert.deepEqual(new Uint8Array(await readFile(path)), key);
    assert.deepEqual(await loadOrCreateKey(path, join(folder, "data", "waybill.db")), key);
    assert.deepEqual(await readdir(join(folder, "secrets")), ["key"]);
    if (process.platform !== "win32") assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  inFolder("Two processes that make it at once agree on one key", async (folder) => {
    const both = [1, 2].map(() => loadOrCreateKey(join(folder, "key"), join(folder, "data", "waybill.db")));
    const [first, second] = await Promise.all(both);
    assert.deepEqual(first, second);
  });

  for (const mode of [0o640, 0o604, 0o620, 0o601]) {
    inFolder(`A key that others may touch is refused: mode ${mode.toString(8)}`, async (folder) => {
      const path = join(folder, "key");
      await writeFile(path, new Uint8Array(32));
      await chmod(path, mode);
      await assert.rejects(loadOrCreateKey(path, join(folder, "data", "waybill.db")), { code: "unsafe-key" });
    });
  }

  inFolder("A key inside the data folder is refused, also behind a link, and none is made there", async (folder) => {
    const data = join(folder, "data");
    await mkdir(join(data, "deep"), { recursive: true });
    await symlink(data, join(folder, "link"), "dir");
    for (const path of [
      join(data, "key"),
      join(data, "deep", "key"),
      join(data, "new", "key"),
      join(folder, "link", "key"),
    ]) {
      await assert.rejects(loadOrCreateKey(path, join(data, "waybill.db")), { code: "unsafe-key" });
    }
    assert.deepEqual(await readdir(data), ["deep"]);
  });

  inFolder("A folder whose name only begins like the data folder's is not inside it", async (folder) => {
    await loadOrCreateKey(join(folder, "data-key", "key"), join(folder, "data", "waybill.db"));
  });

  inFolder("For a database that exists no key is made: it would be another one", async (folder) => {
    const database = join(folder, "data", "waybill.db");
    await mkdir(join(folder, "data"));
    await writeFile(database, "encrypted");
    await assert.rejects(loadOrCreateKey(join(folder, "key"), database), { code: "no-key" });
    assert.deepEqual(await readdir(folder), ["data"]);
  });

  inFolder("For a log that was signed no key is made: it would be another log", async (folder) => {
    const [path, database] = [join(folder, "log-key"), join(folder, "data", "waybill.db")];
    await assert.rejects(loadOrCreateLogKey(path, database, true), { code: "no-key" });
    const seed = await loadOrCreateLogKey(path, database, false);
    assert.deepEqual(await loadOrCreateLogKey(path, database, true), seed);
    if (process.platform !== "win32") assert.equal((await stat(path)).mode & 0o777, 0o600);
    const inside = loadOrCreateLogKey(join(folder, "data", "log-key"), database, false);
    await assert.rejects(inside, { code: "unsafe-key", message: /^The log key file / });
  });

  for (const length of [0, 31, 33]) {
    inFolder(`A file of ${length} bytes is no key`, async (folder) => {
      await writeFile(join(folder, "key"), new Uint8Array(length), { mode: 0o600 });
      await assert.rejects(loadOrCreateKey(join(folder, "key"), join(folder, "data", "waybill.db")), {
        code: "unsafe-key",
      });
    });
  }
});

function inFolder(title: string, act: (folder: string) => Promise<void>): void {
  test(title, async () => {
    const folder = await temporaryFolder();
    await act(folder).finally(() => rm(folder, { recursive: true }));
  });
}
