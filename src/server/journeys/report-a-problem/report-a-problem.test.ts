import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes } from "../../../bytes/random.ts";
import type { Member } from "../../../domain/member.ts";
import { newReference } from "../../../domain/reference.ts";
import { mailCollectedReports } from "../../../jobs/mail-collected-reports.ts";
import type { IncidentNews } from "../../../jobs/parts.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleFacts } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { incidentNews } from "../../incidents/incident-news.ts";

let server: TestServer;
let sam: Member;
let lena: Member;
let priya: Member;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  lena = await addMember(server, "Lena Line");
  sam = await addMember(server, "Sam Sender", { lineManagerId: lena.id });
  priya = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
});
after(() => server.stop());

let made = 0;
/** A transfer with personal data in it, to that many people outside. */
async function send(people = 1, personal = true): Promise<ReleasedTransfer> {
  const to = [];
  for (let each = 0; each < people; each++) {
    made += 1;
    to.push({ contact: await addContact(server, sam, `Robin ${made}`, `robin${made}@chambers.example`) });
  }
  return releaseTransfer(server, sam, to, new Uint8Array([1]), { facts: sampleFacts({ personal }) });
}
const stateOf = async ({ recipients }: ReleasedTransfer, which = 0) =>
  (await server.records.read.recipient(recipients[which]?.id ?? ""))?.state;
const incidentsOf = ({ reference }: ReleasedTransfer) => server.records.read.incidentsOf(reference);
const homeOf = async (member: Member) => (await (await new Visitor(server).signIn(member.id)).get("/")).text;
const mailAbout = async (id: string, to: string) =>
  (await server.mail(to)).filter(({ subject }) => subject.includes(id));
const numberIn = (text: string) => /IN-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? "";

test("SPG-3, SDT-29, SDT-30: somebody without an account reports a wrong recipient by their link: access stops, and sender, line manager and privacy team know", async () => {
  const sent = await send();
  const link = sent.recipients[0]?.id ?? "";
  const stranger = new Visitor(server);
  const form = await stranger.get(`/report?link=${link}`);
  assert.match(form.text, new RegExp(`value="${sent.reference}"`), "the reference is filled in");
  const typed = {
    kind: "wrong-person",
    about: sent.reference,
    link,
    words: "I am not Robin",
  };
  const answer = await stranger.form("/report", typed);
  assert.equal(answer.status, 200);
  assert.match(answer.text, /Your report was sent/);
  assert.equal([...form.text.matchAll(/<(textarea|input class="govuk-input|fieldset)/g)].length, 3, "three questions");
  const adding = /name="adding" value="([^"]+)"/.exec(answer.text)?.[1] ?? "";
  const long = await stranger.form("/report/more", { adding, asks: "reach", reach: "x".repeat(201) });
  assert.equal(long.status, 422);
  assert.match(
    (await stranger.form("/report/more", { adding, reach: "me@home.example" })).text,
    /It was added to your/,
  );
  assert.match((await stranger.form("/report/more", { adding, reach: "again" })).text, /could not be added any more/);
  assert.equal(await stateOf(sent), "paused", "nothing is destroyed");
  assert.ok((await server.records.read.recipient(link))?.grant, "the grant is still there");
  const [incident] = await incidentsOf(sent);
  assert.ok(incident);
  assert.equal(incident.id, numberIn(answer.text));
  assert.deepEqual(
    [incident.kind, incident.personal, incident.reports[0]?.standing, incident.reports[0]?.stopped],
    ["wrong-person", true, "link", "paused"],
  );
  const known = [sam.address, lena.address, priya.address, "privacy@council.example", "compliance@council.example"];
  for (const address of known) {
    const [mail] = await mailAbout(incident.id, address);
    assert.ok(mail, address);
    assert.match(mail.text, new RegExp(`/incidents/${incident.id}`));
    assert.doesNotMatch(mail.subject + mail.text, /Robin|wrong-person|home\.example|case/i, "it reveals nothing");
  }
  for (const member of [lena, priya]) assert.match(await homeOf(member), new RegExp(incident.id), member.name);
  assert.doesNotMatch(await homeOf(sam), new RegExp(incident.id), "who has to decide is asked once");
  assert.match(await homeOf(sam), /may have reached the wrong person|said that it is not for them/);
  const kinds = (await server.records.read.eventsOf(sent.reference)).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-2), ["access-paused", "incident-reported"]);
  assert.equal(incident.reports[0]?.reach, "me@home.example");
});

