import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromUtf8 } from "../../bytes/text.ts";
import { openToAgree } from "../../client/agreeing/open-to-agree.ts";
import { keyLogCheck } from "../../client/keys/check-key-log.ts";
import { Items } from "../../client/receiving/items.ts";
import { checkCode } from "../../client/sending/check-code.ts";
import { showBefore } from "../../client/sending/show-before.ts";
import type { ApproverRole } from "../../domain/facts.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { generateKeyPair, type KeyPair } from "../../seal/keys.ts";
import { collect } from "../../seal/stream.ts";
import { platformCipher } from "../../seal/webcrypto-cipher.ts";
import { addSigner, answerRequest, BULK, requestFor, shownRequest, signDraft } from "../../testing/approver.ts";
import { visitorHttp } from "../../testing/member-browser.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SignedTransfer, type SigningSender, sealedDraft } from "../../testing/signed-transfer.ts";

const CLARA = "clara@chambers.example";
const FILE = { name: "statement.txt", text: "Witness statement" };

/** A signer with a key of their own to open with. */
interface Person extends SigningSender {
  readonly keys: KeyPair;
}

let server: TestServer;
let sender: Person;
let line: Person;
let deputy: Person;
let senior: Person;

async function person(name: string, changes: Parameters<typeof addSigner>[2] = {}): Promise<Person> {
  const signer = await addSigner(server, name, changes);
  const keys = await generateKeyPair();
  await addKey(server, signer.member.id, keys);
  return { ...signer, keys };
}

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await person("Lena Line");
  deputy = await person("Dee Deputy");
  senior = await person("Sefa Senior", { roles: ["senior-manager"] });
  sender = await person("Ada Clerk", { lineManagerId: line.member.id });
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  await server.records.write(async (tx) => {
    const at = server.clock.now().toISOString();
    const times = { from: at, until: "2099-01-01T00:00:00.000Z", createdAt: at, endedAt: null };
    const who = { principalId: line.member.id, deputyId: deputy.member.id, appointedBy: line.member.id };
    await tx.saveDeputy({ id: "deputy", ...who, ...times });
    const about = { reference: null, recipientId: null, detail: {} };
    await tx.append({ kind: "deputy-named", at, actor: { kind: "system" }, ...about });
  });
});
after(() => server.stop());

/** Lets these see the files, as the sender's browser does. */
async function show(sealed: SignedTransfer, people: readonly Person[]): Promise<void> {
  const http = await visitorHttp(server, sender.visitor);
  const { reference, access, content } = sealed;
  const made = { reference, content: content.content, checkCode: await checkCode(access.identity, content.content) };
  const pins = { load: async () => new Map<string, string>(), save: async () => undefined };
  const chosen = people.map(({ member: { id, name, address } }) => ({ memberId: id, name, address }));
  const checkKeys = keyLogCheck({ http, pins, confirm: async () => false });
  await showBefore(made, chosen, { http, checkKeys, unlock: async () => [sender.keys.identity] });
}

/** A bulk transfer that waits, shown to these. */
async function sent(...people: readonly Person[]): Promise<SignedTransfer> {
  const sealed = await sealedDraft(sender.visitor, [CLARA], FILE, BULK);
  if (people.length > 0) await show(sealed, people);
  assert.equal(await signDraft(sender, sealed.reference), 200);
  return sealed;
}

async function waybillOf(reference: string): Promise<Waybill> {
  return JSON.parse((await server.records.read.transfer(reference))?.waybill?.text ?? "{}");
}

/** What this person reads of the files, as their browser opens them. @throws ClientError */
async function read(who: Person, reference: string, role: ApproverRole): Promise<string> {
  const id = await requestFor(server, reference, role);
  const http = await visitorHttp(server, who.visitor);
  const digest = (await server.records.read.approval(id))?.digest ?? "";
  const opened = await openToAgree(http, { id, digest, address: who.member.address }, [who.keys.identity]);
  const patience = { wait: async () => undefined, tries: 1 };
  const items = new Items({ http, cipher: await platformCipher(), patience }, opened);
  return fromUtf8(await collect(items.all(new AbortController().signal)));
}

const refusedTo = (who: Person, reference: string, role: ApproverRole) =>
  assert.rejects(read(who, reference, role), /not open to you/);
const stateOf = async (reference: string) => (await server.records.read.transfer(reference))?.state;

test("SDT-3, SIS-3: an approver whom the sender lets see the files opens them before release, and nobody else; each hand-out is on the record", async () => {
  const { reference } = await sent(line);
  const { shown } = await waybillOf(reference);
  assert.deepEqual(
    shown?.map(({ name, address }) => [name, address]),
    [["Lena Line", line.member.address]],
  );
  const own = await requestFor(server, reference, "line-manager");
  const page = await shownRequest(line, own);
  assert.equal(page.lines.get("shown"), `Lena Line (${line.member.address})`);
  assert.match((await line.visitor.get(`/to-agree/${own}`)).text, /See the files/);
  assert.equal(await read(line, reference, "line-manager"), FILE.text);
  assert.equal(await read(line, reference, "line-manager"), FILE.text);
  const handed = (await server.records.read.eventsOf(reference)).filter(
    ({ kind }) => kind === "approver-access-handed-out",
  );
  assert.deepEqual(
    handed.map(({ actor, detail }) => [actor, detail.address, detail.role]),
    Array(2).fill([{ kind: "member", id: line.member.id }, line.member.address, "line-manager"]),
  );
  assert.match(
    (await sender.visitor.get(`/transfers/${reference}`)).text,
    /Lena Line \(lena\.line@[^)]*\) was given access/,
  );

  await refusedTo(deputy, reference, "line-manager");
  await refusedTo(senior, reference, "senior-manager");
  const other = await senior.visitor.get(`/to-agree/${await requestFor(server, reference, "senior-manager")}`);
  assert.match(other.text, /has not let you see the files/);
  assert.equal((await senior.visitor.api("POST", `/api/to-agree/${own}/open`, {})).status, 404);

  await answerRequest(server, line, own, "approve");
  assert.equal(await read(line, reference, "line-manager"), FILE.text, "while their answer counts");
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  assert.equal(await stateOf(reference), "released");
  await refusedTo(line, reference, "line-manager");
  for (const part of ["manifest", "body"]) {
    assert.equal((await line.visitor.get(`/api/to-agree/${own}/${part}`)).status, 409, part);
  }
  assert.deepEqual(
    (await server.records.read.transfer(reference))?.shownTo.map(({ grant }) => grant),
    [null],
  );
});

