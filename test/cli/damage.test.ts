import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { filesOf } from "../../src/cli/account/config-folder.ts";
import { readDevice, writeDevice } from "../../src/cli/account/device.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addKey } from "../../src/testing/organisation.ts";
import { sampleBytes } from "../../src/testing/sample-sending.ts";
import { type Council, STATED, startCouncil, TO_MIA } from "./council.ts";
import { damageStored } from "./damaged.ts";

const MIB = 1024 * 1024;
let council: Council;
before(async () => {
  council = await startCouncil();
  await council.samsDesk.write("two/first.bin", sampleBytes(2 * MIB));
  await council.samsDesk.write("two/second.bin", sampleBytes(2 * MIB, 2));
});
after(() => council.stop());

async function sent(): Promise<string> {
  const said = await council.samsDesk.run(["send", "two", ...TO_MIA, ...STATED]);
  assert.equal(said.status, 0, said.stderr);
  return String(said.json().reference);
}

test("a damaged body has an exit code of its own, leaves no file at all, and the sender is told", async () => {
  const { miasDesk, samsDesk } = council;
  const reference = await sent();
  await damageStored(council.server, reference);
  const received = await miasDesk.run(["receive", reference, "-o", "in", "--receipt", "--json"]);
  assert.equal(received.status, 5, received.stderr);
  assert.equal(received.stdout, "");
  assert.equal(JSON.parse(received.stderr).error.code, "damaged-transfer");
  assert.match(received.stderr, /The sender was told/);
  assert.deepEqual(await miasDesk.files("in"), []);
  const events = (await samsDesk.run(["status", reference, "--json"])).json<{ events: { kind: string }[] }>().events;
  assert.ok(events.some(({ kind }) => kind === "problem-reported"));
  assert.ok(!events.some(({ kind }) => kind === "receipt-signed"));

  // What is whole can still be had.
  const first = await miasDesk.run(["receive", reference, "-o", "in", "--item", "two/first.bin"]);
  assert.equal(first.status, 0, first.stderr);
  assert.deepEqual(await miasDesk.files("in"), ["two/first.bin"]);
});

test("SDT-28: after a report there is a receipt once all of it was received and verified again, and not for a part", async () => {
  const { miasDesk, server } = council;
  const reference = await sent();
  await damageStored(server, reference);
  assert.equal((await miasDesk.run(["receive", reference, "-o", "again", "--receipt"])).status, 5);
  await damageStored(server, reference); // changes the same byte back
  const part = await miasDesk.run(["receive", reference, "-o", "again", "--item", "two/first.bin"]);
  assert.equal(part.status, 0, part.stderr);
  const whole = async () =>
    (await server.records.read.eventsOf(reference)).some(
      ({ detail }) => detail.again === true && detail.whole === true,
    );
  assert.equal(await whole(), false);
  const all = await miasDesk.run(["receive", reference, "-o", "again", "--overwrite", "--receipt"]);
  assert.equal(all.status, 0, all.stderr);
  assert.match(all.stdout, /The receipt is signed/);
  assert.equal(await whole(), true);
});

test("what was sealed before this command line was enrolled is called that, not damaged", async () => {
  const { server, miasDesk } = council;
  const reference = await sent();
  const { keys } = filesOf(miasDesk.config, server.url);
  const device = (await readDevice(keys)) ?? assert.fail();
  const { identity } = await generateKeyPair();
  await writeDevice(keys, { ...device, identities: [identity] });
  const received = await miasDesk.run(["receive", reference, "-o", "other"]);
  await writeDevice(keys, device);
  assert.equal(received.status, 3, received.stderr);
  assert.match(received.stderr, /open it in your browser/);
  assert.ok(!(await server.records.read.eventsOf(reference)).some(({ kind }) => kind === "problem-reported"));
});

test("a new key of somebody known stops the sending until it is accepted", async () => {
  const { server, mia, samsDesk } = council;
  await sent();
  await addKey(server, mia.id, await generateKeyPair());
  const stopped = await samsDesk.run(["send", "two", ...TO_MIA, ...STATED]);
  assert.equal(stopped.status, 12, stopped.stderr);
  assert.match(stopped.stderr, /--accept-keys mia\.member@council\.example/);
  const accepted = await samsDesk.run(["send", "two", ...TO_MIA, ...STATED, "--accept-keys", mia.address]);
  assert.equal(accepted.status, 0, accepted.stderr);
  await sent();
});

test("somebody else's transfer is not told from one that does not exist", async () => {
  const { miasDesk, samsDesk } = council;
  const reference = await sent();
  const others = await miasDesk.run(["status", reference, "--json"]);
  const none = await miasDesk.run(["status", "WB-0000-0000", "--json"]);
  assert.equal(others.status, 10);
  assert.equal(others.stderr, none.stderr);
  const notMine = await samsDesk.run(["receive", reference, "-o", "x"]);
  assert.equal(notMine.status, 10);
  const mistyped = await samsDesk.run(["status", "WB-7F3K-Q2XX"]);
  assert.equal(mistyped.status, 2);
});
