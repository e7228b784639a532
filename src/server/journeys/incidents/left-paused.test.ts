import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let admin: Visitor;
let privacy: Visitor;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  admin = await new Visitor(server).signIn((await addMember(server, "Ada Admin", { roles: ["administrator"] })).id);
  const priya = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
  privacy = await new Visitor(server).signIn(priya.id);
});
after(() => server.stop());

/** A package that a link holder has paused: its reference, recipient and incident. */
async function paused(sender: Member) {
  const contact = await addContact(server, sender, `Robin of ${sender.name}`, `robin-${sender.id}@chambers.example`);
  const { reference, recipients } = await releaseTransfer(server, sender, [{ contact }], new Uint8Array(3));
  const recipient = recipients[0]?.id ?? "";
  await new Visitor(server).form(`/r/${recipient}/pause`, {});
  const [incident] = await server.records.read.incidentsOf(reference);
  return { reference, recipient, incident: incident?.id ?? "" };
}

const stateOf = async (id: string) => (await server.records.read.recipient(id))?.state;
const REASON = "Rang chambers: it is for them";

test("SDT-14: what a link holder paused and whose sender has left is decided by whoever looks after the incident", async () => {
  const sender = await addMember(server, "Lee Leaver");
  const { reference, recipient, incident } = await paused(sender);
  const act = `/incidents/${incident}/access`;
  const asked = { recipient, decision: "go-on", reason: REASON };
  assert.equal(await stateOf(recipient), "paused");
  assert.equal((await privacy.form(act, asked)).status, 422, "its sender decides while they are here");
  assert.equal(await stateOf(recipient), "paused");
  await admin.form(`/people/${sender.id}/deactivate`, {});
  const page = (await privacy.get(`/incidents/${incident}`)).text;
  assert.match(page, new RegExp(`href="${act}">Decide in the sender’s place`));
  await privacy.form(`/incidents/${incident}/acknowledge`, {});
  const early = await privacy.form(`/incidents/${incident}/close`, { lessons: "None" });
  assert.match(early.text, /Decide in the place of Lee Leaver, who has left, whether Robin of Lee Leaver may go on/);
  assert.match((await privacy.form(act, { ...asked, reason: " " })).text, /Enter the reason/);
  assert.equal(await stateOf(recipient), "paused");
  assert.equal((await privacy.form(act, asked)).status, 303);
  assert.equal(await stateOf(recipient), "released");
  const resumed = (await server.records.read.eventsOf(reference)).find(({ kind }) => kind === "access-resumed");
  assert.equal(resumed?.recipientId, recipient);
  assert.match((await privacy.get(`/incidents/${incident}`)).text, new RegExp(`who has left: ${REASON}`));
  assert.equal((await privacy.form(act, asked)).status, 422, "once");
});

test("SDT-14: they may end it instead; nobody without a part in the incident may do either", async () => {
  const sender = await addMember(server, "Lou Leaver");
  const { recipient, incident } = await paused(sender);
  await admin.form(`/people/${sender.id}/deactivate`, {});
  const asked = { recipient, decision: "end", reason: "Nobody there knows of it" };
  const other = await new Visitor(server).signIn((await addMember(server, "Ben Other")).id);
  assert.equal((await other.form(`/incidents/${incident}/access`, asked)).status, 404);
  assert.equal(await stateOf(recipient), "paused");
  assert.equal((await privacy.form(`/incidents/${incident}/access`, asked)).status, 303);
  assert.equal(await stateOf(recipient), "dropped");
});
