import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY } from "../../domain/clock.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK } from "../../testing/approver.ts";
import { type ApprovingDesk, CLARA, openApprovingDesk } from "../../testing/approving-desk.ts";
import { addKey, addMember, recordChange } from "../../testing/organisation.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

let desk: ApprovingDesk;
before(async () => {
  desk = await openApprovingDesk();
});
after(() => desk.stop());

test("SIS-3: nobody answers as both managers, and the sender's line manager is that", async () => {
  const both = await addSigner(desk.server, "Bo Both", { roles: ["senior-manager"] });
  const clerk = await addSigner(desk.server, "Cy Clerk", { lineManagerId: both.member.id });
  await addKey(desk.server, clerk.member.id, await generateKeyPair());
  const { reference } = await signedTransfer(clerk, [CLARA], undefined, BULK);
  const asSenior = await desk.idOf(reference, "senior-manager");
  const asked = (await desk.mailsAbout(reference, both.member.address)).map(({ text }) => text);
  assert.equal(asked.length, 1);
  assert.match(asked[0] ?? "", /as line manager/);
  const refused = async (who: SigningSender, id: string, why: RegExp) => {
    const options = await who.visitor.api("POST", `/api/to-agree/${id}/options`, {});
    assert.equal(options.status, 409);
    assert.match(options.text, why);
    assert.match((await who.visitor.get(`/to-agree/${id}`)).text, why);
  };
  await refused(both, asSenior, /line manager and answer as that, so the senior manager has to be somebody else/);
  await desk.deputise(both.member.id, desk.senior.member.id, both.member.id);
  await answerRequest(desk.server, desk.senior, await desk.idOf(reference, "line-manager"), "approve");
  await refused(desk.senior, asSenior, /You agreed to this as line manager, so somebody else/);
  assert.equal(await desk.stateOf(reference), "requested");
});

test("SDT-3: to the sender and to anybody else there is no such request; a deputy has it for their time, and none whom the sender named", async () => {
  const reference = await desk.sent();
  const id = await desk.idOf(reference, "line-manager");
  const dee = await addSigner(desk.server, "Dee Deputy");
  const friend = await addSigner(desk.server, "Fay Friend");
  const before = await desk.server.records.read.approval(id);
  for (const who of [desk.sender, desk.senior, dee]) {
    assert.equal((await who.visitor.get(`/to-agree/${id}`)).status, 404, who.member.name);
    assert.equal((await who.visitor.api("POST", `/api/to-agree/${id}/options`, {})).status, 404);
  }
  await desk.deputise(desk.line.member.id, dee.member.id, desk.line.member.id);
  await desk.deputise(desk.line.member.id, friend.member.id, desk.sender.member.id);
  assert.equal((await friend.visitor.get(`/to-agree/${id}`)).status, 404, "a deputy whom the sender named");
  assert.match((await dee.visitor.get("/to-agree")).text, /in place of Lena Line/);
  assert.match(
    (await dee.visitor.get("/")).text,
    /To agree \(\d+\)[\s\S]*Agree or refuse: WB-\S+ from Ada Clerk, in place of Lena Line/,
  );
  desk.server.clock.advance(2 * DAY);
  const late = await new Visitor(desk.server).signIn(dee.member.id);
  assert.equal((await late.get(`/to-agree/${id}`)).status, 404, "the time of the deputy has ended");
  assert.deepEqual(await desk.server.records.read.approval(id), before);
  for (const who of [desk.line, desk.senior, desk.sender]) await who.visitor.signIn(who.member.id); // the clock ended their sessions
});

test("SIS-3: a deputy's answer says in whose place, and stays good when their time ends", async () => {
  const reference = await desk.sent();
  const dee = await addSigner(desk.server, "Dot Deputy");
  await desk.deputise(desk.line.member.id, dee.member.id, desk.line.member.id, 1);
  await desk.give(reference, dee, "line-manager");
  desk.server.clock.advance(DAY);
  for (const who of [desk.line, desk.senior, desk.sender]) await who.visitor.signIn(who.member.id);
  await desk.give(reference, desk.senior, "senior-manager");
  assert.equal(await desk.stateOf(reference), "released");
  const [given] = (await desk.server.records.read.approvalsOf(reference)).filter(({ role }) => role === "line-manager");
  assert.deepEqual([given?.decidedBy, given?.inPlaceOf], [dee.member.id, desk.line.member.id]);
});

test("SDT-3: a command line answers no request", async () => {
  const reference = await desk.sent();
  const id = await desk.idOf(reference, "line-manager");
  const key = await addKey(desk.server, desk.line.member.id, { ...(await generateKeyPair()), signing: "AAAA" });
  const { startSession } = await import("../gate/session.ts");
  const bearer = await startSession(desk.server.parts, desk.line.member.id, key.id);
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await new Visitor(desk.server).ask("POST", `/api/to-agree/${id}/options`, headers);
  assert.equal(answer.status, 403);
  assert.match(answer.text, /in a browser/);
});

test("nobody who leaves is waited for: an answer asked of nobody is refused at signing", async () => {
  const gone = await addMember(desk.server, "Gil Gone", { state: "deactivated" });
  const clerk = await addSigner(desk.server, "Kit Clerk", { lineManagerId: gone.id });
  await addKey(desk.server, clerk.member.id, await generateKeyPair());
  await assert.rejects(signedTransfer(clerk, [CLARA], undefined, BULK), {
    message: /your record names none who is here/,
  });
});

test("OXM-13, SDT-3: whoever is asked to agree reads why programs or macros are in it, and that it is not what they sign", async () => {
  const reference = await desk.sent();
  const page = async () =>
    (await desk.line.visitor.get(`/to-agree/${await desk.idOf(reference, "line-manager")}`)).text;
  assert.doesNotMatch(await page(), /Programs or macros/);
  await recordChange(desk.server, "member-changed", async (tx) => {
    const transfer = (await tx.transfer(reference)) ?? assert.fail();
    await tx.saveTransfer({ ...transfer, riskyReason: "The court <asked> for the tool" });
  });
  const says =
    /Programs or macros are in it, because[\s\S]*The court &lt;asked&gt; for the tool[\s\S]*not in the record that you sign/;
  assert.match(await page(), says);
});
