import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../domain/member.ts";
import { escalateIncidents } from "../../jobs/escalate-incidents.ts";
import type { IncidentNews } from "../../jobs/parts.ts";
import { tellDeadlines } from "../../jobs/tell-deadlines.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../testing/released-transfer.ts";
import { sampleFacts } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";
import { incidentNews } from "./incident-news.ts";

const HOUR = 3_600_000;

let server: TestServer;
let people: Readonly<Record<"sam" | "lena" | "priya" | "ada" | "audra", Member>>;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const lena = await addMember(server, "Lena Line");
  people = {
    lena,
    sam: await addMember(server, "Sam Sender", { lineManagerId: lena.id }),
    priya: await addMember(server, "Priya Privacy", { roles: ["privacy-team"] }),
    ada: await addMember(server, "Ada Admin", { roles: ["administrator"] }),
    audra: await addMember(server, "Audra Audit", { roles: ["auditor"] }),
  };
});
after(() => server.stop());

type Who = keyof typeof people;
const as = (who: Who) => new Visitor(server).signIn(people[who].id);
const homeOf = async (who: Who) => (await (await as(who)).get("/")).text;
const mailOf = async (who: Who, id: string) =>
  (await server.mail(people[who].address)).filter(({ subject }) => subject.includes(id));
const found = async (id: string) => (await server.records.read.incident(id)) ?? assert.fail();
const parts = () => ({
  records: server.records,
  incidentNews: (...[read, incident, at, why]: Parameters<IncidentNews>) =>
    incidentNews(read, incident, server.parts.place, at, why),
});

let made = 0;
async function send(personal = true): Promise<ReleasedTransfer> {
  made += 1;
  const contact = await addContact(server, people.sam, `Robin ${made}`, `robin${made}@chambers.example`);
  return releaseTransfer(server, people.sam, [{ contact }], new Uint8Array([1]), { facts: sampleFacts({ personal }) });
}

/** What somebody who is not signed in reports; answers the number that they are given. */
async function reported(kind: string, about: string): Promise<string> {
  const answer = await new Visitor(server).form("/report", { kind, about });
  assert.equal(answer.status, 200);
  return /IN-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(answer.text)?.[0] ?? "";
}

/** An incident that the privacy team looks after, with what its transfer declares decided: nobody is told. */
async function decidedBy(kind: string, sent: ReleasedTransfer): Promise<string> {
  const id = await reported(kind, sent.reference);
  const priya = await as("priya");
  await priya.form(`/incidents/${id}/acknowledge`, {});
  for (const about of ["authority", "people"])
    await priya.form(`/incidents/${id}/${about}`, { tell: "no", reason: "It does not open" });
  const { authority, people: told } = await found(id);
  assert.ok(authority && told);
  return id;
}

test("SDT-29, OXM-3: a worse report that joins makes the incident one of its kind on every page, is acknowledged anew, asks anew what was decided, and escalates", async () => {
  const sent = await send();
  const id = await decidedBy("damaged", sent);
  server.clock.advance(100 * HOUR);
  const mails = Object.fromEntries(
    await Promise.all((["priya", "lena", "sam"] as const).map(async (who) => [who, (await mailOf(who, id)).length])),
  );
  const number = await reported("wrong-person", sent.reference);
  assert.notEqual(number, id);
  const now = await found(id);
  assert.deepEqual([now.kind, now.state, now.authority, now.people], ["wrong-person", "reported", null, null]);
  assert.equal(now.ownerId, people.priya.id);
  for (const who of ["priya", "lena", "sam"] as const) {
    const sentTo = await mailOf(who, id);
    assert.equal(sentTo.length, mails[who] + (who === "priya" ? 2 : 1), `${who}: the clock runs anew for who decides`);
    assert.doesNotMatch(sentTo.map(({ text }) => text).join(), /damaged|Robin|it reached/, "it reveals nothing");
  }
  assert.match((await mailOf("priya", id)).map(({ text }) => text).join(), /say again that you have it/);
  for (const who of ["priya", "lena"] as const) {
    const home = await homeOf(who);
    assert.match(
      home,
      new RegExp(`More was reported of ${id}[^<]*: it reached the wrong person \\(also: it is damaged`),
    );
    assert.match(home, /acknowledged anew/);
  }
  const priya = await as("priya");
  const page = (await priya.get(`/incidents/${id}`)).text;
  assert.match(page, new RegExp(`<h1[^>]*>Reported problem ${id}: it reached the wrong person`));
  assert.match(page, /Also reported of it: it is damaged/);
  assert.match(page, /Reported: it is damaged[\s\S]*Reported: it reached the wrong person/, "the history says both");
  assert.match(page, /It stood as “it is damaged, or does not open” before\. It has to be acknowledged anew/);
  assert.match(page, /Priya Privacy looks after it still/);
  assert.doesNotMatch(page, /72 hours ended/, "it was decided in time: they run anew");
  assert.match(
    (await priya.get("/incidents")).text,
    new RegExp(`it reached the wrong person \\(also: it is damaged[\\s\\S]*${sent.reference}`),
  );
  const own = (await (await as("sam")).get(`/transfers/${sent.reference}`)).text;
  assert.match(own, new RegExp(`${id}</a>: it reached the wrong person \\(also`));
  assert.match(own, new RegExp(`Number ${id}, reported as ${number}\\. It stood as`));

  const before = (await mailOf("ada", id)).length;
  await escalateIncidents(parts(), server.clock.now());
  assert.equal((await mailOf("ada", id)).length, before, "not before its hour");
  server.clock.advance(HOUR);
  await escalateIncidents(parts(), server.clock.now());
  assert.equal((await mailOf("ada", id)).length, before + 1);

  const again = await as("priya");
  assert.equal((await again.form(`/incidents/${id}/authority`, { tell: "yes", reason: "x" })).status, 409);
  assert.equal((await (await as("lena")).form(`/incidents/${id}/acknowledge`, {})).status, 303);
  assert.equal((await found(id)).ownerId, people.priya.id, "who looked after it does so still");
  assert.match(await homeOf("priya"), new RegExp(`Decide by [^<]* whether the supervisory authority is told: ${id}`));
  const less = await reported("near-miss", sent.reference);
  assert.ok(less !== id);
  assert.deepEqual([(await found(id)).kind, (await found(id)).state], ["wrong-person", "acknowledged"]);
});

