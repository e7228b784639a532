import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY } from "../../../domain/clock.ts";
import { remindAgreements } from "../../../jobs/remind-agreements.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addSigner, BULK } from "../../../testing/approver.ts";
import { enrolPasskey } from "../../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { tellOfDaysThatAreOver } from "../../release-gate/agreement-over.ts";

const FORM = {
  reference: "DSA-2026-014",
  organisation: "Example Chambers",
  "expires-day": "31",
  "expires-month": "3",
  "expires-year": "2027",
  documents: "File 12/7",
};
const CLARA = "clara@chambers.example";

let server: TestServer;
let privacy: Visitor;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const member = await addMember(server, "Ada Clerk");
  const team = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
  await addKey(server, member.id, await generateKeyPair());
  await addContact(server, member, "Clara Counsel", CLARA, { kind: "third-party" });
  await addContact(server, member, "Otto Other", "otto@other.example", { kind: "supplier", organisation: "Other Ltd" });
  privacy = await new Visitor(server).signIn(team.id);
  const visitor = await new Visitor(server).signIn(member.id);
  sender = { member, visitor, passkey: await enrolPasskey(server, member) };
});
after(() => server.stop());

const job = (now: Date) =>
  remindAgreements({ records: server.records, tellOfEnds: () => tellOfDaysThatAreOver(server.parts) }, now);

test("SDT-5: the privacy team keeps the register; others see it, and write nothing", async () => {
  assert.match((await sender.visitor.get("/agreements")).text, /The privacy team keeps this register/);
  assert.equal((await sender.visitor.form("/agreements/new", FORM)).status, 403);
  assert.deepEqual(await server.records.read.agreements(), []);
  assert.equal((await privacy.form("/agreements/new", FORM)).status, 303);
  const twice = await privacy.form("/agreements/new", FORM);
  assert.match(twice.text, /is in the register already/);
  for (const [wrong, why] of [
    [{ "expires-day": "30", "expires-month": "2" }, /last day on which it holds/],
    [{ reference: " " }, /Enter its reference/],
    [{ organisation: "" }, /Enter the organisation/],
  ] as const) {
    const answer = await privacy.form("/agreements/new", { ...FORM, reference: "DSA-2", ...wrong });
    assert.equal(answer.status, 422);
    assert.match(answer.text, why);
    assert.match(answer.text, /File 12\/7/, "what was typed is kept");
  }
  const page = (await sender.visitor.get("/agreements")).text;
  assert.match(page, /DSA-2026-014[\s\S]*Current[\s\S]*Example Chambers[\s\S]*31 March 2027[\s\S]*By any method/);
});

test("SDT-5: a current agreement with the recipient's organisation counts; another's, an expired or an ended one does not", async () => {
  const stating = (reference: string) => ({ facts: { agreement: { reference } } });
  const sends = (to: string, reference: string) => signedTransfer(sender, [to], undefined, stating(reference));
  await assert.rejects(signedTransfer(sender, [CLARA]), { message: /SDT-5/ });
  await signedTransfer(sender, [CLARA], undefined, { facts: { agreement: { none: "One letter, at their request" } } });
  await sends(CLARA, "DSA-2026-014");
  await assert.rejects(sends("otto@other.example", "DSA-2026-014"), { message: /SDT-5/ });
  await assert.rejects(sends(CLARA, "DSA-unknown"), { message: /SDT-5/ });
  const [agreement] = await server.records.read.agreements();
  const path = `/agreements/${agreement?.id}`;
  await privacy.form(`${path}/edit`, { ...FORM, methods: "post" });
  await assert.rejects(sends(CLARA, "DSA-2026-014"), { message: /stipulates another method/ });
  await privacy.form(`${path}/edit`, { ...FORM, "expires-year": "2026" });
  await assert.rejects(sends(CLARA, "DSA-2026-014"), { message: /SDT-5/ });
  await privacy.form(`${path}/edit`, FORM);
  await sends(CLARA, "DSA-2026-014");
  assert.equal((await sender.visitor.form(`${path}/end`, {})).status, 403);
  await privacy.form(`${path}/end`, {});
  await assert.rejects(sends(CLARA, "DSA-2026-014"), { message: /SDT-5/ });
  assert.match((await sender.visitor.get("/agreements")).text, /DSA-2026-014[\s\S]*Ended/);
});

test("SDT-5: the privacy team is told once, a month before one ends", async () => {
  const soon = { ...FORM, reference: "DSA-soon", "expires-day": "1", "expires-month": "1", "expires-year": "2027" };
  await privacy.form("/agreements/new", soon);
  const now = server.clock.now().getTime();
  const at = Date.parse("2026-12-01T00:00:00Z");
  assert.ok(at > now, "the test's clock stands before that");
  assert.equal(await job(new Date(at)), 0);
  assert.equal(await job(new Date(at + 2 * DAY)), 1);
  assert.equal(await job(new Date(at + 3 * DAY)), 0);
  const mail = await server.mail("priya.privacy@council.example");
  assert.deepEqual(
    mail.map(({ subject }) => subject),
    ["Agreement DSA-soon ends on 1 January 2027"],
  );
});

