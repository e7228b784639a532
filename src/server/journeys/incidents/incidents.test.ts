import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { escalateIncidents } from "../../../jobs/escalate-incidents.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleFacts } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { incidentNews } from "../../incidents/incident-news.ts";

const HOUR = 3_600_000;

let server: TestServer;
let people: Readonly<Record<"sam" | "lena" | "priya" | "ada" | "ben" | "audra", Member>>;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const lena = await addMember(server, "Lena Line");
  people = {
    lena,
    sam: await addMember(server, "Sam Sender", { lineManagerId: lena.id }),
    priya: await addMember(server, "Priya Privacy", { roles: ["privacy-team"] }),
    ada: await addMember(server, "Ada Admin", { roles: ["administrator"] }),
    ben: await addMember(server, "Ben Other"),
    audra: await addMember(server, "Audra Audit", { roles: ["auditor"] }),
  };
});
after(() => server.stop());

const as = (who: keyof typeof people) => new Visitor(server).signIn(people[who].id);
const homeOf = async (who: keyof typeof people) => (await (await as(who)).get("/")).text;
const mailOf = async (who: keyof typeof people, id: string) =>
  (await server.mail(people[who].address)).filter(({ subject }) => subject.includes(id));

let made = 0;
async function send(personal = true): Promise<ReleasedTransfer> {
  made += 1;
  const contact = await addContact(server, people.sam, `Robin ${made}`, `robin${made}@chambers.example`);
  const facts = sampleFacts({ personal });
  return releaseTransfer(server, people.sam, [{ contact }], new Uint8Array([1]), { facts });
}

/** What somebody who is not signed in reports; answers the incident's number. */
async function reported(fields: Record<string, string> = {}): Promise<string> {
  const stranger = new Visitor(server);
  const answer = await stranger.form("/report", { kind: "missing", ...fields });
  assert.equal(answer.status, 200);
  const adding = /name="adding" value="([^"]+)"/.exec(answer.text)?.[1] ?? "";
  const added = await stranger.form("/report/more", { adding, asks: "reach", reach: "020 7946 0999" });
  assert.match(added.text, /It was added to your report/);
  return /IN-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(answer.text)?.[0] ?? "";
}
const found = async (id: string) =>
  (await server.records.read.incident(id)) ?? assert.fail("There is no such incident.");
const decision = (tell: string) => ({ tell, reason: "They deleted it unread" });

test("SIS-37: an incident is there for whom it went to; its sender sees a part of it, and nobody else anything", async () => {
  const sent = await send();
  const id = await reported({ about: sent.reference, words: "Page 3 is not there" });
  for (const who of ["lena", "priya", "ada"] as const) {
    const page = (await (await as(who)).get(`/incidents/${id}`)).text;
    assert.match(page, /Page 3 is not there/);
    assert.match(page, /020 7946 0999/);
    assert.match(page, /I have it: acknowledge/);
  }
  const sender = await as("sam");
  await (await as("priya")).form(`/incidents/${id}/note`, { text: "Rang them" });
  const part = (await sender.get(`/incidents/${id}`)).text;
  assert.match(part, /Page 3 is not there/);
  assert.doesNotMatch(part, /020 7946 0999|Rang them|I have it: acknowledge|Add a note/);
  assert.equal((await sender.form(`/incidents/${id}/note`, { text: "x" })).status, 404);
  assert.equal((await sender.form(`/incidents/${id}/acknowledge`, {})).status, 404);
  const other = await as("ben");
  assert.equal((await other.get(`/incidents/${id}`)).status, 404);
  assert.doesNotMatch((await other.get("/incidents")).text, new RegExp(id));
  assert.match((await (await as("lena")).get("/incidents")).text, new RegExp(id));
  const auditor = await as("audra");
  assert.equal((await auditor.get(`/incidents/${id}`)).status, 404);
  assert.equal((await auditor.form(`/incidents/${id}/note`, { text: "x" })).status, 404, "an auditor only looks");
  const looks = async (path: string) => {
    assert.doesNotMatch((await auditor.get(path)).text, /Rang them|Page 3|href="[^"]+\/IN-/);
    await auditor.form(path, {});
    const [last] = await server.records.read.recentEvents(1);
    assert.deepEqual(last?.actor, { kind: "member", id: people.audra.id }, "the look is an event first");
    return (await auditor.get(path)).text;
  };
  assert.match(await looks("/records/incidents"), new RegExp(`href="/records/incidents/${id}"`));
  const audited = await looks(`/records/incidents/${id}`);
  assert.match(audited, /Rang them/);
  assert.doesNotMatch(audited, /I have it: acknowledge|Add a note/);
});

