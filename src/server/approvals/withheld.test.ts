import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addSigner } from "../../testing/approver.ts";
import { type ApprovingDesk, openApprovingDesk } from "../../testing/approving-desk.ts";
import { addMember } from "../../testing/organisation.ts";
import { signedUnderAgreement } from "../../testing/under-agreement.ts";
import { Visitor } from "../../testing/visitor.ts";

let desk: ApprovingDesk;
before(async () => {
  desk = await openApprovingDesk();
});
after(() => desk.stop());

const nextOf = (text: string) => /<section class="wb-next"[\s\S]*?<\/section>/.exec(text)?.[0] ?? "";

test("SDT-5: nobody is asked to agree once the agreement that it goes under has ended, and both pages say why", async () => {
  const { reference, endedAt } = await signedUnderAgreement(desk, "Thea Third");
  await desk.give(reference, desk.senior, "senior-manager");
  const page = `/to-agree/${await desk.idOf(reference, "line-manager")}`;
  assert.match((await desk.line.visitor.get(page)).text, /id="agree-button"/);
  await endedAt("2026-11-20T10:00:00.000Z");
  const asked = (await desk.line.visitor.get(page)).text;
  assert.match(nextOf(asked), /It cannot go as it is[\s\S]*DSA-2026-014, which you named, ended on 20 November 2026/);
  assert.doesNotMatch(asked, /id="agree-button"/);
  assert.match((await desk.line.visitor.get("/to-agree")).text, /Cannot go as it is/);
  assert.ok(!(await desk.line.visitor.get("/")).text.includes(`Agree or refuse: ${reference}`));
  assert.match((await desk.sender.visitor.get("/")).text, new RegExp(`${reference} cannot go as it is any more`));
  const own = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(nextOf(own), /could not be sent if everybody agreed to it now[\s\S]*change\?then=agreement/);
  assert.match(own, /Why it is not sent[\s\S]*ended on 20 November 2026[\s\S]*Asked, and kept back/);
  assert.doesNotMatch(own, /an answer is expected/);
  const { id } = await addMember(desk.server, "Adam Admin", { roles: ["administrator"] });
  const admin = await new Visitor(desk.server).signIn(id);
  const heir = await addSigner(desk.server, "Hedda Heir");
  for (const { member } of [heir, desk.line])
    await admin.form(`/people/${desk.sender.member.id}`, { lineManagerId: member.id });
  assert.deepEqual(await desk.mailsAbout(reference, heir.member.address), [], "nor is a new line manager asked");
  await endedAt(null);
  assert.match((await desk.line.visitor.get(page)).text, /id="agree-button"/, "asked again once it holds");
  assert.ok((await desk.line.visitor.get("/")).text.includes(`Agree or refuse: ${reference}`));
  assert.match(
    nextOf((await desk.sender.visitor.get(`/transfers/${reference}`)).text),
    /It waits for the agreement of/,
  );
});

test("SIS-3: whoever is asked sees that what another agreed to does not count now", async () => {
  const reference = await desk.sent();
  await desk.give(reference, desk.line, "line-manager");
  const page = `/to-agree/${await desk.idOf(reference, "senior-manager")}`;
  assert.match((await desk.senior.visitor.get(page)).text, /Line manager: Lena Line agreed on [^,]*, [^,]*\.<\/p>/);
  const heir = await addSigner(desk.server, "Hal Heir");
  await desk.changeRecord(desk.sender, { lineManagerId: heir.member.id });
  const asked = (await desk.senior.visitor.get(page)).text;
  assert.match(asked, /Lena Line agreed on [^<]*, but does not hold that role any more, so that it does not count now/);
  assert.match(asked, /id="agree-button"/, "what they agree to stays agreed");
});
