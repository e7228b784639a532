import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { toBase64 } from "../../bytes/base64.ts";
import { attachFaxReport } from "../../client/fax-report/attach-report.ts";
import { openFaxReport } from "../../client/fax-report/open-report.ts";
import { keyLogCheck } from "../../client/keys/check-key-log.ts";
import { LARGEST_REPORT, reportNow } from "../../domain/fax-report.ts";
import { placeHold } from "../../domain/lifecycle/governance-arrows.ts";
import type { ReportReadersAnswer } from "../../domain/wire/fax-report.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { sealReport } from "../../seal/fax-report.ts";
import { generateKeyPair, type KeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, openCarryingDesk, RISK } from "../../testing/carrying-desk.ts";
import { visitorHttp } from "../../testing/member-browser.ts";
import { addKey, addMember } from "../../testing/organisation.ts";
import { readPdf } from "../../testing/read-pdf.ts";
import type { SigningSender } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

const PDF = new TextEncoder().encode("%PDF-1.7\nOK, 4 pages, to 020 7946 0142, first page below\n");

let desk: CarryingDesk;
let keys: { readonly sender: KeyPair; readonly line: KeyPair; readonly owner: KeyPair };
let other: SigningSender;
let machineId: string;
before(async () => {
  desk = await openCarryingDesk();
  keys = { sender: await keyOf(desk.sender), line: await keyOf(desk.line), owner: await keyOf(desk.owner) };
  other = await addSigner(desk.server, "Ola Other", { roles: ["information-asset-owner"] });
  await desk.operations.form("/fax-machines/new", { number: "01632 960001", location: "Room 2", owner: "Listing" });
  machineId = (await desk.server.records.read.faxMachines())[0]?.id ?? "";
  const seen = ["polling", "redirection", "forwarding", "remote", "memory"];
  await desk.operations.form(`/fax-machines/${machineId}/check`, { seen, ...day(100) });
});
after(() => desk?.server.stop());

async function keyOf({ member }: SigningSender): Promise<KeyPair> {
  const pair = await generateKeyPair();
  await addKey(desk.server, member.id, pair);
  return pair;
}

function day(ahead: number): Record<string, string> {
  const at = new Date(desk.server.clock.now().getTime() + ahead * 86_400_000);
  return { day: String(at.getUTCDate()), month: String(at.getUTCMonth() + 1), year: String(at.getUTCFullYear()) };
}

/** Agreed to by both, and not sent yet. */
async function agreed(): Promise<string> {
  const stated = { items: "1", pages: "4", reason: "Their link is down", ...RISK };
  const reference = await desk.agreed("fax", { ...stated, faxMachineId: machineId });
  await answerRequest(
    desk.server,
    desk.owner,
    await requestFor(desk.server, reference, "information-asset-owner"),
    "approve",
  );
  return reference;
}

async function sent(): Promise<string> {
  const reference = await agreed();
  const seen = ["verify:fax-number", "declare:fax-recipient-attending"];
  const went = await desk.carry(reference, { seen, pages: "4" });
  assert.equal(went.status, 303, went.text);
  return reference;
}

/** As the sender's browser does it, from what its page shows. */
async function attach(reference: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const http = await visitorHttp(desk.server, desk.sender.visitor);
  const page = (await desk.sender.visitor.get(`/transfers/${reference}/fax-report`)).text;
  const said = (name: string) => (new RegExp(`data-${name}="([^"]*)"`).exec(page)?.[1] ?? "").replaceAll("&quot;", '"');
  const pins = { load: async () => new Map<string, string>(), save: async () => undefined };
  const checkKeys = keyLogCheck({ http, pins, confirm: async () => false });
  const seen = { reference, readers: JSON.parse(said("readers") || "[]"), now: said("now") };
  await attachFaxReport(bytes, seen, { http, checkKeys });
}

/** What this person's browser makes of it. */
async function read(who: SigningSender, pair: KeyPair, path: string, reference: string): Promise<Uint8Array> {
  const http = await visitorHttp(desk.server, who.visitor);
  const digest = (await desk.server.records.read.faxReport(reference))?.digest ?? "";
  return (await openFaxReport(http, { path, reference, digest }, [pair.identity])).bytes;
}

const forSender = (reference: string) => `/api/transfers/${reference}/fax-report`;
const forApprover = async (reference: string, role: "line-manager" | "information-asset-owner") =>
  `/api/to-agree/${await requestFor(desk.server, reference, role)}/fax-report`;
const report = (reference: string) => desk.server.records.read.keptFaxReport(reference);