test("SPG-3: it shows who had been handed what is sealed and who proved that they opened it, at the report and now", async () => {
  const sent = await send();
  const id = await reported({ about: sent.reference, kind: "wrong-person" });
  const page = async () => (await (await as("priya")).get(`/incidents/${id}`)).text;
  assert.match(await page(), /Was handed nothing that is sealed[\s\S]*Cannot have opened it/);
  await server.records.write(async (tx) => {
    const row = (await tx.recipient(sent.recipients[0]?.id ?? "")) ?? assert.fail();
    const at = server.clock.now().toISOString();
    await tx.saveRecipient({ ...row, handedOutAt: at, openedAt: at });
    const about = { reference: sent.reference, recipientId: row.id, detail: {} };
    await tx.append({ kind: "recipient-opened", at, actor: { kind: "recipient", id: row.id }, ...about });
  });
  assert.match(await page(), /handed what is sealed to them on .*, after it was reported/);
  assert.match(await page(), /Proved that they opened it on .*, after it was reported/);
});

test("SDT-29: acknowledged by a person, worked on, decided, and closed with what was learnt; every act is in the log", async () => {
  const sent = await send();
  const id = await reported({ about: sent.reference, kind: "wrong-person" });
  const priya = await as("priya");
  const post = async (act: string, fields: Record<string, string>, status = 303) => {
    const answer = await priya.form(`/incidents/${id}/${act}`, fields);
    assert.equal(answer.status, status, `${act}: ${/<h1[\s\S]{0,300}/.exec(answer.text)?.[0]}`);
    return answer.text;
  };
  assert.match(await post("close", { lessons: "None" }, 409), /First acknowledge it/);
  await post("acknowledge", {});
  const refused = await post("close", { lessons: "Ring first" }, 409);
  assert.match(refused, new RegExp(`Access to ${sent.reference} is paused`));
  assert.match(refused, /Ring first<\/textarea>/, "what was typed is not lost");
  assert.match(refused, new RegExp(`href="/incidents/${id}#${sent.reference}">Sam Sender has to decide`));
  assert.match(refused, new RegExp(`href="/incidents/${id}/authority">`), "and it leads to what is missing");
  const way = `/transfers/${sent.reference}/recipients/${sent.recipients[0]?.id}`;
  assert.match((await (await as("sam")).get(`/incidents/${id}`)).text, new RegExp(`href="${way}"`));
  assert.equal((await (await as("sam")).form(`${way}/resume`, {})).status, 303);
  assert.match(await homeOf("priya"), new RegExp(`Decide by .* whether the supervisory authority is told: ${id}`));
  assert.match(
    (await priya.get(`/incidents/${id}`)).text,
    /Until .* it has to be decided whether the supervisory authority/,
  );
  assert.match(await post("authority", { tell: "yes" }, 422), /Enter the reason/);
  await post("authority", decision("yes"));
  assert.doesNotMatch(await homeOf("priya"), new RegExp(`supervisory authority is told: ${id}`));
  assert.match(await homeOf("priya"), new RegExp(`whether the people are told whose data it is: ${id}`));
  assert.match(await post("people", {}, 422), /Choose yes or no/);
  await post("people", decision("no"));
  assert.match(await post("action", { what: "", who: "nobody", "due-day": "1" }, 422), /Choose who does it/);
  const due = { "due-day": "1", "due-month": "12", "due-year": "2027" };
  assert.doesNotMatch((await priya.get(`/incidents/${id}/action`)).text, /Audra Audit/, "an auditor only looks");
  await post("action", { what: "Ask them to delete it", who: people.ben.id, ...due });
  assert.match(await homeOf("ben"), new RegExp(`To do by 1 December 2027, for ${id}: Ask them to delete it`));
  assert.equal((await mailOf("ben", id)).length, 1);
  assert.match(await post("close", { lessons: "None" }, 409), /An action is not done yet/);
  const action = (await found(id)).actions[0]?.id ?? "";
  const ben = await as("ben");
  assert.equal((await ben.form(`/incidents/${id}/done`, { action: "another" })).status, 404);
  assert.equal((await ben.form(`/incidents/${id}/done`, { action })).status, 303);
  await post("owner", { owner: people.lena.id });
  assert.equal((await mailOf("lena", id)).length, 2, "of the report, and that it is hers now");
  assert.match(await post("owner", { owner: "nobody" }, 422), /Choose who looks after it/);
  assert.match(await post("close", {}, 422), /Enter what was learnt/);
  await post("close", { lessons: "Check the address twice" });
  assert.match((await priya.get(`/incidents/${id}`)).text, /Check the address twice/);
  assert.doesNotMatch(await homeOf("lena"), new RegExp(id));
  await post("reopen", { reason: "Another copy turned up" });
  const { events, state } = await found(id);
  assert.equal(state, "acknowledged");
  const kinds = (await server.records.read.eventsNumbered(events)).map(({ kind }) => kind);
  assert.deepEqual(kinds, [
    ...[
      "incident-reported",
      "incident-noted",
      "incident-acknowledged",
      "incident-noted",
      "incident-decided",
      "incident-decided",
    ],
    ...["incident-action-added", "incident-action-done", "incident-given"],
    ...["incident-closed", "incident-closed", "incident-reopened", "incident-reopened"],
  ]);
  const ofTransfer = (await server.records.read.eventsOf(sent.reference)).filter(({ kind }) =>
    kind.startsWith("incident"),
  );
  assert.ok(
    !JSON.stringify(ofTransfer).includes("deleted it unread"),
    "reasons do not travel in the transfer's evidence",
  );
  assert.deepEqual(
    ofTransfer.map(({ kind }) => kind),
    ["incident-reported", "incident-closed", "incident-reopened"],
  );
});

