import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomId } from "../../../bytes/random.ts";
import type { Contact } from "../../../domain/contact.ts";
import type { Member } from "../../../domain/member.ts";
import type { SharingAgreement } from "../../../domain/sharing-agreement.ts";
import type { StatedFacts } from "../../../domain/transfer.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { sampleFacts } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let sender: Member;
let browser: Visitor;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  const line = await addMember(server, "Lena Line", { roles: ["line-manager"] });
  sender = await addMember(server, "Ada Clerk", { lineManagerId: line.id });
  await addMember(server, "Sue Senior", { roles: ["senior-manager"] });
  browser = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

async function contact(name: string, changes: Partial<Contact> = {}): Promise<Contact> {
  return addContact(server, sender, name, `${name.toLowerCase().replaceAll(" ", ".")}@chambers.example`, changes);
}

async function draft(to: readonly Contact[], facts: Partial<StatedFacts>): Promise<string> {
  const recipients = to.map(({ addresses }) => ({ address: addresses[0]?.address ?? "" }));
  const answer = await browser.api("POST", "/api/transfers", { facts: sampleFacts(facts), recipients });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ reference: string }>().reference;
}

const PERSONAL = {
  ...{ personal: true, special: false, offences: false, namesWithAddresses: false, people: 3 },
  impact: { individuals: "some", organisation: "none" },
} as const;

/** The needs that the page shows, by status. */
async function tasksOf(reference: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { text } = await browser.get(`/transfers/${reference}/tasks?show=all`);
  const found: Record<string, string[]> = {};
  for (const [, item = ""] of text.matchAll(
    /<li class="govuk-task-list__item[^>]*>([\s\S]*?govuk-task-list__status[\s\S]*?)<\/li>/g,
  )) {
    const plain = (html: string) =>
      html
        .replaceAll(/<[^>]+>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim();
    const status = plain(item.slice(item.indexOf('govuk-task-list__status"')).replace(/^[^>]*>/, ""));
    const clauses = [...item.matchAll(/rules\/clauses\/([A-Z0-9-]+)"/g)].map(([, id]) => id).join(" ");
    found[status] = [...(found[status] ?? []), clauses];
  }
  return found;
}

test("SDT-7, SIS-13, SDT-6: the task list is exactly what the assessment needs, and each task leads to where it is met", async () => {
  const clara = await contact("Clara Counsel", { legitimateNeed: "" });
  const reference = await draft([clara], { ...PERSONAL, offences: true, minimised: null });
  const path = `/transfers/${reference}`;
  const recorded = (await browser.get(`/api${path}/assessment`)).json<{ text: string }>();
  const { needs } = JSON.parse(recorded.text) as { needs: { clauses: string[]; need: string }[] };
  const open = (kind: RegExp) => needs.filter(({ need }) => kind.test(need)).map(({ clauses }) => clauses.join(" "));
  const shown = await tasksOf(reference);
  assert.deepEqual(shown["To do"], open(/^(?!approval:)/));
  assert.deepEqual(shown["To do"], ["SDT-6", "SDT-8", "SDT-7", "SIS-13"]);
  assert.deepEqual(shown["After you sign"], open(/^approval:/));
  const page = await browser.get(`${path}/tasks`);
  for (const where of ["facts", "who", "add"]) assert.match(page.text, new RegExp(`href="${path}/${where}"`));
  assert.match(page.text, /Waits until you have signed\. Then asked: Lena Line \(line manager\)/, "SDT-3");
  assert.match(page.text, /About 3 people, declared by you/);
});

test("what information governance asks beside the rules stands apart from their needs, whatever the method", async () => {
  const reference = await draft([await contact("Gila Counsel")], { ...PERSONAL, minimised: null, lawfulBasis: null });
  const { text } = await browser.get(`/transfers/${reference}/tasks`);
  const group = (title: string) => text.split(`>${title}</h2>`)[1]?.split("</ul>")[0] ?? "";
  assert.match(group("To do"), /SDT-6/);
  assert.doesNotMatch(group("To do"), /lawful/i);
  assert.match(group("For information governance"), /beside the rules[\s\S]*lawful basis/i);
  const methods = (await browser.get(`/transfers/${reference}/method`)).text;
  const answers = methods.match(
    /<section class="wb-method[\s\S]*?<\/section>|<details[^>]*wb-method-other[\s\S]*?<\/details>/g,
  );
  assert.ok(answers && answers.length > 5);
  for (const each of answers) assert.doesNotMatch(each, /lawful basis/i, "what the rules answer is theirs alone");
  assert.match(methods, /Beside the rules[\s\S]*Whatever the method[\s\S]*lawful basis/i);
  assert.match(methods, /Shared space<\/span>[\s\S]{0,80}Not in Waybill/, "what Waybill does not have is not offered");
});

test("SDT-6: what is stated later is written with its event, and nothing sealed is lost", async () => {
  const clara = await contact("Cara Counsel");
  const reference = await draft([clara], { minimised: null });
  const path = `/transfers/${reference}`;
  await server.records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    assert.ok(transfer);
    await tx.saveTransfer({ ...transfer, senderGrant: "c2VhbGVk" });
    const actor = { kind: "member", id: sender.id } as const;
    await tx.append({
      kind: "sender-grant-stored",
      at: transfer.createdAt,
      actor,
      reference,
      recipientId: null,
      detail: {},
    });
  });
  assert.equal((await browser.form(`${path}/facts`, {})).status, 303);
  assert.equal((await server.records.read.transfer(reference))?.facts.minimised, false);
  assert.equal((await browser.form(`${path}/facts`, { minimised: "yes" })).status, 303);
  const after = await server.records.read.transfer(reference);
  assert.deepEqual([after?.facts.minimised, after?.senderGrant], [true, "c2VhbGVk"]);
  const kinds = (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-2), ["transfer-changed", "transfer-changed"]);
  assert.equal(
    (await browser.get(`${path}/tasks`)).headers.get("location"),
    `${path}/add`,
    "nothing is left but the files",
  );
});

