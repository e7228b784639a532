import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type AdministratorParts, signRecoveryAct, signRecoveryExport } from "../../../client/people/recovery-key.ts";
import { openRecoveryPackage, type RecoveryPackage } from "../../../client/receiving/recovery-package.ts";
import { passkeysOf } from "../../../demo/passkeys-of.ts";
import type { Member } from "../../../domain/member.ts";
import { verifyPack } from "../../../evidence/verify-pack.ts";
import { generateKeyPair, type KeyPair } from "../../../seal/keys.ts";
import { platformCipher } from "../../../seal/webcrypto-cipher.ts";
import { enrolPasskey } from "../../../testing/enrolled-passkey.ts";
import { visitorHttp } from "../../../testing/member-browser.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { addRecoveryKey } from "../../../testing/recovery-key.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";

const CLARA = "clara@chambers.example";
const TEXT = "Witness statement that only few may read";

interface Administrator {
  readonly member: Member;
  readonly visitor: Visitor;
  readonly parts: AdministratorParts;
}

let server: TestServer;
let sam: SigningSender;
let ada: Administrator;
let ann: Administrator;
let third: Administrator;
let recovery: KeyPair;

async function administrator(name: string): Promise<Administrator> {
  const member = await addMember(server, name, { roles: ["administrator"] });
  const { passkey } = await enrolPasskey(server, member);
  const visitor = await new Visitor(server).signIn(member.id);
  const http = await visitorHttp(server, visitor);
  return { member, visitor, parts: { http, passkeys: passkeysOf(passkey, server.url), rpId: "localhost" } };
}

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  [ada, ann, third] = [
    await administrator("Ada Admin"),
    await administrator("Ann Admin"),
    await administrator("Ted Admin"),
  ];
  const member = await addMember(server, "Sam Sender");
  await addKey(server, member.id, await generateKeyPair());
  const visitor = await new Visitor(server).signIn(member.id);
  sam = { member, visitor, passkey: await enrolPasskey(server, member) };
  await addContact(server, member, "Clara Counsel", CLARA);
  recovery = await generateKeyPair();
  await addRecoveryKey(server, recovery.recipient, [ada.member, ann.member]);
});
after(() => server.stop());

async function sent(text = TEXT): Promise<string> {
  const { reference } = await signedTransfer(
    sam,
    [CLARA],
    { name: "statement.txt", text },
    { recoveryKey: recovery.recipient },
  );
  return reference;
}

async function sign(reference: string, half: "ask" | "agree", by: Administrator): Promise<void> {
  const { text = "" } = (await server.records.read.transfer(reference))?.waybill ?? {};
  const reason = half === "ask" ? "The sender has left" : "";
  await signRecoveryExport({ half, reference, waybill: text, reason }, by.parts);
}

const page = (reference: string) => `/recovery-key/exports/${reference}`;

async function fetched(reference: string, by: Administrator) {
  return by.visitor.form(`${page(reference)}/package`, {});
}

function packageOf(bytes: Uint8Array): RecoveryPackage {
  const end = bytes.indexOf(0x0a);
  const body = bytes.subarray(end + 1);
  return {
    head: bytes.subarray(0, end),
    bodySize: body.length,
    read: async function* (from, to) {
      yield body.subarray(from, to);
    },
  };
}

async function opened(from: RecoveryPackage, identity = recovery.identity): Promise<string> {
  const { manifest, all } = await openRecoveryPackage(from, [identity], await platformCipher());
  assert.deepEqual(
    manifest.items.map(({ name }) => name),
    ["statement.txt"],
  );
  let text = "";
  for await (const bytes of all(new AbortController().signal)) text += new TextDecoder().decode(bytes);
  return text;
}

test("two administrators' passkeys, and only then a sealed package that the recovery key opens offline", async () => {
  const reference = await sent();
  await sign(reference, "ask", ada);
  assert.equal((await fetched(reference, ada)).status, 409);
  await assert.rejects(sign(reference, "agree", ada), { code: "refused" });
  await sign(reference, "agree", ann);
  assert.equal((await fetched(reference, third)).status, 409);
  const answer = await fetched(reference, ada);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-disposition") ?? "", new RegExp(`${reference}\\.waybill-recovery`));
  assert.equal(Number(answer.headers.get("content-length")), answer.bytes.length);
  assert.doesNotMatch(answer.text, /Witness|statement\.txt/);
  assert.equal(await opened(packageOf(answer.bytes)), TEXT);
  await assert.rejects(opened(packageOf(answer.bytes), (await generateKeyPair()).identity), { code: "no-access" });
  const pack = await sam.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  const { statements } = await verifyPack(pack.bytes, { log: server.parts.log.keeper.key, witnesses: [] });
  const signed = statements.map(({ statement }) => [statement.kind, statement.signer]);
  assert.deepEqual(signed.slice(1), [
    ["recover", ada.member.address],
    ["recover", ann.member.address],
  ]);
});

