import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sha256Hex } from "../../src/bytes/digest.ts";
import { utf8 } from "../../src/bytes/text.ts";
import { checkLog } from "../../src/log/check-log.ts";
import { deviceDigest } from "../../src/log/device-keys.ts";
import { signerOf } from "../../src/log/keys.ts";
import { logOrigin } from "../../src/log/running-log.ts";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { loadOrCreateKey, loadOrCreateLogKey } from "../../src/store/key-file.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openConnection } from "../../src/store/sqlite.ts";
import { freePort } from "../../src/testing/free-port.ts";
import { councilConfiguration } from "../../src/testing/policy.ts";
import { sampleEvent, sampleOrganisation } from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { Ledger } from "./server-ledger.ts";
import { Colleague } from "./server-people.ts";
import { ServerProcess } from "./server-process.ts";

const ROUNDS = 7;
const LONGEST = 700;
/** Each sends one transfer after another to the next, so uploads and downloads of several go on at once. */
const NAMES = ["Ada", "Ben", "Cai"];
const LEAST = 4_000_000;
const MOST = 30_000_000;
/** The server takes 60 drafts in ten minutes from one address; a lost answer costs one more. */
const TRANSFERS = 45;

test("Kill -9 of the server while transfers come and go, again and again: every upload is resumed, nothing acknowledged is lost", async () => {
  const folder = await temporaryFolder();
  const server = new ServerProcess(folder, await freePort());
  const ledger = new Ledger();
  const colleagues = await Promise.all(NAMES.map((name) => Colleague.named(name, server.origin, ledger)));
  try {
    await found(server, colleagues);
    await server.start();
    await Promise.all(colleagues.map((each) => each.signIn()));
    const shown: string[] = [];
    let started = 0;
    let over = false;
    const work = Promise.all(
      colleagues.map(async (each, at) => {
        const next = colleagues[(at + 1) % colleagues.length] ?? each;
        while (!over && started < TRANSFERS) {
          started++;
          await each.sendTo(next, LEAST + Math.floor(Math.random() * (MOST - LEAST)));
        }
      }),
    );
    let failed = false;
    work.catch(() => {
      failed = true;
    });
    for (let round = 0; round < ROUNDS && !failed; round++) {
      await pause(Math.random() * LONGEST);
      const doing = round % 2 === 0 ? "uploading" : "downloading";
      for (let waited = 0; !ledger.isBusy(doing) && !failed && waited < 2_000; waited++) await pause(5);
      shown.push(...(await headOf(server)));
      ledger.noteKill();
      assert.deepEqual(await server.kill(), [null, "SIGKILL"]);
      const known = new Map(ledger.offsets);
      await server.start();
      await verifyOffsets(known, colleagues);
    }
    over = true;
    await work;
    assert.deepEqual(await server.stop(), [0, null]);
    await verifyAll(server, ledger, colleagues);
    await verifyLog(server, shown);
    const { uploading, downloading } = ledger.hit;
    assert.ok(uploading > 0 && downloading > 0 && ledger.signed.size >= NAMES.length, "next to nothing was hit");
  } finally {
    ledger.stop("The test is over.");
    await server.kill().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
});

/** The organisation, its members and their command lines, before the server starts. */
async function found({ database, keyFile, origin }: ServerProcess, colleagues: readonly Colleague[]): Promise<void> {
  const store = await openStore({ file: database, key: await loadOrCreateKey(keyFile, database) });
  await store.records.write(async (tx) => {
    await tx.saveOrganisation(sampleOrganisation({ publicUrl: origin }));
    for (const each of colleagues) {
      await tx.saveMember(each.member);
      const key = each.publicKey();
      await tx.saveKey(key);
      const digest = await deviceDigest({ recipient: key.recipient, signing: key.signing ?? "" });
      const actor = { kind: "member", id: each.member.id } as const;
      await tx.append(
        sampleEvent({ kind: "key-published", actor, detail: { keyId: key.id, digest, address: each.member.address } }),
      );
    }
    await tx.append(sampleEvent({ kind: "organisation-set-up" }));
  });
  await store.close();
  await writeFile(join(dirname(database), "policy.yaml"), councilConfiguration("uk-government"));
}

/** What was acknowledged before the kill is there after it; an upload that was signed meanwhile answers nothing more. */
async function verifyOffsets(known: ReadonlyMap<string, number>, colleagues: readonly Colleague[]): Promise<void> {
  for (const [url, offset] of known) {
    const { pathname } = new URL(url);
    const asked = await Promise.allSettled(
      colleagues.map((each) => each.http.ask("HEAD", pathname, { headers: { "tus-resumable": "1.0.0" } })),
    );
    const [answer] = asked.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    const found = Number(answer?.headers.get("upload-offset") ?? -1);
    assert.ok(found >= offset, `${pathname}: ${offset} bytes were acknowledged, ${found} are there`);
  }
}

/** The head of the log as the server shows it; none before the first. */
async function headOf({ origin }: ServerProcess): Promise<readonly string[]> {
  const answer = await fetch(`${origin}/log/checkpoint`);
  return answer.ok ? [await answer.text()] : [];
}

/** Every head that was shown before a kill is in the log, and so is everything that happened. */
async function verifyLog({ database, keyFile, origin }: ServerProcess, shown: readonly string[]): Promise<void> {
  const store = await openStore({ file: database, key: await loadOrCreateKey(keyFile, database) });
  const seed = await loadOrCreateLogKey(join(dirname(keyFile), "waybill-log-key"), database, true);
  const { key } = await signerOf(logOrigin(origin), "note", seed);
  const { findings, heads } = await checkLog(store.log, key, { witnessed: shown });
  await store.close();
  assert.deepEqual(findings, []);
  assert.ok(shown.length > 0 && heads > shown.length);
}

async function verifyAll(server: ServerProcess, ledger: Ledger, colleagues: readonly Colleague[]): Promise<void> {
  const { database, bodies } = server;
  const key = await loadOrCreateKey(server.keyFile, database);
  const { records, outbox, close } = await openStore({ file: database, key });
  const blobs = await openBlobFolder(bodies);
  const mail = await outbox.list(100_000);
  for (const [reference, content] of ledger.signed) {
    const transfer = await records.read.transfer(reference);
    const kinds = (await records.read.eventsOf(reference)).map(({ kind }) => kind);
    const times = (kind: string) => kinds.filter((each) => each === kind).length;
    const { waybill, sealed, state } = transfer ?? assert.fail(`${reference} was signed and is gone`);
    assert.equal(state, "released");
    assert.equal(sealed?.content, content);
    assert.equal(JSON.parse(waybill?.text ?? "{}").content, content);
    assert.equal(await sha256Hex(utf8(waybill?.text ?? "")), waybill?.digest);
    const body = await blobs.stat(sealed?.bodyId ?? "");
    assert.deepEqual([body?.length, body?.size], [sealed?.bodySize, sealed?.bodySize]);
    for (const once of [
      "waybill-signed",
      "transfer-released",
      "recipient-arrived",
      "recipient-opened",
      "receipt-signed",
    ])
      assert.equal(times(once), 1, `${reference}: ${once}`);
    const [recipient] = await records.read.recipients(reference);
    assert.equal(recipient?.state, "received");
    assert.ok(ledger.received.has(recipient?.id ?? ""));
    assert.ok(mail.some((each) => each.reference === reference && each.to === recipient?.address));
  }
  assert.equal(ledger.received.size, ledger.signed.size);
  assert.equal((await records.read.members()).length, colleagues.length);
  await close();
  for (const file of [database, `${database}-ephemera`]) {
    const connection = openConnection(file, key);
    assert.deepEqual(connection.pragma("integrity_check"), [{ integrity_check: "ok" }]);
    assert.deepEqual(connection.pragma("foreign_key_check"), []);
    if (file === database) {
      const row = connection.prepare("select count(*) as count, max(seq) as last from event").get();
      const { count, last } = row as { count: number; last: number };
      assert.equal(count, last, "events are numbered without a gap");
    }
    connection.close();
  }
}
