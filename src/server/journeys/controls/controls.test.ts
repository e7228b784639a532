import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { canonicalJson } from "../../../bytes/canonical-json.ts";
import { DAY } from "../../../domain/clock.ts";
import type { Member } from "../../../domain/member.ts";
import { remindControls } from "../../../jobs/remind-controls.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { councilPolicy } from "../../../testing/policy.ts";
import { sampleEvent, sampleFacts, sampleTransfer } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let audra: Member;
let priya: Member;
before(async () => {
  const loosen = 'loosen:\n  - {rule: addressee-only, reason: "It is opened in <one> room"}';
  server = await startServer({ policy: councilPolicy("uk-government", (yaml) => yaml.replace("loosen: []", loosen)) });
  await foundOrganisation(server);
  audra = await addMember(server, "Audra Audit", { roles: ["auditor"] });
  priya = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
  const reference = "WB-0000-0000";
  const need = { rule: "a", clauses: ["SDT-3"], need: "approval:line-manager", says: "" };
  const assessment = canonicalJson({
    ...{ version: 1, method: "secure-link", verdict: "needs", advice: [], needs: [need] },
    policy: { rules: "uk-government", digest: "" },
    facts: { agreement: { none: "=one letter" } },
  });
  const at = server.clock.now().toISOString();
  await server.records.write(async (tx) => {
    await tx.saveTransfer(sampleTransfer({ reference, senderId: audra.id }));
    for (const digest of ["aa", "bb"]) await tx.saveFixedWaybill({ digest, reference, text: "{}", assessment, at });
    await tx.append(sampleEvent());
  });
});
after(() => server.stop());

const as = (member: Member) => new Visitor(server).signIn(member.id);
const period = { from: "2026-11-01", until: "2026-11-30" };
const events = async (kind: string) =>
  (await server.records.read.recentEvents(99)).filter((each) => each.kind === kind);

