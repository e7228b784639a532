import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { addTokens } from "../../src/client/evidence/names.ts";
import { sayProved } from "../../src/evidence/say.ts";
import { verifyPack } from "../../src/evidence/verify-pack.ts";
import { remindReceipts } from "../../src/jobs/remind-receipts.ts";
import { openedMark, receiptAnswer } from "../../src/log/receipt-answer.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { handlingIn } from "../../src/server/texts/receiving/handling.ts";
import { addSigner } from "../../src/testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { type SigningSender, signedTransfer } from "../../src/testing/signed-transfer.ts";

const CLARA = "clara@chambers.example";
let server: TestServer;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addSigner(server, "Ada Clerk");
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

/** Opened by its recipient, who has not signed yet. */
async function opened() {
  const { reference, access } = await signedTransfer(sender, [CLARA]);
  const [id = "", token = ""] = Object.entries(access.tokens)[0] ?? [];
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive();
  await device.opened(token);
  return { reference, id, token, device };
}

suite("Receipts", () => {
  test("SIS-24: how it is handled is acknowledged in the receipt, in either language; the pack verifies it, and earlier receipts too", async () => {
    for (const language of ["en", "cy", null] as const) {
      const { reference, id, token, device } = await opened();
      const handling = language && handlingIn(language, "OFFICIAL").join("\n");
      const statement = await device.statement("receive", { answer: receiptAnswer(handling) });
      const body = { nonce: statement.nonce, token, by: await device.sign(statement) };
      const more = handling === null ? {} : { handling };
      assert.equal((await device.api("POST", `/api/r/${id}/receipt`, { ...body, ...more })).status, 200);
      const { detail = {} } =
        (await server.records.read.eventsOf(reference)).find(({ kind }) => kind === "receipt-signed") ?? {};
      assert.equal(detail.handling, handling ?? undefined);
      const pack = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
      const keys = { log: server.parts.log.keeper.key, witnesses: [] };
      const added = await verifyPack(await addTokens(pack.bytes, { [id]: token }), keys);
      assert.deepEqual(
        added.opened,
        [{ recipientId: id, from: "sender", signed: false }],
        "an earlier receipt is over no token",
      );
    }
  });

  test("SDT-28: a receipt is signed over the token that was inside, so that with the token the pack proves that it was opened, and with another it fails", async () => {
    const { reference, id, token, device } = await opened();
    const sign = async (over: string) => {
      const mark = (nonce: string) => ({ answer: receiptAnswer(null, openedMark(over, nonce)) });
      const { nonce } = await device.statement("receive");
      const statement = { ...(await device.statement("receive")), nonce, ...mark(nonce) };
      const body = { nonce, token, by: await device.sign(statement), signsToken: true };
      return device.api("POST", `/api/r/${id}/receipt`, body);
    };
    assert.equal((await sign("A".repeat(43))).status, 403, "over another token");
    assert.equal((await sign(token)).status, 200);
    const page = (await sender.visitor.get(`/transfers/${reference}`)).text;
    assert.match(page, /govuk-tag--green">\s*Proved opened/);
    assert.match(page, /Download it with the proof that it was opened/);
    const pack = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
    const keys = { log: server.parts.log.keeper.key, witnesses: [] };
    const without = sayProved(await verifyPack(pack.bytes, keys)).proved.join(" ");
    assert.match(without, /signed over a receipt token: that it is the one .* is the server's word/);
    assert.doesNotMatch(without, /Proved opened/);
    const proved = await verifyPack(await addTokens(pack.bytes, { [id]: token, other: "x" }), keys);
    assert.deepEqual(proved.opened, [{ recipientId: id, from: "sender", signed: true }]);
    assert.match(sayProved(proved).proved.join(" "), /: proved opened\. They signed over the receipt token/);
    const forged = await addTokens(pack.bytes, { [id]: "A".repeat(43) });
    await assert.rejects(verifyPack(forged, keys), { code: "wrong-signature" });
  });

  test("SIS-24: only our own lines are acknowledged, and the signature is over exactly those", async () => {
    const { id, token, device } = await opened();
    const send = async (signed: string | null, sent: string) => {
      const statement = await device.statement("receive", { answer: receiptAnswer(signed) });
      const body = { nonce: statement.nonce, token, by: await device.sign(statement), handling: sent };
      return (await device.api("POST", `/api/r/${id}/receipt`, body)).status;
    };
    const lines = handlingIn("en", "OFFICIAL").join("\n");
    assert.equal(await send("Do what you like", "Do what you like"), 400);
    assert.equal(await send("Do what you like", lines), 403);
    assert.equal(await send(null, lines), 403);
    assert.equal(await send(lines, lines), 200);
  });

  test("SDT-28: a confirmation by email, on paper or by phone is recorded as says received; nobody is reminded, and a receipt can still be signed", async () => {
    const { reference, id, token, device } = await opened();
    const path = `/transfers/${reference}/recipients/${id}/confirmation`;
    const today = server.clock.now().toISOString().slice(0, 10).split("-");
    const on = { "on-year": today[0] ?? "", "on-month": today[1] ?? "", "on-day": today[2] ?? "" };
    for (const [fields, wrong] of [
      [on, /Choose how they confirmed it/],
      [{ how: "email" }, /Enter the day/],
      [{ ...on, how: "email", "on-year": "2020" }, /before it was sent/],
      [{ ...on, how: "email", "on-year": "2090" }, /That day has not come/],
    ] as const) {
      const answer = await sender.visitor.form(path, fields);
      assert.equal(answer.status, 422);
      assert.match(answer.text, wrong);
    }
    assert.equal((await sender.visitor.form(path, { ...on, how: "paper" })).status, 303);
    const page = (await sender.visitor.get(`/transfers/${reference}`)).text;
    assert.match(
      page,
      /Says received[\s\S]*Says received: they confirmed it on paper, as you recorded[\s\S]*no proof that they opened it/,
    );
    server.clock.advance(4 * 86_400_000);
    const texts = { reminderText: () => ({ subject: "", text: "" }), alarmText: () => ({ subject: "", text: "" }) };
    await remindReceipts({ ...server.parts, texts }, server.clock.now());
    assert.ok(!(await server.records.read.eventsAbout(id)).some(({ kind }) => kind === "reminder-sent"));
    const again = await ReceivingDevice.proved(server, id);
    await again.arrive();
    await again.opened(token);
    assert.equal((await again.receipt(token)).status, 200);
    assert.equal((await server.records.read.recipient(id))?.state, "received");
    assert.equal(device.id, id);
  });
});
