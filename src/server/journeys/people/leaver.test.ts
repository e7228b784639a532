import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../../domain/contact.ts";
import type { Member } from "../../../domain/member.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let clerk: Contact;
let admin: Visitor;
let leaver: Member;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  admin = await new Visitor(server).signIn((await addMember(server, "Ann", { roles: ["administrator"] })).id);
  leaver = await addMember(server, "Lee Leaver");
  clerk = await addContact(server, leaver, "Olu Adeyemi", "olu@chambers.example");
});
after(() => server.stop());

/** Something of the leaver's whose recipient has confirmed arrival and waits for the words. */
async function waiting(standIn: Member | null): Promise<{ reference: string; device: ReceivingDevice }> {
  const { reference, recipients } = await releaseTransfer(server, leaver, [{ contact: clerk }], new Uint8Array(3));
  const transfer = (await server.records.read.transfer(reference)) ?? assert.fail();
  await server.records.write(async (tx) => {
    await tx.saveTransfer({ ...transfer, standInId: standIn?.id ?? null });
    await tx.append(sampleEvent({ kind: "transfer-changed" }));
  });
  const device = await ReceivingDevice.proved(server, recipients[0]?.id ?? "");
  await device.arrive();
  return { reference, device };
}

test("SDT-13: before somebody is deactivated, what waits for their words is listed with its stand-in; afterwards nobody waits in vain", async () => {
  const standIn = await addMember(server, "Sue Standin");
  const [covered, alone] = [await waiting(standIn), await waiting(null)];
  const { text } = await admin.get(`/people/${leaver.id}/deactivate`);
  const said = text.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
  assert.ok(
    said.includes(`${covered.reference}: 1 person needs the six words, and Sue Standin, the stand-in, tells them`),
  );
  assert.ok(said.includes(`${alone.reference}: 1 person needs the six words, and nobody else can tell them`));
  assert.ok(!said.includes("Olu"), "who receives is not the administrator's to read");

  await admin.form(`/people/${leaver.id}/deactivate`, {});
  const page = async ({ device }: typeof covered) => (await device.get(`/r/${device.id}/wait`)).text;
  assert.match(await page(covered), /Sue Standin will tell you them[\s\S]*Ask Sue Standin again/);
  const left = await page(alone);
  assert.match(left, /Lee Leaver, who sent it, has left Example Council[\s\S]*ring Example Council on 020 7946 0000/);
  assert.doesNotMatch(left, /Ask .* again/);
  const mails = async () => (await server.mail(standIn.address)).length;
  const before = await mails();
  assert.equal((await covered.device.form(`/r/${covered.device.id}/ask`, {})).status, 303);
  assert.equal(await mails(), before + 1);
  assert.equal((await alone.device.form(`/r/${alone.device.id}/ask`, {})).status, 409);
});
