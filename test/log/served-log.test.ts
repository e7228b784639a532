import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { parseCheckpoint } from "../../src/log/checkpoint.ts";
import { formatVerifierKey } from "../../src/log/keys.ts";
import { leafHash } from "../../src/log/merkle.ts";
import { parseNote, verifyNote } from "../../src/log/note.ts";
import { addContact, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { releaseTransfer } from "../../src/testing/released-transfer.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { Visitor } from "../../src/testing/visitor.ts";

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const get = (path: string) => new Visitor(server).get(path);
const size = async () => parseCheckpoint(parseNote((await get("/log/checkpoint")).text).text).size;
const log = () => server.parts.log;

suite("The log as anybody reads it", () => {
  test("before anything is signed there is no head and no tile, and nothing before set-up", async () => {
    assert.equal((await get("/log/checkpoint")).status, 303);
    await foundOrganisation(server);
    assert.deepEqual([(await get("/log/checkpoint")).status, (await get("/log/tile/0/000.p/1")).status], [404, 404]);
    assert.match((await get("/log")).text, /None yet/);
  });

  test("SDT-28: a release is covered by a signed head before the sender has the answer", async () => {
    const sender = await addMember(server, "Sam Sender");
    const contact = await addContact(server, sender, "Rhys Morgan", "rhys@chambers.example");
    const { reference } = await releaseTransfer(server, sender, [{ contact }], new Uint8Array(1000));
    const release = (await server.records.read.eventsOf(reference)).find(({ kind }) => kind === "transfer-released");
    assert.ok(release && (await size()) >= release.seq);
  });

  test("the head is a signed note under the key that the page shows, with the address as its name", async () => {
    await log().keeper.sign(server.clock.now());
    const answer = await get("/log/checkpoint");
    assert.deepEqual(
      [answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")],
      [200, "text/plain; charset=utf-8", "public, max-age=2"],
    );
    const { key } = log().keeper;
    assert.equal((await verifyNote(parseNote(answer.text), [key])).length, 1);
    const page = await get("/log");
    assert.ok(page.text.replaceAll("&#43;", "+").includes(formatVerifierKey(key)));
    assert.match(page.text, /Nobody outside Example Council/);
    assert.match(page.text, new RegExp(`<dd[^>]*>\\s*${await size()}\\s*</dd>`));
  });

  test("tiles and bundles are those under the head: what is not signed yet is not shown", async () => {
    const before = await size();
    await server.records.write(async (tx) => {
      for (let n = 1; n <= 600; n++) await tx.append(sampleEvent());
    });
    assert.equal((await get(`/log/tile/0/000.p/${before + 1}`)).status, 404);
    assert.equal((await get("/log/tile/0/000")).status, 404);
    await log().keeper.sign(server.clock.now());
    const tile = await get("/log/tile/0/000");
    assert.deepEqual(
      [tile.status, tile.bytes.length, tile.headers.get("content-type"), tile.headers.get("cache-control")],
      [200, 8192, "application/octet-stream", "public, max-age=31536000, immutable"],
    );
    const partial = await get(`/log/tile/0/000.p/${before}`);
    assert.deepEqual(partial.bytes, tile.bytes.slice(0, before * 32));
    assert.doesNotMatch(partial.headers.get("cache-control") ?? "", /no-store|immutable/);
    const bundle = await get("/log/tile/entries/001");
    assert.equal(bundle.bytes.length, 256 * 34);
    assert.deepEqual(bundle.bytes.slice(0, 2), Uint8Array.of(0, 32));
    const second = await get("/log/tile/0/001");
    assert.deepEqual(leafHash(bundle.bytes.slice(2, 34)), second.bytes.slice(0, 32));
    assert.equal((await get("/log/tile/1/000.p/2")).bytes.length, 64);
    for (const none of ["1/000", "1/000.p/3", "2/000.p/1", "0/003", "0/0", "x", "0/000.p/0", "entries/003", "0"])
      assert.equal((await get(`/log/tile/${none}`)).status, 404, none);
  });
});
