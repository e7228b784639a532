import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { RecoveryKeyLine } from "../../domain/wire/recovery.ts";
import { Http } from "../http.ts";
import type { KeyPins } from "./check-key-log.ts";
import { type RecoveryChange, recoveryKeyCheck, recoveryKeyDigest } from "./check-recovery-key.ts";

const REFUSED = { name: "ClientError", code: "changed-keys" };
const LYING = { name: "ClientError", code: "lying-server" };

function line(id: string, changes: Partial<RecoveryKeyLine> = {}): RecoveryKeyLine {
  const enrolledBy = ["ada@council.example", "ann@council.example"];
  const at = "2026-11-21T10:00:00.000Z";
  return { id, version: 1, recipient: `age1pq1${id}`, enrolledBy, enrolledAt: at, removedAt: null, ...changes };
}
const gone = (id: string) => line(id, { removedAt: "2026-11-22T10:00:00.000Z" });

let log: readonly RecoveryKeyLine[];
let asked: RecoveryChange[];
let answer: boolean;
let pins: KeyPins;

beforeEach(() => {
  [log, asked, answer] = [[], [], true];
  const kept = new Map<string, ReadonlyMap<string, string>>();
  pins = {
    load: async (address) => kept.get(address) ?? new Map(),
    // Like a command line's: what was there before stays.
    save: async (address, now) => void kept.set(address, new Map([...(kept.get(address) ?? []), ...now])),
  };
});

const http = new Http({
  origin: "http://localhost",
  fetch: async () => Response.json({ lines: [], recovery: log }),
  headers: () => ({}),
});

function check(): Promise<string | null> {
  const confirm = async (change: RecoveryChange) => {
    asked.push(change);
    return answer;
  };
  return recoveryKeyCheck({ http, pins, confirm })();
}

const kinds = () => asked.map(({ kind }) => kind);

test("where the organisation has no recovery key nothing is asked", async () => {
  assert.equal(await check(), null);
  log = [gone("old")];
  assert.equal(await check(), null);
  assert.deepEqual(asked, []);
});

test("a recovery key that is new to this client stops until the person confirms it, and is then remembered", async () => {
  log = [line("k1")];
  answer = false;
  await assert.rejects(check(), REFUSED);
  await assert.rejects(check(), REFUSED);
  answer = true;
  assert.equal(await check(), "age1pq1k1");
  assert.equal(await check(), "age1pq1k1");
  assert.deepEqual(kinds(), ["new", "new", "new"]);
});

test("another recovery key, its removal, and its coming back under another line each stop once", async () => {
  log = [line("k1")];
  await check();
  log = [gone("k1"), line("k2")];
  assert.equal(await check(), "age1pq1k2");
  log = [gone("k1"), gone("k2")];
  assert.equal(await check(), null);
  assert.equal(await check(), null);
  log = [gone("k1"), gone("k2"), line("k3", { recipient: "age1pq1k1" })];
  assert.equal(await check(), "age1pq1k1");
  assert.deepEqual(kinds(), ["new", "changed", "removed", "new"]);
});

test("a change that was not confirmed is asked about again, and nothing is sealed meanwhile", async () => {
  log = [line("k1")];
  await check();
  answer = false;
  for (const now of [[gone("k1")], [gone("k1"), line("k2")]]) {
    log = now;
    await assert.rejects(check(), REFUSED);
    await assert.rejects(check(), REFUSED);
  }
  log = [line("k1")];
  assert.equal(await check(), "age1pq1k1");
});

test("a key log that changes or drops what was accepted, or names two at once, is called lying and asks nothing", async () => {
  log = [line("k1")];
  await check();
  for (const now of [[], [line("k1", { recipient: "age1pq1other" })], [line("k2")], [line("k1"), line("k2")]]) {
    log = now;
    await assert.rejects(check(), LYING, JSON.stringify(now));
  }
  assert.deepEqual(kinds(), ["new"]);
});

test("the waybill names the key by the SHA-256 of its text", async () => {
  assert.equal(await recoveryKeyDigest(null), null);
  assert.equal(await recoveryKeyDigest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