test("SDT-5: a signed document is kept with its agreement, colleagues read it, and only the keepers add or remove one", async () => {
  const reference = "DSA-2026-077";
  await privacy.form("/agreements/new", { ...FORM, reference });
  const { id = "" } = (await server.records.read.agreementByReference(reference)) ?? {};
  const path = `/api/agreements/${id}/documents`;
  const pdf = Buffer.from("%PDF-1.7\nwhat was signed");
  const add = (by: Visitor, content: Buffer, title = "Signed on 3 March, version 2") =>
    by.api("POST", path, { title, content: content.toString("base64") });
  assert.equal((await add(sender.visitor, pdf)).status, 403);
  assert.match((await add(privacy, Buffer.from("MZ..."))).text, /This is not a PDF/);
  const broken = await privacy.api("POST", path, { title: "Signed", content: "JVBERi0xLjcKa" });
  assert.deepEqual([broken.status, /This is not a PDF/.test(broken.text)], [400, true]);
  assert.match((await add(privacy, pdf, " ")).text, /Say what the document is/);
  assert.equal((await add(privacy, pdf)).status, 200);
  const page = await sender.visitor.get("/agreements");
  const link = /href="(\/agreement-documents\/[\w-]+)">Signed on 3 March, version 2</.exec(page.text)?.[1] ?? "";
  const got = await sender.visitor.get(link);
  assert.equal(Buffer.compare(Buffer.from(got.bytes), pdf), 0);
  assert.equal(got.headers.get("content-type"), "application/pdf");
  assert.match(got.headers.get("content-disposition") ?? "", /^attachment/);
  assert.equal((await new Visitor(server).get(link)).status, 303, "nobody who is not signed in");
  const [event] = (await server.records.read.recentEvents(1)) ?? [];
  assert.equal(event?.detail.what, "document-added");
  assert.match((await privacy.get(`/agreements/${id}/edit`)).text, /Added by Priya Privacy[\s\S]*SHA-256 [0-9a-f]{64}/);
  assert.equal((await sender.visitor.form(`${link}/remove`, {})).status, 403);
  await privacy.form(`${link}/remove`, {});
  assert.equal((await sender.visitor.get(link)).status, 404);
  const removed = await server.records.read.agreementDocument(link.split("/").at(-1) ?? "");
  assert.equal(removed?.content, "");
});

test("SDT-5: ending an agreement is asked about first, and says how many transfers that wait it stops", async () => {
  const reference = "DSA-2026-099";
  await privacy.form("/agreements/new", { ...FORM, reference });
  const { id = "" } = (await server.records.read.agreementByReference(reference)) ?? {};
  const path = `/agreements/${id}/end`;
  assert.equal((await sender.visitor.get(path)).status, 403);
  assert.match((await privacy.get(path)).text, /Nothing that is signed and not sent yet names it/);
  const manager = await addSigner(server, "Lena Line");
  await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  const bulky = await addSigner(server, "Bo Bulk", { lineManagerId: manager.member.id });
  await addKey(server, bulky.member.id, await generateKeyPair());
  const facts = { ...BULK.facts, agreement: { reference } };
  await signedTransfer(bulky, [CLARA], undefined, { ...BULK, facts });
  assert.match((await privacy.get(path)).text, /1 transfer that is signed names it and is not sent yet/);
  assert.equal((await server.records.read.agreement(id))?.endedAt, null, "looking ends nothing");
  assert.equal((await privacy.form(path, {})).status, 303);
  assert.equal((await privacy.get(path)).status, 303, "it is over");
});

test("SDT-5: whoever sends what rests on an agreement is told by one mail at once when it ends, or its last day is over", async () => {
  const manager = await addSigner(server, "Lara Line");
  const sam = await addSigner(server, "Sam Sender", { lineManagerId: manager.member.id });
  await addKey(server, sam.member.id, await generateKeyPair());
  const stating = async (reference: string) => {
    await privacy.form("/agreements/new", { ...FORM, reference });
    const { id = "" } = (await server.records.read.agreementByReference(reference)) ?? {};
    const facts = { ...BULK.facts, agreement: { reference } };
    const { reference: sent } = await signedTransfer(sam, [CLARA], undefined, { ...BULK, facts });
    return { sent, path: `/agreements/${id}` };
  };
  const told = async (reference: string) =>
    (await server.mail(sam.member.address)).filter((each) => each.reference === reference);
  const [ended, over, other] = [await stating("DSA-e"), await stating("DSA-o"), await stating("DSA-other")];
  await privacy.form(`${ended.path}/end`, {});
  const [mail] = await told(ended.sent);
  assert.match(mail?.subject ?? "", /it cannot go as it is any more/);
  assert.match(
    mail?.text ?? "",
    /DSA-e ended on [^,]*, so what you signed[\s\S]*Nothing was sent, and nothing is lost/,
  );
  assert.match(mail?.text ?? "", new RegExp(`/transfers/${ended.sent}`));
  assert.doesNotMatch(mail?.text ?? "", /A hearing|Clara/, "nothing of what it is for, nor for whom");
  const page = (await sam.visitor.get(`/transfers/${ended.sent}`)).text;
  assert.match(page, /Kept back, and the sender told[\s\S]*DSA-e ended on/);
  assert.equal(await job(server.clock.now()), 0, "it is told once");

  const today = server.clock.now().toISOString().slice(0, 10).split("-");
  const last = { "expires-year": today[0] ?? "", "expires-month": today[1] ?? "", "expires-day": today[2] ?? "" };
  await privacy.form(`${over.path}/edit`, { ...FORM, reference: "DSA-o", ...last });
  assert.deepEqual(await told(over.sent), [], "on its last day it holds");
  await server.records.write(async (tx) => {
    const agreement = await tx.agreementByReference("DSA-o");
    assert.ok(agreement);
    await tx.saveAgreement({ ...agreement, remindedAt: agreement.createdAt });
    await tx.append(sampleEvent({ kind: "agreement-reminded", at: agreement.createdAt }));
  });
  server.clock.advance(DAY);
  assert.equal(await job(server.clock.now()), 1);
  assert.equal(await job(server.clock.now()), 0);
  assert.deepEqual([(await told(ended.sent)).length, (await told(over.sent)).length], [1, 1]);
  assert.deepEqual(await told(other.sent), [], "whose agreement holds");
});
