import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { verifyPack } from "../../../evidence/verify-pack.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { enrolPasskey } from "../../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { signedTransfer } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { csvLine } from "../../texts/csv.ts";
import { londonMidnight } from "../../texts/london-day.ts";

let server: TestServer;
let sam: Member;
let audra: Member;
let reference: string;
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  const lena = await addMember(server, "Lena Line");
  sam = await addMember(server, "Sam Sender", { lineManagerId: lena.id });
  audra = await addMember(server, "Audra Audit", { roles: ["auditor"] });
  await addKey(server, sam.id, await generateKeyPair());
  await addContact(server, sam, "Rhys Morgan", "rhys@chambers.example");
  const visitor = await new Visitor(server).signIn(sam.id);
  const sender = { member: sam, visitor, passkey: await enrolPasskey(server, sam) };
  const facts = { purpose: '=HYPERLINK("https://evil.example")', agreement: { none: "It is one letter" } };
  const sent = await signedTransfer(sender, ["rhys@chambers.example"], undefined, { facts, expecting: true });
  reference = sent.reference;
});
after(() => server.stop());

const auditor = () => new Visitor(server).signIn(audra.id);
const looks = async () =>
  (await server.records.read.recentEvents(99))
    .filter(({ kind }) => kind.startsWith("record"))
    .map(({ kind, detail }) => ({ kind, detail }));

async function searched(fields: Record<string, string>): Promise<{ path: string; text: string }> {
  const visitor = await auditor();
  const answer = await visitor.form("/records/search", fields);
  assert.equal(answer.status, 303, answer.text.slice(0, 500));
  const path = answer.headers.get("location") ?? "";
  return { path, text: (await visitor.get(path)).text };
}

test("SIS-37: an auditor finds a transfer by reference, person, organisation, period, method, clause and state", async () => {
  const found: readonly Record<string, string>[] = [
    ...[{}, { reference: reference.toLowerCase() }, { person: "morgan" }, { person: "rhys@chambers.example" }],
    ...[{ person: "Sam" }, { organisation: "example chambers" }, { organisation: "@chambers.example" }],
    ...[
      { method: "secure-link" },
      { clause: "sdt-5" },
      { state: "released", person: "morgan" },
      { state: "under-way" },
    ],
    { from: server.clock.now().toISOString().slice(0, 10), until: "2099-12-31" },
  ];
  for (const fields of found)
    assert.match((await searched(fields)).text, new RegExp(reference), JSON.stringify(fields));
  for (const fields of [
    { person: "nobody" },
    { method: "fax" },
    { clause: "SDT-99" },
    ...[{ state: "draft" }, { state: "paused" }, { state: "answered" }],
    { until: "2001-01-01" },
  ]) {
    assert.match((await searched(fields)).text, /No transfer is like that/, JSON.stringify(fields));
  }
});

test("SIS-37: a search by a clause says of which transfers less is known, and no other search does", async () => {
  const said = /signed before every rule was recorded/;
  assert.match((await (await auditor()).get("/records")).text, said);
  for (const clause of ["SDT-5", "SDT-99"]) assert.match((await searched({ clause })).text, said);
  assert.doesNotMatch((await searched({ person: "morgan" })).text, said);
});

test("SDT-28: Home, the search and the numbers say the same of a state", async () => {
  const recipients = async () => server.records.read.recipients(reference);
  const numbers = async () =>
    (await (await auditor()).get("/oversight")).text.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  const states = [
    ["released", "under-way", "On its way", /1 on its way/, "Sent: on its way to somebody"],
    ["paused", "paused", "Paused", /0 on their way .* 1 paused/, "Sent: paused"],
    ["dropped", "answered", "Access ended", /0 paused .* 1 sent and answered/, "their access ended"],
    ["released", "under-way", "On its way", /1 on its way/, "Sent: on its way to somebody"],
  ] as const;
  for (const [state, search, tag, counted, words] of states) {
    const [recipient] = await recipients();
    await server.records.write(async (tx) => {
      await tx.saveRecipient({ ...(recipient ?? assert.fail()), state });
      const at = server.clock.now().toISOString();
      const about = { actor: { kind: "system" }, reference: null, recipientId: null, detail: {} } as const;
      await tx.append({ kind: "member-changed", at, ...about });
    });
    const { text } = await searched({ state: search });
    assert.match(text, new RegExp(`${reference}</a> <strong[^>]*>\\s*${tag}`));
    assert.ok(text.includes(words), words);
    assert.match(await numbers(), counted);
    const own = await (await new Visitor(server).signIn(sam.id)).get("/transfers");
    assert.match(own.text, new RegExp(`>\\s*${tag}\\s*<`));
  }
});

