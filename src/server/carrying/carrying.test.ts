import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Member } from "../../domain/member.ts";
import type { StatedFacts, Transfer } from "../../domain/transfer.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { addSigner, answerRequest, requestFor, signDraft } from "../../testing/approver.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { sampleEvent, sampleFacts } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import type { SigningSender } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

const CLARA = "clara@chambers.example";
const DIGEST = "ab".repeat(32);
const SENSITIVE: Partial<StatedFacts> = {
  ...{ classification: "OFFICIAL-SENSITIVE", personal: true, sensitive: true, special: false, offences: false },
  ...{ namesWithAddresses: false, people: 12, criminalJustice: true },
  lawfulBasis: { basis: "public-task", special: "", offences: "" },
};

let server: TestServer;
let sender: SigningSender;
let line: SigningSender;
let owner: SigningSender;
let operations: Visitor;
let administrator: Visitor;
let operator: Member;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  const first = await addMember(server, "Alex Admin", { roles: ["administrator"] });
  administrator = await new Visitor(server).signIn(first.id);
  line = await addSigner(server, "Lena Line");
  owner = await addSigner(server, "Asa Owner", { roles: ["information-asset-owner"] });
  sender = await addSigner(server, "Sam Sender", { lineManagerId: line.member.id });
  operator = await addMember(server, "Otis Operations", { roles: ["operational-security"] });
  operations = await new Visitor(server).signIn(operator.id);
  await addContact(server, sender.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

const read = async (reference: string): Promise<Transfer> =>
  (await server.records.read.transfer(reference)) ?? assert.fail("It is not there.");
const kinds = async (reference: string) => (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);

/** A draft that goes by `method`, described through the API and the pages. */
async function drafted(method: string, carriage: Record<string, string>, facts: object = SENSITIVE): Promise<string> {
  const recipients = [{ address: CLARA, expecting: true, legitimateNeed: "Represents a party" }];
  const made = await sender.visitor.api("POST", "/api/transfers", { facts: sampleFacts(facts), recipients });
  const { reference } = made.json<{ reference: string }>();
  const chosen = await sender.visitor.form(`/transfers/${reference}/method`, { method });
  const next = ["removable-media", "email", "cjsm"].includes(method) ? "pack" : "carriage";
  assert.deepEqual(
    [chosen.status, chosen.headers.get("location")],
    [303, `/transfers/${reference}/${next}`],
    chosen.text,
  );
  const stated = await sender.visitor.form(`/transfers/${reference}/carriage`, carriage);
  assert.equal(stated.status, 303, stated.text);
  return reference;
}

async function adviceAnswered(reference: string): Promise<void> {
  const asked = await sender.visitor.form(`/transfers/${reference}/advice`, {
    adviser: "operational-security",
    question: "May this go on a stick?",
  });
  assert.equal(asked.status, 303, asked.text);
  const [advice] = await server.records.read.adviceOf(reference);
  const given = await operations.form(`/advice/${advice?.id}`, { answer: "Yes, on a registered one." });
  assert.equal(given.status, 303, given.text);
}

async function issuedStick(serial: string): Promise<string> {
  const about = { serial, owner: "Court support", kind: "standard", gigabytes: "32", purpose: "transfer" };
  const made = await operations.form("/media/new", about);
  assert.equal(made.status, 303, made.text);
  const id = (made.headers.get("location") ?? "").split("/").at(-1) ?? "";
  const issued = await operations.form(`/media/${id}/issue`, {
    ...{ to: sender.member.address, day: "1", month: "12", year: "2999" },
  });
  assert.equal(issued.status, 303, issued.text);
  return id;
}

/** What the server answers to a signature: 409 where something has to be done first. */
async function signed(reference: string): Promise<number> {
  const { status } = await sender.visitor.api("POST", `/api/transfers/${reference}/sign/options`, {});
  return status >= 300 ? status : signDraft(sender, reference);
}

/** SIS-23, SDT-28: its evidence can be checked by whoever has the log's key alone. */
async function verified(reference: string): Promise<void> {
  const pack = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  assert.equal(pack.status, 200, pack.text);
  const { evidence } = await verifyPack(pack.bytes, { log: server.parts.log.keeper.key, witnesses: [] });
  assert.ok(evidence.events.some(({ kind }) => kind === "receipt-recorded"));
}

const carry = (reference: string, body: Record<string, string | readonly string[]>) =>
  sender.visitor.form(`/transfers/${reference}/carry`, {
    ...{ "expected-day": "1", "expected-month": "12", "expected-year": "2999" },
    ...body,
  });

suite("A bundle on a registered stick, by special delivery", () => {
  let reference: string;
  let stick: string;

  test("SDT-18, SDT-19, SDT-23, SDT2-2, SDT2-6: nothing is signed before the rules for media are met", async () => {
    reference = await drafted("removable-media", { items: "3", package: "none" });
    const tasks = (await sender.visitor.get(`/transfers/${reference}/tasks`)).text;
    for (const clause of ["SDT-18", "SDT-19", "SDT-23", "SDT2-2", "SDT2-6"]) assert.match(tasks, new RegExp(clause));
    assert.equal(await signed(reference), 409);
    stick = await issuedStick("STICK-0142");
    const stated = {
      items: "3",
      package: "zip",
      bytes: "52428800",
      digest: DIGEST,
      reason: "The court has no network",
    };
    const body = { ...stated, carrier: "letter-post", mediumId: stick };
    assert.equal((await sender.visitor.form(`/transfers/${reference}/carriage`, body)).status, 303);
    await adviceAnswered(reference);
    assert.match((await sender.visitor.get(`/transfers/${reference}/tasks`)).text, /takes a signature/);
    await sender.visitor.form(`/transfers/${reference}/carriage`, { ...body, carrier: "special-delivery" });
    assert.equal(await signed(reference), 200);
  });

  test("SIS-23: the waybill names the medium, the carrier and the package, and is what the line manager agrees to", async () => {
    const waybill = JSON.parse((await read(reference)).waybill?.text ?? "{}") as Waybill;
    assert.deepEqual(waybill.carried, {
      ...{ pages: null, package: "zip", medium: "STICK-0142", carrier: "special-delivery", fax: null },
      reason: "The court has no network",
      places: ["1 Temple Gardens\nLondon\nEC4Y 9BB"],
    });
    assert.deepEqual([waybill.method, waybill.content, waybill.totals.bytes], ["removable-media", DIGEST, 52_428_800]);
    await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    assert.equal((await read(reference)).state, "approved", "it goes when somebody carries it");
    assert.deepEqual(await server.mail(CLARA), []);
  });

  test("SIS-7, SDT2-8: it goes only once the checklist was seen to, and the recipient is told that it comes", async () => {
    const unseen = await carry(reference, { tracking: "XY123" });
    assert.equal(unseen.status, 422);
    assert.match(unseen.text, /Nothing was recorded as sent/);
    const went = await carry(reference, { tracking: "XY123", seen: ["envelope:packed", "envelope:no-marking"] });
    assert.equal(went.status, 303, went.text);
    assert.equal((await server.records.read.medium(stick))?.state, "in-transit");
    const [mail] = await server.mail(CLARA);
    assert.match(mail?.text ?? "", /\/arrived/);
    const code = (await read(reference)).carriage?.codes;
    for (const each of Object.values(code ?? {})) assert.doesNotMatch(mail?.text ?? "", new RegExp(each));
    assert.doesNotMatch(`${mail?.subject}${mail?.text}`, /OFFICIAL|hearing|STICK/i, "SDT-16");
  });

  test("SDT-21, SDT-26, SDT-28, SIS-24: arrival by the code on the sheet, the password by another channel, the receipt", async () => {
    const visitor = new Visitor(server);
    const [id = "", code = ""] = Object.entries((await read(reference)).carriage?.codes ?? {})[0] ?? [];
    const wrong = await visitor.form("/arrived", {
      reference,
      code: code.replace(/.$/, code.endsWith("0") ? "1" : "0"),
    });
    const unknown = await visitor.form("/arrived", { reference: "WB-0000-0000", code });
    assert.deepEqual([wrong.status, unknown.status], [422, 422]);
    const page = await visitor.form("/arrived", { reference, code: code.toLowerCase() });
    assert.match(page.text, /It has arrived/);
    assert.doesNotMatch(page.text, /Sam Sender|hearing|OFFICIAL/);
    const early = await sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, {
      way: "",
      answer: "told",
    });
    assert.equal(early.status, 422);
    await visitor.form("/arrived/arrival", { reference, code, reader: "Clara Counsel" });
    assert.equal((await server.records.read.medium(stick))?.state, "with-recipient");
    const next = await sender.visitor.get(`/transfers/${reference}`);
    assert.match(next.text, /Tell the password/);
    const told = await sender.visitor.get(`/transfers/${reference}/carried/${id}`);
    const [, way = ""] = /name="way"[^>]*value="([^"]+)"/.exec(told.text) ?? [];
    await sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, { way, answer: "told" });
    const unhandled = await visitor.form("/arrived/receipt", { reference, code });
    assert.equal(unhandled.status, 422, "SIS-24: how it is handled is acknowledged");
    await visitor.form("/arrived/receipt", { reference, code, handling: "yes" });
    const row = await server.records.read.recipient(id);
    assert.deepEqual([row?.state, row?.wordsToldAt !== null], ["received", true]);
    assert.deepEqual(
      (await kinds(reference)).filter((kind) => /dispatched|arrived|words|receipt/.test(kind)),
      [
        "medium-dispatched",
        "transfer-dispatched",
        "medium-arrived",
        "recipient-arrived",
        "words-told",
        "receipt-recorded",
      ],
    );
  });

  test("SDT-24, SDT-25: the stick comes back, is erased, and only then is there again", async () => {
    assert.equal((await sender.visitor.form(`/media/${stick}/returned`, {})).status, 303);
    assert.equal((await operations.form(`/media/${stick}/available`, {})).status, 409);
    await operations.form(`/media/${stick}/checked-in`, {});
    const how = { how: "Overwritten once, read back", witness: sender.member.address };
    assert.equal((await operations.form(`/media/${stick}/erased`, how)).status, 303);
    assert.equal((await operations.form(`/media/${stick}/available`, {})).status, 303);
    const medium = await server.records.read.medium(stick);
    assert.deepEqual([medium?.state, medium?.reference, medium?.erasure?.byId], ["available", null, operator.id]);
    await verified(reference);
  });
});