test("a second administrator is written to and has it on their start page, for a proposed key and an asked opening", async () => {
  const reference = await sent();
  const mails = async ({ member }: Administrator) => (await server.mail(member.address)).length;
  const [own, other] = [await mails(ada), await mails(ann)];
  await sign(reference, "ask", ada);
  assert.deepEqual([await mails(ada), await mails(ann)], [own, other + 1]);
  const home = async ({ visitor }: Administrator) => (await visitor.get("/")).text;
  assert.match(await home(ann), new RegExp(`Ada Admin asks to open ${reference} with the recovery key`));
  assert.ok(!(await home(ada)).includes(`asks to open ${reference}`));
  await sign(reference, "agree", ann);
  assert.ok(!(await home(third)).includes(`asks to open ${reference}`));
  const another = (await generateKeyPair()).recipient;
  await signRecoveryAct({ half: "propose", act: "replace", recipient: another }, ada.parts);
  assert.deepEqual([await mails(ada), await mails(ann)], [own, other + 2]);
  assert.match(await home(ann), /Ada Admin proposes another recovery key/);
  assert.doesNotMatch(await home(ada), /proposes another recovery key/);
  await ann.visitor.form("/recovery-key/withdraw", {});
});

test("for a sender who has left their line manager is told, or the privacy team, and the page says who", async () => {
  const reference = await sent();
  const manager = await addMember(server, "Mo Manager");
  const team = await addMember(server, "Pat Privacy", { roles: ["privacy-team"] });
  const text = async () => (await ann.visitor.get(page(reference))).text;
  const is = async (changes: Partial<Member>) =>
    server.records.write(async (tx) => {
      await tx.saveMember({ ...((await tx.member(sam.member.id)) ?? assert.fail()), ...changes });
      await tx.append(sampleEvent({ kind: "member-deactivated" }));
    });
  assert.match(await text(), /Sam Sender \([^)]*\) is told by email/);
  await is({ state: "deactivated", lineManagerId: manager.id });
  assert.match(await text(), /Sam Sender has left[^<]*Mo Manager \([^)]*\), their line manager, is told by email/);
  const mails = async (address: string) => (await server.mail(address)).length;
  const before = await mails(sam.member.address);
  await sign(reference, "ask", ada);
  assert.deepEqual([await mails(manager.address), await mails(sam.member.address)], [1, before]);
  await is({ lineManagerId: null });
  assert.match(await text(), /the privacy team is told by email, with the reason: Pat Privacy/);
  await sign(reference, "agree", ann);
  assert.deepEqual([await mails(manager.address), await mails(team.address)], [1, 1]);
  const [mail] = await server.mail(team.address);
  assert.ok(mail?.text.includes(`${reference}, which Sam Sender sent, who has left,`));
  await is({ state: "active" });
});

test("a package that was cut, altered or put together from two is damaged, never half opened", async () => {
  const long = "A page of the statement. ".repeat(60_000); // more than one piece
  const [one, two] = [await sent(long), await sent(long)];
  const packages = [];
  for (const reference of [one, two]) {
    await sign(reference, "ask", ada);
    await sign(reference, "agree", ann);
    packages.push((await fetched(reference, ann)).bytes);
  }
  const [first = new Uint8Array(), second = new Uint8Array()] = packages;
  const head = (bytes: Uint8Array) =>
    JSON.parse(new TextDecoder().decode(packageOf(bytes).head)) as Record<string, string>;
  const withHead = (value: object) => ({ ...packageOf(first), head: new TextEncoder().encode(JSON.stringify(value)) });
  const flipped = new Uint8Array(first);
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  const waybill = head(first).waybill ?? "";
  const bad: readonly RecoveryPackage[] = [
    packageOf(first.subarray(0, -1)),
    packageOf(new Uint8Array([...first, 0])),
    packageOf(flipped),
    { ...packageOf(first), read: packageOf(second).read },
    withHead({ ...head(first), grant: head(second).grant }),
    withHead({ ...head(first), manifest: head(second).manifest }),
    withHead({ ...head(first), waybill: head(second).waybill }),
    withHead({ ...head(first), waybill: waybill.replace(/"recovery":"[0-9a-f]{64}"/, '"recovery":null') }),
    withHead({ ...head(first), format: "waybill-recovery/2" }),
    withHead({ ...head(first), more: "x" }),
    withHead([]),
  ];
  for (const [at, each] of bad.entries()) await assert.rejects(opened(each), { code: "damaged" }, String(at));
});

