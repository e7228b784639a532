import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { formatVerifierKey, signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { parseNote, signatureLine } from "../../src/log/note.ts";
import { loadOrCreateKey, loadOrCreateLogKey } from "../../src/store/key-file.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openConnection } from "../../src/store/sqlite.ts";
import { sampleEvent, sampleOrganisation } from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { waybill } from "../cli/processes.ts";
import { WitnessProcess } from "./witness-process.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true }));

const files = () => ({
  data: join(folder, "data"),
  database: join(folder, "data", "waybill.db"),
  key: join(folder, "waybill-key"),
  logKey: join(folder, "waybill-log-key"),
});

/** A server's data with 300 events and a signed head; it stays open, as while the server runs. */
async function running() {
  const { data, database, key, logKey } = files();
  await mkdir(data, { recursive: true });
  const store = await openStore({ file: database, key: await loadOrCreateKey(key, database) });
  const signer = await signerOf("localhost:8420/log", "note", await loadOrCreateLogKey(logKey, database, false));
  await store.records.write(async (tx) => {
    await tx.saveOrganisation(sampleOrganisation({ publicUrl: "http://localhost:8420" }));
    for (let n = 1; n <= 300; n++) await tx.append(sampleEvent({ detail: { n } }));
  });
  await createLogKeeper(store.log, signer).sign(new Date());
  return { store, key: formatVerifierKey(signer.key) };
}

const fsck = (...args: readonly string[]) => {
  const { status, stdout, stderr } = waybill(["log", "fsck", "--data", files().data, ...args], { cwd: folder });
  return { status, stdout: stdout.toString(), stderr };
};

suite("waybill log fsck", () => {
  test("finds nothing while the server runs, nor after it stopped, and changes nothing", async () => {
    const { store } = await running();
    const { status, stdout, stderr } = fsck();
    assert.deepEqual([status, stderr], [0, ""]);
    const [said, compared] = stdout.split("\n");
    assert.equal(said, "localhost:8420/log: 300 events, 1 signed heads. Everything is as it was signed.");
    assert.match(
      compared ?? "",
      /^It was compared with nobody outside: an older database that was put back would look the same\./,
    );
    await store.close();
    assert.deepEqual(fsck("--json"), {
      status: 0,
      stdout: `${JSON.stringify({ origin: "localhost:8420/log", events: 300, heads: 1, removed: 0, findings: [], witnesses: [] })}\n`,
      stderr: "",
    });
  });

  test("SIS-37: says which event was changed, which is missing and which was moved, and ends with 16", async () => {
    const { store } = await running();
    await store.close();
    const { database, key } = files();
    const connection = openConnection(database, await loadOrCreateKey(key, database));
    connection.exec("update event set detail = '{\"n\":-1}' where seq = 17; delete from event where seq = 20");
    connection.exec("update event set seq = -1 where seq = 30; update event set seq = 30 where seq = 40");
    connection.exec("update event set seq = 40 where seq = -1");
    connection.close();
    const { status, stdout, stderr } = fsck();
    assert.equal(status, 16);
    assert.deepEqual(stdout.trim().split("\n"), [
      "Event 17 was changed: it is not what the log holds for it.",
      "Event 20 is missing.",
      "Events were reordered: event 40 stands as number 30.",
      "Events were reordered: event 30 stands as number 40.",
    ]);
    assert.match(stderr, /The log localhost:8420\/log is not what was signed: 4 things are wrong\./);
  });

  test("SIS-37: an older database that was put back agrees with itself, and not with what a witness keeps", async () => {
    const { store } = await running();
    await store.close();
    const backup = await copied();
    const again = await openStore({ file: files().database, key: await databaseKey() });
    await again.records.write((tx) => tx.append(sampleEvent()));
    await again.close();
    const later = await reopened();
    const witness = await signerOf("witness.example/w1", "cosignature", new Uint8Array(32));
    const line = await signatureLine(parseNote(later.note).text, witness, new Date());
    const kept = join(folder, "kept");
    await writeFile(kept, `${later.note}${line}\n`);
    const { status: before, stdout: agreed } = fsck("--checkpoint", kept);
    assert.deepEqual([before, agreed.split("\n")[1]], [0, "The head that you gave agrees."]);
    await putBack(backup);
    assert.equal(fsck().status, 0);
    const { status, stdout } = fsck("--checkpoint", kept);
    assert.equal(status, 16);
    assert.match(stdout, /A signed head covers 301 events, and there are 300: .* or an older database was restored\./);
  });

  test("SIS-37: asks the witness itself, which has seen a longer log; where none answers, it ends with 21", async () => {
    const { store, key: logKey } = await running();
    await store.close();
    const backup = await copied();
    const witness = new WitnessProcess(folder, logKey);
    const { url, key } = await witness.start();
    const named = `${formatVerifierKey(key)} ${url}`;
    assert.equal(fsck("--witness", named).stdout.split("\n")[1], "The witness witness.example/w1 agrees.");
    const again = await openStore({ file: files().database, key: await databaseKey() });
    await again.records.write((tx) => tx.append(sampleEvent()));
    await again.close();
    await reopened();
    assert.equal(fsck("--witness", named).status, 0);
    await putBack(backup);
    const { status, stdout, stderr } = fsck("--witness", named);
    await witness.stop();
    assert.equal(status, 16, stderr);
    assert.match(stdout, /The witness witness\.example\/w1 has seen a log of 301 entries, and this one has fewer/);
    const silent = fsck("--witness", named);
    assert.equal(silent.status, 21, silent.stderr);
    assert.match(silent.stderr, /agrees with itself, but no witness that was to be asked answered/);
    assert.match(
      silent.stdout,
      /The witness witness\.example\/w1 could not be asked\. .*\nIt was compared with nobody outside/,
    );
  });

  const databaseKey = () => loadOrCreateKey(files().key, files().database);

  /** A copy of the database as it is. */
  async function copied(): Promise<string> {
    const backup = join(folder, "backup");
    const connection = openConnection(files().database, await databaseKey());
    connection.exec(`vacuum into '${backup}'`);
    connection.close();
    return backup;
  }

  async function putBack(backup: string): Promise<void> {
    await rm(files().data, { recursive: true });
    await mkdir(files().data);
    const restored = openConnection(backup, await databaseKey());
    restored.exec(`vacuum into '${files().database}'`);
    restored.close();
  }

  async function reopened() {
    const { database, key, logKey } = files();
    const store = await openStore({ file: database, key: await loadOrCreateKey(key, database) });
    const signer = await signerOf("localhost:8420/log", "note", await loadOrCreateLogKey(logKey, database, true));
    const head = await createLogKeeper(store.log, signer).sign(new Date());
    await store.close();
    return head ?? assert.fail();
  }

  test("says what it cannot read", async () => {
    const { store } = await running();
    await store.close();
    const { key, logKey } = files();
    await writeFile(join(folder, "no-note"), "rubbish");
    for (const [args, status, why] of [
      [["--key-file", logKey], 6, /does not open with this key/],
      [["--log-key-file", join(folder, "none")], 6, /Cannot read the key file .*none/],
      [["--data", join(folder, "none")], 6, /There is no database .*Say with --data/],
      [["--checkpoint", join(folder, "no-note")], 2, /not a signed note/],
      [
        ["--witness", "w1"],
        2,
        /A witness must be a verifier key, a space and an http\(s\) address for each witness, not “w1”/,
      ],
      [["--checkpoint", join(folder, "none")], 6, /Cannot read .*none/],
      [["--log-key-file", key, "--checkpoint", join(folder, "no-note")], 2, /not a signed note/],
    ] as const) {
      const ended = fsck(...args);
      assert.equal(ended.status, status, ended.stderr);
      assert.match(ended.stderr, why);
    }
    assert.equal(waybill(["log"]).status, 2);
    const other = fsck("--log-key-file", key);
    assert.equal(other.status, 16);
    assert.match(other.stdout, /is not one that this log signed/);
  });
});