suite("A fax", () => {
  test("SIS-16, SIS-18, SIS-20, SIS-21, SIS-26: refused, then allowed after risk assessment, approval and a checked machine", async () => {
    const made = await operations.form("/fax-machines/new", {
      ...{ number: "01632 960001", location: "Room 2.14", owner: "Listing office" },
    });
    assert.equal(made.status, 303, made.text);
    const [machine] = await server.records.read.faxMachines();
    const stated = { items: "1", pages: "4", reason: "Their link is down", faxMachineId: machine?.id ?? "" };
    const reference = await drafted("fax", stated);
    const tasks = (await sender.visitor.get(`/transfers/${reference}/tasks`)).text;
    assert.match(tasks, /SIS-18/);
    assert.match(tasks, /SIS-26/);
    assert.equal(await signed(reference), 409, "no risk assessment, and nobody looked at the machine");
    await sender.visitor.form(`/transfers/${reference}/carriage`, { ...stated, riskAssessed: "yes" });
    const half = await operations.form(`/fax-machines/${machine?.id}/check`, {
      ...{ seen: ["polling", "memory"], day: "1", month: "6", year: "2027" },
    });
    assert.equal(half.status, 422);
    const seen = ["polling", "redirection", "forwarding", "remote", "memory"];
    const until = new Date(Date.now() + 100 * 86_400_000);
    const day = { day: String(until.getUTCDate()), month: String(until.getUTCMonth() + 1) };
    const checked = { seen, ...day, year: String(until.getUTCFullYear()) };
    assert.equal((await operations.form(`/fax-machines/${machine?.id}/check`, checked)).status, 303);
    assert.equal(await signed(reference), 200);
    await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    await answerRequest(server, owner, await requestFor(server, reference, "information-asset-owner"), "approve");
    await sender.visitor.form(`/transfers/${reference}/carry/attempt`, { what: "The line was busy" });
    const both = ["verify:fax-number", "declare:fax-recipient-attending"];
    assert.equal((await carry(reference, { seen: both, pages: "3" })).status, 422, "fewer pages than were signed");
    assert.equal((await carry(reference, { seen: both, pages: "4" })).status, 303);
    const [id] = Object.keys((await read(reference)).carriage?.codes ?? {});
    const at = `/transfers/${reference}/carried/${id}`;
    await sender.visitor.form(`${at}/arrival`, { by: "phone" });
    const fewer = await sender.visitor.form(`${at}/receipt`, { by: "phone", pages: "3" });
    assert.equal(fewer.status, 409);
    assert.match(fewer.text, /4 pages were sent and 3 came/);
    assert.equal((await sender.visitor.form(`${at}/receipt`, { by: "phone", pages: "4" })).status, 303);
    assert.ok((await kinds(reference)).includes("dispatch-attempted"));
    await verified(reference);
  });
});