test("the 72 hours run from the report, and what is late stays visible until it is decided", async () => {
  const id = await reported({ kind: "lost", words: "A stick" });
  const ada = await as("ada");
  assert.equal((await ada.form(`/incidents/${id}/acknowledge`, {})).status, 303);
  assert.match((await ada.get(`/incidents/${id}`)).text, /Nobody has said yet whether personal data is concerned/);
  assert.equal((await ada.form(`/incidents/${id}/authority`, decision("no"))).status, 409);
  assert.equal((await ada.form(`/incidents/${id}/personal`, {})).status, 422);
  await ada.form(`/incidents/${id}/personal`, { personal: "yes" });
  server.clock.advance(73 * HOUR);
  const later = await as("ada");
  assert.match((await later.get(`/incidents/${id}`)).text, /The 72 hours are over, and it still has to be decided/);
  assert.match(await homeOf("priya"), new RegExp(`supervisory authority is told: ${id}`));
});

test("OXM-3: a waybill's no is not confirmed: it is asked before closing, with a reason, and its yes is the privacy team's to take back", async () => {
  const none = await send(false);
  const id = await reported({ kind: "wrong-person", about: none.reference });
  const ada = await as("ada");
  assert.equal((await found(id)).personal, null);
  await ada.form(`/incidents/${id}/acknowledge`, {});
  const page = (await ada.get(`/incidents/${id}`)).text;
  assert.match(page, /By the waybill: no personal data, not confirmed/);
  assert.match(page, /72 hours end/);
  assert.equal((await ada.form(`/incidents/${id}/personal`, { personal: "no" })).status, 422);
  assert.equal((await ada.form(`/incidents/${id}/close`, { lessons: "None" })).status, 409);
  const no = { personal: "no", reason: "A blank form" };
  assert.equal((await ada.form(`/incidents/${id}/personal`, no)).status, 303);
  assert.match((await ada.get(`/incidents/${id}`)).text, /No\. By the waybill: no personal data/);
  const some = await reported({ kind: "wrong-person", about: (await send()).reference });
  await ada.form(`/incidents/${some}/acknowledge`, {});
  const refused = await ada.form(`/incidents/${some}/personal`, no);
  assert.equal(refused.status, 409);
  assert.match(refused.text, /The waybill declares personal data: .* privacy team/);
  assert.equal((await (await as("priya")).form(`/incidents/${some}/personal`, no)).status, 303);
});

