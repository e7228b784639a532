import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addSigner } from "../../testing/approver.ts";
import { type ApprovingDesk, CLARA, openApprovingDesk } from "../../testing/approving-desk.ts";
import { addMember } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import type { SigningSender } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

let desk: ApprovingDesk;
let admin: Visitor;
let heir: SigningSender;
before(async () => {
  desk = await openApprovingDesk();
  const { id } = await addMember(desk.server, "Adam Admin", { roles: ["administrator"] });
  admin = await new Visitor(desk.server).signIn(id);
  heir = await addSigner(desk.server, "Hal Heir");
});
after(() => desk.stop());

const managedBy = async (manager: SigningSender) => {
  const path = `/people/${desk.sender.member.id}`;
  assert.equal((await admin.form(path, { lineManagerId: manager.member.id })).status, 303);
};
const asked = /your agreement is asked for/;

test("SDT-3: whoever becomes the line manager is asked at once about what waits, in words of a first question and with the whole time to answer", async () => {
  const reference = await desk.sent();
  const old = await desk.idOf(reference, "line-manager");
  desk.server.clock.advance(60_000);
  await managedBy(heir);
  const mail = await desk.mailAbout(reference, heir.member.address, asked);
  assert.match(mail, /asks for your agreement before something is sent/);
  assert.doesNotMatch(mail, /still waits|has changed what/);
  const fresh = await desk.idOf(reference, "line-manager");
  assert.notEqual(fresh, old);
  const { askedAt } = (await desk.server.records.read.approval(fresh)) ?? {};
  assert.equal(askedAt, desk.server.clock.now().toISOString());
  assert.equal((await desk.line.visitor.get("/to-agree")).text.includes(reference), false);
  await desk.give(reference, heir, "line-manager");
  await desk.give(reference, desk.senior, "senior-manager");
  assert.equal(await desk.stateOf(reference), "released");
  await managedBy(desk.line);
});

test("SIS-3: what an earlier line manager agreed to is put to the new one at once, before all others have answered", async () => {
  const reference = await desk.sent();
  await desk.give(reference, desk.line, "line-manager");
  await managedBy(heir);
  await desk.mailAbout(reference, heir.member.address, asked);
  const { text } = await desk.sender.visitor.get(`/transfers/${reference}`);
  assert.match(text, /It waits for the agreement of (?:Hal Heir|Sefa Senior)[^.]* and (?:Hal Heir|Sefa Senior)/);
  await managedBy(heir);
  assert.equal((await desk.mailsAbout(reference, heir.member.address)).length, 1, "nothing has changed");
  await desk.give(reference, desk.senior, "senior-manager");
  await desk.give(reference, heir, "line-manager");
  assert.equal(await desk.stateOf(reference), "released");
  await managedBy(desk.line);
});

const withRoles = async ({ member }: SigningSender, roles: string) => {
  assert.equal((await admin.form(`/people/${member.id}`, { roles })).status, 303);
};

test("SIS-3: whoever becomes senior manager is asked at once about what waits for that role, and who holds it already is not asked twice", async () => {
  const reference = await desk.sent();
  const request = await desk.idOf(reference, "senior-manager");
  const second = await addSigner(desk.server, "Nell Next");
  await withRoles(second, "senior-manager");
  const mail = await desk.mailAbout(reference, second.member.address, asked);
  assert.match(mail, /asks for your agreement[\s\S]*You are asked as senior manager/);
  assert.ok(mail.includes(`/to-agree/${request}`), "the same request: it was asked in time");
  assert.equal((await desk.mailsAbout(reference, desk.senior.member.address)).length, 1);
  await withRoles(second, "senior-manager");
  assert.equal((await desk.mailsAbout(reference, second.member.address)).length, 1, "nothing has changed");
  await desk.give(reference, second, "senior-manager");
  await desk.give(reference, desk.line, "line-manager");
  assert.equal(await desk.stateOf(reference), "released");
  await withRoles(second, "");
});

test("SIS-3: what nobody who holds the role could answer, or what they agreed to before they lost it, is asked anew of the next one", async () => {
  const [waiting, given] = [await desk.sent(), await desk.sent()];
  await desk.give(given, desk.senior, "senior-manager");
  await withRoles(desk.senior, "");
  desk.server.clock.advance(60_000);
  const next = await addSigner(desk.server, "Nia Next");
  await withRoles(next, "senior-manager");
  for (const reference of [waiting, given]) {
    await desk.mailAbout(reference, next.member.address, asked);
    const { askedAt } = (await desk.server.records.read.approval(await desk.idOf(reference, "senior-manager"))) ?? {};
    assert.equal(askedAt, desk.server.clock.now().toISOString(), "with the whole time to answer");
    await desk.give(reference, next, "senior-manager");
    await desk.give(reference, desk.line, "line-manager");
    assert.equal(await desk.stateOf(reference), "released");
  }
  await withRoles(desk.senior, "senior-manager");
  await withRoles(next, "");
});

test("SDT-3: an arrangement whose manager cannot agree any more says so, and why; whoever described it is told", async () => {
  const at = desk.server.clock.now().toISOString();
  await desk.server.records.write(async (tx) => {
    await tx.saveArrangement({
      ...{ id: "weekly", role: "line-manager", requesterId: desk.sender.member.id, purpose: "The weekly list" },
      ...{ recipients: [CLARA], classification: "OFFICIAL-SENSITIVE", people: 5000, bytes: 5_000_000 },
      ...{ method: "secure-link", ends: "2027-06-30", state: "agreed", createdAt: at, remindedAt: null },
      ...{ decidedBy: desk.line.member.id, decidedAt: at, reason: "", proof: null },
    });
    await tx.append(sampleEvent({ kind: "arrangement-agreed", at }));
  });
  const pages = async () => [
    (await desk.sender.visitor.get("/arrangements")).text,
    (await desk.sender.visitor.get("/arrangements/weekly")).text,
  ];
  const told = async () =>
    (await desk.server.mail(desk.sender.member.address)).filter(({ text }) => text.includes("/arrangements/weekly"));
  for (const page of await pages()) assert.doesNotMatch(page, /covers nothing/i);
  await managedBy(heir);
  const why = /Lena Line, who agreed to it, is not Ada Clerk’s line manager any more, so it covers nothing now/;
  for (const page of await pages()) assert.match(page, why);
  assert.match((await pages())[0] ?? "", /Covers nothing now/);
  const [mail, ...more] = await told();
  assert.match(mail?.text ?? "", /Lena Line [\s\S]*cannot agree to it as line manager any more/);
  assert.deepEqual(more, []);
  await managedBy(desk.line);
  for (const page of await pages()) assert.doesNotMatch(page, why);
  assert.equal((await told()).length, 1, "it covers again");
  assert.equal((await admin.form(`/people/${desk.line.member.id}/deactivate`, {})).status, 303);
  for (const page of await pages()) assert.match(page, /Lena Line has left since, so it covers nothing any more/);
  assert.equal((await told()).length, 2);
});