suite("Post, hand delivery, telephone and email", () => {
  /** Signed and agreed to. */
  async function agreed(method: string, carriage: Record<string, string>, facts: object = SENSITIVE): Promise<string> {
    const reference = await drafted(method, carriage, facts);
    assert.equal(await signed(reference), 200, (await sender.visitor.get(`/transfers/${reference}/tasks`)).text);
    await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    return reference;
  }

  test("SIS-8, SIS-9, SIS-10, SIS-11, SIS-14, SIS-31: post is tracked, marked, and given to the carrier by the post room, which sees no contents", async () => {
    const reference = await drafted("post", {
      items: "1",
      pages: "60",
      identityDocuments: "no",
      carrier: "letter-post",
    });
    assert.match((await sender.visitor.get(`/transfers/${reference}/tasks`)).text, /SIS-10/);
    await sender.visitor.form(`/transfers/${reference}/carriage`, {
      ...{ items: "1", pages: "60", identityDocuments: "no", carrier: "special-delivery" },
    });
    assert.equal(await signed(reference), 200);
    await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    const petra = await new Visitor(server).signIn(
      (await addMember(server, "Petra Post", { roles: ["post-room"] })).id,
    );
    assert.match((await petra.form("/post-room", { reference })).text, /keep it here/);
    const [id = ""] = Object.keys((await read(reference)).carriage?.codes ?? {});
    const label = await sender.visitor.get(`/transfers/${reference}/papers/label/${id}`);
    assert.equal(label.status, 409, "SIS-11: no return address is configured in this test");
    const sheet = await sender.visitor.get(`/transfers/${reference}/papers/contents/${id}`);
    assert.deepEqual([sheet.status, sheet.headers.get("content-type")], [200, "application/pdf"]);
    assert.equal((await sender.visitor.get(`/transfers/${reference}/papers/checklist`)).status, 200);
    const seen = ["envelope:addressee-only", "envelope:return-address", "envelope:no-marking"];
    assert.equal((await carry(reference, { seen })).status, 303);
    const found = await petra.form("/post-room", { reference: reference.toLowerCase() });
    assert.match(found.text, /Clara Counsel[\s\S]*1 Temple Gardens/);
    assert.doesNotMatch(found.text, /hearing|OFFICIAL-SENSITIVE|A hearing/i);
    await petra.form("/post-room/handed-over", { reference, tracking: "AB123456789GB" });
    assert.equal((await read(reference)).carriage?.dispatch?.tracking, "AB123456789GB");
    assert.ok((await kinds(reference)).includes("handed-to-carrier"));
    assert.equal((await sender.visitor.get("/post-room")).status, 403);
  });

  test("SDT-3: what was agreed to goes where it was agreed to go: another address on the record since stops it", async () => {
    const stated = { items: "1", pages: "2", identityDocuments: "no", carrier: "special-delivery" };
    const reference = await agreed("post", stated);
    const clara = (await server.records.read.contactByAddress(CLARA)) ?? assert.fail();
    const moved = (postal: string) =>
      server.records.write(async (tx) => {
        await tx.saveContact({ ...clara, postal });
        await tx.append(sampleEvent({ kind: "contact-changed" }));
      });
    await moved("9 Elsewhere Road\nLondon");
    const seen = ["envelope:addressee-only", "envelope:return-address", "envelope:no-marking"];
    const went = await carry(reference, { seen });
    assert.equal(went.status, 409, went.text);
    assert.match(went.text, /not what was signed/);
    await moved(clara.postal);
    assert.equal((await carry(reference, { seen })).status, 303);
  });

  test("SDT-23: the code of an earlier transfer moves no medium that has gone out with another since", async () => {
    const stick = await issuedStick("STICK-0300");
    const stated = { items: "1", package: "zip", bytes: "10", digest: DIGEST, reason: "No network", mediumId: stick };
    const body = { ...stated, carrier: "special-delivery" };
    const reference = await drafted("removable-media", body);
    await adviceAnswered(reference);
    assert.equal(await signed(reference), 200);
    await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    const seen = ["envelope:packed", "envelope:no-marking"];
    assert.equal((await carry(reference, { seen })).status, 303);
    const medium = (await server.records.read.medium(stick)) ?? assert.fail();
    const other = await drafted("telephone", { items: "1" });
    await server.records.write(async (tx) => {
      await tx.saveMedium({ ...medium, reference: other });
      await tx.append(sampleEvent({ kind: "medium-dispatched" }));
    });
    const [id] = Object.keys((await read(reference)).carriage?.codes ?? {});
    await sender.visitor.form(`/transfers/${reference}/carried/${id}/arrival`, { by: "phone" });
    assert.equal((await server.records.read.medium(stick))?.state, "in-transit");
    await server.records.write(async (tx) => {
      await tx.saveMedium({ ...medium, reference });
      await tx.append(sampleEvent({ kind: "medium-dispatched" }));
    });
    const page = (await sender.visitor.get(`/transfers/${reference}/carried/${id}`)).text;
    assert.doesNotMatch(page, /name="way"[^>]*value="post"/, "SDT-21: not by the channel that carried it");
    const posted = await sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, {
      way: "post",
      answer: "told",
    });
    assert.equal(posted.status, 422);
    await sender.visitor.form(`/media/${stick}/lost`, { what: "The parcel was torn" });
    assert.equal(
      (await server.records.read.recipient(id ?? ""))?.state,
      "paused",
      "SPG-3: no password is told meanwhile",
    );
    const told = await sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, {
      way: "in-person",
      answer: "told",
    });
    assert.ok(told.status >= 400);
    await sender.visitor.form(`/transfers/${reference}/recipients/${id}/resume`, {});
    assert.equal((await server.records.read.recipient(id ?? ""))?.state, "arrived");
  });

  test("SIS-23: nothing is sealed on what people carry, nor shown to who agrees", async () => {
    const reference = await drafted("telephone", { items: "1" });
    const grant = await sender.visitor.api("PUT", `/api/transfers/${reference}/sender-grant`, { grant: "AAAA" });
    assert.ok(grant.status >= 400);
    assert.equal((await read(reference)).senderGrant, null);
  });

  test("SIS-29: an OFFICIAL letter with nothing personal in it goes by ordinary post, and nobody has to agree", async () => {
    const reference = await drafted("post", { items: "1", pages: "2", carrier: "letter-post" }, {});
    assert.equal(await signed(reference), 200, (await sender.visitor.get(`/transfers/${reference}/tasks`)).text);
    assert.equal((await read(reference)).state, "approved", "it goes when somebody posts it");
    assert.equal((await carry(reference, { seen: ["envelope:no-marking"] })).status, 303);
    assert.equal((await read(reference)).state, "released");
  });

  test("SDT2-3: by hand only with identification seen, whose kind is recorded; it is there at once", async () => {
    const reference = await agreed("hand-delivery", { items: "1" });
    const unseen = await carry(reference, { handedTo: "Clara Counsel", identification: "staff pass" });
    assert.equal(unseen.status, 422);
    const nobody = await carry(reference, { seen: ["verify:identity-seen"] });
    assert.match(nobody.text, /Say to whom you handed it/);
    const went = { seen: ["verify:identity-seen"], handedTo: "Clara Counsel", identification: "staff pass" };
    assert.equal((await carry(reference, went)).status, 303);
    const [row] = await server.records.read.recipients(reference);
    assert.equal(row?.state, "arrived");
    assert.match((await sender.visitor.get(`/transfers/${reference}`)).text, /identification seen: staff pass/);
  });

  test("SDT2-4: by telephone, how identity was confirmed and what kind of information it was; nothing of the content", async () => {
    const reference = await agreed("telephone", { items: "1" });
    const both = ["verify:phone-identity", "declare:phone-minimum"];
    assert.equal((await carry(reference, { seen: both })).status, 422);
    assert.equal((await carry(reference, { seen: ["declare:phone-minimum"], told: "The date" })).status, 422);
    assert.equal((await carry(reference, { seen: both, told: "The date; rang back" })).status, 303);
  });

  test("SDT-10, SDT-12, SDT-14, SDT-16, SIS-38: email with a package, a reason and a managed device; the text to paste says nothing of it", async () => {
    const stated = { items: "2", package: "zip", bytes: "1000", digest: DIGEST, device: "personal" };
    const recipients = [{ address: CLARA, expecting: true, legitimateNeed: "Represents a party" }];
    const made = await sender.visitor.api("POST", "/api/transfers", { facts: sampleFacts(SENSITIVE), recipients });
    const { reference } = made.json<{ reference: string }>();
    await sender.visitor.form(`/transfers/${reference}/method`, { method: "email" });
    await sender.visitor.form(`/transfers/${reference}/carriage`, stated);
    assert.equal(await signed(reference), 409, "SIS-38: never from a personal device");
    const good = { ...stated, device: "managed", reason: "They cannot reach the link" };
    await sender.visitor.form(`/transfers/${reference}/carriage`, good);
    assert.equal(await signed(reference), 200, (await sender.visitor.get(`/transfers/${reference}/tasks`)).text);
    await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    const page = (await sender.visitor.get(`/transfers/${reference}/carry`)).text;
    assert.match(page, /Send it from your own mailbox/);
    const paste = /<div class="govuk-inset-text">([\s\S]*?)<\/div>/.exec(page)?.[1] ?? "";
    assert.match(paste, new RegExp(reference));
    assert.doesNotMatch(paste, /OFFICIAL|hearing/i);
    assert.equal((await carry(reference, {})).status, 303);
  });
});