test("SDT-14: by the reference alone it pauses everybody who has not confirmed receipt, three times a day at the most", async () => {
  const sent = await send(2);
  const report = () =>
    new Visitor(server).form("/report", { kind: "wrong-person", about: sent.reference.toLowerCase() });
  assert.equal((await report()).status, 200);
  assert.deepEqual([await stateOf(sent, 0), await stateOf(sent, 1)], ["paused", "paused"]);
  const sender = await new Visitor(server).signIn(sam.id);
  const first = `/transfers/${sent.reference}/recipients/${sent.recipients[0]?.id}`;
  assert.match((await sender.get(first)).text, /may have reached the wrong person/);
  const whole = (await sender.get(`/transfers/${sent.reference}`)).text;
  assert.match(whole, /It was reported that this may have reached the wrong person\. It is paused for Robin/);
  const resume = () => sender.form(`${first}/resume`, {});
  const limit = 3 * 100; // the server of this test takes a hundred times as many
  await resume();
  const [incident] = await incidentsOf(sent);
  const noted = await server.records.read.eventsNumbered(incident?.events ?? []);
  assert.ok(
    noted.some(({ kind, detail }) => kind === "incident-noted" && /let access .* go on/.test(String(detail.text))),
  );
  for (let times = 1; times < limit; times++) {
    await server.parts.ephemera.count(
      "rate",
      `pause by report ${sent.reference}`,
      server.clock.now(),
      new Date(8.64e15),
    );
  }
  await report();
  assert.equal(await stateOf(sent), "released", "nobody can keep it shut");
  assert.equal((await incidentsOf(sent))[0]?.reports.length, 2, "it is reported all the same, to the same incident");
});

test("SPG-3: reported by the sender, that recipient's access ends at once, and the others' goes on", async () => {
  const sent = await send(2);
  const sender = await new Visitor(server).signIn(sam.id);
  const link = sent.recipients[1]?.id ?? "";
  const answer = await sender.form("/report", { kind: "wrong-person", about: sent.reference, link });
  assert.equal(answer.status, 303);
  assert.match(answer.headers.get("location") ?? "", /^\/incidents\/IN-/);
  assert.deepEqual([await stateOf(sent, 0), await stateOf(sent, 1)], ["released", "dropped"]);
  assert.equal((await server.records.read.recipient(link))?.grant, null);
  const [incident] = await incidentsOf(sent);
  assert.equal(incident?.reports[0]?.stopped, "ended");
  const page = await sender.get(answer.headers.get("location") ?? "");
  assert.match(page.text, /was sent, and those who look after this were told/);
  assert.equal(
    (await mailAbout(incident?.id ?? "", sam.address)).length,
    0,
    "nobody is written to about their own report",
  );
});

test("a sender who does not say which of several it was stops all of them for now, and is led to where that is decided", async () => {
  const sent = await send(2);
  const sender = await new Visitor(server).signIn(sam.id);
  const answer = await sender.form("/report", { kind: "wrong-person", about: sent.reference });
  assert.deepEqual([await stateOf(sent, 0), await stateOf(sent, 1)], ["paused", "paused"]);
  const page = await sender.get(answer.headers.get("location") ?? "");
  assert.equal(page.text.match(/Decide: let it go on, or end access/g)?.length, 2);
});

test("SDT-29: a wrong recipient after another report of the same transfer is mailed to all whom that concerns", async () => {
  const sent = await send(1, false);
  await new Visitor(server).form("/report", { kind: "missing", about: sent.reference });
  const [first] = await incidentsOf(sent);
  const priyas = await new Visitor(server).signIn(priya.id);
  await priyas.form(`/incidents/${first?.id}/acknowledge`, {});
  const before = (await mailAbout(first?.id ?? "", lena.address)).length;
  const link = sent.recipients[0]?.id ?? "";
  await new Visitor(server).form("/report", { kind: "wrong-person", about: sent.reference, link });
  assert.equal((await incidentsOf(sent)).length, 1);
  assert.equal((await mailAbout(first?.id ?? "", lena.address)).length, before + 1);
  assert.ok((await mailAbout(first?.id ?? "", priya.address)).length > 0);
  assert.ok((await mailAbout(first?.id ?? "", sam.address)).length > 0);
});

test("what is reported again after an incident was closed is a new one", async () => {
  const sent = await send(1, false);
  await new Visitor(server).form("/report", { kind: "missing", about: sent.reference });
  const [first] = await incidentsOf(sent);
  const manager = await new Visitor(server).signIn(lena.id);
  await manager.form(`/incidents/${first?.id}/acknowledge`, {});
  await manager.form(`/incidents/${first?.id}/personal`, { personal: "no", reason: "A blank form" });
  await manager.form(`/incidents/${first?.id}/close`, { lessons: "None" });
  await new Visitor(server).form("/report", { kind: "missing", about: sent.reference });
  assert.deepEqual((await incidentsOf(sent)).map(({ state }) => state).toSorted(), ["closed", "reported"]);
});

