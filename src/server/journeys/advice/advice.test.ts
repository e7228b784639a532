import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { signDraft } from "../../../testing/approver.ts";
import { enrolPasskey } from "../../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";

const ABROAD = "abe@chambers.example";
const CLARA = "clara@chambers.example";
const PERSONAL = { personal: true, special: false, offences: false, people: 3, agreement: { none: "One letter" } };

let server: TestServer;
let team: Member;
let privacy: Visitor;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const manager = await addMember(server, "Lena Line");
  const member = await addMember(server, "Ada Clerk", { lineManagerId: manager.id });
  team = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
  await addKey(server, member.id, await generateKeyPair());
  await addContact(server, member, "Abe Abroad", ABROAD, { country: "IE" });
  await addContact(server, member, "Clara Counsel", CLARA, { kind: "third-party" });
  privacy = await new Visitor(server).signIn(team.id);
  const visitor = await new Visitor(server).signIn(member.id);
  sender = { member, visitor, passkey: await enrolPasskey(server, member) };
});
after(() => server.stop());

/** The draft that a refused signature left. */
async function refusedDraft(to: string): Promise<string> {
  server.clock.advance(1000);
  await assert.rejects(signedTransfer(sender, [to], undefined, { facts: PERSONAL }), { message: /SIS-15/ });
  const [draft] = await server.records.read.transfersOf(sender.member.id, { limit: 1, offset: 0 });
  return draft?.reference ?? "";
}

/** The needs of the assessment that would be recorded now, as text. */
async function openNeeds(reference: string): Promise<string> {
  const { text } = (await sender.visitor.get(`/api/transfers/${reference}/assessment`)).json<{ text: string }>();
  const { needs } = JSON.parse(text) as { readonly needs: unknown };
  return JSON.stringify(needs);
}

test("SIS-15, OXM-4: personal data abroad waits until the privacy team has answered; they see the facts, and the answer stays", async () => {
  const reference = await refusedDraft(ABROAD);
  const page = `/transfers/${reference}/advice`;
  assert.match((await sender.visitor.get(`${page}?adviser=privacy-team`)).text, /value="privacy-team" checked/);
  const nothing = await sender.visitor.form(page, { adviser: "pigeon", question: " " });
  assert.equal(nothing.status, 422);
  assert.match(nothing.text, /Choose whom to ask[\s\S]*Write what you want to know/);
  const idle = await sender.visitor.form(page, { adviser: "operational-security", question: "May I?" });
  assert.match(idle.text, /Nobody but you answers for operational security/);
  assert.equal(
    (await sender.visitor.form(page, { adviser: "privacy-team", question: "May this go to Ireland?" })).status,
    303,
  );
  const [asked] = await server.records.read.adviceOf(reference);
  const [mail] = await server.mail(team.address);
  assert.ok(mail?.text.includes(`/advice/${asked?.id}`));
  assert.doesNotMatch(mail?.text ?? "", /Ireland|Abe|hearing/, "nothing of what it is about");
  const assessment = () => openNeeds(reference);
  assert.match(await assessment(), /SIS-15/, "asking alone is not enough");
  assert.match((await privacy.get("/advice")).text, /May this go to Ireland\?/);
  const shown = (await privacy.get(`/advice/${asked?.id}`)).text;
  assert.match(shown, /A hearing[\s\S]*Abe Abroad[\s\S]*Ireland/);
  assert.doesNotMatch(shown, /statement\.txt|Witness statement/, "SIS-15: facts, never content");
  const undecided = await privacy.form(`/advice/${asked?.id}`, { answer: "Yes" });
  assert.equal(undecided.status, 422, "SDT2-5: the decision");
  assert.match(undecided.text, /Say whether it may go like this[\s\S]*Say whether an impact assessment is needed/);
  const answer = {
    verdict: "may-go",
    answer: "Yes, under the agreement with Ireland.",
    impactAssessment: "not-needed",
  };
  assert.equal((await privacy.form(`/advice/${asked?.id}`, answer)).status, 303);
  assert.equal((await privacy.form(`/advice/${asked?.id}`, answer)).status, 409, "once");
  assert.doesNotMatch(await assessment(), /SIS-15/);
  assert.match((await server.mail(sender.member.address)).at(-1)?.text ?? "", new RegExp(`/advice/${asked?.id}`));
  assert.match((await sender.visitor.get(page)).text, /Priya Privacy: Yes, under the agreement/);
});