suite("What the packing page says of a package", () => {
  test("SDT-15: its kind, count, size and digest are stated, and nothing else; a half of it is not", async () => {
    const reference = await drafted("removable-media", { items: "3", package: "none", reason: "No network" });
    const half = await sender.visitor.form(`/transfers/${reference}/pack`, { items: "2", package: "zip", bytes: "9" });
    assert.equal(half.status, 409);
    const said = { items: "2", package: "zip", bytes: "900", digest: DIGEST };
    const made = await sender.visitor.form(`/transfers/${reference}/pack`, said);
    assert.equal(made.headers.get("location"), `/transfers/${reference}/carriage`);
    const { fixed } = (await read(reference)).carriage ?? assert.fail();
    assert.deepEqual(
      [fixed.items, fixed.package, fixed.bytes, fixed.reason],
      [2, { kind: "zip", bytes: 900, digest: DIGEST }, null, "No network"],
    );
    const [{ id } = { id: "" }] = await server.records.read.recipients(reference);
    const sheet = await sender.visitor.get(`/transfers/${reference}/papers/how-to-open/${id}`);
    assert.equal(sheet.headers.get("content-type"), "application/pdf");
    const post = await drafted("post", { items: "1", pages: "2" });
    assert.equal((await sender.visitor.form(`/transfers/${post}/pack`, said)).status, 409, "a letter is not packed");
    assert.equal((await sender.visitor.get(`/transfers/${post}/papers/how-to-open/${id}`)).status, 404);
  });
});

