import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { toBase64 } from "../../src/bytes/base64.ts";
import { randomBytes } from "../../src/bytes/random.ts";
import { wholeNote } from "../../src/log/event-log.ts";
import { formatVerifierKey, signerOf } from "../../src/log/keys.ts";
import { parseLogProof } from "../../src/log/log-proof.ts";
import { parseNote, signatureLine } from "../../src/log/note.ts";
import { proveConsistency, rootOf } from "../../src/log/prove.ts";
import { proveEvents } from "../../src/log/prove-event.ts";
import { subtreesOf } from "../../src/log/tile.ts";
import { foundOrganisation } from "../../src/testing/organisation.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { buildGoCheck, type Checked } from "./independent/go-check.ts";

const witness = await signerOf("witness.example/w1", "cosignature", randomBytes(32));
let server: TestServer;
let go: Awaited<ReturnType<typeof buildGoCheck>>;
before(async () => {
  go = await buildGoCheck();
  server = await startServer();
  await foundOrganisation(server);
});
after(async () => {
  await server.stop();
  await go.remove();
});

const EVENTS = 1500;
const log = () => server.parts.log;

/** Proofs of some entries and from some sizes under the last head, as this program makes them. */
async function casesUnderHead() {
  const { stored } = log();
  const head = (await stored.checkpoint()) ?? assert.fail("There is a head.");
  const read = subtreesOf(stored, head.size);
  const indexes = [0, 1, 2, 255, 256, 257, 511, 1023, 1024, head.size - 2, head.size - 1];
  const proofs = await proveEvents(
    stored,
    head,
    indexes.map((index) => index + 1),
  );
  const Inclusions = await Promise.all(
    indexes.map(async (index, at) => {
      const [entry = new Uint8Array(0)] = await stored.entries(index, index + 1);
      return { Index: index, Entry: toBase64(entry), Proof: parseLogProof(proofs[at] ?? "").hashes.map(toBase64) };
    }),
  );
  const Consistencies = await Promise.all(
    [1, 2, 3, 255, 256, 257, 1000, 1024, head.size].map(async (from) => ({
      From: from,
      FromRoot: toBase64(await rootOf(read, from)),
      Proof: (await proveConsistency(read, from, head.size)).map(toBase64),
    })),
  );
  return { Inclusions, Consistencies };
}

const checked = async (cases: object): Promise<Checked> =>
  go.check(`${server.url}/log`, formatVerifierKey(log().keeper.key), cases);

suite("Go's own implementation (golang.org/x/mod/sumdb) agrees with the log that the server serves", () => {
  test("SDT-28: head, tiles, entries, proofs of inclusion and of consistency, and a cosignature", async () => {
    await server.records.write(async (tx) => {
      for (let n = 1; n <= EVENTS; n++) await tx.append(sampleEvent({ detail: { n } }));
    });
    const head = (await log().keeper.sign(server.clock.now())) ?? assert.fail("There is something to sign.");
    const cases = await casesUnderHead();
    assert.deepEqual(await checked(cases), {
      status: 0,
      said: `size ${head.size}, inclusions 11, consistencies 9, signatures 1`,
    });
    const line = await signatureLine(parseNote(head.note).text, witness, server.clock.now());
    const { name, id, publicKey } = witness.key;
    await log().stored.saveCosignature(head, { name, id, time: 1, line });
    const cosigned = { ...cases, Witness: name, WitnessID: id, WitnessKey: toBase64(publicKey) };
    const { status, said } = await checked(cosigned);
    assert.deepEqual([status, said.endsWith("signatures 2")], [0, true], said);
    assert.equal(wholeNote((await log().stored.checkpoint()) ?? head).split("\n").length, 7);
  });

  test("and with none of it when something is wrong", async () => {
    const cases = await casesUnderHead();
    const [first, ...others] = cases.Inclusions;
    const wrongEntry = { ...cases, Inclusions: [{ ...first, Entry: toBase64(randomBytes(32)) }, ...others] };
    const wrongProof = { ...cases, Inclusions: [{ ...first, Proof: others[0]?.Proof }, ...others] };
    const wrongRoot = { ...cases, Consistencies: [{ ...cases.Consistencies[3], FromRoot: toBase64(randomBytes(32)) }] };
    const stranger = { ...cases, Witness: "other.example", WitnessID: 1, WitnessKey: toBase64(randomBytes(32)) };
    for (const wrong of [wrongEntry, wrongProof, wrongRoot, stranger]) {
      const { status, said } = await checked(wrong);
      assert.equal(status, 1, said);
    }
  });
});