test("SIS-4: the number of people is asked again in words when it is no number, and what was typed is kept", async () => {
  const reference = await draft([await contact("Dora Counsel")], { ...PERSONAL, people: null });
  const path = `/transfers/${reference}/facts`;
  const facts = { special: "no", offences: "no", namesWithAddresses: "no", individuals: "some", organisation: "none" };
  const wrong = await browser.form(path, { ...facts, minimised: "yes", people: "many" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="many"/);
  await browser.form(path, { ...facts, minimised: "yes", people: "1 200" });
  assert.equal((await server.records.read.transfer(reference))?.facts.people, 1200);
  const shown = await tasksOf(reference);
  assert.deepEqual(shown["After you sign"], ["SDT-3", "SIS-3 SIS-4"], "a senior manager too");
});

test("SDT-7, SIS-13: what is said of each recipient is kept with them", async () => {
  const clara = await contact("Elsa Counsel");
  const reference = await draft([clara], { ...PERSONAL, offences: true });
  const path = `/transfers/${reference}`;
  const page = await browser.get(`${path}/who`);
  assert.match(page.text, /Instructed in the case<\/textarea>/);
  const said = {
    "need-elsa.counsel@chambers.example": "Acts for the child",
    "expecting-elsa.counsel@chambers.example": "yes",
  };
  assert.equal((await browser.form(`${path}/who`, said)).status, 303);
  const [row] = await server.records.read.recipients(reference);
  assert.deepEqual([row?.legitimateNeed, row?.expecting], ["Acts for the child", true]);
  assert.equal(
    (await browser.form(`${path}/who`, { "need-elsa.counsel@chambers.example": "x".repeat(2001) })).status,
    422,
  );
});

test("SDT-5: an agreement of the register counts for its own organisation; otherwise it is said why there is none", async () => {
  const chambers = await contact("Fay Counsel", { kind: "third-party" });
  const reference = await draft([chambers], {});
  const path = `/transfers/${reference}/agreement`;
  await addAgreement({ reference: "DSA-2026-014", organisation: "example  chambers" });
  await addAgreement({ reference: "DSA-2026-015", organisation: "Another Ltd" });
  const page = await browser.get(path);
  assert.match(page.text, /DSA-2026-014/);
  assert.doesNotMatch(page.text, /DSA-2026-015/);
  assert.equal((await browser.form(path, { agreement: "at DSA-2026-015" })).status, 422);
  const silent = await browser.form(path, { agreement: "none", why: " " });
  assert.match(silent.text, /href="#why"/);
  assert.equal((await browser.form(path, { agreement: "at DSA-2026-014" })).status, 303);
  assert.deepEqual((await server.records.read.transfer(reference))?.facts.agreement, { reference: "DSA-2026-014" });
  assert.ok((await tasksOf(reference)).Completed?.includes("SDT-5"));
  await browser.form(path, { agreement: "none", why: "Ordered by the court" });
  assert.deepEqual((await server.records.read.transfer(reference))?.facts.agreement, { none: "Ordered by the court" });
});

test("SDT-5: an agreement is needed with third parties and suppliers alone; two of them do not go under one", async () => {
  const chambers = await contact("Liz Third", { kind: "third-party", organisation: "Lex Chambers" });
  const supplier = await contact("Max Supplier", { kind: "supplier", organisation: "Printers Ltd" });
  const partner = await contact("Nia Partner", { kind: "partner", organisation: "Another Department" });
  await addAgreement({ reference: "DSA-LEX", organisation: "Lex Chambers" });
  await addAgreement({ reference: "DSA-AD", organisation: "Another Department" });
  const mixed = `/transfers/${await draft([partner, chambers], {})}`;
  const offered = await browser.get(`${mixed}/agreement`);
  assert.match(offered.text, /DSA-LEX/);
  assert.doesNotMatch(offered.text, /DSA-AD|holds no agreement/);
  assert.equal((await browser.form(`${mixed}/agreement`, { agreement: "at DSA-AD" })).status, 422);
  await browser.form(`${mixed}/agreement`, { agreement: "at DSA-LEX" });
  assert.ok((await tasksOf(mixed.slice("/transfers/".length))).Completed?.includes("SDT-5"));

  const two = await draft([chambers, supplier, partner], { agreement: { reference: "DSA-LEX" } });
  assert.ok((await tasksOf(two))["To do"]?.includes("SDT-5"), "it is not the supplier's");
  const { text } = await browser.get(`/transfers/${two}/agreement`);
  assert.match(text, /It goes to Lex Chambers and Printers Ltd\.[\s\S]*send to each organisation by itself/);
  assert.match(text, new RegExp(`href="/transfers/${two}/describe"`));
  const none = await browser.get(`/transfers/${await draft([supplier], {})}/agreement`);
  assert.match(none.text, /no agreement with Printers Ltd[\s\S]*ask the privacy team or an administrator/);
});

async function addAgreement(changes: Partial<SharingAgreement>): Promise<void> {
  const at = server.clock.now().toISOString();
  await server.records.write(async (tx) => {
    await tx.saveAgreement({
      id: randomId(),
      reference: "",
      organisation: "",
      methods: [],
      expires: "2027-03-31",
      documents: "",
      createdAt: at,
      createdBy: sender.id,
      endedAt: null,
      remindedAt: null,
      ...changes,
    });
    const actor = { kind: "member", id: sender.id } as const;
    await tx.append({ kind: "agreement-added", at, actor, reference: null, recipientId: null, detail: {} });
  });
}

test("SDT-13, OXM-8: only channels that work are offered for the words, and email never is", async () => {
  const deaf = await contact("Gwen Deaf", { impossible: ["phone", "sms"], preferred: "teams" });
  const reference = await draft([deaf], {});
  const path = `/transfers/${reference}/secret`;
  const values = [...(await browser.get(path)).text.matchAll(/name="channel" type="radio" value="([^"]+)"/g)];
  assert.deepEqual(
    values.map(([, value]) => value),
    ["phone", "post", "teams", "in-person", "preferred"],
    "a call goes through Relay UK",
  );
  for (const channel of ["email", "sms", ""])
    assert.equal((await browser.form(path, { channel })).status, 422, channel);
  await browser.form(path, { channel: "in-person" });
  assert.equal((await server.records.read.transfer(reference))?.facts.secretChannel, "in-person");
  await browser.form(path, { channel: "preferred" });
  assert.equal((await server.records.read.transfer(reference))?.facts.secretChannel, null);
});

test("SDT2-7: how it will be stored there is asked with the configuration's questions", async () => {
  const chambers = await contact("Hana Counsel", { kind: "third-party" });
  const reference = await draft([chambers], { ...PERSONAL, agreement: { none: "Ordered" }, destinationStorage: null });
  const path = `/transfers/${reference}/destination`;
  assert.match((await browser.get(path)).text, /Is it encrypted there, or locked away\?/);
  assert.equal((await browser.form(path, { storage: " " })).status, 422);
  assert.ok((await tasksOf(reference)).Optional?.includes("SDT2-7"));
  await browser.form(path, { storage: "Their case system, encrypted" });
  assert.equal(
    (await server.records.read.transfer(reference))?.facts.destinationStorage,
    "Their case system, encrypted",
  );
});

test("SDT-5, SIS-15, SDT-7: what a contact's entry lacks is met on that contact's page", async () => {
  const verified = null;
  const bare = await contact("Ida Bare", {
    ...{ kind: null, country: "" },
    addresses: [{ address: "ida.bare@chambers.example", verified }],
    phones: [],
  });
  const reference = await draft([bare], PERSONAL);
  const { text } = await browser.get(`/transfers/${reference}/tasks`);
  assert.match(text, new RegExp(`href="/contacts/${bare.id}/edit"`));
  assert.match(text, new RegExp(`href="/contacts/${bare.id}/verify\\?value=ida\\.bare%40chambers\\.example"`));
  assert.deepEqual((await tasksOf(reference))["To do"]?.toSorted(), [
    "SDT-13 OXM-8",
    "SDT-5",
    "SDT-7",
    "SDT-8",
    "SIS-15",
  ]);
});

test("a stranger finds none of these pages, and nobody changes what was signed", async () => {
  const reference = await draft([await contact("Jo Counsel")], {});
  const other = await new Visitor(server).signIn((await addMember(server, "Ben Other")).id);
  for (const page of ["method", "tasks", "facts", "who", "secret", "agreement", "destination"]) {
    assert.equal((await other.get(`/transfers/${reference}/${page}`)).status, 404, page);
  }
  await browser.api("POST", `/api/transfers/${reference}/recall`, {});
  for (const page of ["method", "tasks", "facts", "who", "secret", "agreement", "destination"]) {
    assert.equal((await browser.get(`/transfers/${reference}/${page}`)).status, 409, page);
  }
  for (const [page, body] of [
    ["facts", { minimised: "yes" }],
    ["destination", { storage: "x" }],
  ] as const) {
    assert.equal((await browser.form(`/transfers/${reference}/${page}`, body)).status, 409, page);
  }
});

test("SIS-35: what a client leaves open stays open, and never becomes a no", async () => {
  const open = { special: null, offences: null, namesWithAddresses: null, people: null, destinationStorage: null };
  const reference = await draft([await contact("Kay Counsel")], { ...PERSONAL, ...open });
  const { facts } = (await server.records.read.transfer(reference)) ?? {};
  const { special, offences, namesWithAddresses, people, destinationStorage } = facts ?? {};
  assert.deepEqual({ special, offences, namesWithAddresses, people, destinationStorage }, open);
});
