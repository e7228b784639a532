import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member, Role } from "../../domain/member.ts";
import { addContact, addMember, foundOrganisation, recordChange } from "../../testing/organisation.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../testing/released-transfer.ts";
import { sampleFacts } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";

let server: TestServer;
let lena: Member;
let sam: Member;
let ada: Member;
let pia: Member;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  lena = await addMember(server, "Lena Line");
  sam = await addMember(server, "Sam Sender", { lineManagerId: lena.id, roles: ["privacy-team"] });
  pia = await addMember(server, "Pia Privacy", { roles: ["privacy-team"] });
  ada = await addMember(server, "Ada Admin", { roles: ["administrator"] });
});
after(() => server.stop());

const as = (member: Member) => new Visitor(server).signIn(member.id);
const at = () => server.clock.now().toISOString();

async function rolesOf({ id }: Member, roles: readonly Role[]): Promise<void> {
  await recordChange(server, "member-changed", async (tx) =>
    tx.saveMember({ ...((await tx.member(id)) ?? assert.fail()), roles }),
  );
}

let made = 0;
async function send(): Promise<ReleasedTransfer> {
  made += 1;
  const contact = await addContact(server, sam, `Robin ${made}`, `robin${made}@chambers.example`);
  return releaseTransfer(server, sam, [{ contact }], new Uint8Array([1]), { facts: sampleFacts({ personal: true }) });
}

async function report(about: string, kind: string): Promise<string> {
  const answer = await new Visitor(server).form("/report", { kind, about });
  assert.equal(answer.status, 200);
  return /IN-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(answer.text)?.[0] ?? "";
}
const found = async (id: string) => (await server.records.read.incident(id)) ?? assert.fail();
const incidentAbout = async ({ reference }: ReleasedTransfer) => server.records.read.incidentsOf(reference);
const no = { personal: "no", reason: "A blank form" };
const notTold = { tell: "no", reason: "Nobody opened it" };

test("SIS-37: whoever lost the role, or is line manager no more, sees nothing of an incident that had gone to them; who has it now does", async () => {
  const { reference } = await send();
  const id = await report(reference, "damaged");
  const next = await addMember(server, "Nia Next");
  for (const each of [pia, lena]) assert.equal((await (await as(each)).get(`/incidents/${id}`)).status, 200);
  await rolesOf(pia, []);
  await recordChange(server, "member-changed", async (tx) =>
    tx.saveMember({ ...((await tx.member(sam.id)) ?? assert.fail()), lineManagerId: next.id }),
  );
  for (const each of [pia, lena]) {
    const visitor = await as(each);
    assert.equal((await visitor.get(`/incidents/${id}`)).status, 404);
    assert.equal((await visitor.form(`/incidents/${id}/acknowledge`, {})).status, 404);
    for (const path of ["/", "/incidents"]) assert.doesNotMatch((await visitor.get(path)).text, new RegExp(id));
  }
  assert.equal((await (await as(next)).get(`/incidents/${id}`)).status, 200);
  await rolesOf(pia, ["privacy-team"]);
  assert.equal((await (await as(pia)).get(`/incidents/${id}`)).status, 200);
});

test("OXM-3: who sent it neither decides that nobody is told nor closes it, and is not given it", async () => {
  const { reference } = await send();
  const id = await report(reference, "damaged");
  const own = await as(sam);
  const act = async (path: string, fields: Record<string, string>) =>
    (await own.form(`/incidents/${id}/${path}`, fields)).status;
  assert.equal(await act("acknowledge", {}), 303);
  assert.match(
    (await own.get(`/incidents/${id}`)).text,
    /You sent it, and personal data is concerned[\s\S]*Give it to/,
  );
  const statuses = [await act("personal", no), await act("authority", notTold), await act("people", notTold)];
  assert.deepEqual(statuses, [409, 409, 409]);
  assert.equal(await act("authority", { tell: "yes", reason: "To be sure" }), 303);
  const colleague = await as(pia);
  assert.equal((await colleague.form(`/incidents/${id}/people`, notTold)).status, 303);
  assert.equal(await act("close", { lessons: "None" }), 409);
  assert.doesNotMatch((await own.get(`/incidents/${id}/owner`)).text, new RegExp(`value="${sam.id}"`));
  assert.equal(await act("owner", { owner: sam.id }), 422);
  assert.equal(await act("owner", { owner: pia.id }), 303);
  assert.equal((await colleague.form(`/incidents/${id}/close`, { lessons: "None" })).status, 303);
  assert.match((await colleague.get(`/incidents/${id}`)).text, /Nobody opened it Decided as privacy team\./);
});

