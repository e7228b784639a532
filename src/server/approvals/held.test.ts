import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, BULK } from "../../testing/approver.ts";
import { type ApprovingDesk, CLARA, openApprovingDesk } from "../../testing/approving-desk.ts";
import { addKey } from "../../testing/organisation.ts";
import { signedTransfer } from "../../testing/signed-transfer.ts";
import { signedUnderAgreement } from "../../testing/under-agreement.ts";

let desk: ApprovingDesk;
before(async () => {
  desk = await openApprovingDesk();
});
after(() => desk.stop());

test("SDT-5: agreed to, and its agreement ended meanwhile: since when is said, and the way on is to change it", async () => {
  const { reference, endedAt } = await signedUnderAgreement(desk, "Theo Third");
  await desk.give(reference, desk.senior, "senior-manager");
  await desk.changeRecord(desk.senior, { roles: [] });
  await desk.give(reference, desk.line, "line-manager");
  assert.equal(await desk.stateOf(reference), "approved", "agreed to, and held for the role that was lost");
  await endedAt("2026-11-20T10:00:00.000Z");
  await desk.changeRecord(desk.senior, { roles: ["senior-manager"] });
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/release`, {})).status, 303);
  const { text } = await desk.sender.visitor.get(`/transfers/${reference}`);
  assert.match(text, /DSA-2026-014, which you named, ended on 20 November 2026\. Name a current data sharing/);
  const next = /<section class="wb-next"[\s\S]*?<\/section>/.exec(text)?.[0] ?? "";
  assert.match(next, new RegExp(`action="/transfers/${reference}/change\\?then=agreement"`));
  assert.doesNotMatch(next, /Try again/);
  assert.match(
    text,
    /Held: not sent although everybody agreed[\s\S]*A senior manager must agree/,
    "in the history, with why",
  );
  await desk.changeRecord(desk.sender, { lineManagerId: desk.senior.member.id });
  const both = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(both, /Lena Line agreed, but does not hold that role any more/);
  const first = /<section class="wb-next"[\s\S]*?<\/section>/.exec(both)?.[0] ?? "";
  assert.match(first, /change\?then=agreement/, "who agrees to what cannot go agrees in vain");
  assert.doesNotMatch(first, /ask-again/);
  await desk.changeRecord(desk.sender, { lineManagerId: desk.line.member.id });
  const changed = await desk.sender.visitor.form(`/transfers/${reference}/change?then=agreement`, {});
  assert.match(String(changed.headers.get("location")), /\/agreement$/);
  const page = (await desk.sender.visitor.get(`/transfers/${reference}/agreement`)).text;
  assert.match(page, /DSA-2026-014, which you named, ended on 20 November 2026\./);
  assert.match(page, /The register holds no other agreement with/);
});

test("SIS-3: agreed to, and a role lost meanwhile: it is held with the clause, and sent once that is put right", async () => {
  const reference = await desk.sent();
  await desk.give(reference, desk.senior, "senior-manager");
  await desk.changeRecord(desk.senior, { roles: [] });
  await desk.give(reference, desk.line, "line-manager");
  assert.equal(await desk.stateOf(reference), "approved");
  await desk.mailAbout(reference, desk.sender.member.address, /agreed to, but not sent/);
  const held = await desk.sender.visitor.get(`/transfers/${reference}`);
  assert.match(held.text, /Why it is not sent[\s\S]*A senior manager must agree[\s\S]*\/rules\/clauses\/SIS-3"/);
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/release`, {})).status, 303);
  assert.equal(await desk.stateOf(reference), "approved");
  await desk.changeRecord(desk.senior, { roles: ["senior-manager"] });
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/release`, {})).status, 303);
  assert.equal(await desk.stateOf(reference), "released");
});

test("SIS-3: where the role has changed hands, whoever holds it now is asked again, and what others agreed stays agreed", async () => {
  const clerk = await addSigner(desk.server, "Lou Clerk", { lineManagerId: desk.line.member.id });
  await addKey(desk.server, clerk.member.id, await generateKeyPair());
  const { reference } = await signedTransfer(clerk, [CLARA], undefined, BULK);
  const first = await desk.idOf(reference, "line-manager");
  await desk.give(reference, desk.line, "line-manager");
  const heir = await addSigner(desk.server, "Hal Heir");
  await desk.changeRecord(clerk, { lineManagerId: heir.member.id });
  assert.equal((await clerk.visitor.form(`/transfers/${reference}/ask-again`, {})).status, 409, "not all have agreed");
  await desk.give(reference, desk.senior, "senior-manager");
  assert.equal(await desk.stateOf(reference), "approved");
  const held = (await clerk.visitor.get(`/transfers/${reference}`)).text;
  assert.match(held, /Lena Line agreed as line manager but does not hold that role any more[\s\S]*Does not count now/);
  assert.match(held, new RegExp(`action="/transfers/${reference}/ask-again"`));
  assert.doesNotMatch(held, /Everybody who had to has agreed/);
  const digest = (await desk.server.records.read.transfer(reference))?.waybill?.digest;
  desk.server.clock.advance(1000);
  assert.equal((await clerk.visitor.form(`/transfers/${reference}/ask-again`, {})).status, 303);
  const transfer = await desk.server.records.read.transfer(reference);
  assert.deepEqual([transfer?.state, transfer?.waybill?.digest], ["requested", digest]);
  const mail = await desk.mailAbout(reference, heir.member.address, /your agreement is asked for/);
  assert.match(mail, /asks for your agreement before something is sent/, "nothing was changed");
  const request = (await heir.visitor.get(`/to-agree/${await desk.idOf(reference, "line-manager")}`)).text;
  assert.doesNotMatch(request, /What changed since last time/);
  assert.match((await desk.line.visitor.get(`/to-agree/${first}`)).text, /That role has changed hands since/);
  await desk.give(reference, heir, "line-manager");
  assert.equal(await desk.stateOf(reference), "released", "the senior manager is not asked again");
  const released = await clerk.visitor.form(`/transfers/${reference}/ask-again`, {});
  assert.equal(released.status, 409);
});

test("SIS-3: what everybody has agreed to, and all of it counts, is not asked for again", async () => {
  const reference = await desk.sent();
  await desk.give(reference, desk.senior, "senior-manager");
  await desk.changeRecord(desk.senior, { roles: [] });
  await desk.give(reference, desk.line, "line-manager");
  await desk.changeRecord(desk.senior, { roles: ["senior-manager"] });
  const again = await desk.sender.visitor.form(`/transfers/${reference}/ask-again`, {});
  assert.equal(again.status, 409);
  assert.match(again.text, /all of it counts/);
  assert.equal(await desk.stateOf(reference), "approved");
});