test("SIS-28: each clause stands with its control, where it is enforced, how often it took part, and ISO/IEC 27002 numbers", async () => {
  const page = (await (await as(audra)).get("/controls")).text;
  const row = (id: string) => page.slice(page.indexOf(`clauses/${id}">${id}<`)).split("</tr>")[0] ?? "";
  assert.match(row("SDT-3"), /Release waits for the line manager[\s\S]*5\.4, 5\.14[\s\S]*>2<[\s\S]*21 November 2026/);
  const table = page.slice(page.indexOf('<h2 class="govuk-heading-m">Clauses'));
  assert.equal([...table.matchAll(/<th scope="row"/g)].length, 136);
  assert.match(table.slice(table.indexOf(">SDT-5<")), />2 \(2 by a reason\)</);
  assert.match(page, /Transfers that rest on a reason[\s\S]*SDT-5[\s\S]*WB-0000-0000[\s\S]*=one letter/);
  assert.match(row("SDT-3"), /Rule <code>[a-z-]+<\/code>: [A-Z][^<]{20,}/, "in its words");
  assert.match(page, />Pages?[^<(]*[^<]*\((?:GET|POST) \/[^<]*\)</, "pages with their addresses");
  assert.match(page, />By the clock: escalate incidents</, "and jobs by their names");
  const earlier = (await (await as(audra)).get("/controls?from=2025-01-01&until=2025-12-31")).text;
  assert.match(earlier, /No transfer rests on a reason/);
});

test("SIS-28, SIS-35: a rule that was made advice stands with its reason, or that none was given and what to do", async () => {
  const visitor = await as(audra);
  const page = (await visitor.get("/controls")).text.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  assert.match(page, /Rules that our configuration made advice: .* Reason: It is opened in &lt;one&gt; room/);
  const { current } = server.parts.policy;
  const unsaid = councilPolicy("uk-government", (yaml) => yaml.replace("loosen: []", "loosen: [addressee-only]"));
  server.parts.policy.adopt(unsaid.read());
  const { text } = await visitor.get("/controls");
  server.parts.policy.adopt(current ?? assert.fail());
  assert.match(text, /Reason: No reason given\. Whoever keeps the configuration adds it/);
});

test("SIS-28: what a task list asked for before the signature counts as stopped, once for each transfer", async () => {
  const sam = await addMember(server, "Sam Sender");
  const visitor = await as(sam);
  await addContact(server, sam, "Clara Counsel", "clara@chambers.example");
  const stopped = async (clause: string) =>
    (await server.records.read.tallies("stopped", "2026-11-01", "2026-11-30")).find(({ key }) => key === clause)
      ?.count ?? 0;
  const before = { minimised: await stopped("SDT-6"), consent: await stopped("SDT-3") };
  const facts = sampleFacts({ minimised: null, personal: true, people: 3 });
  const described = { facts, recipients: [{ address: "clara@chambers.example" }] };
  const { reference } = (await visitor.api("POST", "/api/transfers", described)).json<{ reference: string }>();
  assert.equal(await stopped("SDT-6"), before.minimised + 1);
  const told = await visitor.form(`/transfers/${reference}/destination`, { storage: "Their own servers" });
  const met = await visitor.form(`/transfers/${reference}/agreement`, { agreement: "none", why: "It is one letter" });
  assert.deepEqual([told.status, met.status], [303, 303], met.text);
  assert.equal(await stopped("SDT-6"), before.minimised + 1, "it stays one transfer");
  const [first, ...later] = (await server.records.read.eventsOf(reference)).map(({ detail }) => detail.asked);
  assert.match(String(first), /SDT-6/);
  assert.deepEqual(later, [undefined, undefined]);
  assert.equal(await stopped("SDT-3"), before.consent, "others agree after the signature: that is counted then");
});

test("SIS-28: the report is a CSV without formulas and a tagged PDF, and that it was taken is an event", async () => {
  const visitor = await as(audra);
  const csv = await visitor.form("/controls/report", { format: "csv", ...period });
  assert.match(csv.text, /"rule made advice","[^"]*SIS-8[^\r]*"addressee-only: [^\r]*"It is opened in <one> room"/);
  assert.match(csv.text, /"exception","SDT-5"[^\r]*"WB-0000-0000","'=one letter"/);
  assert.equal(csv.text.split("\r\n").filter((line) => line.startsWith('"clause"')).length, 136);
  const pdf = await visitor.form("/controls/report", { format: "pdf", ...period });
  assert.equal(pdf.headers.get("content-type"), "application/pdf");
  const text = Buffer.from(pdf.bytes).toString("latin1");
  assert.match(text, /^%PDF-1\.7[\s\S]*\/StructTreeRoot/);
  assert.deepEqual(
    (await events("controls-reported")).map(({ detail, actor }) => [detail.format, actor]),
    [
      ["pdf", { kind: "member", id: audra.id }],
      ["csv", { kind: "member", id: audra.id }],
    ],
  );
});

test("SIS-28: the yearly review is reminded of a month before it is due, and each week after, until it is recorded", async () => {
  const setUp = server.clock.now().getTime();
  const day = (days: number) => new Date(setUp + days * DAY);
  const sent: number[] = [];
  for (let days = 300; days <= 385; days += 1) if ((await remindControls(server, day(days))) === 1) sent.push(days);
  assert.deepEqual(sent, [335, 365, 372, 379]);
  const [mail] = await server.mail(priya.address);
  assert.match(mail?.subject ?? "", /yearly review of the controls is due on 21 November 2027/);
  assert.deepEqual(await server.mail(audra.address), [], "an auditor reviews nothing");
  assert.equal((await events("controls-reminded")).length, 4);

  assert.equal((await (await as(audra)).get("/controls/review")).status, 403);
  const visitor = await as(priya);
  const empty = await visitor.form("/controls/review", { says: " " });
  assert.equal(empty.status, 400);
  assert.match(empty.text, /Say what you found[\s\S]*Confirm that you looked/);
  const recorded = await visitor.form("/controls/review", { says: "All <hold>", reviewed: "yes" });
  assert.equal(recorded.status, 303);
  const [event] = await events("controls-reviewed");
  assert.deepEqual([event?.actor, event?.detail.says], [{ kind: "member", id: priya.id }, "All <hold>"]);
  const page = (await visitor.get("/controls")).text;
  assert.match(
    page,
    /next review is due on 21 November 2027[\s\S]*Priya Privacy \(priya\.privacy@council\.example\)[\s\S]*All &lt;hold&gt;/,
  );
  assert.equal(await remindControls(server, day(300)), 0);
  assert.equal(await remindControls(server, day(340)), 1, "the next one has reminders of its own");
});