test("OXM-3: where the sender is all there is of the privacy team, their deputy says no, if not named by them; else security or an administrator", async () => {
  await rolesOf(pia, []);
  const deputy = await addMember(server, "Dai Deputy");
  const security = await addMember(server, "Oona Security", { roles: ["operational-security"] });
  const stand = async (appointedBy: string, endedAt: string | null) => {
    const until = new Date(server.clock.now().getTime() + 9 * 86_400_000).toISOString();
    const times = { from: at(), until, createdAt: at(), endedAt };
    await recordChange(server, "member-changed", (tx) =>
      tx.saveDeputy({ id: "d", principalId: sam.id, deputyId: deputy.id, appointedBy, ...times }),
    );
  };
  const says = async (who: Member, id: string) => (await (await as(who)).form(`/incidents/${id}/personal`, no)).status;
  const taken = async () => {
    const id = await report((await send()).reference, "lost");
    assert.equal((await (await as(ada)).form(`/incidents/${id}/acknowledge`, {})).status, 303);
    return id;
  };
  const saidAs = async (id: string) => {
    const events = await server.records.read.eventsNumbered((await found(id)).events);
    return events.findLast(({ kind }) => kind === "incident-stated")?.detail.as;
  };
  await stand(ada.id, null);
  const first = await taken();
  assert.deepEqual([await says(sam, first), await says(ada, first), await says(deputy, first)], [409, 409, 303]);
  assert.equal(await saidAs(first), "in place of the privacy team");
  await stand(sam.id, null);
  const second = await taken();
  assert.equal(await says(deputy, second), 409, "who was named by the sender does not speak for them");
  assert.equal(await says(ada, second), 303);
  assert.match(String(await saidAs(second)), /^administrator, as nobody else/);
  await stand(ada.id, at());
  const third = await taken();
  assert.deepEqual([await says(deputy, third), await says(security, third)], [404, 303]);
  await rolesOf(pia, ["privacy-team"]);
});

test("SDT-29: a second report asks again what it contradicts, and opens a closed incident anew; what it does not contradict stays closed", async () => {
  const sent = await send();
  const id = await report(sent.reference, "damaged");
  const colleague = await as(pia);
  const act = async (path: string, fields: Record<string, string>) =>
    assert.equal((await colleague.form(`/incidents/${id}/${path}`, fields)).status, 303, path);
  const decide = async () => {
    for (const about of ["authority", "people"]) await act(about, notTold);
  };
  await act("acknowledge", {});
  await decide();
  assert.equal(await report(sent.reference, "damaged"), (await found(id)).reports[1]?.number);
  assert.notEqual((await found(id)).authority, null, "the same again says nothing new");
  server.clock.advance(60_000);
  await report(sent.reference, "lost");
  assert.equal((await found(id)).authority, null);
  assert.match((await colleague.get(`/incidents/${id}`)).text, /said about personal data and telling is asked again/);
  const mails = (await server.mail(pia.address)).filter(({ subject }) => subject.includes(id));
  assert.equal(mails.length, 3, "of the first, that there is another, and that the clock runs anew");
  assert.match(mails.map(({ text }) => text).join(), /the 72 hours for that run anew from now/);
  assert.match((await colleague.get(`/incidents/${id}`)).text, /The 72 hours ran anew from then/);
  await act("acknowledge", {}); // what is worse is acknowledged anew
  await decide();
  await act("close", { lessons: "None" });
  const { recipients } = sent;
  await report(sent.reference, "damaged");
  assert.deepEqual((await incidentAbout(sent)).map(({ state }) => state).sort(), ["closed", "reported"]);
  server.clock.advance(60_000);
  await recordChange(server, "member-changed", async (tx) => {
    const row = (await tx.recipient(recipients[0]?.id ?? "")) ?? assert.fail();
    await tx.saveRecipient({ ...row, handedOutAt: at(), openedAt: at() });
  });
  const other = (await incidentAbout(sent)).find((each) => each.id !== id) ?? assert.fail();
  await recordChange(server, "member-changed", (tx) => tx.saveIncident({ ...other, state: "closed", closedAt: at() }));
  await report(sent.reference, "damaged");
  const again = await found(id);
  assert.deepEqual([again.state, again.authority, again.personal], ["reported", null, true]);
  assert.match((await (await as(pia)).get(`/incidents/${id}`)).text, /says something else than what it was closed on/);
});
