import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../domain/member.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, signDraft } from "../../testing/approver.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";

const ABROAD = "abe@chambers.example";
const PERSONAL = { personal: true, special: false, offences: false, people: 3, agreement: { none: "One letter" } };
const MAY_GO = { verdict: "may-go", answer: "Yes, once.", impactAssessment: "not-needed" };

let server: TestServer;
let sender: SigningSender;
let priya: SigningSender;
let paula: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const manager = await addMember(server, "Lena Line");
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: manager.id });
  priya = await addSigner(server, "Priya Privacy", { roles: ["privacy-team"] });
  paula = await addSigner(server, "Paula Privacy", { roles: ["privacy-team"] });
  for (const { member } of [sender, priya]) await addKey(server, member.id, await generateKeyPair());
  await addContact(server, sender.member, "Abe Abroad", ABROAD, { country: "IE" });
});
after(() => server.stop());

/** A draft that waits for the privacy team, who are asked. */
async function asked(...to: readonly string[]): Promise<string> {
  server.clock.advance(1000);
  const facts = { facts: PERSONAL, legitimateNeed: "Reads it" };
  await assert.rejects(signedTransfer(sender, [ABROAD, ...to], undefined, facts), { message: /SIS-15/ });
  const [draft] = await server.records.read.transfersOf(sender.member.id, { limit: 1, offset: 0 });
  const reference = draft?.reference ?? "";
  const question = { adviser: "privacy-team", question: "May it go to Dublin?" };
  const answer = await sender.visitor.form(`/transfers/${reference}/advice`, question);
  assert.equal(answer.status, 303, answer.text);
  return reference;
}

async function answerOf(who: SigningSender, reference: string, said: Record<string, string> = MAY_GO) {
  const advice = (await server.records.read.adviceOf(reference)).find(({ answeredAt }) => answeredAt === null);
  return who.visitor.form(`/advice/${advice?.id}`, said);
}

const save = (member: Member) =>
  server.records.write(async (tx) => {
    await tx.saveMember(member);
    await tx.append(sampleEvent({ kind: "member-changed" }));
  });
/** Whether the rules still want the privacy team's yes. */
async function waits(reference: string): Promise<boolean> {
  const { text } = (await sender.visitor.get(`/api/transfers/${reference}/assessment`)).json<{ text: string }>();
  const { needs } = JSON.parse(text) as { readonly needs: unknown };
  return JSON.stringify(needs).includes("SIS-15");
}

test("SDT-3, SIS-15: whom it is for is not asked whether it may go, and does not answer; another of the team does", async () => {
  const reference = await asked(priya.member.address);
  const mails = await server.mail(priya.member.address);
  assert.ok(!mails.some(({ text }) => text.includes(reference)), "asked of the other alone");
  const page = await sender.visitor.get(`/transfers/${reference}/advice`);
  assert.match(page.text, /Paula Privacy/);
  assert.doesNotMatch(page.text, /Priya Privacy, |, Priya Privacy/);
  const refused = await answerOf(priya, reference);
  assert.equal(refused.status, 409);
  assert.match(refused.text, /This transfer is for you, so somebody else has to answer for the privacy team/);
  assert.ok(await waits(reference));
  assert.equal((await answerOf(paula, reference)).status, 303);
  assert.ok(!(await waits(reference)));
});

test("SDT-17, SIS-15: a yes of who left the team before it was signed is none; a no stays one, and what was signed stays as it was", async () => {
  const [first, second] = [await asked(), await asked()];
  assert.equal((await answerOf(paula, first)).status, 303);
  assert.equal((await answerOf(paula, second)).status, 303);
  assert.equal(await signDraft(sender, second), 200);
  const signed = await server.records.read.transfer(second);
  for (const gone of [
    { ...paula.member, roles: [] },
    { ...paula.member, state: "deactivated" as const },
    { ...paula.member, address: "paula@outside.example" },
  ]) {
    await save(paula.member);
    assert.ok(!(await waits(first)));
    await save(gone);
    assert.ok(await waits(first), JSON.stringify(gone));
  }
  assert.equal((await server.records.read.transfer(second))?.state, signed?.state);
  const question = { adviser: "privacy-team", question: "And now?" };
  assert.equal((await sender.visitor.form(`/transfers/${first}/advice`, question)).status, 303);
  assert.equal((await answerOf(priya, first)).status, 303);
  assert.ok(!(await waits(first)), "somebody of the team said yes");
  await save(paula.member);
});
