import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { toBase64Url } from "../../bytes/base64.ts";
import type { Member } from "../../domain/member.ts";
import { entryDigest, entryOf, type Waybill, waybillFacts } from "../../domain/waybill.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addContact, addKey } from "../../testing/organisation.ts";
import { FACTS, openSendingDesk, type SendingDesk, TO_BOTH } from "../../testing/sending-desk.ts";

let desk: SendingDesk;
before(async () => {
  desk = await openSendingDesk();
});
after(() => desk.stop());

test("a transfer goes from draft to released, and its waybill says what was stated (SIS-23)", async () => {
  const reference = await desk.sealedDraft();
  const waybill = JSON.parse((await desk.options(reference)).waybill) as Waybill;
  assert.equal(waybill.originator.address, desk.sender.address);
  const rows = await desk.server.records.read.recipients(reference);
  assert.deepEqual(
    rows.map(({ address, access }) => [address, access]),
    [
      ["clara@chambers.example", "words"],
      ["ben.other@council.example", "account"],
    ],
  );
  assert.deepEqual(waybill.recipients, await Promise.all(rows.map((each) => entryDigest(entryOf(each)))));
  assert.deepEqual({ ...waybill.facts }, waybillFacts(FACTS));
  const signed = await desk.sign(reference);
  assert.equal(signed.status, 200, signed.text);
  assert.equal((await desk.view(reference)).state, "released");
  const events = await desk.server.records.read.eventsOf(reference);
  const proof = events.find(({ kind }) => kind === "waybill-signed")?.detail ?? {};
  assert.equal(proof.keyKind, "passkey");
  assert.match(String(proof.statement), /"kind":"send"/);
});

test("SDT-13, SDT-14, SDT-16: the notice holds the reference alone in its subject, no word, no purpose, and what to do when it is not theirs", async () => {
  const reference = await desk.sealedDraft([...TO_BOTH, { address: "dewi@siambrau.example" }]);
  await desk.sign(reference);
  const sent = (await desk.server.mail()).filter((each) => each.reference === reference);
  assert.equal(sent.length, 3);
  for (const { subject, text } of sent) {
    assert.equal(subject.replace(reference, ""), subject.startsWith("C") ? "Cyfeirnod " : "Reference ");
    assert.ok(!text.includes(FACTS.purpose) && !text.includes("statement.txt"));
    assert.ok(
      text.includes(desk.sender.address) && text.includes(desk.sender.name) && text.includes("Example Council"),
    );
    assert.match(text, new RegExp(`${desk.server.url}/r/[A-Za-z0-9_-]{22}`));
  }
  const [english, welsh] = ["clara", "dewi"].map((name) => sent.find(({ to }) => to.startsWith(name))?.text);
  assert.match(english ?? "", /YOUR RESPONSIBILITIES[\s\S]*IS THIS NOT FOR YOU\?/);
  assert.match(english ?? "", /The words never come by email/);
  assert.match(welsh ?? "", /EICH CYFRIFOLDEBAU[\s\S]*NID I CHI Y MAE HWN\?/);
});

test("SDT-13, SDT-16: a contact who prefers texts gets one beside the mail, on a checked mobile number: no link, no name, no word", async () => {
  const verified = { how: "Their letterhead", byMemberId: desk.sender.id, at: "2026-11-01T10:00:00.000Z" };
  const phones = ["+442079460142", "+447700900456"].map((number) => ({ kind: "telephone" as const, number, verified }));
  await addContact(desk.server, desk.sender, "Tex Ting", "tex@chambers.example", { preferred: "sms", phones });
  const everybody = ["clara", "tex"].map((name) => ({ address: `${name}@chambers.example` }));
  const reference = await desk.sealedDraft(everybody);
  await desk.sign(reference);
  const sent = (await desk.server.mail()).filter((each) => each.reference === reference);
  assert.equal(sent.filter(({ to }) => to.includes("@")).length, 2);
  const texts = sent.filter(({ to }) => !to.includes("@"));
  assert.deepEqual(
    texts.map(({ to, subject }) => [to, subject]),
    [["+447700900456", ""]],
  );
  const [{ text = "" } = {}] = texts;
  assert.ok(text.startsWith("Example Council: ") && text.includes(reference));
  for (const said of [desk.sender.name, desk.sender.address, FACTS.purpose, "http", "/r/", "Tex"])
    assert.ok(!text.includes(said));
});

