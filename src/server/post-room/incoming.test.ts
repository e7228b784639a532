import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes, randomId } from "../../bytes/random.ts";
import { NOTHING_FIXED, NOTHING_SEEN } from "../../domain/carriage.ts";
import type { Member } from "../../domain/member.ts";
import { newReference } from "../../domain/reference.ts";
import type { Party } from "../../domain/transfer.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { sampleEvent, sampleFacts, sampleRecipient, sampleTransfer } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type Answer, Visitor } from "../../testing/visitor.ts";

let server: TestServer;
let sam: Member;
let ben: Member;
let petra: Visitor;
before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  sam = await addMember(server, "Sam Sender");
  ben = await addMember(server, "Ben Registrar");
  petra = await new Visitor(server).signIn((await addMember(server, "Petra Post", { roles: ["post-room"] })).id);
});
after(() => server?.stop());

const SOUND = { condition: "whole", checked: "yes" };
const homeOf = async (member: Member) => (await (await new Visitor(server).signIn(member.id)).get("/")).text;

/** Something of Sam's that went by special delivery. */
async function posted(party: Party, personal = true): Promise<string> {
  const [reference, id, at] = [newReference(randomBytes), randomId(), server.clock.now().toISOString()];
  const nothing = {
    tracking: "",
    handedTo: "",
    identification: "",
    collected: false,
    told: "",
    confirmed: "",
    dialled: "",
    pages: null,
  };
  const carriage = {
    method: "post",
    ...{ atDispatch: NOTHING_SEEN, codes: { [id]: "K7QX-2MPA" } },
    fixed: { ...NOTHING_FIXED, items: 1, pages: 2, carrier: "special-delivery" },
    dispatch: { at, byId: sam.id, expected: at.slice(0, 10), ...nothing },
  } as const;
  const facts = sampleFacts({ personal, sensitive: false, purpose: "The Quillfeather hearing" });
  await server.records.write(async (tx) => {
    await tx.saveTransfer(sampleTransfer({ reference, state: "released", senderId: sam.id, carriage, facts }));
    await tx.saveRecipient(sampleRecipient({ id, reference, party, state: "released" }));
    await tx.append(sampleEvent({ kind: "transfer-described", reference }));
  });
  return reference;
}

/** Taken in: the page of what waits. */
async function takenIn(body: Record<string, string>): Promise<{ readonly path: string; readonly page: Answer }> {
  const taken = await petra.form("/post-room/incoming/taken", { ...SOUND, ...body });
  assert.equal(taken.status, 303, taken.text);
  const path = taken.headers.get("location") ?? "";
  return { path, page: await petra.get(path) };
}

test("SIS-9: what comes for a colleague is taken in by its reference, opened by nobody, and handed on, each as an event; they see that it waits", async () => {
  const reference = await posted({ kind: "member", memberId: ben.id });
  const found = await petra.form("/post-room/incoming", { reference: reference.toLowerCase() });
  assert.match(found.text, /ADDRESSEE ONLY: do not open it/);
  assert.match(found.text, /Ben Registrar/);
  assert.doesNotMatch(found.text, /Quillfeather|OFFICIAL/, "no contents");
  const unread = await petra.form("/post-room/incoming/taken", { reference, who: ben.id, condition: "whole" });
  assert.match(unread.text, /Read the addressee first, then tick this/);
  assert.deepEqual(await server.records.read.incomingPosts(), []);

  const { path, page } = await takenIn({ reference, who: ben.id });
  assert.match(page.text, /Ben Registrar[\s\S]*ADDRESSEE ONLY: do not open it/);
  assert.match(await homeOf(ben), new RegExp(`waits in the post room: ${reference}, ADDRESSEE ONLY`));
  assert.doesNotMatch(await homeOf(sam), /waits in the post room/);
  const waiting = await (await new Visitor(server).signIn(ben.id)).get("/post-waiting");
  assert.match(waiting.text, new RegExp(reference));

  const unchecked = await petra.form(`${path}/handed`, { as: "addressee" });
  assert.match(unchecked.text, /Check who takes it first/);
  const nobody = await petra.form(`${path}/handed`, { as: "in-place", checked: "yes" });
  assert.match(nobody.text, /Say who takes it for them/);
  assert.equal((await petra.form(`${path}/handed`, { as: "addressee", checked: "yes" })).status, 303);
  assert.equal((await petra.get(path)).status, 404, "it is not here any more");
  assert.doesNotMatch(await homeOf(ben), /waits in the post room/);
  const events = (await server.records.read.eventsOf(reference)).slice(-2);
  const [recipient] = await server.records.read.recipients(reference);
  assert.deepEqual(
    events.map(({ kind, recipientId, detail }) => [kind, recipientId, detail.addressee, detail.condition, detail.to]),
    [
      ["post-taken-in", recipient?.id, "Ben Registrar", "whole", undefined],
      ["post-handed-on", recipient?.id, "Ben Registrar", undefined, "Ben Registrar"],
    ],
  );
  const history = await (await new Visitor(server).signIn(sam.id)).get(`/transfers/${reference}`);
  assert.match(history.text, /Petra Post took it in at the post room[\s\S]*Petra Post handed it to Ben Registrar/);
});

