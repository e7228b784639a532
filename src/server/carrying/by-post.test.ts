import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, CLARA, openCarryingDesk } from "../../testing/carrying-desk.ts";
import { addMember } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { Visitor } from "../../testing/visitor.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

test("SIS-8, SIS-9, SIS-10, SIS-11, SIS-14, SIS-31: post is tracked, marked, and given to the carrier by the post room, which sees no contents", async () => {
  const reference = await desk.drafted("post", {
    items: "1",
    pages: "60",
    identityDocuments: "no",
    carrier: "letter-post",
  });
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text, /SIS-10/);
  const choice = (await desk.sender.visitor.get(`/transfers/${reference}/carriage`)).text;
  const lineOf = (carrier: string) =>
    new RegExp(`value="${carrier}"[\\s\\S]*?__hint">([^<]*)`).exec(choice)?.[1]?.trim() ?? assert.fail(carrier);
  assert.match(lineOf("letter-post"), /Not for this: .*goes by a tracked service.*SIS-10/, "said at the choice");
  assert.doesNotMatch(lineOf("special-delivery"), /Not for this/);
  await desk.sender.visitor.form(`/transfers/${reference}/carriage`, {
    ...{ items: "1", pages: "60", identityDocuments: "no", carrier: "special-delivery" },
  });
  assert.equal(await desk.signed(reference), 200);
  await answerRequest(desk.server, desk.line, await requestFor(desk.server, reference, "line-manager"), "approve");
  const petra = await new Visitor(desk.server).signIn(
    (await addMember(desk.server, "Petra Post", { roles: ["post-room"] })).id,
  );
  assert.match((await petra.form("/post-room", { reference })).text, /keep it here/);
  const [id = ""] = Object.keys((await desk.transfer(reference)).carriage?.codes ?? {});
  const label = await desk.sender.visitor.get(`/transfers/${reference}/papers/label/${id}`);
  assert.equal(label.status, 409, "SIS-11: no return address is configured in this test");
  const sheet = await desk.sender.visitor.get(`/transfers/${reference}/papers/contents/${id}`);
  assert.deepEqual([sheet.status, sheet.headers.get("content-type")], [200, "application/pdf"]);
  assert.equal((await desk.sender.visitor.get(`/transfers/${reference}/papers/checklist`)).status, 200);
  const seen = ["envelope:addressee-only", "envelope:return-address", "envelope:no-marking"];
  const untracked = await desk.carry(reference, { seen, trackingLater: "" });
  assert.match(untracked.text, /Enter the tracking number/, "SIS-14: the service has one");
  assert.match(untracked.text, /A second envelope goes round the first/, "SIS-12: advised, and asked");
  assert.equal((await desk.carry(reference, { seen: [...seen, "envelope:double"] })).status, 303);
  const history = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(history, /a second envelope round the first/, "SIS-12: recorded where it was done");
  const found = await petra.form("/post-room", { reference: reference.toLowerCase() });
  assert.match(found.text, /Clara Counsel[\s\S]*1 Temple Gardens/);
  assert.doesNotMatch(found.text, /hearing|OFFICIAL-SENSITIVE|A hearing/i);
  assert.match(found.text, /ADDRESSEE ONLY/, "SIS-9: what the envelope has to say");
  const unread = await petra.form("/post-room/handed-over", { reference, tracking: "AB123456789GB" });
  assert.equal(unread.status, 422, "SIS-9: the addressee is checked first");
  await petra.form("/post-room/handed-over", { reference, tracking: "AB123456789GB", checked: "yes" });
  assert.equal((await desk.transfer(reference)).carriage?.dispatch?.tracking, "AB123456789GB");
  assert.ok((await desk.kinds(reference)).includes("handed-to-carrier"));
  assert.equal((await desk.sender.visitor.get("/post-room")).status, 403);
});

test("SDT-3: what was agreed to goes where it was agreed to go: another address on the record since stops it", async () => {
  const stated = { items: "1", pages: "2", identityDocuments: "no", carrier: "special-delivery" };
  const reference = await desk.agreed("post", stated);
  const clara = (await desk.server.records.read.contactByAddress(CLARA)) ?? assert.fail();
  const moved = (postal: string) =>
    desk.server.records.write(async (tx) => {
      await tx.saveContact({ ...clara, postal });
      await tx.append(sampleEvent({ kind: "contact-changed" }));
    });
  await moved("9 Elsewhere Road\nLondon");
  const seen = ["envelope:addressee-only", "envelope:return-address", "envelope:no-marking"];
  const went = await desk.carry(reference, { seen });
  assert.equal(went.status, 409, went.text);
  assert.match(went.text, /not what was signed/);
  await moved(clara.postal);
  assert.equal((await desk.carry(reference, { seen })).status, 303);
});

test("SIS-29: an OFFICIAL letter with nothing personal in it goes by ordinary post, and nobody has to agree", async () => {
  const reference = await desk.drafted("post", { items: "1", pages: "2", carrier: "letter-post" }, {});
  assert.equal(
    await desk.signed(reference),
    200,
    (await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text,
  );
  assert.equal((await desk.transfer(reference)).state, "approved", "it goes when somebody posts it");
  assert.equal((await desk.carry(reference, { seen: ["envelope:no-marking"] })).status, 303);
  assert.equal((await desk.transfer(reference)).state, "released");
});
