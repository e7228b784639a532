import assert from "node:assert/strict";
import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { claimDemoFolder } from "../demo/data-folder.ts";
import { SETTINGS } from "../server/settings.ts";
import { openStore } from "../store/open-store.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { makeBounceFolder, makeDataFolder, naming, openLogFile, refuseDemoFolder } from "./places.ts";

const NOBODY = 65_534;
let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As a user who may write nowhere but where it is said; the tests themselves may run as root, who may write anywhere. */
async function asNobody(act: () => Promise<void>): Promise<void> {
  const { getuid, seteuid } = process;
  if (getuid?.() !== 0 || !seteuid) return act();
  await chmod(folder, 0o755);
  seteuid(NOBODY);
  try {
    await act();
  } finally {
    seteuid(0);
  }
}

test("a data folder below a file, and one whose parent may not be written, are refused by name, with what to do", async () => {
  await writeFile(join(folder, "file"), "");
  const below = join(folder, "file", "data");
  assert.throws(() => makeDataFolder(below), { message: new RegExp(`^The data folder ${below} .*is a file.*Choose`) });
  await mkdir(join(folder, "locked"), { mode: 0o555 });
  const locked = join(folder, "locked", "deep", "data");
  await asNobody(async () => {
    const message = new RegExp(`^The data folder ${locked} .*may not write there.*Nothing was started`);
    assert.throws(() => makeDataFolder(locked), { message });
  });
  assert.deepEqual(await readdir(join(folder, "locked")), []);
});

test("a folder that no file system makes is refused at once", {
  skip: process.platform !== "linux" && "no /proc",
}, () => {
  assert.throws(() => makeDataFolder("/proc/x/y"), {
    message: /^The data folder \/proc\/x\/y .*none can be made there/,
  });
});

test("a data folder is made with those above it, for its owner alone, and may be there already", async () => {
  const data = join(folder, "a", "b", "data");
  makeDataFolder(data);
  makeDataFolder(data);
  assert.deepEqual(await readdir(data), []);
});

test("a Maildir for bounces that cannot be made is refused by name; one that can is made, and none is none", async () => {
  assert.throws(() => makeBounceFolder("/proc/waybill"), {
    message: /^The Maildir \/proc\/waybill \(WAYBILL_BOUNCES\)/,
  });
  const made = makeBounceFolder(join(folder, "bounces"));
  assert.deepEqual((await readdir(made ?? "")).sort(), ["cur", "new", "tmp"]);
  assert.equal(makeBounceFolder(""), null);
});

test("a log file that cannot be written is refused by name; one that can is added to", async () => {
  assert.throws(() => openLogFile(folder), { message: /^The log file .*that is a folder/ });
  assert.throws(() => openLogFile(join(folder, "none", "log")), { message: /^The log file .*there is no such folder/ });
  const path = join(folder, "waybill.log");
  await writeFile(path, "earlier\n");
  const log = openLogFile(path);
  log.write("line\n");
  while ((await readFile(path, "utf8")) === "earlier\n") await new Promise(setImmediate);
  assert.equal(await readFile(path, "utf8"), "earlier\nline\n");
});

test("a database that may be read and not written is refused before anything starts", async () => {
  const file = join(folder, "waybill.db");
  const key = randomBytes(32);
  await (await openStore({ file, key })).close();
  for (const name of await readdir(folder)) await chown(join(folder, name), NOBODY, NOBODY).catch(() => undefined);
  await chown(folder, NOBODY, NOBODY).catch(() => undefined);
  for (const name of ["waybill.db", "waybill.db-ephemera"]) {
    await chmod(join(folder, name), 0o444);
    await asNobody(async () => {
      const opening = naming(`The database ${file}`, () => openStore({ file, key }));
      await assert.rejects(opening, { message: new RegExp(`^The database ${file} cannot be written: it may be read`) });
    });
    await chmod(join(folder, name), 0o600);
  }
});

test("the ordinary server starts neither in a demo's folder nor in the data inside it", async () => {
  const demo = join(folder, "demo");
  claimDemoFolder(demo);
  for (const each of [demo, join(demo, "data")]) {
    assert.throws(() => refuseDemoFolder(each), { message: /is the folder of a demo.*npm start -- --demo/ });
  }
  refuseDemoFolder(join(folder, SETTINGS.data.fallback));
  refuseDemoFolder(tmpdir());
});