test("SPG-3: reported by a recipient who proved the mailbox, on any page, their access ends at once", async () => {
  const sent = await send();
  const device = await ReceivingDevice.proved(server, sent.recipients[0]?.id ?? "");
  await device.arrive();
  assert.equal((await device.form("/report", { kind: "wrong-person", about: sent.reference })).status, 200);
  assert.equal(await stateOf(sent), "misdirected");
  const [incident] = await incidentsOf(sent);
  assert.deepEqual(
    [incident?.reports[0]?.standing, incident?.transfers[0]?.exposures[0]?.openedAt],
    ["recipient", null],
  );
  assert.ok(incident?.transfers[0]?.exposures[0]?.handedOutAt, "that they had been handed what is sealed is noted");
  assert.equal((await device.api("GET", `/api/r/${sent.recipients[0]?.id}`)).status, 401, "their session ended too");
});

test("SDT-29: what a recipient says on their own pages opens an incident, and what they say next joins it", async () => {
  const sent = await send();
  const id = sent.recipients[0]?.id ?? "";
  const device = await ReceivingDevice.proved(server, id);
  assert.equal((await device.get(`/report?link=${id}`)).headers.get("location"), `/r/${id}/problem`);
  for (const kind of ["damaged", "damaged"]) await device.api("POST", `/api/r/${id}/problem`, { kind, detail: "" });
  const [known] = await incidentsOf(sent);
  assert.equal(known?.reports.length, 2);
  assert.equal((await mailAbout(known?.id ?? "", lena.address)).length, 1, "a program that fails twice is mailed once");
  await device.form(`/r/${id}/problem`, { kind: "opened-by-other", detail: "My clerk did" });
  const ended = await device.form(`/r/${id}/not-for-me`, {});
  assert.match(ended.text, /Keep what you have, and the email, until somebody tells you/);
  assert.doesNotMatch(ended.text, /delete it|How can we reach you/i);
  const adding = /name="adding" value="([^"]+)"/.exec(ended.text)?.[1] ?? "";
  await device.form("/report/more", { adding, asks: "words", words: "I had opened it" });
  const [incident, ...others] = await incidentsOf(sent);
  assert.equal(others.length, 0);
  assert.deepEqual(
    incident?.reports.map(({ kind, stopped, words }) => [kind, stopped, words]),
    [
      ["damaged", null, ""],
      ["damaged", null, ""],
      ["opened-by-other", null, "My clerk did"],
      ["wrong-person", "ended", "I had opened it"],
    ],
  );
  assert.equal((await mailAbout(incident?.id ?? "", lena.address)).length, 3, "told of each once");
});

test("the answer to somebody who is not signed in is the same whether there is such a transfer or not", async () => {
  const sent = await send();
  const told = async (fields: Record<string, string>) => {
    const answer = await new Visitor(server).form("/report", { kind: "wrong-person", words: "Hm", ...fields });
    const plain = answer.text
      .replaceAll(/IN-[0-9A-Z]{4}-[0-9A-Z]{4}/g, "IN")
      .replaceAll(/(content|value)="[^"]{20,}"/g, "");
    return { status: answer.status, plain };
  };
  const real = await told({ about: sent.reference });
  assert.deepEqual(await told({ about: newReference(randomBytes) }), real);
  assert.deepEqual(await told({ about: sent.reference }), real, "reported before");
  assert.deepEqual(await told({ about: `${server.url}/r/${"A".repeat(22)}` }), real);
  assert.deepEqual(await told({ unknown: "yes", about: "the thing" }), real);
  const manager = await new Visitor(server).signIn(lena.id);
  const colleague = await manager.form("/report", { kind: "wrong-person", about: sent.reference });
  assert.equal(colleague.status, 200, "the same to a colleague whom it goes to");
  const unlinked = (await server.records.read.openIncidents()).filter(({ transfers }) => transfers.length === 0);
  assert.equal(unlinked.length, 3, "what names nothing that there is, is looked into too");
});

test("SIS-27: nothing seems lost, no transfer, no account: it counts like any other", async () => {
  const answer = await new Visitor(server).form("/report", { kind: "near-miss", words: "The cabinet was open" });
  const incident = await server.records.read.incident(numberIn(answer.text));
  assert.deepEqual([incident?.state, incident?.personal, incident?.transfers.length], ["reported", null, 0]);
  assert.equal((await mailAbout(incident?.id ?? "", "security@council.example")).length, 1);
});

