import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY, iso } from "../../../domain/clock.ts";
import type { Member } from "../../../domain/member.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleEvent, sampleTransfer } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let ada: Member;
let ben: Member;
let sent: ReleasedTransfer;
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  ada = await addMember(server, "Ada Clerk");
  ben = await addMember(server, "Ben Other");
  const keys = await generateKeyPair();
  await addKey(server, ben.id, { recipient: keys.recipient });
  const contact = await addContact(server, ada, "Robin Clerk", "robin@chambers.example");
  sent = await releaseTransfer(server, ada, [{ contact }, { member: ben, keys }], new Uint8Array([1]));
});
after(() => server.stop());

async function homeOf(member: Member): Promise<string> {
  return (await (await new Visitor(server).signIn(member.id)).get("/")).text;
}

test("nothing waits for the sender of something just released; it is on its way", async () => {
  const page = await homeOf(ada);
  assert.match(page, /Waiting for you[\s\S]*Nothing\. Packages[\s\S]*On its way/);
  assert.match(page, new RegExp(`${sent.reference}[\\s\\S]*Robin Clerk \\(robin@chambers.example\\)`));
});

test("a package for me waits for me, and not for others", async () => {
  const [, benRow] = sent.recipients;
  assert.match(await homeOf(ben), new RegExp(`A package from Ada Clerk is here for you: ${sent.reference}`));
  assert.match(await homeOf(ben), new RegExp(`href="/r/${benRow?.id}"`));
  assert.doesNotMatch(await homeOf(ada), /is here for you/);
  const stranger = await addMember(server, "Carol");
  assert.doesNotMatch(await homeOf(stranger), new RegExp(sent.reference));
});

test("SDT-13: words to tell come first once the recipient has confirmed arrival", async () => {
  const [robin] = sent.recipients;
  await server.records.write(async (tx) => {
    const row = await tx.recipient(robin?.id ?? "");
    assert.ok(row);
    const at = iso(server.clock.now());
    await tx.saveRecipient({ ...row, state: "arrived", arrival: { publicKey: "AAAA", reader: "", at } });
    const about = { reference: sent.reference, recipientId: row.id, detail: {} };
    await tx.append({ kind: "recipient-arrived", at, actor: { kind: "recipient", id: row.id }, ...about });
  });
  const page = await homeOf(ada);
  assert.match(page, /Waiting for you[\s\S]{0,200}<p class="wb-waiting__text">Tell Robin Clerk the six words/);
  assert.match(page, new RegExp(`href="/transfers/${sent.reference}/words/${robin?.id}"`));
});

test("SDT-28: a receipt that is missing after three days waits for the sender", async () => {
  server.clock.advance(3 * DAY);
  assert.match(await homeOf(ada), new RegExp(`No receipt yet from Ben Other for ${sent.reference}, 3 days`));
});

test("what is not sent yet says whether its files are there, half there, or were never added", async () => {
  const draft = sampleTransfer({ senderId: ada.id });
  const save = (changes: Partial<Transfer>) =>
    server.records.write(async (tx) => {
      await tx.saveTransfer({ ...draft, ...changes });
      await tx.append(sampleEvent({ kind: "transfer-changed" }));
    });
  await save({});
  assert.match(await homeOf(ada), /Not sent yet: WB-0000-0000, for nobody yet\. It holds no files or message yet\./);
  await save({ uploadId: "half" });
  assert.match(await homeOf(ada), /Its files have not all arrived: choose the same files again/);
});

test("before signing in there is the sign-in page", async () => {
  assert.equal((await new Visitor(server).get("/")).headers.get("location"), "/sign-in");
});

test("SDT-13: words to tell in somebody’s place wait on the stand-in’s start page; who told them stands on the sender’s timeline", async () => {
  const [sender, standIn] = [await addMember(server, "Sam Absent"), await addMember(server, "Lena Line")];
  const contact = await addContact(server, sender, "Wyn Clerk", "wyn@chambers.example");
  const { reference, recipients } = await releaseTransfer(server, sender, [{ contact }], new Uint8Array([1]));
  const [{ id } = assert.fail()] = recipients;
  const at = iso(server.clock.now());
  await server.records.write(async (tx) => {
    await tx.saveTransfer({ ...((await tx.transfer(reference)) ?? assert.fail()), standInId: standIn.id });
    const row = (await tx.recipient(id)) ?? assert.fail();
    await tx.saveRecipient({ ...row, state: "arrived", arrival: { publicKey: "AAAA", reader: "", at } });
    const actor = { kind: "recipient", id } as const;
    await tx.append({ kind: "recipient-arrived", at, actor, reference, recipientId: id, detail: {} });
  });
  assert.match(await homeOf(standIn), /In place of Sam Absent: Tell Wyn Clerk the six words/);
  const visitor = await new Visitor(server).signIn(standIn.id);
  const told = await visitor.form(`/transfers/${reference}/words/${id}`, { way: "in-person", answer: "told" });
  assert.equal(told.status, 303);
  assert.doesNotMatch(await homeOf(standIn), /In place of/);
  const sees = await new Visitor(server).signIn(sender.id);
  for (const path of ["", `/recipients/${id}`]) {
    const { text } = await sees.get(`/transfers/${reference}${path}`);
    assert.ok(text.includes(`Six words told by Lena Line (${standIn.address}), in person`), path);
  }
});

test("an email that came back waits for the sender, who was told so at once", async () => {
  const contact = await addContact(server, ben, "Nora Nosuch", "nora@chambers.example");
  const { reference, recipients } = await releaseTransfer(server, ben, [{ contact }], new Uint8Array([1]));
  const [{ id: recipientId } = assert.fail()] = recipients;
  const at = iso(server.clock.now());
  await server.records.write(async (tx) => {
    const detail = { why: "550 No such user" };
    await tx.append({ kind: "notice-bounced", at, actor: { kind: "system" }, reference, recipientId, detail });
  });
  assert.match(await homeOf(ben), /The email to Nora Nosuch came back[\s\S]*Email came back/);
  const { text } = await (await new Visitor(server).signIn(ben.id)).get(
    `/transfers/${reference}/recipients/${recipientId}`,
  );
  assert.match(text, /Email came back[\s\S]*so would a reminder/);
  assert.doesNotMatch(text, /also reminds them every three days/);
});