test("SIS-37: under a hold the access that was sealed to an approver is kept through the release, and handed out to nobody", async () => {
  const { reference } = await sent(line);
  const at = server.clock.now().toISOString();
  await server.records.write(async (tx) => {
    const about = { id: "hold", scope: { kind: "transfer", reference }, reason: "The tribunal asks" } as const;
    await tx.saveHold({ ...about, placedBy: senior.member.id, placedAt: at, lifted: null });
    await tx.append({
      ...{ kind: "hold-placed", at, actor: { kind: "system" }, reference, recipientId: null, detail: { hold: "hold" } },
    });
  });
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  assert.equal(await stateOf(reference), "released");
  assert.ok((await server.records.read.transfer(reference))?.shownTo[0]?.grant, "it is kept");
  await refusedTo(line, reference, "line-manager");
});

test("by default nobody sees the files, and the waybill names nobody", async () => {
  const { reference } = await sent();
  assert.equal("shown" in (await waybillOf(reference)), false);
  await refusedTo(line, reference, "line-manager");
});

test("SDT-3: a deputy sees the files only where the sender named them", async () => {
  const { reference } = await sent(deputy);
  assert.equal(await read(deputy, reference, "line-manager"), FILE.text);
  await refusedTo(line, reference, "line-manager");
});

test("OXM-2: a changed choice is a new waybill, and what was changed, refused, taken back or has expired opens to nobody", async () => {
  const changed = await sent(line);
  const before = await server.records.read.transfer(changed.reference);
  await sender.visitor.form(`/transfers/${changed.reference}/change`, {});
  await refusedTo(line, changed.reference, "line-manager");
  const check = (await sender.visitor.get(`/transfers/${changed.reference}/check`)).text;
  assert.match(check, new RegExp(`data-address="${line.member.address}" checked>`), "chosen before, so chosen again");
  assert.match(check, /Let Lena Line[^<]*They could last time/);
  assert.doesNotMatch(check, /Let Sefa Senior[^<]*They could last time/);
  assert.equal(await signDraft(sender, changed.reference), 200);
  const after = await server.records.read.transfer(changed.reference);
  assert.notEqual(after?.waybill?.digest, before?.waybill?.digest);
  await refusedTo(line, changed.reference, "line-manager");

  const refused = await sent(line);
  const asked = await requestFor(server, refused.reference, "senior-manager");
  await answerRequest(server, senior, asked, "refuse", "Not this");
  await refusedTo(line, refused.reference, "line-manager");

  const recalled = await sent(line);
  await sender.visitor.form(`/transfers/${recalled.reference}/take-back`, {});
  await refusedTo(line, recalled.reference, "line-manager");
  assert.deepEqual(
    (await server.records.read.transfer(recalled.reference))?.shownTo.map(({ grant }) => grant),
    [null],
  );
});

test("what the server hands out is checked: another waybill, another access, or a choice of somebody who is not asked", async () => {
  const one = await sent(line);
  const two = await sent(line);
  const id = await requestFor(server, one.reference, "line-manager");
  const http = await visitorHttp(server, line.visitor);
  const digest = (await waybillDigest(one.reference)) ?? "";
  const asked = { id, digest, address: line.member.address };
  const keys = [line.keys.identity];
  await assert.rejects(openToAgree(http, { ...asked, digest: "00".repeat(32) }, keys), { code: "lying-server" });
  await assert.rejects(openToAgree(http, { ...asked, address: senior.member.address }, keys), { code: "lying-server" });
  const other = (await server.records.read.transfer(two.reference))?.shownTo[0]?.grant ?? "";
  await server.records.write(async (tx) => {
    const transfer = await tx.transfer(one.reference);
    assert.ok(transfer);
    await tx.saveTransfer({ ...transfer, shownTo: transfer.shownTo.map((each) => ({ ...each, grant: other })) });
    const at = server.clock.now().toISOString();
    await tx.append({
      ...{ kind: "transfer-changed", at, actor: { kind: "system" }, reference: one.reference },
      ...{ recipientId: null, detail: {} },
    });
  });
  await assert.rejects(openToAgree(http, asked, keys), { code: "lying-server" });

  const draft = await sealedDraft(sender.visitor, [CLARA], FILE, BULK);
  await assert.rejects(show(draft, [sender]), /is not asked any more/);
});

async function waybillDigest(reference: string): Promise<string | undefined> {
  return (await server.records.read.transfer(reference))?.waybill?.digest;
}