test("SIS-9: what Waybill does not know is taken in too: another organisation's reference, or none, and the addressee as they stand on it", async () => {
  const scanned = await petra.form("/post-room/incoming", {
    reference: "https://other.example/arrived?code=K7QX-2MPA",
  });
  assert.match(scanned.text, /letters, digits, hyphens and slashes/, "a code is no reference, and is not recorded");
  const found = await petra.form("/post-room/incoming", { reference: "HMCTS/2026-771" });
  assert.match(found.text, /HMCTS\/2026-771<\/span>, not known here/);
  const blank = await petra.form("/post-room/incoming/taken", { ...SOUND, reference: "HMCTS/2026-771" });
  assert.match(blank.text, /Type the addressee/);
  const astray = { reference: "HMCTS/2026-771", addressee: "Ben", address: "nobody@council.example" };
  const wrong = await petra.form("/post-room/incoming/taken", { ...SOUND, ...astray });
  assert.match(wrong.text, /No colleague has this address/);
  const known = await takenIn({ ...astray, address: ben.address, addresseeOnly: "yes" });
  assert.match(await homeOf(ben), /waits in the post room: HMCTS\/2026-771, ADDRESSEE ONLY/);
  const without = await takenIn({ addressee: "ben registrar" });
  assert.match(await homeOf(ben), /waits in the post room: without a reference\./, "the only colleague of that name");
  const stranger = await takenIn({ addressee: "The Listing Office" });
  assert.match(stranger.page.text, /Nobody is told by Waybill/);
  for (const { path } of [known, without, stranger]) {
    const handed = { as: "in-place", to: "Lena Line", checked: "yes" };
    assert.equal((await petra.form(`${path}/handed`, handed)).status, 303);
  }
  const last = await server.records.read.lastEvent("post-handed-on");
  assert.deepEqual([last?.reference, last?.detail.to, last?.detail.as], [null, "Lena Line", "in-place"]);
});

test("SIS-9, SIS-27: what came opened, or for nobody here, leads to the report; what is not ours goes back", async () => {
  const contact = await addContact(server, sam, "Clara Counsel", "clara@chambers.example");
  const reference = await posted({ kind: "contact", contactId: contact.id }, false);
  const found = await petra.form("/post-room/incoming", { reference });
  assert.match(found.text, /Sam Sender[\s\S]*Sent it: it has come back/);
  const opened = await takenIn({ reference, who: sam.id, condition: "opened" });
  const link = new RegExp(`href="(/report\\?about=${reference}&amp;kind=opened-by-other)"`).exec(opened.page.text)?.[1];
  const report = await petra.get((link ?? assert.fail(opened.page.text)).replaceAll("&amp;", "&"));
  assert.match(report.text, new RegExp(`value="${reference}"`));
  assert.match(report.text, /value="opened-by-other"[^>]*checked/);
  assert.match(await homeOf(sam), new RegExp(`waits in the post room: ${reference}`));
  assert.equal((await petra.form(`${opened.path}/handed`, { as: "addressee", checked: "yes" })).status, 303);

  const other = await takenIn({ reference, who: "other", addressee: "The Other Court", condition: "not-ours" });
  assert.match(other.page.text, /For nobody here|It is for nobody here/);
  assert.match(other.page.text, /kind=wrong-person/);
  const kept = await petra.form(`${other.path}/handed`, { as: "in-place", to: "Ben", checked: "yes" });
  assert.match(kept.text, /It is for nobody here, so it goes back/);
  assert.equal((await petra.form(`${other.path}/handed`, { as: "back", checked: "yes" })).status, 303);
  const sender = await new Visitor(server).signIn(sam.id);
  assert.match((await sender.get(`/transfers/${reference}`)).text, /gave it back to the carrier/);
  assert.equal((await sender.get("/post-room/incoming")).status, 403);
});