test("SIS-15: a no is no leave to send: it waits on, says so, and a later yes counts", async () => {
  const reference = await refusedDraft(ABROAD);
  const page = `/transfers/${reference}/advice`;
  const tasks = async () => (await sender.visitor.get(`/transfers/${reference}/tasks`)).text;
  const assessment = () => openNeeds(reference);
  const answered = async (question: string, verdict: string) => {
    server.clock.advance(60_000);
    await sender.visitor.form(page, { adviser: "privacy-team", question });
    const asked = (await server.records.read.adviceOf(reference)).find((each) => each.question === question);
    const said = { verdict, answer: `Our answer: ${verdict}`, impactAssessment: "not-needed" };
    assert.equal((await privacy.form(`/advice/${asked?.id}`, said)).status, 303);
  };
  await answered("To Ireland, may I?", "may-not-go");
  assert.match(await assessment(), /advice:privacy-team/);
  assert.match(await tasks(), /They answered that it may not go like this[\s\S]*They said no/);
  assert.match((await sender.visitor.get(page)).text, /It may not go like this/);
  assert.match((await server.mail(sender.member.address)).at(-1)?.text ?? "", /Something is asked of you/);
  await answered("And with an agreement?", "may-go");
  assert.doesNotMatch(await assessment(), /advice:privacy-team/);
  await answered("Are you sure?", "may-not-go");
  assert.match(await assessment(), /advice:privacy-team/, "what they said last counts");
});

test("SIS-15: an answer counts for the facts that it was given on, and a notice that was only answered answers no question", async () => {
  const reference = await refusedDraft(ABROAD);
  await sender.visitor.form(`/transfers/${reference}/advice`, { adviser: "privacy-team", question: "To Ireland?" });
  const [asked] = await server.records.read.adviceOf(reference);
  await privacy.form(`/advice/${asked?.id}`, {
    verdict: "may-go",
    answer: "Yes, to Ireland.",
    impactAssessment: "not-needed",
  });
  const needs = async () =>
    (await sender.visitor.get(`/api/transfers/${reference}/assessment`)).json<{ text: string }>().text;
  const open = async () => (JSON.parse(await needs()) as { needs: { need: string }[] }).needs.map(({ need }) => need);
  assert.ok(!(await open()).includes("advice:privacy-team"));
  const abe = await server.records.read.contactByAddress(ABROAD);
  assert.ok(abe);
  const move = (country: string) =>
    server.records.write(async (tx) => {
      await tx.saveContact({ ...abe, country });
      await tx.append(sampleEvent({ kind: "contact-changed" }));
    });
  await move("US");
  assert.ok((await open()).includes("advice:privacy-team"), "another country is another question");
  await move("IE");
  const told = await signedTransfer(sender, [CLARA], undefined, { facts: PERSONAL });
  const [notice] = await server.records.read.adviceOf(told.reference);
  await privacy.form(`/advice/${notice?.id}`, { answer: "Never abroad.", impactAssessment: "not-needed" });
  const facts = await sender.visitor.get(`/api/transfers/${told.reference}/assessment`);
  assert.match(facts.text, /advice[^}]*privacy-team[^}]*asked/);
});

test("whoever was not asked finds no question, and who asked does not answer", async () => {
  const reference = await refusedDraft(ABROAD);
  await sender.visitor.form(`/transfers/${reference}/advice`, { adviser: "privacy-team", question: "May I?" });
  const [asked] = await server.records.read.adviceOf(reference);
  const other = await new Visitor(server).signIn((await addMember(server, "Paul Plain")).id);
  assert.equal((await other.get(`/advice/${asked?.id}`)).status, 404);
  assert.equal((await other.form(`/advice/${asked?.id}`, { answer: "Yes" })).status, 404);
  assert.equal((await other.get(`/transfers/${reference}/advice`)).status, 404);
  assert.equal((await sender.visitor.get(`/advice/${asked?.id}`)).status, 200);
  assert.equal((await sender.visitor.form(`/advice/${asked?.id}`, { answer: "Yes" })).status, 403);
  assert.doesNotMatch((await other.get("/advice")).text, /May I\?/);
  assert.equal((await server.records.read.advice(asked?.id ?? ""))?.answer, null);
});

test("SDT2-5: the privacy team is told by itself of personal data to a third party, once, and records its decision", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, { facts: PERSONAL });
  const told = await server.records.read.adviceOf(reference);
  assert.deepEqual(
    told.map(({ adviser, question }) => [adviser, question]),
    [["privacy-team", ""]],
  );
  const mails = (await server.mail(team.address)).filter((mail) => mail.reference === reference);
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    [`${reference}: personal data to a third party`],
  );
  assert.match((await privacy.get("/")).text, new RegExp(`${reference} takes personal data to a third party`));
  const decision = { answer: "Covered by DPIA 12.", impactAssessment: "made" };
  await privacy.form(`/advice/${told[0]?.id}`, decision);
  const events = await server.records.read.eventsOf(reference);
  const answered = events.find(({ kind }) => kind === "advice-answered");
  assert.equal(answered?.detail.impactAssessment, "made");
  const partner = await signedTransfer(sender, ["abe@chambers.example"], undefined, {
    facts: { agreement: { none: "none needed" } },
  });
  assert.deepEqual(await server.records.read.adviceOf(partner.reference), [], "nothing personal, nobody is told");
});