test("SDT-29: whoever is given a worse report's incident before it is acknowledged anew finds it on their start page, and one who left has it no more", async () => {
  const sent = await send();
  const id = await decidedBy("damaged", sent);
  const bea = await addMember(server, "Bea Owner");
  await (await as("priya")).form(`/incidents/${id}/owner`, { owner: bea.id });
  await reported("lost", sent.reference);
  assert.match(
    (await (await new Visitor(server).signIn(bea.id)).get("/")).text,
    new RegExp(`More was reported of ${id}`),
  );
  await server.records.write(async (tx) => {
    await tx.saveMember({ ...((await tx.member(bea.id)) ?? assert.fail()), state: "deactivated" });
    const about = { reference: null, recipientId: null, detail: {} };
    const at = server.clock.now().toISOString();
    await tx.append({ kind: "member-changed", at, actor: { kind: "system" }, ...about });
  });
  await (await as("lena")).form(`/incidents/${id}/acknowledge`, {});
  assert.equal((await found(id)).ownerId, people.lena.id);
});

test("SDT-29, SIS-37: the number that each reporter was given leads to the incident: address, list, an auditor's search; and to nobody whose it is not", async () => {
  const sent = await send();
  const id = await reported("damaged", sent.reference);
  const number = await reported("wrong-person", sent.reference);
  const priya = await as("priya");
  const page = await priya.get(`/incidents/${number}`);
  assert.match(page.text, new RegExp(`${number} is the number of a <a[^>]*href="#${number}">later report`));
  assert.match(page.text, new RegExp(`Report ${id}\\.[\\s\\S]*Report ${number}\\.`), "the history names both");
  const list = await priya.get("/incidents");
  assert.match(list.text, new RegExp(`Reported again as ${number}`));
  const typed = number.slice(3).toLowerCase().replace("-", " ");
  const led = await priya.get(`/incidents?number=${encodeURIComponent(typed)}`);
  assert.deepEqual([led.status, led.headers.get("location")], [303, `/incidents/${number}`]);
  const none = await priya.get("/incidents?number=IN-0000-0000");
  assert.match(none.text, /There is no reported problem with this number that you may see/);
  const stranger = await new Visitor(server).signIn((await addMember(server, "Olga Other")).id);
  assert.equal((await stranger.get(`/incidents/${number}`)).status, 404);
  assert.match((await stranger.get(`/incidents?number=${number}`)).text, /that you may see/);
  assert.equal((await priya.form(`/incidents/${number}/acknowledge`, {})).headers.get("location"), `/incidents/${id}`);

  const auditor = await as("audra");
  assert.match(
    (await auditor.get("/incidents")).text,
    /href="\/records\/incidents">All reported problems, as an auditor/,
  );
  const search = await auditor.form("/records/search", { reference: number });
  assert.deepEqual([search.status, search.headers.get("location")], [303, `/records/incidents/${id}`]);
  const [look] = await server.records.read.recentEvents(1);
  assert.deepEqual([look?.kind, look?.detail], ["records-searched", { reference: number }]);
  const gone = await auditor.form("/records/search", { reference: "IN-0000-0000" });
  assert.match(gone.text, /There is no reported problem with this number/);
});

