import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { carrierText } from "../../domain/carried-lines.ts";
import { carriedPart } from "../../domain/carried-waybill.ts";
import { paperText } from "../../paperwork/paper-text.ts";
import { fromRow, toRow } from "../../store/columns.ts";
import { transfer as columns } from "../../store/transfer-columns.ts";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, CLARA, openCarryingDesk } from "../../testing/carrying-desk.ts";
import { addMember } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { Visitor } from "../../testing/visitor.ts";
import { policyNow } from "../assessing/policy-now.ts";
import { carriedPaper } from "./papers.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

test("SIS-8, SIS-9, SIS-10, SIS-11, SIS-14, SIS-31: post is tracked, marked, and given to the carrier by the post room, which sees no contents", async () => {
  const stated = { items: "1", pages: "60", identityDocuments: "no" };
  const reference = await desk.drafted("post", stated);
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text, /SIS-10/);
  const choice = (await desk.sender.visitor.get(`/transfers/${reference}/carriage`)).text;
  const lineOf = (service: string) =>
    new RegExp(`value="${service}"[\\s\\S]*?__hint">([\\s\\S]*?)</div>`).exec(choice)?.[1] ?? assert.fail(service);
  assert.match(lineOf("letter-post"), /Not for this<[^>]*> .*goes by a tracked service.*SIS-10/, "said at the choice");
  for (const each of ["special-delivery-9am", "special-delivery-1pm"])
    assert.doesNotMatch(lineOf(each), /Not for this/);
  const untrackedOne = { ...stated, carrier: "letter-post" };
  const refused = await desk.sender.visitor.form(`/transfers/${reference}/carriage`, untrackedOne);
  assert.equal(refused.status, 422, "SIS-10: and not after it");
  assert.match(refused.text, /first or second class is not for this: .*goes by a tracked service/);
  assert.match(refused.text, /name="pages"[^>]*value="60"/, "what was typed stays");
  const kept = (await desk.transfer(reference)).carriage?.fixed;
  assert.deepEqual([kept?.carrier, kept?.service, kept?.pages], [null, null, 60]);
  const unknown = await desk.sender.visitor.form(`/transfers/${reference}/carriage`, { ...stated, carrier: "pigeon" });
  assert.match(unknown.text, /Choose one of these services/);
  await desk.sender.visitor.form(`/transfers/${reference}/carriage`, {
    ...{ ...stated, carrier: "special-delivery-9am" },
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
  assert.match(history, /By Royal Mail special delivery, by 9am;/, "SIS-31: of the two, the one that was chosen");
  const found = await petra.form("/post-room", { reference: reference.toLowerCase() });
  assert.match(found.text, /Clara Counsel[\s\S]*1 Temple Gardens[\s\S]*Royal Mail special delivery, by 9am/);
  assert.doesNotMatch(found.text, /hearing|OFFICIAL-SENSITIVE|A hearing/i);
  assert.match(found.text, /ADDRESSEE ONLY/, "SIS-9: what the envelope has to say");
  const unread = await petra.form("/post-room/handed-over", { reference, tracking: "AB123456789GB" });
  assert.equal(unread.status, 422, "SIS-9: the addressee is checked first");
  const numberless = await petra.form("/post-room/handed-over", { reference, checked: "yes" });
  assert.match(numberless.text, /Type the number that the carrier gave/, "SIS-14: nobody else adds it afterwards");
  await petra.form("/post-room/handed-over", { reference, tracking: "AB123456789GB", checked: "yes" });
  assert.equal((await desk.transfer(reference)).carriage?.dispatch?.tracking, "AB123456789GB");
  const twice = await petra.form("/post-room/handed-over", { reference, tracking: "CD1", checked: "yes" });
  assert.equal(twice.status, 409, "SIS-14: one parcel is handed over once");
  assert.ok((await desk.kinds(reference)).includes("handed-to-carrier"));
  assert.equal((await desk.sender.visitor.get("/post-room")).status, 403);
});

test("SIS-31: what was stated before services had names is read, and called as the organisation calls its kind", async () => {
  const reference = await desk.drafted("post", { items: "1", pages: "2", carrier: "special-delivery-1pm" }, {});
  const transfer = await desk.transfer(reference);
  const row = toRow(columns, transfer);
  const stored = JSON.parse(row.carriage ?? "{}") as { readonly fixed: { readonly service?: unknown } };
  const { service, ...fixed } = stored.fixed;
  assert.deepEqual(service, {
    id: "special-delivery-1pm",
    name: "Royal Mail special delivery",
    guarantee: "by 1pm",
  });
  const earlier = fromRow("transfer", columns, { ...row, carriage: JSON.stringify({ ...stored, fixed }) });
  assert.equal(earlier.carriage?.fixed.service, null);
  const catalogue = policyNow(desk.server.parts).settings.carriers;
  const before = earlier.carriage?.fixed ?? assert.fail();
  assert.equal(carrierText(before, catalogue), "special delivery", "which of the two it was is not known");
  assert.equal(carrierText({ ...before, carrier: "dx-tracked" }, catalogue), "Tracked DX");
  assert.equal("service" in carriedPart(earlier.carriage ?? assert.fail(), NOWHERE).carried, false);
});

const NOWHERE = { medium: null, fax: null, places: [] };

test("SDT-3: what was agreed to goes where it was agreed to go: another address on the record since stops it", async () => {
  const stated = { items: "1", pages: "2", identityDocuments: "no", carrier: "special-delivery-1pm" };
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
  const inherited = await desk.carry(reference, { seen: [...seen, "__proto__", "toString"] });
  assert.equal(inherited.status, 303, "what is no line of the checklist says nothing");
  // After it went too: what leaves the house goes to the address that was agreed to.
  await moved("9 Elsewhere Road\nLondon");
  const petra = await new Visitor(desk.server).signIn(
    (await addMember(desk.server, "Paul Post", { roles: ["post-room"] })).id,
  );
  const found = await petra.form("/post-room", { reference });
  assert.equal(found.status, 422);
  assert.match(found.text, /address of Clara Counsel was changed after this was agreed to[^<]*keep it here/);
  assert.equal((await petra.form("/post-room/handed-over", { reference, checked: "yes" })).status, 422);
  assert.equal((await desk.kinds(reference)).includes("handed-to-carrier"), false);
  const transfer = await desk.transfer(reference);
  const [recipient = assert.fail()] = await desk.server.records.read.recipients(reference);
  const organisation = (await desk.server.records.read.organisation()) ?? assert.fail();
  const about = { transfer, recipient, sender: desk.sender.member, organisation, place: desk.server.parts.place };
  const label = await carriedPaper(desk.server.records.read, "label", {
    ...{ ...about, returnAddress: ["Example Council"], packed: null, language: null, firstLabel: 1 },
  });
  assert.match(paperText(label), /1 Temple Gardens/);
  assert.doesNotMatch(paperText(label), /Elsewhere/);
  await moved(clara.postal);
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
