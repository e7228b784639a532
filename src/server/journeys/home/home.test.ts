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