suite("Who may", () => {
  test("SIS-26: a machine whose check lapsed after the agreement stops the fax as it goes", async () => {
    const [machine] = await server.records.read.faxMachines();
    assert.ok(machine?.check);
    const stated = {
      items: "1",
      pages: "1",
      reason: "Their link is down",
      faxMachineId: machine.id,
      riskAssessed: "yes",
    };
    const reference = await drafted("fax", stated);
    assert.equal(await signed(reference), 200);
    await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    await answerRequest(server, owner, await requestFor(server, reference, "information-asset-owner"), "approve");
    const stale = { ...machine, check: { ...machine.check, until: "2020-01-01" } };
    await server.records.write(async (tx) => {
      await tx.saveFaxMachine(stale);
      await tx.append(sampleEvent({ kind: "fax-machine-checked" }));
    });
    const went = await carry(reference, { seen: ["verify:fax-number", "declare:fax-recipient-attending"], pages: "1" });
    assert.equal(went.status, 409, went.text);
    assert.equal((await read(reference)).state, "approved");
  });

  test("SDT-30: a medium that is reported as lost opens an incident; only whoever has it, or keeps it, may say so", async () => {
    const id = await issuedStick("STICK-0200");
    const other = await new Visitor(server).signIn((await addMember(server, "Ola Other")).id);
    assert.equal((await other.form(`/media/${id}/lost`, { what: "Gone" })).status, 403);
    assert.equal((await other.form(`/media/${id}/returned`, {})).status, 403);
    assert.equal((await other.form("/media/new", {})).status, 403);
    assert.equal((await sender.visitor.form(`/media/${id}/lost`, { what: "Left on a train" })).status, 303);
    assert.equal((await server.records.read.medium(id))?.state, "lost");
    const page = await administrator.get("/incidents");
    assert.match(page.text, /STICK-0200|IN-/);
  });
});
