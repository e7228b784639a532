import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { StatusView, TransferListAnswer } from "../../domain/wire/sending.ts";
import { addMember } from "../../testing/organisation.ts";
import { FACTS, openSendingDesk, type SendingDesk, TO_BOTH } from "../../testing/sending-desk.ts";
import { Visitor } from "../../testing/visitor.ts";

let desk: SendingDesk;
before(async () => {
  desk = await openSendingDesk();
});
after(() => desk.stop());

test("SDT-17: whoever has no work address starts and signs nothing", async () => {
  const outsider = await addMember(desk.server, "Out Sider", { address: "out@elsewhere.example" });
  const visitor = await new Visitor(desk.server).signIn(outsider.id);
  const answer = await visitor.api("POST", "/api/transfers", { facts: FACTS, recipients: TO_BOTH });
  assert.equal(answer.status, 422);
  assert.equal(answer.json().code, "not-work-address");
});

test("SDT-4: without purpose or necessity nothing is started", async () => {
  for (const missing of ["purpose", "necessity"]) {
    const facts = { ...FACTS, [missing]: "   " };
    const answer = await desk.browser.api("POST", "/api/transfers", { facts, recipients: TO_BOTH });
    assert.equal(answer.status, 400, missing);
  }
});

test("OXM-15: an address that is nobody's is refused with what to do, and nothing is started", async () => {
  const count = (await desk.server.records.read.transfersOf(desk.sender.id, { limit: 500, offset: 0 })).length;
  for (const [address, why] of [
    ["clara@chambers.example.org", /one of your contacts/],
    ["nobody@council.example", /No colleague/],
    ["not an address", /not an email address/],
  ] as const) {
    const answer = await desk.browser.api("POST", "/api/transfers", { facts: FACTS, recipients: [{ address }] });
    assert.ok(answer.status === 400 || answer.status === 422, answer.text);
    assert.match(answer.text, why);
  }
  assert.equal((await desk.server.records.read.transfersOf(desk.sender.id, { limit: 500, offset: 0 })).length, count);
});

test("another member, and nobody, learn nothing of a transfer and change nothing", async () => {
  const reference = await desk.sealedDraft();
  const { uploadId } = (await desk.server.records.read.transfer(reference)) ?? {};
  const asked: readonly (readonly [string, string, unknown?])[] = [
    ["GET", ""],
    ["GET", "/status"],
    ["PUT", "/sender-grant", { grant: "AAAA" }],
    ["POST", "/upload", { size: 5 }],
    ["PATCH", `/upload/${uploadId}`],
    ["HEAD", `/upload/${uploadId}`],
    ["POST", "/sign/options", {}],
    ["POST", "/recall", {}],
  ];
  for (const [method, path, body] of asked) {
    const url = `/api/transfers/${reference}${path}`;
    const theirs = await desk.stranger.api(method, url, body);
    assert.equal(theirs.status, 404, `${method} ${path}`);
    const absent = await desk.stranger.api(method, url.replace(reference, "WB-0000-0000"), body);
    assert.equal(theirs.text, absent.text, `${method} ${path}`);
    assert.equal((await new Visitor(desk.server).api(method, url, body)).status, 401, `${method} ${path}`);
  }
  assert.equal((await desk.view(reference)).state, "draft");
});

test("OXM-2: take-back destroys grants and body at once, and the record stays", async () => {
  const reference = await desk.sealedDraft();
  await desk.sign(reference);
  const { uploadId } = (await desk.server.records.read.transfer(reference)) ?? {};
  const answer = await desk.browser.api("POST", `/api/transfers/${reference}/recall`, {});
  assert.equal(answer.json<StatusView>().state, "recalled");
  const after = await desk.server.records.read.transfer(reference);
  assert.equal(after?.senderGrant, null);
  assert.equal(after?.sealed?.manifest, "");
  assert.ok(
    (await desk.server.records.read.recipients(reference)).every(({ grant, state }) => !grant && state === "recalled"),
  );
  assert.equal(await desk.server.parts.blobs.stat(uploadId ?? ""), null);
  assert.equal((await desk.browser.api("POST", `/api/transfers/${reference}/recall`, {})).status, 409);
  const kinds = answer.json<StatusView>().events.map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-2), ["transfer-recalled", "content-destroyed"]);
});

test("OXM-21: a transfer expires after the organisation's usual days, or as many as the sender says", async () => {
  const days = async (extra: object) => {
    const answer = await desk.browser.api("POST", "/api/transfers", { facts: FACTS, recipients: TO_BOTH, ...extra });
    if (answer.status !== 201) return answer.status;
    const { expiresAt } = await desk.view(answer.json<{ reference: string }>().reference);
    return (Date.parse(expiresAt) - desk.server.clock.now().getTime()) / 86_400_000;
  };
  assert.deepEqual([await days({}), await days({ expiresDays: 3 })], [14, 3]);
  assert.deepEqual([await days({ expiresDays: 0 }), await days({ expiresDays: 91 })], [400, 400]);
});

test("the list is the sender's own, newest first, in pages", async () => {
  desk.server.clock.advance(1000);
  const reference = await desk.draft();
  desk.server.clock.advance(1000);
  const newer = await desk.draft();
  const mine = (await desk.browser.get("/api/transfers")).json<TransferListAnswer>();
  assert.deepEqual(
    mine.transfers.slice(0, 2).map((each) => each.reference),
    [newer, reference],
  );
  assert.deepEqual((await desk.stranger.get("/api/transfers")).json<TransferListAnswer>(), {
    transfers: [],
    next: null,
  });
});
