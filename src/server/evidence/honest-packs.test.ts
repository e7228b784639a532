import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromBase64 } from "../../bytes/base64.ts";
import { randomBytes } from "../../bytes/random.ts";
import { addNames, openNames } from "../../client/evidence/names.ts";
import { correctAddress } from "../../client/sending/correct-address.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { checkDestruction } from "../../evidence/check-destruction.ts";
import { checkWaybills } from "../../evidence/check-waybills.ts";
import { EvidenceError } from "../../evidence/error.ts";
import { type Evidence, NAMES, zipPack } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { sayProved } from "../../evidence/say.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { certifyDestructions } from "../../jobs/certify-destruction.ts";
import { signerOf } from "../../log/keys.ts";
import { answerRequest, BULK, foundManaged, requestFor, signDraft } from "../../testing/approver.ts";
import { forgedPack } from "../../testing/forged-pack.ts";
import { visitorHttp } from "../../testing/member-browser.ts";
import { addContact } from "../../testing/organisation.ts";
import { readPdf } from "../../testing/read-pdf.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { sampleFacts } from "../../testing/samples.ts";
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
  ({ line, senior, sender, identity } = await foundManaged(server));
  for (const address of [WRONG, RIGHT]) await addContact(server, sender.member, "Clara Counsel", address);
});
after(() => server.stop());

async function bytesOf(reference: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  assert.equal(answer.status, 200, answer.text);
  return answer.bytes;
}
const keys = () => ({ log: server.parts.log.keeper.key, witnesses: [] });
const packOf = async (reference: string) => verifyPack(await bytesOf(reference), keys());

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
  const proved = sayProved(refused).proved.join("\n");
  assert.match(proved, /Sefa Senior \(.+\) refused it as senior-manager/);
  assert.match(proved, /Ada Clerk \(.+\) signed the waybill, with a passkey/);
  assert.doesNotMatch(proved, /sent it/);
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

test("SIS-37: names of files are in it only where the sender's device added them, and are those of the list that was signed", async () => {
  const { reference, access, content } = await signedTransfer(sender, [RIGHT]);
  const other = await signedTransfer(sender, [RIGHT]);
  const pack = await bytesOf(reference);
  assert.equal((await verifyPack(pack, keys(), [], openNames)).names, null);
  const named = await addNames(pack, fromBase64(content.manifest), access.identity);
  const verified = await verifyPack(named, keys(), [], openNames);
  assert.deepEqual(verified.names, ["statement.txt"]);
  assert.match(sayProved(verified).proved.join("\n"), /those of the list that was signed: 1/);
  await assert.rejects(verifyPack(named, keys()), { code: "altered", message: /not checked here/ });
  const files = await readPack(named);
  const [sealed, key] = [NAMES.manifest, NAMES.manifestKey].map((name) => files.get(name) ?? assert.fail());
  assert.ok(sealed && key);
  for (const [name, instead, why] of [
    [NAMES.manifest, sealed.with(40, 1), /not the list of files that was signed/],
    [NAMES.manifest, fromBase64(other.content.manifest), /not the list of files that was signed/],
    [NAMES.manifestKey, key.with(0, (key[0] ?? 0) === 0x30 ? 0x31 : 0x30), /does not open/],
    [NAMES.manifestKey, key.slice(0, -1), /malformed/],
  ] as const) {
    const altered = await zipPack(new Map([...files, [name, instead]]));
    await assert.rejects(verifyPack(altered, keys(), [], openNames), { code: "altered", message: why });
  }
  await assert.rejects(addNames(pack, fromBase64(other.content.manifest), access.identity), { code: "no-access" });
});

test("SIS-37, OXM-21: the organisation's certificate of destruction is proved, with how long backups may hold it, and nobody else's is", async () => {
  const { reference } = await signedTransfer(sender, [RIGHT]);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/take-back`, {})).status, 303);
  assert.equal(await certifyDestructions(server.parts, server.clock.now()), 1);
  const pack = await bytesOf(reference);
  const verified = await verifyPack(pack, keys());
  assert.match(sayProved(verified).proved.join("\n"), /signed a certificate of that with its log's key/);
  const paper = (await readPack(pack)).get(NAMES.paper) ?? assert.fail();
  assert.match((await readPdf(paper)).packed, /Certificateofdestruction/);

  const forger = await signerOf("waybill.example/log", "note", randomBytes(32));
  const { evidence } = verified;
  const policies = new Map([...(await readPack(pack))].filter(([name]) => name.startsWith("policies/")));
  const forged = await forgedPack(evidence, forger, policies);
  // the certificate is the log's own key's: another log cannot take it over
  await assert.rejects(verifyPack(forged, { log: forger.key, witnesses: [] }), { code: "wrong-signature" });
  const certified = evidence.events.find(({ kind }) => kind === "destruction-certified") ?? assert.fail();
  for (const [name, from, to, code] of [
    ["certificate", '"why":"taken-back"', '"why":"expired"', "wrong-signature"],
    ["certificate", reference, "WB-0000-0000", "wrong-statement"],
    ["statement", '"destroy"', '"remove"', "wrong-signature"],
  ] as const) {
    const detail = { ...certified.detail, [name]: String(certified.detail[name]).replace(from, to) };
    assert.notDeepEqual(detail, certified.detail);
    const events = evidence.events.map((each) => (each === certified ? { ...each, detail } : each));
    const made = await checked({ ...evidence, events });
    assert.equal(made, code);
  }
});

test("SDT-28, SIS-23: what people carry has a pack that verifies too", async () => {
  const recipients = [{ address: RIGHT, expecting: true, legitimateNeed: "Represents a party" }];
  const made = await sender.visitor.api("POST", "/api/transfers", { facts: sampleFacts({}), recipients });
  const { reference } = made.json<{ reference: string }>();
  const chosen = await sender.visitor.form(`/transfers/${reference}/method`, { method: "hand-delivery" });
  assert.equal(chosen.status, 303, chosen.text);
  const stated = await sender.visitor.form(`/transfers/${reference}/carriage`, {
    items: "2",
    pages: "12",
    package: "none",
  });
  assert.equal(stated.status, 303, stated.text);
  assert.equal(await signDraft(sender, reference), 200);
  const { evidence, statements } = await packOf(reference);
  assert.deepEqual(
    evidence.recipients.map(({ entry }) => [entry.address, entry.access]),
    [[RIGHT, "carried"]],
  );
  assert.deepEqual(
    statements.map(({ statement }) => statement.kind),
    ["send"],
  );
});

/** Which fault a certificate has, under the log's own key. */
async function checked(evidence: Evidence): Promise<string> {
  const waybills = await checkWaybills(evidence);
  const fault = await checkDestruction(evidence, waybills, keys().log).catch((cause: unknown) => cause);
  return fault instanceof EvidenceError ? fault.code : "none";
}