test("a signature over another waybill, of another kind, for another signer or a spent nonce is refused", async () => {
  const reference = await desk.sealedDraft();
  const wrong: Partial<Statement>[] = [
    { digest: "ab".repeat(32) },
    { kind: "approve" },
    { role: "recipient" },
    { signer: desk.colleague.address },
    { answer: "complete" },
  ];
  for (const changes of wrong) assert.equal((await desk.sign(reference, changes)).status, 403, JSON.stringify(changes));
  const given = await desk.options(reference);
  const path = `/api/transfers/${reference}/sign`;
  const signature = await desk.passkey.sign(await desk.statementOf(given, { kind: "recall" }));
  assert.equal((await desk.browser.api("POST", path, { nonce: given.nonce, passkey: signature })).status, 403);
  const again = await desk.passkey.sign(await desk.statementOf(given));
  assert.equal(
    (await desk.browser.api("POST", path, { nonce: given.nonce, passkey: again })).status,
    403,
    "the nonce is spent",
  );
  const other = await desk.options(await desk.sealedDraft());
  const elsewhere = await desk.passkey.sign(
    await desk.statementOf({ ...(await desk.options(reference)), nonce: other.nonce }),
  );
  assert.equal(
    (await desk.browser.api("POST", path, { nonce: other.nonce, passkey: elsewhere })).status,
    403,
    "another's nonce",
  );
  assert.equal((await desk.view(reference)).state, "draft");
});

test("what is changed in another tab between check and signature is not signed", async () => {
  const reference = await desk.sealedDraft();
  const given = await desk.options(reference);
  const signature = await desk.passkey.sign(await desk.statementOf(given));
  await desk.server.records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    assert.ok(transfer);
    await tx.saveTransfer({ ...transfer, facts: { ...transfer.facts, purpose: "Something else" } });
    const at = desk.server.clock.now().toISOString();
    const actor = { kind: "system" } as const;
    await tx.append({ kind: "transfer-changed", at, actor, reference, recipientId: null, detail: {} });
  });
  const answer = await desk.browser.api("POST", `/api/transfers/${reference}/sign`, {
    nonce: given.nonce,
    passkey: signature,
  });
  assert.equal(answer.status, 403);
  assert.equal((await desk.view(reference)).state, "draft");
  assert.deepEqual(
    (await desk.server.mail()).filter((each) => each.reference === reference),
    [],
  );
});

test("the command line's own key signs too; another member's key does not", async () => {
  const keyOf = async (member: Member) => {
    const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
    const signing = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
    const { id } = await addKey(desk.server, member.id, { ...(await generateKeyPair()), signing });
    return { id, key: pair.privateKey };
  };
  const reference = await desk.sealedDraft([TO_BOTH[0] ?? { address: "" }]);
  for (const [member, status] of [
    [desk.colleague, 403],
    [desk.sender, 200],
  ] as const) {
    const { id, key } = await keyOf(member);
    const given = await desk.options(reference);
    const bytes = await crypto.subtle.sign({ name: "Ed25519" }, key, statementBytes(await desk.statementOf(given)));
    const device = { keyId: id, signature: toBase64Url(new Uint8Array(bytes)) };
    const answer = await desk.browser.api("POST", `/api/transfers/${reference}/sign`, { nonce: given.nonce, device });
    assert.equal(answer.status, status, answer.text);
  }
});

test("a transfer is signed once: a second tab's signature changes nothing and posts no second notice", async () => {
  const reference = await desk.sealedDraft();
  const first = await desk.options(reference);
  const second = await desk.options(reference);
  const bodies = await Promise.all(
    [first, second].map(async (given) => ({
      nonce: given.nonce,
      passkey: await desk.passkey.sign(await desk.statementOf(given)),
    })),
  );
  const statuses = [];
  for (const body of bodies)
    statuses.push((await desk.browser.api("POST", `/api/transfers/${reference}/sign`, body)).status);
  assert.deepEqual(statuses, [200, 409]);
  assert.equal((await desk.server.mail()).filter((each) => each.reference === reference).length, 2);
});