test("SDT2-5: the privacy team sees the agreement, the storage and the lawful basis, and is told anew when they change", async () => {
  const facts = { ...PERSONAL, destinationStorage: "Their case system", namesWithAddresses: false };
  const { reference } = await signedTransfer(sender, [CLARA], undefined, { facts });
  const notices = async () => (await server.records.read.adviceOf(reference)).filter(({ question }) => question === "");
  const [first] = await notices();
  const page = async () => (await privacy.get(`/advice/${first?.id}`)).text;
  assert.match(await page(), /None, because: One letter[\s\S]*Their case system[\s\S]*Lawful basis/);
  await sender.visitor.form(`/transfers/${reference}/change`, {});
  assert.equal(await signDraft(sender, reference), 200);
  assert.equal((await notices()).length, 1, "nothing of it has changed");
  await sender.visitor.form(`/transfers/${reference}/change`, {});
  const { text } = await sender.visitor.get(`/transfers/${reference}/tasks?show=all`);
  assert.doesNotMatch(text.split("Worth doing")[1] ?? "", /SDT2-5[\s\S]{0,400}To do/);
  await sender.visitor.form(`/transfers/${reference}/agreement`, { agreement: "none", why: "A court order" });
  assert.equal(await signDraft(sender, reference), 200);
  const second = (await notices()).find(({ id }) => id !== first?.id);
  assert.equal((await notices()).length, 2, "another reason why there is no agreement");
  assert.match((await privacy.get(`/advice/${second?.id}`)).text, /None, because: A court order/);
  assert.match(await page(), /Closed without an answer[\s\S]*None, because: One letter/, "as they were shown it");
  assert.equal((await privacy.form(`/advice/${first?.id}`, { answer: "?", impactAssessment: "made" })).status, 409);
  const open = (await server.records.read.openAdvice()).filter((each) => each.reference === reference);
  assert.deepEqual(
    open.map(({ id }) => id),
    [second?.id],
    "the new one takes the place of the old",
  );
  assert.doesNotMatch((await privacy.get("/advice")).text, new RegExp(`/advice/${first?.id}`));
  assert.match(
    (await sender.visitor.get(`/transfers/${reference}`)).text,
    /Closed without an answer: the privacy team/,
  );
  const history = (await sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(history, /Changed: the agreement</, "the history says what was changed");
});

test("SDT2-5: that an impact assessment is needed waits for its sender, after release too, until they say what was decided", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, { facts: PERSONAL });
  const [notice] = await server.records.read.adviceOf(reference);
  const path = `/advice/${notice?.id}`;
  const record = { outcome: "Priya makes one by <b>Friday</b>." };
  assert.equal((await sender.visitor.form(`${path}/followed`, record)).status, 409, "nothing was answered yet");
  await privacy.form(path, { answer: "We need one first.", impactAssessment: "needed" });
  const mail = (await server.mail(sender.member.address)).find(({ text }) => text.includes(path));
  assert.match(mail?.text ?? "", /Something is asked of you/);
  assert.doesNotMatch(`${mail?.subject} ${mail?.text}`, /assessment|need one/, "nothing of what they say");
  const waits = new RegExp(`${reference}: the privacy team says that an impact assessment is needed`);
  assert.match((await sender.visitor.get("/")).text, waits);
  assert.match((await sender.visitor.get(`/transfers/${reference}`)).text, /An impact assessment is needed<\/h2>/);
  assert.match((await privacy.get(path)).text, /has not said yet what was decided/);
  assert.equal((await privacy.form(`${path}/followed`, record)).status, 403, "only who sends it");
  assert.equal((await sender.visitor.form(`${path}/followed`, { outcome: " " })).status, 422);
  assert.equal((await sender.visitor.form(`${path}/followed`, record)).status, 303);
  assert.equal((await sender.visitor.form(`${path}/followed`, record)).status, 409, "once");
  assert.doesNotMatch((await sender.visitor.get("/")).text, waits);
  const { text } = await sender.visitor.get(`/transfers/${reference}`);
  assert.doesNotMatch(text, /An impact assessment is needed<\/h2>/);
  assert.match(
    text,
    /Ada Clerk said what was decided on what the privacy team answered[\s\S]*Priya makes one by &lt;b&gt;Friday/,
  );
  const events = await server.records.read.eventsOf(reference);
  assert.equal(events.filter(({ kind }) => kind === "advice-followed").length, 1);
});