test("SIS-37: a search, a record opened, an export and evidence made are events; looking again at what is open is not", async () => {
  const visitor = await auditor();
  const earlier = (await looks()).length;
  const { path } = await searched({ person: "morgan" });
  const page = await visitor.get(`/records/${reference}`);
  assert.match(page.text, /Open this record/);
  assert.doesNotMatch(page.text, /Rhys Morgan|rhys@/);
  assert.equal((await visitor.form(`/records/${reference}`, {})).status, 303);
  const record = await visitor.get(`/records/${reference}`);
  assert.match(
    record.text,
    /Rhys Morgan[\s\S]*What the rules decided[\s\S]*Audra Audit opened this record as an auditor/,
  );
  await visitor.get(`/records/${reference}`);
  await visitor.form(`${path}/export`, { format: "csv" });
  const pack = await visitor.form(`/records/${reference}/evidence`, {});
  assert.equal(pack.status, 200);
  await verifyPack(pack.bytes, { log: server.parts.log.keeper.key, witnesses: [] });
  assert.deepEqual((await looks()).slice(0, -earlier || undefined), [
    { kind: "records-exported", detail: { person: "morgan", format: "csv" } },
    { kind: "records-searched", detail: { person: "morgan" } },
  ]);
  const own = (await server.records.read.eventsOf(reference)).slice(-2);
  assert.deepEqual(
    own.map(({ kind, actor }) => [kind, actor]),
    [
      ["record-opened", { kind: "member", id: audra.id }],
      ["evidence-taken", { kind: "member", id: audra.id }],
    ],
  );
});

test("SIS-37: what was searched is its auditor's alone, and closed after an hour", async () => {
  const { path } = await searched({ person: "morgan" });
  const other = await addMember(server, "Anna Other", { roles: ["auditor"] });
  assert.equal((await (await new Visitor(server).signIn(other.id)).get(path)).status, 410);
  const sender = await new Visitor(server).signIn(sam.id);
  assert.equal((await sender.get(path)).status, 403);
  assert.match((await sender.get("/")).text, /href="\/transfers"[^>]*>\s*Records/);
  assert.match((await (await auditor()).get("/")).text, /href="\/records"[^>]*>\s*Records/);
  server.clock.advance(61 * 60_000);
  assert.equal((await (await auditor()).get(path)).status, 410);
  assert.match((await (await auditor()).get(`/records/${reference}`)).text, /Open this record/);
});

test("SIS-37: an export runs no formula in a spreadsheet, and holds one line for each transfer", async () => {
  const visitor = await auditor();
  const { path } = await searched({ reference });
  const csv = await visitor.form(`${path}/export`, { format: "csv" });
  assert.match(csv.headers.get("content-disposition") ?? "", /attachment; filename="records-[\d-]+\.csv"/);
  assert.match(csv.text, /"'=HYPERLINK\(""https:\/\/evil\.example""\)"/);
  assert.equal(csv.text.split("\r\n").length, 3);
  const jsonl = await visitor.form(`${path}/export`, { format: "jsonl" });
  const [line = "", rest] = jsonl.text.split("\n");
  assert.equal(rest, "");
  const { recipients, clauses, sender } = JSON.parse(line);
  assert.deepEqual([sender.address, recipients[0].address], [sam.address, "rhys@chambers.example"]);
  assert.ok(Array.isArray(clauses));
  for (const cell of ["=1", "+1", "-1", "@x", "\t=1", " =1", "|x", "＝1"]) assert.match(csvLine([cell]), /^"'/);
  assert.equal(csvLine(['a "b"', 3, null]), '"a ""b""","3",""\r\n');
});

test("what is typed wrongly is said beside its field, and nothing is searched", async () => {
  const visitor = await auditor();
  const earlier = (await looks()).length;
  const cases = [
    [{ reference: "WB-0000-0001" }, /mistyped/],
    [{ from: "2026-02-30" }, /Enter a day that there is/],
    [{ from: "2026-02-03", until: "2026-02-01" }, /before the first/],
    [{ clause: "Magna Carta" }, /Enter a clause/],
    [{ person: "!!" }, /Enter a name or an email address/],
  ] as const;
  for (const [fields, says] of cases) {
    const answer = await visitor.form("/records/search", fields);
    assert.equal(answer.status, 400);
    assert.match(answer.text, says);
  }
  assert.equal((await looks()).length, earlier);
});

test("days are London's, in summer too", () => {
  assert.equal(londonMidnight("2026-01-10"), "2026-01-10T00:00:00.000Z");
  assert.equal(londonMidnight("2026-07-10"), "2026-07-09T23:00:00.000Z");
  assert.equal(londonMidnight("2026-03-29"), "2026-03-29T00:00:00.000Z");
  assert.equal(londonMidnight("2026-03-29", 1), "2026-03-29T23:00:00.000Z");
});
