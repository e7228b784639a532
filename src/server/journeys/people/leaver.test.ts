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
  const { reference, id } = await sent(standIn);
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive();
  return { reference, device };
}

/** The same, of which the recipient has only the link. `recovery`: sealed to a recovery key too. */
async function sent(standIn: Member | null, recovery = false): Promise<{ reference: string; id: string }> {
  const { reference, recipients } = await releaseTransfer(server, leaver, [{ contact: clerk }], new Uint8Array(3));
  const transfer = (await server.records.read.transfer(reference)) ?? assert.fail();
  await server.records.write(async (tx) => {
    const key = recovery ? { key: "ab".repeat(32), grant: "AAAA" } : null;
    await tx.saveTransfer({ ...transfer, standInId: standIn?.id ?? null, recovery: key });
    await tx.append(sampleEvent({ kind: "transfer-changed" }));
  });
  return { reference, id: recipients[0]?.id ?? "" };
}

test("SDT-13: before somebody is deactivated, what waits for their words is listed with its stand-in; afterwards nobody waits in vain", async () => {
  const standIn = await addMember(server, "Sue Standin");
  const [covered, alone] = [await waiting(standIn), await waiting(null)];
  const linkRecovery = await sent(null, true);
  const { text } = await admin.get(`/people/${leaver.id}/deactivate`);
  const said = text.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
  assert.ok(
    said.includes(`${covered.reference}: 1 person needs the six words, and Sue Standin, the stand-in, tells them`),
  );
  assert.ok(said.includes(`${alone.reference}: 1 person needs the six words, and nobody else can tell them`));
  assert.ok(
    said.includes(
      `${linkRecovery.reference}: 1 person needs the six words, and nobody else can tell them: two administrators can open it with the recovery key, or it has to be sent anew`,
    ),
  );
  assert.ok(!said.includes("Olu"), "who receives is not the administrator's to read");

  await admin.form(`/people/${leaver.id}/deactivate`, {});
  const page = async ({ device }: typeof covered) => (await device.get(`/r/${device.id}/wait`)).text;
  assert.match(await page(covered), /Sue Standin will tell you them[\s\S]*Ask Sue Standin again/);
  const left = await page(alone);
  assert.match(
    left,
    /Lee Leaver, who sent it, has left Example Council[\s\S]*ring Example Council on the number that you find/,
  );
  assert.match(left, /If you were told them, you can still open it/);
  assert.doesNotMatch(left, /Ask .* again/);
  const mails = async () => (await server.mail(standIn.address)).length;
  const before = await mails();
  assert.equal((await covered.device.form(`/r/${covered.device.id}/ask`, {})).status, 303);
  assert.equal(await mails(), before + 1);
  assert.equal((await alone.device.form(`/r/${alone.device.id}/ask`, {})).status, 409);
});

/** Whatever a page says to people, without its mark-up. */
const words = (text: string) => text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

test("SDT-13: what a recipient reads of somebody who has left names the organisation, and the dead end before any code", async () => {
  const sue = await addMember(server, "Sue Second");
  leaver = await addMember(server, "Lou Later");
  const [covered, alone, kept] = [await sent(sue), await sent(null), await sent(null, true)];
  await admin.form(`/people/${leaver.id}/deactivate`, {});
  const device = new Visitor(server);
  const landing = async ({ id }: typeof alone, language = "en") =>
    words((await device.get(`/r/${id}?lang=${language}`)).text);
  assert.match(await landing(covered), /has left Example Council\. Sue Second \(sue[^)]*\) tells you the six words/);
  assert.match(
    await landing(alone),
    /nobody there has the six words that open it\. So it has to be sent to you anew: ring/,
  );
  assert.match(
    await landing(alone, "cy"),
    /nid oes gan neb yno y chwe gair[^.]*\. Felly rhaid ei anfon atoch o’r newydd: ffoniwch/,
  );
  assert.match(await landing(kept), /Example Council can open it with its recovery key[^.]* or send it to you anew/);
  for (const each of [covered, alone, kept]) {
    for (const language of ["en", "cy"]) {
      for (const path of ["", "/not-for-me"]) {
        const { text } = await device.get(`/r/${each.id}${path}?lang=${language}`);
        assert.ok(!text.includes(leaver.address), `${path} ${language}`);
      }
    }
  }
  await device.get(`/r/${alone.id}?lang=en`);
  assert.equal((await device.form(`/r/${alone.id}/code`, {})).status, 303);
  const proved = await ReceivingDevice.proved(server, alone.id);
  const [code] = (await server.mail(clerk.addresses[0]?.address ?? "")).toReversed();
  assert.match(code?.text ?? "", /Ring Example Council on the number that you find/);
  assert.ok(!code?.text.includes(leaver.address));
  const arrive = words((await proved.get(`/r/${alone.id}/arrive?lang=en`)).text);
  assert.match(arrive, /Example Council has it on record that the package has reached you/);
  assert.doesNotMatch(arrive, /is asked to tell you|lou/);
  await proved.arrive();
  for (const path of ["wait", "problem", "not-for-me", "open"]) {
    for (const language of ["en", "cy"]) {
      const { text } = await proved.get(`/r/${alone.id}/${path}?lang=${language}`);
      assert.ok(!text.includes(leaver.address), `${path} ${language}`);
    }
  }
  const news = async (id: string) => {
    const device = await ReceivingDevice.proved(server, id);
    return (await device.get(`/api/r/${id}/words`)).json<{ teller: string | null }>().teller;
  };
  assert.deepEqual(
    [await news(alone.id), await news(covered.id)],
    [null, "Sue Second"],
    "the command line says so too",
  );
  const problem = words((await proved.get(`/r/${alone.id}/problem?lang=en`)).text);
  assert.match(problem, /The people there who look after such problems are told at once[\s\S]*Tell Example Council/);
});

test("SDT-3: whose line manager leaves has an event of their own, since who may agree to what they send has changed", async () => {
  const manager = await addMember(server, "Mo Manager");
  const report = await addMember(server, "Rae Report", { lineManagerId: manager.id });
  await admin.form(`/people/${manager.id}/deactivate`, {});
  const changed = await server.records.read.eventsNaming(["member-changed"], report.id);
  assert.deepEqual(
    changed.map(({ detail }) => detail),
    [{ memberId: report.id, roles: "", lineManagerId: null }],
  );
  assert.equal((await server.records.read.member(report.id))?.lineManagerId, null);
});