/** What a browser would post, sealed to the keys that the server names. */
async function body(reference: string, bytes: Uint8Array<ArrayBuffer> = PDF) {
  const answer = await desk.sender.visitor.get(`${forSender(reference)}/readers`);
  const { readers, now } = answer.json<ReportReadersAnswer>();
  const recipients = readers.flatMap((each) => each.keys.map(({ recipient }) => recipient));
  const sealed = await sealReport({ reference, bytes }, recipients);
  const ids = readers.map(({ memberId }) => memberId);
  return { content: toBase64(sealed.bytes), digest: sealed.digest, readers: ids, replaces: now };
}
const post = (who: SigningSender, reference: string, made: object) =>
  who.visitor.api("POST", forSender(reference), { ...made });

test("SIS-25: the report is opened by the sender and whoever agreed, by nobody else, and neither by the server nor an auditor", async () => {
  const reference = await sent();
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}`)).text, /Attach the report of the fax machine/);
  await attach(reference, PDF);
  const kept = (await report(reference)) ?? assert.fail("It is not there.");
  assert.ok(!Buffer.from(kept.content, "base64").includes("4 pages"));
  assert.deepEqual(await read(desk.sender, keys.sender, forSender(reference), reference), PDF);
  const request = await requestFor(desk.server, reference, "line-manager");
  const [told] = (await desk.server.mail(desk.line.member.address)).filter(({ subject }) =>
    /transmission/.test(subject),
  );
  assert.match(told?.text ?? "", new RegExp(`/to-agree/${request}/fax-report`));
  const history = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(history, /Sealed, as their browser says, to [^<]*\. Nobody signed it/);
  assert.match((await desk.line.visitor.get(`/to-agree/${request}`)).text, /Open the report/);
  assert.deepEqual(await read(desk.line, keys.line, `/api/to-agree/${request}/fax-report`, reference), PDF);
  assert.match(
    (await desk.line.visitor.get("/")).text,
    /href="\/to-agree#agreed">What you agreed to</,
    "without the mail too",
  );
  const agreedTo = (await desk.line.visitor.get("/to-agree")).text;
  assert.match(agreedTo, new RegExp(`What you agreed to[\\s\\S]*${reference}[\\s\\S]*/to-agree/${request}/fax-report`));
  assert.doesNotMatch((await desk.sender.visitor.get("/to-agree")).text, /What you agreed to/);
  const owners = await forApprover(reference, "information-asset-owner");
  assert.deepEqual(await read(desk.owner, keys.owner, owners, reference), PDF);
  await assert.rejects(read(desk.owner, await generateKeyPair(), owners, reference), /not sealed to your key/);

  const auditor = await new Visitor(desk.server).signIn(
    (await addMember(desk.server, "Audra Audit", { roles: ["auditor"] })).id,
  );
  for (const path of [`${forSender(reference)}/open`, `/api/to-agree/${request}/fax-report/open`]) {
    assert.equal((await other.visitor.api("POST", path, {})).status, 404, "another member");
    assert.equal((await desk.administrator.api("POST", path, {})).status, 404, "an administrator");
    assert.equal((await auditor.api("POST", path, {})).status, 404, "an auditor");
    assert.ok((await new Visitor(desk.server).api("POST", path, {})).status >= 400, "nobody who is signed in");
  }
  assert.equal(
    (await other.visitor.api("POST", `${owners}/open`, {})).status,
    409,
    "who was asked, and did not answer",
  );
  const elsewhere = await sent();
  const theirs = await desk.line.visitor.api("POST", `${await forApprover(elsewhere, "line-manager")}/open`, {});
  assert.equal(theirs.status, 409, "an approver of another transfer has none there");
  assert.equal((await desk.sender.visitor.get(`/to-agree/${request}/fax-report`)).status, 404);

  const events = await desk.server.records.read.eventsOf(reference);
  const handed = events.filter(({ kind }) => kind === "fax-report-handed-out").map(({ detail }) => detail.name);
  assert.deepEqual(handed, ["Sam Sender", "Lena Line", "Asa Owner", "Asa Owner"]);
});

test("SIS-25: its digest and size stand in an event and in the evidence, and nothing of its content does", async () => {
  const reference = await sent();
  await attach(reference, PDF);
  const kept = (await report(reference)) ?? assert.fail("It is not there.");
  const pack = await desk.sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  const { evidence } = await verifyPack(pack.bytes, { log: desk.server.parts.log.keeper.key, witnesses: [] });
  const attached = evidence.events.find(({ kind }) => kind === "fax-report-attached");
  const addresses = [desk.sender, desk.owner, desk.line].map(({ member }) => member.address).join(", ");
  assert.deepEqual(attached?.detail, { digest: kept.digest, size: kept.size, readers: addresses, replaces: "" });
  assert.ok(!Buffer.from(pack.bytes).includes(kept.content.slice(0, 60)));
});

test("SIS-25: refused are another sender, a fax that has not gone, what is too large, altered, no report, sent twice, or for other readers", async () => {
  const waits = await agreed();
  assert.equal((await desk.sender.visitor.get(`${forSender(waits)}/readers`)).status, 409, "it has not gone");
  const reference = await sent();
  const good = await body(reference);
  assert.equal((await post(desk.sender, waits, good)).status, 409, "it has not gone");
  assert.equal((await post(other, reference, good)).status, 404);
  assert.equal((await post(desk.sender, reference, { ...good, digest: "00".repeat(32) })).status, 400);
  assert.equal((await post(desk.sender, reference, { ...good, content: "AAAA" })).status, 400);
  assert.equal((await post(desk.sender, reference, { ...good, readers: good.readers.slice(0, 1) })).status, 409);
  assert.equal(
    (await post(desk.sender, reference, { ...good, readers: [...good.readers, other.member.id] })).status,
    409,
  );
  const few = await sealReport({ reference, bytes: PDF }, [keys.sender.recipient]);
  const lacking = await post(desk.sender, reference, { ...good, content: toBase64(few.bytes), digest: few.digest });
  assert.deepEqual([lacking.status, /not sealed to everybody/.test(lacking.text)], [400, true]);
  const large = new Uint8Array(LARGEST_REPORT + 1000);
  large.set(PDF);
  assert.equal((await post(desk.sender, reference, await body(reference, large))).status, 400);
  await assert.rejects(attach(reference, large), /larger than 5 MB/);
  await assert.rejects(attach(reference, new TextEncoder().encode("<html>")), /no PDF, PNG or JPEG/);
  assert.equal(await report(reference), null);
  assert.equal((await post(desk.sender, reference, good)).status, 200);
  const twice = await post(desk.sender, reference, good);
  assert.equal(twice.status, 409);
  assert.match(twice.text, /recorded already/);
});

test("SIS-25: what the server hands out in its place is found out: altered, and of another transfer", async () => {
  const [reference, second] = [await sent(), await sent()];
  await attach(reference, PDF);
  await attach(second, PDF);
  const [kept, swapped] = [await report(reference), await report(second)];
  assert.ok(kept && swapped);
  const put = (content: string, digest: string) =>
    desk.server.records.write(async (tx) => {
      await tx.saveFaxReport({ ...kept, content, digest });
      await tx.append({
        kind: "log-alarm",
        at: kept.at,
        actor: { kind: "system" },
        reference: null,
        recipientId: null,
        detail: {},
      });
    });
  await put(swapped.content, kept.digest);
  await assert.rejects(read(desk.sender, keys.sender, forSender(reference), reference), /not what was sealed/);
  await put(swapped.content, swapped.digest);
  await assert.rejects(read(desk.sender, keys.sender, forSender(reference), reference), /not what was sealed/);
});

test("SIS-25: on paper instead, then attached; not after it was taken back; under a hold it is not replaced", async () => {
  const reference = await sent();
  const paper = (where: string, replaces: string) =>
    desk.sender.visitor.form(`/transfers/${reference}/fax-report/paper`, { where, replaces });
  const checklist = () => desk.sender.visitor.get(`/transfers/${reference}/papers/checklist`);
  const open = await checklist();
  const text = (await readPdf(open.bytes)).texts.map(({ text: each }) => each).join(" ");
  assert.match(text, /transmission report is attached to the record, sealed,.*SIS-25/);
  assert.equal((await paper("", "")).status, 422);
  assert.equal((await paper("Locked cabinet, room 2.14", "")).status, 303);
  assert.ok(!Buffer.from(open.bytes).equals((await checklist()).bytes), "its step is ticked on the checklist");
  assert.equal((await paper("Elsewhere", "")).status, 409, "from a page that is out of date");
  assert.match(
    (await desk.sender.visitor.get(`/transfers/${reference}/fax-report`)).text,
    /Locked cabinet, room 2\.14/,
  );
  await attach(reference, PDF);
  const note = await paper("Cabinet 3", reportNow(await report(reference)));
  assert.deepEqual([note.status, /no note takes its place/.test(note.text)], [409, true]);
  assert.doesNotMatch((await desk.sender.visitor.get(`/transfers/${reference}/fax-report`)).text, /id="where"/);
  const at = desk.server.clock.now().toISOString();
  const by = { kind: "member", id: desk.operator.id } as const;
  const scope = { kind: "transfer", reference } as const;
  const step = placeHold({ id: "hold", scope, reason: "A court asks", placedBy: desk.operator.id }, { at, by });
  await desk.server.records.write(async (tx) => {
    await tx.saveHold(step.hold);
    await tx.append(step.event);
  });
  await assert.rejects(attach(reference, PDF), /under a hold/);
  assert.equal((await paper("Elsewhere", reportNow(await report(reference)))).status, 409);
  assert.notEqual((await report(reference))?.content, "");

  const back = await sent();
  const good = await body(back);
  const taken = await desk.sender.visitor.form(`/transfers/${back}/take-back`, {});
  assert.equal(taken.status, 303, taken.text);
  assert.equal((await post(desk.sender, back, good)).status, 409);
  assert.equal(await report(back), null);
});
