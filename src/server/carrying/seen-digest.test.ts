import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { NOTHING_FIXED } from "../../domain/carriage.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { type CarryingDesk, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";
import { Visitor } from "../../testing/visitor.ts";
import { readSeenDigest } from "./seen-digest.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

const OTHER = "cd".repeat(32);

/** An emailed package that is there, and its password told: everything but the receipt. */
async function arrived() {
  const reference = await desk.agreed("email", {
    ...{ items: "2", package: "zip", bytes: "1000", digest: PACKAGE_DIGEST },
    ...{ device: "managed", reason: "They cannot reach the link" },
  });
  const went = await desk.carry(reference, {});
  assert.equal(went.status, 303, went.text);
  const [id = "", code = ""] = Object.entries((await desk.transfer(reference)).carriage?.codes ?? {})[0] ?? [];
  const at = `/transfers/${reference}/carried/${id}`;
  await desk.sender.visitor.form(`${at}/arrival`, { by: "phone" });
  await desk.sender.visitor.form(`${at}/password`, { answer: "not-needed", why: "They have it from last time" });
  return { reference, id, code, at };
}
const stateOf = async (id: string) => (await desk.server.records.read.recipient(id))?.state;
const eventOf = async (reference: string, kind: string) =>
  (await desk.server.records.read.eventsOf(reference)).findLast((each) => each.kind === kind);

suite("SDT-28: a receipt with the digest", () => {
  test("SDT-28: the SHA-256 is read as certutil and shasum show it, and as nothing else", () => {
    const fixed = { ...NOTHING_FIXED, package: { kind: "zip", bytes: 9, digests: [PACKAGE_DIGEST] } } as const;
    const is = (typed: string) => readSeenDigest(typed, fixed).is;
    for (const typed of [PACKAGE_DIGEST, ` ${PACKAGE_DIGEST.toUpperCase()} `, `${PACKAGE_DIGEST}  WB-7F3K-Q2XV.zip`])
      assert.equal(is(typed), "same", typed);
    assert.equal(is("ab ".repeat(32)), "same", "older versions of certutil put spaces between");
    assert.equal(is(OTHER), "other");
    assert.deepEqual([is(" "), is("ab".repeat(31)), is(`${PACKAGE_DIGEST}ab`)], ["none", "unreadable", "unreadable"]);
    assert.equal(readSeenDigest(OTHER, NOTHING_FIXED).is, "none", "nothing was packed");
  });

  test("SDT-28, SDT-29: with the code: another digest is no receipt but a report; the same one is a receipt that says so", async () => {
    const { reference, id, code } = await arrived();
    const visitor = new Visitor(desk.server);
    const page = (await visitor.form("/arrived", { reference, code })).text;
    for (const said of ["certutil -hashfile FILE SHA256", "shasum -a 256 FILE"]) assert.ok(page.includes(said), said);
    assert.doesNotMatch(page, new RegExp(PACKAGE_DIGEST), "they say what they saw");
    const half = await visitor.form("/arrived/receipt", { reference, code, handling: "yes", digest: "abc" });
    assert.deepEqual([half.status, await stateOf(id)], [422, "arrived"]);
    const wrong = await visitor.form("/arrived/receipt", { reference, code, handling: "yes", digest: OTHER });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, new RegExp(`not the SHA-256 of what was sent[\\s\\S]*value="${OTHER}"`));
    assert.equal(await stateOf(id), "arrived");
    const [incident] = await desk.server.records.read.incidentsOf(reference);
    const [report] = incident?.reports ?? [];
    assert.deepEqual([incident?.kind, report?.recipientId, report?.standing], ["damaged", id, "sheet"]);
    const transfer = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
    assert.match(transfer, /Somebody who has the code of its sheet says/);
    assert.doesNotMatch(transfer, /recipient’s link/);
    assert.equal((await eventOf(reference, "problem-reported"))?.detail.digest, OTHER);
    const history = `/transfers/${reference}/carried/${id}`;
    assert.match((await desk.sender.visitor.get(history)).text, new RegExp(`The SHA-256 that they saw is ${OTHER}`));

    const digest = PACKAGE_DIGEST.toUpperCase();
    const good = await visitor.form("/arrived/receipt", { reference, code, handling: "yes", digest });
    assert.deepEqual([good.status, await stateOf(id)], [200, "received"]);
    assert.equal((await eventOf(reference, "receipt-recorded"))?.detail.digest, PACKAGE_DIGEST);
    assert.match((await desk.sender.visitor.get(history)).text, /complete.*, with the SHA-256 of what was sent/);
    const pack = await desk.sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
    const verdict = await verifyPack(pack.bytes, { log: desk.server.parts.log.keeper.key, witnesses: [] });
    assert.equal(
      verdict.evidence.events.find(({ kind }) => kind === "receipt-recorded")?.detail.digest,
      PACKAGE_DIGEST,
    );
  });

  test("SDT-28: as the sender records it from an email: another digest is kept on the form and reported", async () => {
    const { reference, id, at } = await arrived();
    const said = { by: "email", note: "Their mail of today", handling: "yes" };
    const half = await desk.sender.visitor.form(`${at}/receipt`, { ...said, digest: "ab12" });
    assert.match(half.text, /Enter all 64 digits/);
    assert.equal(await eventOf(reference, "problem-reported"), undefined);
    const wrong = await desk.sender.visitor.form(`${at}/receipt`, { ...said, digest: OTHER });
    assert.deepEqual([wrong.status, await stateOf(id)], [422, "arrived"]);
    assert.match(wrong.text, /this is no receipt\. It is recorded and reported as damaged/);
    assert.match(wrong.text, /value="Their mail of today"/);
    assert.equal((await desk.server.records.read.incidentsOf(reference))[0]?.kind, "damaged");
    const good = await desk.sender.visitor.form(`${at}/receipt`, { ...said, digest: PACKAGE_DIGEST });
    assert.deepEqual([good.status, await stateOf(id)], [303, "received"]);
  });

  test("SDT-28: without a digest, that it opened and is complete is a receipt", async () => {
    const { reference, id, at } = await arrived();
    await desk.sender.visitor.form(`${at}/receipt`, { by: "phone", handling: "yes", digest: "" });
    assert.equal(await stateOf(id), "received");
    assert.equal((await eventOf(reference, "receipt-recorded"))?.detail.digest, undefined);
  });
});
