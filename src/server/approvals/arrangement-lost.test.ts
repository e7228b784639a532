import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../domain/member.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor } from "../../testing/approver.ts";
import { addContact, addKey, foundOrganisation, recordChange } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";

const CLARA = "clara@chambers.example";

let server: TestServer;
let line: SigningSender;
let next: SigningSender;
let senior: SigningSender;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  next = await addSigner(server, "Nia Next");
  senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  await recordChange(server, "member-changed", (tx) =>
    tx.saveArrangement({
      ...{ id: "weekly", role: "line-manager", requesterId: sender.member.id, purpose: "The weekly list" },
      ...{ recipients: [CLARA], classification: "OFFICIAL-SENSITIVE", people: 5000, bytes: 5_000_000 },
      ...{ method: "secure-link", ends: "2027-06-30", state: "agreed", createdAt: at(), remindedAt: null },
      ...{ decidedBy: line.member.id, decidedAt: at(), reason: "", proof: null },
    }),
  );
});
after(() => server.stop());

const at = () => server.clock.now().toISOString();

const change = (changes: Partial<Member>) =>
  recordChange(server, "member-changed", async (tx) => {
    const member = await tx.member(sender.member.id);
    assert.ok(member);
    await tx.saveMember({ ...member, ...changes });
  });
const stateOf = async (reference: string) => (await server.records.read.transfer(reference))?.state;

test("SIS-3, SDT-3: who agreed in advance and lost the role meanwhile is made good by asking whoever holds it, and not before all have agreed is it sent", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, BULK);
  const roles = (await server.records.read.approvalsOf(reference)).map(({ role }) => role);
  assert.deepEqual(roles, ["senior-manager"], "the line manager had agreed in advance");
  await change({ lineManagerId: next.member.id });
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  assert.equal(await stateOf(reference), "approved", "held");
  const page = await sender.visitor.get(`/transfers/${reference}`);
  assert.match(page.text, /It is your move: ask the line manager to agree/);
  assert.match(page.text, /Ask the line manager to agree\s*<\/button>/);
  assert.doesNotMatch(page.text, /Try again/);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/ask-again`, {})).status, 303);
  assert.equal(await stateOf(reference), "requested");
  assert.match((await sender.visitor.get(`/transfers/${reference}`)).text, /It waits for the agreement of Nia Next/);
  await answerRequest(server, next, await requestFor(server, reference, "line-manager"), "approve");
  assert.equal(await stateOf(reference), "released");
});

test("SIS-3: one who is asked later is waited for, whoever else answers again first", async () => {
  await change({ lineManagerId: line.member.id });
  const { reference } = await signedTransfer(sender, [CLARA], undefined, BULK);
  await change({ lineManagerId: next.member.id });
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  const other = await addSigner(server, "Otis Other", { roles: ["senior-manager"] });
  await recordChange(server, "member-changed", async (tx) => tx.saveMember({ ...senior.member, roles: [] }));
  await sender.visitor.form(`/transfers/${reference}/ask-again`, {});
  await answerRequest(server, other, await requestFor(server, reference, "senior-manager"), "approve");
  assert.equal(await stateOf(reference), "requested", "the line manager has not answered");
  await answerRequest(server, next, await requestFor(server, reference, "line-manager"), "approve");
  assert.equal(await stateOf(reference), "released");
});
