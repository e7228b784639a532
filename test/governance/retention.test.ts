import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { iso } from "../../src/domain/clock.ts";
import { announceRemovals } from "../../src/jobs/announce-removals.ts";
import { certifyDestructions } from "../../src/jobs/certify-destruction.ts";
import { removeRecords } from "../../src/jobs/remove-records.ts";
import { checkLog } from "../../src/log/check-log.ts";
import { proveEvents } from "../../src/log/prove-event.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner } from "../../src/testing/approver.ts";
import { TYPED_KEEPING } from "../../src/testing/member-browser.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { type SigningSender, signedTransfer } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";

const CLARA = "clara@chambers.example";
const DAY = 86_400_000;
let server: TestServer;
let sender: SigningSender;
let administrator: Visitor;
let ended: readonly string[];

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addSigner(server, "Ada Clerk");
  await addKey(server, sender.member.id, await generateKeyPair());
  administrator = await new Visitor(server).signIn(
    (await addMember(server, "Ann Admin", { roles: ["administrator"] })).id,
  );
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  const references: string[] = [];
  for (let each = 0; each < 3; each++) {
    const { reference } = await signedTransfer(sender, [CLARA]);
    await sender.visitor.form(`/transfers/${reference}/take-back`, {});
    references.push(reference);
  }
  ended = references;
  await certifyDestructions(jobs(), server.clock.now());
});
after(() => server.stop());

const jobs = () => ({
  ...server.parts,
  logTo: { write: (line: string) => assert.fail(line) },
  removalNews: () => ({ subject: "Records will be removed", text: "See which" }),
});
const later = (days: number) => new Date(server.clock.now().getTime() + days * DAY);
const check = () => checkLog(server.parts.log.stored, server.parts.log.keeper.key);