test("ESG-4: a member reports a suspicious message: the service desk and their line manager know", async () => {
  const member = await new Visitor(server).signIn(sam.id);
  assert.match((await member.get("/")).text, /wb-header__link" href="\/report">Report a problem/);
  const answer = await member.form("/report", { kind: "suspicious-message", words: "Asks for my password" });
  assert.match(answer.text, /forward the message as an attachment to the desk team, desk@council\.example/);
  assert.match((await member.get("/report")).text, /the security team: security@council\.example/);
  assert.doesNotMatch((await new Visitor(server).get("/report")).text, /@council\.example/, "for colleagues alone");
  const number = numberIn(answer.text);
  for (const to of ["desk@council.example", lena.address]) assert.equal((await mailAbout(number, to)).length, 1, to);
});

test("what is missing or too long is asked again with what was typed; a reference that is none can be left out", async () => {
  const stranger = new Visitor(server);
  const empty = await stranger.form("/report", {});
  assert.equal(empty.status, 422);
  assert.match(empty.text, /Choose what happened/);
  const wrong = await stranger.form("/report", { kind: "lost", about: "WB-0000-0001", words: "x".repeat(1001) });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /That is no reference or link of ours/);
  assert.match(wrong.text, /1,000 characters at the most/);
  assert.match(wrong.text, /value="WB-0000-0001"/);
  assert.equal((await stranger.form("/report", { kind: "lost", about: "WB-0000-0001", unknown: "yes" })).status, 200);
});

test("the form and its answer are in Welsh too, and keep what the page is about", async () => {
  const sent = await send();
  const link = sent.recipients[0]?.id ?? "";
  const stranger = new Visitor(server);
  const welsh = await stranger.get(`/report?link=${link}&lang=cy`);
  assert.match(welsh.text, /Rhoi gwybod am broblem/);
  assert.match(welsh.text, new RegExp(`href="/report\\?link=${link}&(amp;)?lang=en"`));
  assert.match((await stranger.form("/report", { kind: "missing" })).text, /Mae eich adroddiad wedi’i anfon/);
});

test("SPG-3: many reports of strangers that name nothing, from one network, are one incident and one mail more; none is lost", async () => {
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const [ada] = [await addMember(strict, "Ada", { roles: ["administrator"] })];
    const stranger = new Visitor(strict);
    for (let times = 0; times < 7; times++) await stranger.form("/report", { kind: "lost", words: `Number ${times}` });
    const answer = await stranger.form("/report", { kind: "missing" });
    const open = await strict.records.read.openIncidents();
    const counts = open.map(({ kind, reports }) => `${kind} ${reports.length}`).toSorted();
    assert.deepEqual(counts, ["lost 1", "lost 1", "lost 5", "missing 1"], "another kind of problem stands apart");
    assert.match(answer.text, /Your report was sent/);
    const mail = async () => (await strict.mail(ada.address)).length;
    const before = await mail();
    assert.equal(before, 4, "one for each incident");
    const { records, place, ephemera } = strict.parts;
    const parts = {
      records,
      ephemera,
      incidentNews: (...[read, incident, at, why]: Parameters<IncidentNews>) =>
        incidentNews(read, incident, place, at, why),
    };
    assert.equal(await mailCollectedReports(parts, strict.clock.now()), 0, "they are waited for");
    strict.clock.advance(15 * 60_000);
    assert.equal(await mailCollectedReports(parts, strict.clock.now()), 1);
    assert.equal(await mail(), before + 1);
    assert.equal(await mailCollectedReports(parts, strict.clock.now()), 0, "once");
  } finally {
    await strict.stop();
  }
});

test("an office's second reporter gets through: strangers' reports are counted by transfer, and by network; members' are not", async () => {
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const member = await addMember(strict, "Ada");
    const stranger = new Visitor(strict);
    const [one, other] = [newReference(randomBytes), newReference(randomBytes)];
    const reported = async (about: string) => stranger.form("/report", { kind: "lost", about, words: "On the <bus>" });
    for (let times = 0; times < 10; times++) assert.equal((await reported(one)).status, 200);
    const refused = await reported(one);
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("retry-after"), "3600");
    const { phone = "" } = (await strict.records.read.organisation()) ?? {};
    assert.ok(phone !== "" && refused.text.includes(phone), "whom to ring stands there");
    assert.match(refused.text, /On the &lt;bus&gt;<\/textarea>/, "what was typed is not lost");
    assert.doesNotMatch(refused.text, /link in the email again/);
    assert.equal((await reported(other)).status, 200, "about another transfer");
    for (let times = 0; times < 50; times++) await stranger.form("/report", { kind: "near-miss" });
    const all = await stranger.form("/report?lang=cy", { kind: "near-miss" });
    assert.equal(all.status, 429);
    assert.match(all.text, /anfonwch ef eto ymhen awr/);
    const ada = await new Visitor(strict).signIn(member.id);
    assert.equal((await ada.form("/report", { kind: "near-miss" })).status, 200);
  } finally {
    await strict.stop();
  }
});
