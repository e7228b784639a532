import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { correctAddress } from "../../client/sending/correct-address.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { sayProved } from "../../evidence/say.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor, signDraft } from "../../testing/approver.ts";
import { visitorHttp } from "../../testing/member-browser.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";

const WRONG = "clara@chambers.exmaple";
const RIGHT = "clara@chambers.example";

let server: TestServer;
let sender: SigningSender;
let line: SigningSender;
let senior: SigningSender;
let identity: string;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  const keys = await generateKeyPair();
  identity = keys.identity;
  await addKey(server, sender.member.id, keys);
  for (const address of [WRONG, RIGHT]) await addContact(server, sender.member, "Clara Counsel", address);
});
after(() => server.stop());

async function packOf(reference: string) {
  const answer = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  assert.equal(answer.status, 200, answer.text);
  return verifyPack(answer.bytes, { log: server.parts.log.keeper.key, witnesses: [] });
}

test("SIS-23: after an address was corrected both waybills are in it, and arrival is about each in turn", async () => {
  const { reference } = await signedTransfer(sender, [WRONG]);
  const [wrong] = await server.records.read.recipients(reference);
  const device = await ReceivingDevice.proved(server, wrong?.id ?? "");
  assert.equal((await device.arrive()).status, 200);
  const { text = "" } = (await server.records.read.transfer(reference))?.waybill ?? {};
  const { originator, facts, expires } = JSON.parse(text) as Waybill;
  await correctAddress(
    reference,
    { recipientId: wrong?.id ?? "", address: RIGHT },
    {
      http: await visitorHttp(server, sender.visitor),
      rpId: "localhost",
      seen: { originator, facts, expires },
      checkKeys: async () => undefined,
      unlock: async () => [identity],
      sign: (statement) => sender.passkey.sign(statement),
    },
  );
  const [, right] = await server.records.read.recipients(reference);
  const theirs = await ReceivingDevice.proved(server, right?.id ?? "");
  assert.equal((await theirs.arrive()).status, 200);
  const { evidence, statements } = await packOf(reference);
  assert.deepEqual(
    evidence.recipients.map(({ entry }) => entry.address),
    [WRONG, RIGHT],
  );
  assert.deepEqual(
    statements.map(({ statement }) => statement.kind),
    ["send", "arrive", "send", "arrive"],
  );
  assert.notEqual(statements[1]?.statement.digest, statements[3]?.statement.digest);
});

test("SDT-3: refused, not released; changed and agreed to again, released: both are proved as they went", async () => {
  const { reference } = await signedTransfer(sender, [RIGHT], undefined, BULK);
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "refuse", "Too much");
  const refused = await packOf(reference);
  assert.equal(refused.course.released, null);
  assert.match(sayProved(refused).proved.join("\n"), /Sefa Senior \(.+\) refused it as senior-manager/);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/change`, {})).status, 303);
  assert.equal(await signDraft(sender, reference), 200);
  for (const [who, role] of [
    [line, "line-manager"],
    [senior, "senior-manager"],
  ] as const) {
    await answerRequest(server, who, await requestFor(server, reference, role), "approve");
  }
  const { course, statements } = await packOf(reference);
  assert.ok(course.released);
  assert.equal(course.approvals.length, 2, "what was agreed to before the change does not count");
  assert.equal(statements.filter(({ statement }) => statement.kind === "approve").length, 3);
});
