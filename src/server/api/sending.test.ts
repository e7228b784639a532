import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { toBase64Url } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Member } from "../../domain/member.ts";
import { entryDigest, entryOf, type Waybill, waybillFacts } from "../../domain/waybill.ts";
import type {
  SendingView,
  SigningOptions,
  StatusView,
  TransferListAnswer,
  UploadAnswer,
} from "../../domain/wire/sending.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { type EnrolledPasskey, enrolPasskey } from "../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { sampleFacts } from "../../testing/samples.ts";
import { type SealedTransfer, sealTransfer } from "../../testing/sealed-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type Answer, Visitor } from "../../testing/visitor.ts";

const TUS = { "tus-resumable": "1.0.0" };
const STREAM = { ...TUS, "content-type": "application/offset+octet-stream" };
const FACTS = sampleFacts({ purpose: "The hearing on 3 December", necessity: "Counsel needs the statements" });

let server: TestServer;
let sender: Member;
let colleague: Member;
let passkey: EnrolledPasskey;
let browser: Visitor;
let stranger: Visitor;

before(async () => {
  server = await startServer({ limits: { bodyBytes: 1_000_000, rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
  colleague = await addMember(server, "Ben Other");
  for (const { id } of [sender, colleague]) await addKey(server, id, await generateKeyPair());
  passkey = await enrolPasskey(server, sender);
  await addContact(server, sender, "Clara Counsel", "clara@chambers.example");
  await addContact(server, sender, "Dewi Davies", "dewi@siambrau.example", { language: "cy" });
  browser = await new Visitor(server).signIn(sender.id);
  stranger = await new Visitor(server).signIn(colleague.id);
});
after(() => server.stop());

const TO_BOTH = [{ address: "clara@chambers.example" }, { address: "BEN.OTHER@council.example" }];

async function draft(recipients = TO_BOTH): Promise<string> {
  const answer = await browser.api("POST", "/api/transfers", { facts: FACTS, recipients });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ reference: string }>().reference;
}

async function view(reference: string): Promise<SendingView> {
  const answer = await browser.get(`/api/transfers/${reference}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<SendingView>();
}

async function begin(reference: string, text = "Witness statement"): Promise<{ sealed: SealedTransfer; url: string }> {
  const sealed = await sealTransfer(await view(reference), "statement.txt", text);
  const stored = await browser.api("PUT", `/api/transfers/${reference}/sender-grant`, { grant: sealed.senderGrant });
  assert.equal(stored.status, 200, stored.text);
  const made = await browser.api("POST", `/api/transfers/${reference}/upload`, { size: sealed.body.length });
  assert.equal(made.status, 201, made.text);
  return { sealed, url: made.json<UploadAnswer>().url };
}

async function patch(url: string, offset: number, bytes: Uint8Array<ArrayBuffer>, by = browser): Promise<Answer> {
  const headers = { ...STREAM, "upload-offset": String(offset), "x-waybill-token": await by.token() };
  return by.ask("PATCH", url, headers, bytes);
}

async function sealedDraft(recipients = TO_BOTH): Promise<string> {
  const reference = await draft(recipients);
  const { sealed, url } = await begin(reference);
  assert.equal((await patch(url, 0, sealed.body)).status, 204);
  const put = await browser.api("PUT", `/api/transfers/${reference}/content`, sealed.content);
  assert.equal(put.status, 200, put.text);
  return reference;
}

async function options(reference: string): Promise<SigningOptions> {
  const answer = await browser.api("POST", `/api/transfers/${reference}/sign/options`, {});
  assert.equal(answer.status, 200, answer.text);
  return answer.json<SigningOptions>();
}

async function statementOf(given: SigningOptions, changes: Partial<Statement> = {}): Promise<Statement> {
  const digest = await sha256Hex(utf8(given.waybill));
  const about = { digest, role: "sender", answer: "", signer: sender.address, rpId: "localhost", nonce: given.nonce };
  return { version: 1, kind: "send", ...about, ...changes };
}

async function sign(reference: string, changes: Partial<Statement> = {}): Promise<Answer> {
  const given = await options(reference);
  const signature = await passkey.sign(await statementOf(given, changes));
  return browser.api("POST", `/api/transfers/${reference}/sign`, { nonce: given.nonce, passkey: signature });
}

test("a transfer goes from draft to released, and its waybill says what was stated (SIS-23)", async () => {
  const reference = await sealedDraft();
  const waybill = JSON.parse((await options(reference)).waybill) as Waybill;
  assert.equal(waybill.originator.address, sender.address);
  const rows = await server.records.read.recipients(reference);
  assert.deepEqual(
    rows.map(({ address, access }) => [address, access]),
    [
      ["clara@chambers.example", "words"],
      ["ben.other@council.example", "account"],
    ],
  );
  assert.deepEqual(waybill.recipients, await Promise.all(rows.map((each) => entryDigest(entryOf(each)))));
  assert.deepEqual({ ...waybill.facts }, waybillFacts(FACTS));
  const signed = await sign(reference);
  assert.equal(signed.status, 200, signed.text);
  assert.equal((await view(reference)).state, "released");
  const events = await server.records.read.eventsOf(reference);
  const proof = events.find(({ kind }) => kind === "waybill-signed")?.detail ?? {};
  assert.equal(proof.keyKind, "passkey");
  assert.match(String(proof.statement), /"kind":"send"/);
});

test("SDT-13, SDT-14, SDT-16: the notice holds the reference alone in its subject, no word, no purpose, and what to do when it is not theirs", async () => {
  const reference = await sealedDraft([...TO_BOTH, { address: "dewi@siambrau.example" }]);
  await sign(reference);
  const sent = (await server.mail()).filter((each) => each.reference === reference);
  assert.equal(sent.length, 3);
  for (const { subject, text } of sent) {
    assert.equal(subject.replace(reference, ""), subject.startsWith("C") ? "Cyfeirnod " : "Reference ");
    assert.ok(!text.includes(FACTS.purpose) && !text.includes("statement.txt"));
    assert.ok(text.includes(sender.address) && text.includes(sender.name) && text.includes("Example Council"));
    assert.match(text, new RegExp(`${server.url}/r/[A-Za-z0-9_-]{22}`));
  }
  const [english, welsh] = ["clara", "dewi"].map((name) => sent.find(({ to }) => to.startsWith(name))?.text);
  assert.match(english ?? "", /YOUR RESPONSIBILITIES[\s\S]*IS THIS NOT FOR YOU\?/);
  assert.match(english ?? "", /The words never come by email/);
  assert.match(welsh ?? "", /EICH CYFRIFOLDEBAU[\s\S]*NID I CHI Y MAE HWN\?/);
});

test("SDT-13, SDT-16: a contact who prefers texts gets one beside the mail, on a checked mobile number: no link, no name, no word", async () => {
  const verified = { how: "Their letterhead", byMemberId: sender.id, at: "2026-11-01T10:00:00.000Z" };
  const phones = ["+442079460142", "+447700900456"].map((number) => ({ kind: "telephone" as const, number, verified }));
  await addContact(server, sender, "Tex Ting", "tex@chambers.example", { preferred: "sms", phones });
  const everybody = ["clara", "tex"].map((name) => ({ address: `${name}@chambers.example` }));
  const reference = await sealedDraft(everybody);
  await sign(reference);
  const sent = (await server.mail()).filter((each) => each.reference === reference);
  assert.equal(sent.filter(({ to }) => to.includes("@")).length, 2);
  const texts = sent.filter(({ to }) => !to.includes("@"));
  assert.deepEqual(
    texts.map(({ to, subject }) => [to, subject]),
    [["+447700900456", ""]],
  );
  const [{ text = "" } = {}] = texts;
  assert.ok(text.startsWith("Example Council: ") && text.includes(reference));
  for (const said of [sender.name, sender.address, FACTS.purpose, "http", "/r/", "Tex"])
    assert.ok(!text.includes(said));
});

test("SDT-17: whoever has no work address starts and signs nothing", async () => {
  const outsider = await addMember(server, "Out Sider", { address: "out@elsewhere.example" });
  const visitor = await new Visitor(server).signIn(outsider.id);
  const answer = await visitor.api("POST", "/api/transfers", { facts: FACTS, recipients: TO_BOTH });
  assert.equal(answer.status, 422);
  assert.equal(answer.json().code, "not-work-address");
});

test("SDT-4: without purpose or necessity nothing is started", async () => {
  for (const missing of ["purpose", "necessity"]) {
    const facts = { ...FACTS, [missing]: "   " };
    const answer = await browser.api("POST", "/api/transfers", { facts, recipients: TO_BOTH });
    assert.equal(answer.status, 400, missing);
  }
});

test("OXM-15: an address that is nobody's is refused with what to do, and nothing is started", async () => {
  const count = (await server.records.read.transfersOf(sender.id, { limit: 500, offset: 0 })).length;
  for (const [address, why] of [
    ["clara@chambers.example.org", /one of your contacts/],
    ["nobody@council.example", /No colleague/],
    ["not an address", /not an email address/],
  ] as const) {
    const answer = await browser.api("POST", "/api/transfers", { facts: FACTS, recipients: [{ address }] });
    assert.ok(answer.status === 400 || answer.status === 422, answer.text);
    assert.match(answer.text, why);
  }
  assert.equal((await server.records.read.transfersOf(sender.id, { limit: 500, offset: 0 })).length, count);
});

test("another member, and nobody, learn nothing of a transfer and change nothing", async () => {
  const reference = await sealedDraft();
  const { uploadId } = (await server.records.read.transfer(reference)) ?? {};
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
    const theirs = await stranger.api(method, url, body);
    assert.equal(theirs.status, 404, `${method} ${path}`);
    const absent = await stranger.api(method, url.replace(reference, "WB-0000-0000"), body);
    assert.equal(theirs.text, absent.text, `${method} ${path}`);
    assert.equal((await new Visitor(server).api(method, url, body)).status, 401, `${method} ${path}`);
  }
  assert.equal((await view(reference)).state, "draft");
});

test("a signature over another waybill, of another kind, for another signer or a spent nonce is refused", async () => {
  const reference = await sealedDraft();
  const wrong: Partial<Statement>[] = [
    { digest: "ab".repeat(32) },
    { kind: "approve" },
    { role: "recipient" },
    { signer: colleague.address },
    { answer: "complete" },
  ];
  for (const changes of wrong) assert.equal((await sign(reference, changes)).status, 403, JSON.stringify(changes));
  const given = await options(reference);
  const path = `/api/transfers/${reference}/sign`;
  const signature = await passkey.sign(await statementOf(given, { kind: "recall" }));
  assert.equal((await browser.api("POST", path, { nonce: given.nonce, passkey: signature })).status, 403);
  const again = await passkey.sign(await statementOf(given));
  assert.equal(
    (await browser.api("POST", path, { nonce: given.nonce, passkey: again })).status,
    403,
    "the nonce is spent",
  );
  const other = await options(await sealedDraft());
  const elsewhere = await passkey.sign(await statementOf({ ...(await options(reference)), nonce: other.nonce }));
  assert.equal(
    (await browser.api("POST", path, { nonce: other.nonce, passkey: elsewhere })).status,
    403,
    "another's nonce",
  );
  assert.equal((await view(reference)).state, "draft");
});

test("what is changed in another tab between check and signature is not signed", async () => {
  const reference = await sealedDraft();
  const given = await options(reference);
  const signature = await passkey.sign(await statementOf(given));
  await server.records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    assert.ok(transfer);
    await tx.saveTransfer({ ...transfer, facts: { ...transfer.facts, purpose: "Something else" } });
    const at = server.clock.now().toISOString();
    const actor = { kind: "system" } as const;
    await tx.append({ kind: "transfer-changed", at, actor, reference, recipientId: null, detail: {} });
  });
  const answer = await browser.api("POST", `/api/transfers/${reference}/sign`, {
    nonce: given.nonce,
    passkey: signature,
  });
  assert.equal(answer.status, 403);
  assert.equal((await view(reference)).state, "draft");
  assert.deepEqual(
    (await server.mail()).filter((each) => each.reference === reference),
    [],
  );
});

test("the command line's own key signs too; another member's key does not", async () => {
  const keyOf = async (member: Member) => {
    const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
    const signing = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
    const { id } = await addKey(server, member.id, { ...(await generateKeyPair()), signing });
    return { id, key: pair.privateKey };
  };
  const reference = await sealedDraft([TO_BOTH[0] ?? { address: "" }]);
  for (const [member, status] of [
    [colleague, 403],
    [sender, 200],
  ] as const) {
    const { id, key } = await keyOf(member);
    const given = await options(reference);
    const bytes = await crypto.subtle.sign({ name: "Ed25519" }, key, statementBytes(await statementOf(given)));
    const device = { keyId: id, signature: toBase64Url(new Uint8Array(bytes)) };
    const answer = await browser.api("POST", `/api/transfers/${reference}/sign`, { nonce: given.nonce, device });
    assert.equal(answer.status, status, answer.text);
  }
});

test("a transfer is signed once: a second tab's signature changes nothing and posts no second notice", async () => {
  const reference = await sealedDraft();
  const first = await options(reference);
  const second = await options(reference);
  const bodies = await Promise.all(
    [first, second].map(async (given) => ({
      nonce: given.nonce,
      passkey: await passkey.sign(await statementOf(given)),
    })),
  );
  const statuses = [];
  for (const body of bodies)
    statuses.push((await browser.api("POST", `/api/transfers/${reference}/sign`, body)).status);
  assert.deepEqual(statuses, [200, 409]);
  assert.equal((await server.mail()).filter((each) => each.reference === reference).length, 2);
});

test("everything out of order is refused with 409 and changes nothing", async () => {
  const reference = await draft();
  const path = `/api/transfers/${reference}`;
  assert.equal((await browser.api("POST", `${path}/sign/options`, {})).status, 409, "nothing is sealed");
  assert.equal((await browser.api("POST", `${path}/upload`, { size: 10 })).status, 409, "no sender's grant");
  const { sealed, url } = await begin(reference);
  assert.equal((await browser.api("PUT", `${path}/content`, sealed.content)).status, 409, "the body is not there");
  assert.equal((await browser.api("POST", `${path}/upload`, { size: 10 })).status, 409, "a second upload");
  await patch(url, 0, sealed.body);
  await browser.api("PUT", `${path}/content`, sealed.content);
  assert.equal((await sign(reference)).status, 200);
  const { grant } = { grant: sealed.senderGrant };
  assert.equal((await browser.api("PUT", `${path}/sender-grant`, { grant })).status, 409, "after signing");
  assert.equal((await browser.api("PUT", `${path}/content`, sealed.content)).status, 409, "after signing");
  assert.equal((await view(reference)).senderGrant, sealed.senderGrant);
  const told = { recipientId: (await view(reference)).recipients[0]?.id, told: true, channel: "phone", ending: "0142" };
  assert.equal((await browser.api("POST", `${path}/words`, told)).status, 409, "SDT-13: before arrival no words");
});

test("content that is not sealed for exactly these recipients, or is not what it says, is refused", async () => {
  const reference = await draft();
  const { sealed, url } = await begin(reference);
  await patch(url, 0, sealed.body);
  const { content } = sealed;
  const ids = Object.keys(content.access);
  const [words, account] = ids.map((id) => content.access[id]);
  assert.ok(words && account);
  const [first = "", second = ""] = ids;
  const other = await sealTransfer(await view(await draft()), "other.txt", "other");
  const cases: Record<string, unknown> = {
    "somebody is missing": { ...content, access: { [first]: words } },
    "somebody is not named": {
      ...content,
      access: { ...content.access, nobody: { ...words, tokenHash: "ab".repeat(32) } },
    },
    "grants swapped": { ...content, access: { [first]: account, [second]: words } },
    "one token for two": {
      ...content,
      access: { [first]: words, [second]: { ...account, tokenHash: words.tokenHash } },
    },
    "another manifest": { ...content, manifest: other.content.manifest },
    "a digest of something else": { ...content, content: "ab".repeat(32) },
    "no age file": { ...content, access: { ...content.access, [second]: { ...account, grant: "aGVsbG8=" } } },
    "other bytes": { ...content, totals: { items: 1, bytes: 5 } },
    "no items": { ...content, totals: { items: 0, bytes: content.totals.bytes } },
    "a negative size": { ...content, totals: { items: 1, bytes: -1 } },
  };
  for (const [what, body] of Object.entries(cases)) {
    const answer = await browser.api("PUT", `/api/transfers/${reference}/content`, body);
    assert.ok(answer.status === 400 || answer.status === 409, `${what}: ${answer.status}`);
  }
  assert.equal((await view(reference)).sealed, null);
  assert.equal((await browser.api("PUT", `/api/transfers/${reference}/content`, content)).status, 200);
});

test("a sender's grant that is sealed to words, mixed or nothing is refused", async () => {
  const reference = await draft();
  const sealed = await sealTransfer(await view(reference), "a.txt", "a");
  const words = Object.values(sealed.content.access)[0]?.grant ?? "";
  for (const grant of [words, "aGVsbG8=", "", "not base64!"]) {
    assert.equal((await browser.api("PUT", `/api/transfers/${reference}/sender-grant`, { grant })).status, 400);
  }
  assert.equal((await view(reference)).senderGrant, null);
});

test("OXM-2: take-back destroys grants and body at once, and the record stays", async () => {
  const reference = await sealedDraft();
  await sign(reference);
  const { uploadId } = (await server.records.read.transfer(reference)) ?? {};
  const answer = await browser.api("POST", `/api/transfers/${reference}/recall`, {});
  assert.equal(answer.json<StatusView>().state, "recalled");
  const after = await server.records.read.transfer(reference);
  assert.equal(after?.senderGrant, null);
  assert.equal(after?.sealed?.manifest, "");
  assert.ok(
    (await server.records.read.recipients(reference)).every(({ grant, state }) => !grant && state === "recalled"),
  );
  assert.equal(await server.parts.blobs.stat(uploadId ?? ""), null);
  assert.equal((await browser.api("POST", `/api/transfers/${reference}/recall`, {})).status, 409);
  const kinds = answer.json<StatusView>().events.map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-2), ["transfer-recalled", "content-destroyed"]);
});

test("OXM-22: sealing waits until whoever was invited to register has a key, and then uses it", async () => {
  const late = await addMember(server, "Late Joiner", { state: "invited" });
  const reference = await draft([{ address: late.address }]);
  const sealed = await sealTransfer(await view(await draft()), "a.txt", "a");
  const path = `/api/transfers/${reference}/sender-grant`;
  assert.equal((await browser.api("PUT", path, { grant: sealed.senderGrant })).status, 409);
  await server.records.write(async (tx) => {
    await tx.saveMember({ ...late, state: "active" });
    const at = server.clock.now().toISOString();
    const actor = { kind: "member", id: late.id } as const;
    await tx.append({ kind: "member-joined", at, actor, reference: null, recipientId: null, detail: {} });
  });
  await addKey(server, late.id, await generateKeyPair());
  const now = await view(reference);
  assert.deepEqual([now.recipients[0]?.access, now.recipients[0]?.keys.length], ["account", 1]);
  const { sealed: theirs, url } = await begin(reference);
  await patch(url, 0, theirs.body);
  assert.equal((await browser.api("PUT", `/api/transfers/${reference}/content`, theirs.content)).status, 200);
  assert.equal((await sign(reference)).status, 200);
  assert.equal((await view(reference)).state, "released");
});

test("OXM-21: a transfer expires after the organisation's usual days, or as many as the sender says", async () => {
  const days = async (extra: object) => {
    const answer = await browser.api("POST", "/api/transfers", { facts: FACTS, recipients: TO_BOTH, ...extra });
    if (answer.status !== 201) return answer.status;
    const { expiresAt } = await view(answer.json<{ reference: string }>().reference);
    return (Date.parse(expiresAt) - server.clock.now().getTime()) / 86_400_000;
  };
  assert.deepEqual([await days({}), await days({ expiresDays: 3 })], [14, 3]);
  assert.deepEqual([await days({ expiresDays: 0 }), await days({ expiresDays: 91 })], [400, 400]);
});

test("the list is the sender's own, newest first, in pages", async () => {
  server.clock.advance(1000);
  const reference = await draft();
  server.clock.advance(1000);
  const newer = await draft();
  const mine = (await browser.get("/api/transfers")).json<TransferListAnswer>();
  assert.deepEqual(
    mine.transfers.slice(0, 2).map((each) => each.reference),
    [newer, reference],
  );
  assert.deepEqual((await stranger.get("/api/transfers")).json<TransferListAnswer>(), { transfers: [], next: null });
});
