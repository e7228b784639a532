import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { filesOf } from "../../src/cli/account/config-folder.ts";
import { State } from "../../src/cli/account/state.ts";
import { Drafts } from "../../src/cli/sending/drafts.ts";
import { sampleBytes } from "../../src/testing/sample-sending.ts";
import { type Council, STATED, startCouncil, TO_MIA } from "./council.ts";
import type { Running } from "./desk.ts";
import { killWhileReceiving } from "./killed.ts";

const MIB = 1024 * 1024;
/** Large enough to be stopped in the middle of. */
const LARGE = sampleBytes(64 * MIB, 5);
let council: Council;
before(async () => {
  council = await startCouncil();
});
after(() => council.stop());

/** References of everything that the sender began. */
async function begun(): Promise<readonly string[]> {
  const all = await council.server.records.read.transfersOf(council.sam.id, { limit: 1000, offset: 0 });
  return all.map(({ reference }) => reference);
}

/**
 * Sends `large.bin` and stops it by `signal` when the server has a part of it. On a machine so fast that all is there before, it is tried
 * again with another purpose.
 */
async function stopMidway(
  signal: NodeJS.Signals,
): Promise<{ args: readonly string[]; reference: string; uploadId: string }> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const args = ["send", "large.bin", ...TO_MIA, ...STATED, "--purpose", `Try ${attempt} ${signal}`];
    const known = await begun();
    const running = council.samsDesk.start(args);
    const transfer = await partlySent(running, known);
    running.kill(signal);
    const said = await running.ended;
    if (said.status === 0 || transfer === null) continue;
    assert.equal(said.status, signal === "SIGKILL" ? null : 130, said.stderr);
    const { reference, uploadId } = (await council.server.records.read.transfer(transfer)) ?? assert.fail();
    return { args, reference, uploadId: uploadId ?? assert.fail() };
  }
  return assert.fail("Every sending was over before it could be stopped.");
}

/** The transfer that is not among those known, once a part of it is on the server; null when the sending was over before. */
async function partlySent(running: Running, known: readonly string[]): Promise<string | null> {
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  while (!over) {
    const reference = (await begun()).find((each) => !known.includes(each));
    const uploadId = reference && (await council.server.records.read.transfer(reference))?.uploadId;
    const there = uploadId ? await council.server.parts.blobs.stat(uploadId) : null;
    if (reference && there && there.length > 0) return reference;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return null;
}

async function arrivesWhole(reference: string, into: string): Promise<void> {
  const received = await council.miasDesk.run(["receive", reference, "-o", into, "--receipt"]);
  assert.equal(received.status, 0, received.stderr);
  assert.ok((await council.miasDesk.read(`${into}/large.bin`)).equals(LARGE));
}

test("after kill -9 in the middle, the same command goes on with the same transfer and upload", async () => {
  await council.samsDesk.write("large.bin", LARGE);
  const { args, reference, uploadId } = await stopMidway("SIGKILL");
  const again = await council.samsDesk.run(args);
  assert.equal(again.status, 0, again.stderr);
  assert.equal(again.json().reference, reference);
  assert.equal((await council.server.records.read.transfer(reference))?.uploadId, uploadId);
  await arrivesWhole(reference, "killed");
});

test("after Ctrl-C, --resume with the reference goes on", async () => {
  await council.samsDesk.write("large.bin", LARGE);
  const { reference, uploadId } = await stopMidway("SIGINT");
  const stated = await council.samsDesk.run(["send", "--resume", reference, "--purpose", "x", "--yes"]);
  assert.equal(stated.status, 2);
  const again = await council.samsDesk.run(["send", "--resume", reference, "large.bin", "--yes", "--json"]);
  assert.equal(again.status, 0, again.stderr);
  assert.equal((await council.server.records.read.transfer(reference))?.uploadId, uploadId);
  await arrivesWhole(reference, "resumed");
});

test("a file that was changed meanwhile goes out under a new key and upload, never under the old one", async () => {
  await council.samsDesk.write("large.bin", LARGE);
  const { args, reference, uploadId } = await stopMidway("SIGKILL");
  const changed = Buffer.from(LARGE);
  changed[10] = (changed[10] ?? 0) ^ 1;
  await council.samsDesk.write("large.bin", changed);
  const again = await council.samsDesk.run(args);
  assert.equal(again.status, 0, again.stderr);
  assert.equal(again.json().reference, reference);
  assert.notEqual((await council.server.records.read.transfer(reference))?.uploadId, uploadId);
  const received = await council.miasDesk.run(["receive", reference, "-o", "changed"]);
  assert.equal(received.status, 0, received.stderr);
  assert.ok((await council.miasDesk.read("changed/large.bin")).equals(changed));
});

test("after kill -9 while receiving, the hidden folder that was left is cleared by the next receive, and all of it is there", async () => {
  const { samsDesk, miasDesk } = council;
  await samsDesk.write("large.bin", LARGE);
  const said = await samsDesk.run(["send", "large.bin", ...TO_MIA, ...STATED]);
  const reference = String(said.json().reference);
  const command = ["receive", reference, "-o", "cut"];
  assert.equal(await killWhileReceiving(miasDesk, command, "cut"), true, "it was over before it could be killed");
  assert.equal((await miasDesk.files("cut")).length, 1);
  const again = await miasDesk.run([...command, "--receipt"]);
  assert.equal(again.status, 0, again.stderr);
  assert.deepEqual(await readdir(miasDesk.path("cut")), ["large.bin"]);
  assert.ok((await miasDesk.read("cut/large.bin")).equals(LARGE));
});

test("a sending that was signed before its end could be said is not sent twice", async () => {
  const { samsDesk, server, sam } = council;
  await samsDesk.write("small.txt", "once");
  const args = ["send", "small.txt", ...TO_MIA, ...STATED, "--purpose", "Once only"];
  const first = await samsDesk.run(args);
  const reference = String(first.json().reference);
  const second = await samsDesk.run(args);
  assert.notEqual(second.json().reference, reference, "the same command later is another transfer");
  // As if the first run had been killed right after signing.
  const state = new State(filesOf(samsDesk.config, server.url).state);
  const drafts = new Drafts(state);
  const facts = (await server.records.read.transfer(reference))?.facts ?? assert.fail();
  const file = samsDesk.path("small.txt");
  const rest = { subject: "", riskyReason: "", files: [file], stdinName: "", messageFile: null, made: null };
  drafts.save({ reference, command: "of the first run", facts, ...rest });
  state.close();
  const count = async () => (await server.records.read.transfersOf(sam.id, { limit: 100, offset: 0 })).length;
  const before = await count();
  const resumed = await samsDesk.run(["send", "--resume", reference, "--yes", "--json"]);
  assert.equal(resumed.status, 0, resumed.stderr);
  assert.equal(resumed.json().state, "released");
  assert.equal(await count(), before);
});