test("SDT-29, OXM-3: before the 72 hours run out, and when they are over, whom that concerns is mailed once; the start page says that it is overdue", async () => {
  const sent = await send();
  const id = await reported("wrong-person", sent.reference);
  await (await as("priya")).form(`/incidents/${id}/acknowledge`, {});
  const counts = async () =>
    Promise.all((["priya", "lena", "ada"] as const).map(async (who) => (await mailOf(who, id)).length));
  const [priya = 0, lena = 0, ada = 0] = await counts();
  const told = async (hours: number) => {
    server.clock.advance(hours * HOUR);
    await tellDeadlines(parts(), server.clock.now());
    await tellDeadlines(parts(), server.clock.now());
    return counts();
  };
  assert.deepEqual(await told(47), [priya, lena, ada]);
  assert.deepEqual(await told(1), [priya + 1, lena, ada], "a day before: whoever decides");
  assert.match(await homeOf("priya"), new RegExp(`Decide by [^<]* whether the supervisory authority is told: ${id}`));
  assert.deepEqual(await told(24), [priya + 2, lena + 1, ada + 1], "when they are over: those above them too");
  assert.match(
    await homeOf("priya"),
    new RegExp(`Overdue: the 72 hours ended on [^<]*\\. Decide whether the supervisory authority is told: ${id}`),
  );
  for (const who of ["lena", "ada"] as const)
    assert.match(await homeOf(who), new RegExp(`Overdue: the 72 hours ended on [^<]*told: ${id}`), who);
  assert.deepEqual(await told(48), [priya + 2, lena + 1, ada + 1], "once");
  const page = (await (await as("ada")).get(`/incidents/${id}`)).text;
  assert.match(page, /72 hours ended/);
  assert.match((await (await as("ada")).get(`/incidents/${id}/authority`)).text, /ended on .*They are over/);
  assert.match(page, /The 72 hours were to end within a day[\s\S]*The 72 hours were over/);
  for (const { text } of await mailOf("priya", id)) assert.doesNotMatch(text, /Robin|it reached|personal data/);
  await (await as("priya")).form(`/incidents/${id}/authority`, { tell: "yes", reason: "Late" });
  assert.doesNotMatch(await homeOf("priya"), new RegExp(`Overdue[^<]*${id}`));
  const unseen = await reported("lost", (await send()).reference);
  server.clock.advance(73 * HOUR);
  assert.match(
    await homeOf("priya"),
    new RegExp(`${unseen}[^<]*Overdue: the 72 hours for telling`),
    "nobody has it yet",
  );
  await tellDeadlines(parts(), server.clock.now());
  const over = (await mailOf("priya", unseen)).map(({ text }) => text).join();
  assert.match(over, /The 72 hours for what has to be decided about it are over, and it is not decided/);
});

test("SPG-3: linking a transfer notes how many had been handed what is sealed, and how many had proved that they opened it", async () => {
  const sent = await send();
  const row = (await server.records.read.recipient(sent.recipients[0]?.id ?? "")) ?? assert.fail();
  await server.records.write(async (tx) => {
    const at = server.clock.now().toISOString();
    await tx.saveRecipient({ ...row, handedOutAt: at, openedAt: null });
    const about = { reference: sent.reference, recipientId: row.id, detail: {} };
    await tx.append({ kind: "grant-handed-out", at, actor: { kind: "recipient", id: row.id }, ...about });
  });
  const id = await reported("near-miss", "");
  assert.equal((await (await as("ada")).form(`/incidents/${id}/link`, { reference: sent.reference })).status, 303);
  const page = (await (await as("ada")).get(`/incidents/${id}`)).text;
  assert.match(
    page,
    /By then one recipient had been handed what is sealed to them, and nobody had proved that they opened it/,
  );
});

test("what stands open when it is to be closed is named above the form, each with its way there, beside what was not typed", async () => {
  const sent = await send();
  const id = await reported("wrong-person", sent.reference);
  const priya = await as("priya");
  await priya.form(`/incidents/${id}/acknowledge`, {});
  for (const lessons of ["", "Ring first"]) {
    const { text, status } = await priya.form(`/incidents/${id}/close`, { lessons });
    assert.equal(status, lessons === "" ? 422 : 409);
    const summary = /<div class="govuk-error-summary"[\s\S]*?<\/ul>/.exec(text)?.[0] ?? "";
    assert.match(summary, new RegExp(`href="/incidents/${id}#${sent.reference}">Sam Sender has to decide`));
    for (const about of ["authority", "people"]) assert.match(summary, new RegExp(`href="/incidents/${id}/${about}"`));
    assert.match(
      summary,
      lessons === "" ? /href="#lessons">Enter what was learnt/ : /is paused, and nobody has decided/,
    );
  }
});
