import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../domain/contact.ts";
import { type RecordedAssessment, rulesAsked } from "../../domain/recorded-assessment.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, signDraft } from "../../testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, sealedDraft } from "../../testing/signed-transfer.ts";

const PERSONAL = { personal: true, special: false, offences: false, people: 3, agreement: { none: "One letter" } };

let server: TestServer;
let sender: SigningSender;
let clara: Contact;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const line = await addSigner(server, "Lena Line");
  await addSigner(server, "Priya Privacy", { roles: ["privacy-team"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  clara = await addContact(server, sender.member, "Clara Counsel", "clara@chambers.example", { kind: "third-party" });
});
after(() => server.stop());

function becomes(kind: Contact["kind"]): Promise<void> {
  return server.records.write(async (tx) => {
    await tx.saveContact({ ...clara, kind });
    await tx.append(sampleEvent({ kind: "contact-changed" }));
  });
}

async function asked(): Promise<string> {
  const { reference } = await sealedDraft(sender.visitor, ["clara@chambers.example"], undefined, { facts: PERSONAL });
  const question = { adviser: "privacy-team", question: "Is this the right form of words?" };
  assert.equal((await sender.visitor.form(`/transfers/${reference}/advice`, question)).status, 303);
  return reference;
}

const notices = async (reference: string) =>
  (await server.records.read.adviceOf(reference)).filter(({ question }) => question === "").length;

/** Whether the recorded answer of the rules says that they had been told when it was signed. */
async function isRecordedAsTold(reference: string): Promise<boolean | undefined> {
  const waybill = (await server.records.read.transfer(reference))?.waybill;
  const fixed = waybill ? await server.records.read.fixedWaybill(waybill.digest) : null;
  assert.ok(fixed);
  const rules = rulesAsked(JSON.parse(fixed.assessment) as RecordedAssessment); // written by this server
  return rules?.find(({ rule }) => rule === "privacy-team-told")?.met;
}

test("SDT2-5: a question about other facts tells the privacy team of nothing: it has its notice when this is signed", async () => {
  await becomes("partner");
  const reference = await asked();
  await becomes("third-party");
  assert.equal(await signDraft(sender, reference), 200);
  assert.equal(await notices(reference), 1);
  assert.equal(await isRecordedAsTold(reference), false);
});

test("SDT2-5: whom the sender asked about what goes are told by that, and not a second time", async () => {
  await becomes("third-party");
  const reference = await asked();
  assert.equal(await signDraft(sender, reference), 200);
  assert.equal(await notices(reference), 0);
  assert.equal(await isRecordedAsTold(reference), true);
});

test("SDT2-5: an agreement that is another than they were shown is told of", async () => {
  const reference = await asked();
  const path = `/transfers/${reference}/agreement`;
  assert.equal((await sender.visitor.form(path, { agreement: "none", why: "A court order" })).status, 303);
  assert.equal(await signDraft(sender, reference), 200);
  assert.equal(await notices(reference), 1);
});