test("a transfer that turns out to be concerned is linked: its sender knows, and personal data in it starts the clock", async () => {
  const sent = await send();
  const id = await reported({ kind: "near-miss" });
  const ada = await as("ada");
  assert.equal((await ada.form(`/incidents/${id}/link`, { reference: "WB-1" })).status, 422);
  assert.equal((await ada.form(`/incidents/${id}/link`, { reference: sent.reference })).status, 303);
  assert.equal((await ada.form(`/incidents/${id}/link`, { reference: sent.reference })).status, 409);
  const { personal, transfers } = await found(id);
  assert.deepEqual([personal, transfers.map(({ reference }) => reference)], [true, [sent.reference]]);
  assert.equal((await mailOf("sam", id)).length, 1);
  assert.match(await homeOf("sam"), new RegExp(`A problem was reported with what you sent: ${id}`));
  assert.match((await (await as("sam")).get(`/transfers/${sent.reference}`)).text, new RegExp(`Number ${id}`));
});

test("SIS-37: whoever has one incident to look after does not read others' transfers by linking them", async () => {
  const sent = await send();
  const id = await reported({ kind: "near-miss" });
  const [ada, ben] = [await as("ada"), await as("ben")];
  assert.equal((await ada.form(`/incidents/${id}/acknowledge`, {})).status, 303);
  assert.equal((await ada.form(`/incidents/${id}/owner`, { owner: people.ben.id })).status, 303);
  const [there, nowhere] = [
    await ben.form(`/incidents/${id}/link`, { reference: sent.reference }),
    await ben.form(`/incidents/${id}/link`, { reference: "WB-0000-0001" }),
  ];
  const said = /There is no transfer with that reference that you may link[^<]*/;
  assert.deepEqual([there.status, nowhere.status], [422, 422]);
  assert.equal(said.exec(there.text)?.[0], said.exec(nowhere.text)?.[0]);
  assert.deepEqual((await found(id)).transfers, []);
  assert.equal((await ada.form(`/incidents/${id}/owner`, { owner: people.lena.id })).status, 303);
  const linked = await (await as("lena")).form(`/incidents/${id}/link`, { reference: sent.reference });
  assert.equal(linked.status, 303, linked.text);
});

test("SDT-30: what nobody acknowledges in time is escalated, once a day, until somebody does", async () => {
  const id = await reported({ kind: "near-miss" });
  const { place } = server.parts;
  const job = () =>
    escalateIncidents(
      { records: server.records, incidentNews: (read, incident, at) => incidentNews(read, incident, place, at) },
      server.clock.now(),
    );
  const escalated = async () => (await found(id)).told.filter(({ as }) => as === "escalation").length;
  const earlier = (await mailOf("ada", id)).length;
  server.clock.advance(HOUR - 1);
  await job();
  assert.equal((await found(id)).escalatedAt, null);
  server.clock.advance(1);
  await job();
  assert.equal((await mailOf("ada", id)).length, earlier + 1);
  assert.match(await homeOf("ada"), new RegExp(`${id}: .*\\. Nobody has acknowledged it in time`));
  await job();
  assert.equal((await mailOf("ada", id)).length, earlier + 1, "not at every run");
  server.clock.advance(24 * HOUR);
  await job();
  assert.equal((await mailOf("ada", id)).length, earlier + 2);
  assert.ok((await escalated()) <= 1, "told of once each");
  await (await as("ada")).form(`/incidents/${id}/acknowledge`, {});
  server.clock.advance(24 * HOUR);
  await job();
  assert.equal((await mailOf("ada", id)).length, earlier + 2);
});