test("the sender sees each step with who and why, on the transfer's page and by email", async () => {
  const reference = await sent();
  await sign(reference, "ask", ada);
  await sign(reference, "agree", ann);
  await fetched(reference, ann);
  const { text } = await sam.visitor.get(`/transfers/${reference}`);
  assert.match(
    text,
    /Ada Admin \(ada\.admin@council\.example\), an administrator, asked to open it with the organisation’s/,
  );
  assert.match(text, /The reason given: The sender has left/);
  assert.match(text, /Ann Admin \(ann\.admin@council\.example\), an administrator, agreed that it is opened/);
  assert.match(text, /Ann Admin \(ann\.admin@council\.example\), an administrator, fetched the sealed package/);
  const mails = (await server.mail(sam.member.address)).filter(
    ({ subject }) => subject === `${reference}: the recovery key`,
  );
  assert.equal(mails.length, 2);
  assert.match(
    mails.map(({ text: said }) => said).join(),
    /Ada Admin \(ada\.admin@council\.example\)[\s\S]*The sender has left/,
  );
});

test("what was withdrawn is fetched no more, a day later neither, and after taking back there is nothing to fetch", async () => {
  const reference = await sent();
  await sign(reference, "ask", ada);
  await sign(reference, "agree", ann);
  assert.equal((await third.visitor.form(`${page(reference)}/withdraw`, {})).status, 303);
  assert.equal((await fetched(reference, ada)).status, 409);
  await sign(reference, "ask", ada);
  await sign(reference, "agree", ann);
  server.clock.advance(25 * 3_600_000);
  for (const { visitor, member } of [ada, ann]) await visitor.signIn(member.id);
  assert.equal((await fetched(reference, ada)).status, 409);
  await sign(reference, "ask", ada);
  await sign(reference, "agree", ann);
  await sam.visitor.signIn(sam.member.id);
  assert.equal((await sam.visitor.form(`/transfers/${reference}/take-back`, {})).status, 303);
  const transfer = await server.records.read.transfer(reference);
  assert.equal(transfer?.recovery?.grant, null);
  assert.equal((await fetched(reference, ada)).status, 404);
});

test("the pages find a transfer by its reference, and say so where nothing can be opened", async () => {
  for (const { visitor, member } of [ada, ann, third]) await visitor.signIn(member.id);
  await sam.visitor.signIn(sam.member.id);
  const reference = await sent();
  const found = await ada.visitor.get(`/recovery-key/exports?reference=${reference.toLowerCase()}`);
  assert.equal(found.headers.get("location"), page(reference));
  const missing = await ada.visitor.get("/recovery-key/exports?reference=WB-0000-0000");
  assert.equal(missing.status, 422);
  assert.match(missing.text, /There is a problem[\s\S]*Nothing with this reference can be opened/);
  assert.match((await ada.visitor.get(page(reference))).text, /Sign and ask for it/);
  await sign(reference, "ask", ada);
  assert.match((await ada.visitor.get(page(reference))).text, /waits for a second administrator: [^<]*Ann Admin/);
  assert.match((await ann.visitor.get(page(reference))).text, /Sign and agree/);
  await sign(reference, "agree", ann);
  assert.match((await ann.visitor.get(page(reference))).text, /Fetch the sealed package/);
  assert.doesNotMatch((await third.visitor.get(page(reference))).text, /Fetch the sealed package/);
  assert.match((await third.visitor.get("/recovery-key/exports")).text, new RegExp(reference));
});

test("the page about the key asks a second administrator, and never the one who proposed", async () => {
  const proposed = (await generateKeyPair()).recipient;
  assert.match((await ada.visitor.get("/recovery-key")).text, /The recovery key now[\s\S]*Replace it/);
  await signRecoveryAct({ half: "propose", act: "replace", recipient: proposed }, ada.parts);
  assert.doesNotMatch((await ada.visitor.get("/recovery-key")).text, /id="confirm-act"/);
  const { text } = await ann.visitor.get("/recovery-key");
  assert.match(text, /id="confirm-act"/);
  assert.match(text, /data-act="replace"/);
  await signRecoveryAct({ half: "confirm", act: "replace", recipient: proposed }, ann.parts);
  assert.match((await ann.visitor.get("/recovery-key")).text, /Recovery keys before/);
});
