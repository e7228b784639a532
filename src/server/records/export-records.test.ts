import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../domain/member.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor } from "../../testing/approver.ts";
import { addContact, addKey, addMember, foundOrganisation, recordChange } from "../../testing/organisation.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";
import type { ExportLine } from "./export-line.ts";

const CLARA = "clara@chambers.example";
const RHYS = "rhys@chambers.example";

let server: TestServer;
let line: SigningSender;
let deputy: SigningSender;
let sender: SigningSender;
let auditor: Member;
let reference: string;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  deputy = await addSigner(server, "Dai Deputy");
  const senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  auditor = await addMember(server, "Audra Audit", { roles: ["auditor"] });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  await addContact(server, sender.member, "Rhys Morgan", RHYS);
  await recordChange(server, "member-changed", async (tx) => {
    await tx.saveArrangement({
      ...{ id: "weekly", role: "line-manager", requesterId: sender.member.id, purpose: "The weekly list" },
      ...{ recipients: [CLARA, RHYS], classification: "OFFICIAL-SENSITIVE", people: 5000, bytes: 5_000_000 },
      ...{ method: "secure-link", ends: "2027-06-30", state: "agreed", createdAt: at(), remindedAt: null },
      ...{ decidedBy: line.member.id, decidedAt: at(), reason: "", proof: null },
    });
    const people = { principalId: senior.member.id, deputyId: deputy.member.id, appointedBy: senior.member.id };
    const until = new Date(server.clock.now().getTime() + 9 * 86_400_000).toISOString();
    await tx.saveDeputy({ id: "dai", ...people, from: at(), until, createdAt: at(), endedAt: null });
  });
  const sealed = await signedTransfer(sender, [CLARA, RHYS], undefined, BULK);
  reference = sealed.reference;
  await answerRequest(server, deputy, await requestFor(server, reference, "senior-manager"), "approve");
  const [clara, rhys] = await server.records.read.recipients(reference);
  const token = sealed.access.tokens[clara?.id ?? ""] ?? assert.fail();
  const device = await ReceivingDevice.proved(server, clara?.id ?? "");
  await device.arrive();
  await device.opened(token);
  assert.equal((await device.receipt(token)).status, 200);
  const confirmation = { how: "phone", on: "2026-11-21", recordedAt: at() } as const;
  await recordChange(server, "member-changed", (tx) => tx.saveRecipient({ ...(rhys ?? assert.fail()), confirmation }));
  const fields = { kind: "damaged", about: reference, words: "The seal of Mr Smith’s file was broken" };
  assert.equal((await sender.visitor.form("/report", fields)).status, 303);
});
after(() => server.stop());

const at = () => server.clock.now().toISOString();

async function exported(fields: Record<string, string>, format: "csv" | "jsonl"): Promise<string> {
  const visitor = await new Visitor(server).signIn(auditor.id);
  const path = (await visitor.form("/records/search", fields)).headers.get("location") ?? "";
  return (await visitor.form(`${path}/export`, { format })).text;
}

test("SIS-37, SDT-3: an export for programs says who agreed, in whose place or in advance, the lawful basis, receipts and incidents; no reason that somebody typed", async () => {
  const text = await exported({ reference }, "jsonl");
  const exportedLine = JSON.parse(text) as ExportLine;
  const answers = exportedLine.approvals.map(({ role, state, name, how, inPlaceOf, arrangement }) => [
    ...[role, state, name, how, inPlaceOf, arrangement],
  ]);
  assert.deepEqual(answers, [
    ["senior-manager", "approved", "Dai Deputy", "deputy", "Sefa Senior", ""],
    ["line-manager", "approved", "Lena Line", "standing arrangement", "", "weekly"],
  ]);
  assert.ok(exportedLine.approvals.every((each) => each.at !== null && each.address !== ""));
  assert.deepEqual([exportedLine.special, exportedLine.offences], [false, true]);
  assert.match(exportedLine.lawfulBasis?.says ?? "", /public task.+; Criminal offences: /i);
  assert.deepEqual(
    exportedLine.recipients.map(({ receipt }) => receipt),
    ["proved", "said"],
  );
  const [incident] = await server.records.read.incidentsOf(reference);
  assert.deepEqual(exportedLine.incidents, [
    { id: incident?.id, kind: "damaged", kinds: ["damaged"], state: "reported" },
  ]);
  assert.doesNotMatch(text, /Smith|weekly list|statement\.txt/);
});

test("SIS-37: an export for a spreadsheet has the same, behind the columns that it always had", async () => {
  const [head = "", row = ""] = (await exported({ reference }, "csv")).split("\r\n");
  const names = head.slice(1, -1).split('","');
  const cells = row.slice(1, -1).split('","');
  const of = (name: string) => cells[names.indexOf(name)] ?? "";
  assert.deepEqual(names.slice(0, 4), ["reference", "begun", "state", "method"]);
  assert.equal(names.indexOf("waybill SHA-256"), 18);
  assert.deepEqual([of("receipts"), of("receipts proved opened"), of("receipts by word")], ["2", "1", "1"]);
  assert.match(
    of("approvals"),
    /^Senior manager: agreed, Dai Deputy <dai\.deputy@council\.example>, .+Z, in place of Sefa Senior; /,
  );
  assert.match(
    of("approvals"),
    /Line manager: agreed in advance \(standing arrangement weekly\), Lena Line <.+>, .+Z$/,
  );
  assert.match(of("lawful basis"), /public task/i);
  assert.deepEqual([of("special categories"), of("criminal offences")], ["no", "yes"]);
  assert.match(of("incidents"), /^IN-[0-9A-Z-]+: it is damaged, or does not open \(reported\)$/);
});

test("SDT-3: a transfer is found by whoever had agreed to it in advance", async () => {
  for (const person of ["Lena Line", line.member.address, "deputy"]) {
    assert.match(await exported({ person }, "jsonl"), new RegExp(reference), person);
  }
  assert.equal(await exported({ person: "Sefa" }, "jsonl"), "", "who did not answer did not agree");
});