test("SIS-15: an answer is shown with the facts that it was given on; on other facts it does not count, and says so", async () => {
  const reference = await refusedDraft(ABROAD);
  await sender.visitor.form(`/transfers/${reference}/advice`, { adviser: "privacy-team", question: "May this go?" });
  const tasks = async () => (await sender.visitor.get(`/transfers/${reference}/tasks?show=all`)).text;
  const own = async () => (await sender.visitor.get(`/transfers/${reference}`)).text;
  const asked = async () => (await server.records.read.adviceOf(reference)).filter(({ question }) => question !== "");
  const [first] = await asked();
  const change = async (people: number) => {
    await server.records.write(async (tx) => {
      const transfer = await tx.transfer(reference);
      assert.ok(transfer);
      await tx.saveTransfer({ ...transfer, facts: { ...transfer.facts, people } });
      await tx.append(sampleEvent({ kind: "transfer-changed", reference, detail: { changed: "people" } }));
    });
  };
  assert.match(await tasks(), /Waits for an answer/);
  await change(900);
  assert.doesNotMatch(await tasks(), /Waits for an answer/);
  assert.match(await tasks(), /They were asked about other facts[\s\S]*?To do/);
  await change(3);
  assert.match(await tasks(), /Waits for an answer/, "the facts are those again");
  const answer = { verdict: "may-go", answer: "Yes.", impactAssessment: "not-needed" };
  assert.equal((await privacy.form(`/advice/${first?.id}`, answer)).status, 303);
  assert.doesNotMatch(await own(), /does not count any more/);
  await change(900);
  assert.match(await tasks(), /What they answered was about other facts[\s\S]*?To do/);
  for (const page of [await own(), (await privacy.get(`/advice/${first?.id}`)).text]) {
    assert.match(page, /It was asked about other facts and does not count any more/);
    assert.match(page, /People in it<\/dt><dd[^>]*>3, as declared/);
  }
  assert.match((await privacy.get(`/advice/${first?.id}`)).text, /What is different now[\s\S]*900, as declared/);
  assert.match((await sender.visitor.get(`/transfers/${reference}/advice`)).text, /It was asked about other facts/);
  await server.records.write(async (tx) => {
    const old = await tx.advice(first?.id ?? "");
    assert.ok(old);
    await tx.saveAdvice({ ...old, shown: null });
    await tx.append(sampleEvent({ kind: "advice-asked", reference }));
  });
  assert.match((await privacy.get(`/advice/${first?.id}`)).text, /was not kept then\. These are the facts of today/);
});

test("SIS-15: who is asked anew about other facts has one question, and the earlier one is closed", async () => {
  const reference = await refusedDraft(ABROAD);
  const tasks = (await sender.visitor.get(`/transfers/${reference}/tasks?show=all`)).text;
  assert.match(tasks, new RegExp(`href="/transfers/${reference}/advice\\?adviser=privacy-team"`));
  const ask = (question: string) =>
    sender.visitor.form(`/transfers/${reference}/advice`, { adviser: "privacy-team", question });
  const open = async () =>
    (await server.records.read.openAdvice())
      .filter((each) => each.reference === reference)
      .map(({ question }) => question);
  assert.equal((await ask("May three go?")).status, 303);
  assert.equal((await ask("And by Friday?")).status, 303);
  assert.deepEqual((await open()).toSorted(), ["And by Friday?", "May three go?"], "both are about the facts of now");
  await server.records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    assert.ok(transfer);
    await tx.saveTransfer({ ...transfer, facts: { ...transfer.facts, people: 4 } });
    await tx.append(sampleEvent({ kind: "transfer-changed", reference, detail: { changed: "people" } }));
  });
  assert.equal((await ask("May four go?")).status, 303);
  assert.deepEqual(await open(), ["May four go?"]);
  const waiting = (await privacy.get("/advice")).text;
  assert.match(waiting, /May four go\?/);
  assert.doesNotMatch(waiting, /May three go\?/);
  const own = (await sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(own, /Closed without an answer: the privacy team[\s\S]*asked about other facts, and is asked anew/);
  const first = (await server.records.read.adviceOf(reference)).find(({ question }) => question === "May three go?");
  assert.match((await privacy.get(`/advice/${first?.id}`)).text, /Closed without an answer[\s\S]*It was asked anew/);
});

test("OXM-4: advice can be asked for from the transfer, its tasks and its methods, whatever the rules want", async () => {
  const reference = await refusedDraft(ABROAD);
  const link = new RegExp(`href="/transfers/${reference}/advice">ask for advice`);
  for (const page of ["", "/tasks?show=all", "/method"])
    assert.match((await sender.visitor.get(`/transfers/${reference}${page}`)).text, link, page);
});
