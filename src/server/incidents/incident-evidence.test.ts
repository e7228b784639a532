import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromUtf8 } from "../../bytes/text.ts";
import { type Evidence, NAMES } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner } from "../../testing/approver.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

const CLARA = "clara@chambers.example";

let server: TestServer;
let sender: SigningSender;
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  sender = await addSigner(server, "Ada Clerk");
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

test("SIS-23: a transfer's evidence says what was reported about it and what became of access, and verifies; what was written stays here", async () => {
  const { reference } = await signedTransfer(sender, [CLARA]);
  const [clara] = await server.records.read.recipients(reference);
  const words = { words: "Counsel left the firm", reach: "home@example.org" };
  const stranger = new Visitor(server);
  const fields = { kind: "wrong-person", about: `${server.url}/r/${clara?.id}`, words: words.words };
  const adding = /name="adding" value="([^"]+)"/.exec((await stranger.form("/report", fields)).text)?.[1] ?? "";
  await stranger.form("/report/more", { adding, reach: words.reach });
  const [incident] = await server.records.read.incidentsOf(reference);
  const admin = await new Visitor(server).signIn((await addMember(server, "Ann", { roles: ["administrator"] })).id);
  const path = `/incidents/${incident?.id}`;
  await admin.form(`${path}/acknowledge`, {});
  await admin.form(`${path}/personal`, { personal: "no", reason: "It was a blank form" });
  await sender.visitor.form(`/transfers/${reference}/recipients/${clara?.id}/resume`, {});
  await admin.form(`${path}/close`, { lessons: "Ask before sending" });
  const answer = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  assert.equal(answer.status, 200, answer.text);
  await verifyPack(answer.bytes, { log: server.parts.log.keeper.key, witnesses: [] });
  const file = (await readPack(answer.bytes)).get(NAMES.evidence) ?? assert.fail("There is no evidence in it.");
  const { events } = JSON.parse(fromUtf8(file)) as Evidence;
  assert.deepEqual(
    events.filter(({ kind }) => /incident|paused|resumed/.test(kind)).map(({ kind, actor }) => [kind, actor.kind]),
    [
      ["access-paused", "link-holder"],
      ["incident-reported", "link-holder"],
      ["access-resumed", "member"],
      ["incident-closed", "member"],
    ],
  );
  for (const secret of [words.words, words.reach, "Ask before sending"]) {
    assert.ok(!Buffer.from(answer.bytes).includes(secret) && !fromUtf8(file).includes(secret), secret);
  }
});