suite("Retention", () => {
  test("SIS-37: nothing is due before an administrator has said how long records are kept; nothing is chosen beforehand", async () => {
    assert.equal(await announceRemovals(jobs(), later(10_000)), 0);
    assert.match((await administrator.get("/governance")).text, /Nobody has said yet how long records are kept/);
    const form = await administrator.get("/governance/retention/set");
    assert.doesNotMatch(form.text, /<option value="\d+" selected|" checked/);
    const empty = await administrator.form("/governance/retention/set", {});
    assert.equal(empty.status, 422);
    assert.equal(
      [
        ...empty.text.matchAll(
          /href="#(?:transfers|incidents|access|acts|contacts|registers|mail|noticeDays|backupDays)"/g,
        ),
      ].length,
      9,
    );
    const short = await administrator.form("/governance/retention/set", { ...TYPED_KEEPING, registers: "12" });
    assert.match(short.text, /Keep agreements at least as long as the transfers/);
    assert.equal(await server.records.read.keeping(), null);
    const good = { contacts: "for-good", access: "for-good", incidents: "for-good", acts: "for-good" };
    const typed = { ...TYPED_KEEPING, ...good, transfers: "12", registers: "12" };
    assert.equal((await administrator.form("/governance/retention/set", typed)).status, 303);
    assert.equal((await server.records.read.keeping())?.months.contacts, null);
  });

  test("SIS-37: what is due is announced by mail and shown; it is removed after the days of notice, but for what a hold is on", async () => {
    const [held = "", one = "", two = ""] = ended;
    assert.equal(await announceRemovals(jobs(), later(300)), 0, "not a year yet");
    const privacy = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
    assert.equal(await announceRemovals(jobs(), later(370)), 1);
    assert.equal(await announceRemovals(jobs(), later(370)), 0, "once");
    const mail = await server.records.read.mailTo(privacy.address);
    assert.deepEqual(
      mail.map(({ subject }) => subject),
      ["Records will be removed"],
    );
    const page = await administrator.get("/governance/retention");
    assert.match(page.text, new RegExp(`${one}[\\s\\S]*`));
    assert.match(page.text, /removed from <strong>/);
    await administrator.form("/governance/holds/new", { on: "transfer", reference: held, reason: "An inquiry" });
    assert.match((await administrator.get("/governance/retention")).text, /Held[\s\S]*An inquiry/);
    assert.equal(await removeRecords(jobs(), later(380)), 0, "still shown");
    assert.equal(await removeRecords(jobs(), later(385)), 2);
    assert.notEqual(await server.records.read.transfer(held), null);
    for (const gone of [one, two]) {
      assert.equal(await server.records.read.transfer(gone), null);
      assert.deepEqual(await server.records.read.recipients(gone), []);
      assert.deepEqual(await server.records.read.eventsOf(gone), []);
    }
    assert.match((await administrator.get("/governance/retention")).text, /2 removed/);
  });

  test("SIS-37: the check says removed under retention, and not missing; proofs for the rest stay valid", async () => {
    const [held = ""] = ended;
    const report = await check();
    assert.deepEqual(report.findings, []);
    assert.ok(report.removed > 10, String(report.removed));
    const head = await server.parts.log.keeper.sign(later(386));
    assert.ok(head);
    const seqs = (await server.records.read.eventsOf(held)).map(({ seq }) => seq);
    assert.equal((await proveEvents(server.parts.log.stored, head, seqs)).length, seqs.length);
  });

  test("SIS-37: closed incidents and administrators' acts go when their time is over, and the check says removed; open incidents stay", async () => {
    const stranger = new Visitor(server);
    const reported: string[] = [];
    for (const kind of ["near-miss", "lost"]) {
      const { text } = await stranger.form("/report", { kind });
      reported.push(/IN-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? "");
    }
    const [closed = "", open = ""] = reported;
    for (const [act, fields] of [
      ["acknowledge", {}],
      ["personal", { personal: "no", reason: "It was a blank form" }],
      ["close", { lessons: "None" }],
    ] as const) {
      assert.equal((await administrator.form(`/incidents/${closed}/${act}`, fields)).status, 303, act);
    }
    const { events = [] } = (await server.records.read.incident(closed)) ?? {};
    const good = { transfers: "for-good", registers: "for-good", contacts: "for-good", access: "for-good" };
    const typed = { ...TYPED_KEEPING, ...good, incidents: "12", acts: "12" };
    assert.equal((await administrator.form("/governance/retention/set", typed)).status, 303);
    assert.equal(await announceRemovals(jobs(), later(400)), 2);
    assert.match(
      (await administrator.get("/governance/retention")).text,
      new RegExp(`Reported problems[\\s\\S]*${closed}`),
    );
    assert.ok((await removeRecords(jobs(), later(430))) > 2);
    assert.equal(await server.records.read.incident(closed), null);
    assert.deepEqual(await server.records.read.eventsNumbered(events), []);
    assert.equal((await server.records.read.incident(open))?.state, "reported");
    assert.deepEqual(await server.records.read.loneEvents(["keeping-set"], iso(later(60)), 9), []);
    assert.deepEqual((await check()).findings, []);
  });

  test("SIS-37: only what the log's key signed counts as removed: a removal that was made up leaves the events missing", async () => {
    const [held = ""] = ended;
    const [first] = await server.records.read.eventsOf(held);
    const seq = first?.seq ?? 0;
    const genuine = (await server.parts.log.stored.removals())[0];
    assert.ok(genuine);
    await server.records.write(async (tx) => {
      const detail = { ...genuine.detail, events: `${seq}` };
      await tx.append({
        ...({ kind: "records-removed", at: iso(later(386)), actor: { kind: "system" }, reference: null } as const),
        ...{ recipientId: null, detail },
      });
      await tx.removeTransfer(held); // as somebody with the database would
    });
    const { findings } = await check();
    assert.ok(findings.some((each) => each.kind === "missing" && each.seq === seq));
  });
});

test("an answer to how long records are kept withdraws what was announced, and it is announced anew with all its notice", async () => {
  await announceRemovals(jobs(), later(800));
  const typed = { ...TYPED_KEEPING, contacts: "6", access: "for-good", acts: "for-good" };
  await administrator.form("/governance/retention/set", typed);
  assert.equal(await announceRemovals(jobs(), later(800)), 1);
  const announced = async () =>
    (await server.records.read.removals(9)).filter(({ state }) => state === "announced").map(({ kind }) => kind);
  assert.deepEqual(await announced(), ["contacts"]);
  await administrator.form("/governance/retention/set", typed);
  assert.deepEqual(await announced(), []);
  assert.equal(await removeRecords(jobs(), later(9000)), 0);
});
