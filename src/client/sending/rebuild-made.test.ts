import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromBase64, toBase64 } from "../../bytes/base64.ts";
import type { SendingView } from "../../domain/wire/sending.ts";
import { newToken, openSenderGrant, sealSenderGrant } from "../../seal/grants.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { layItems, type Manifest, sealManifest, summarise } from "../../seal/manifest.ts";
import { OUTSIDER_ID, orderOf, SAMPLE_REFERENCE, SampleTransfer, sampleBytes } from "../../testing/sample-sending.ts";
import { WIRE_DECIDED, WIRE_EXPIRES, WIRE_FACTS, WIRE_ORIGINATOR } from "../../testing/wire-server.ts";
import { sendingView } from "../views.ts";
import type { Made } from "./order.ts";
import { rebuildMade } from "./rebuild-made.ts";
import { signSending } from "./sign-sending.ts";

let sample: SampleTransfer;
let sealed: Made;
let view: SendingView;
before(async () => {
  sample = await SampleTransfer.start(true);
  sealed = await sample.sent(orderOf(sampleBytes(70_000), sampleBytes(3)));
  view = await sample.http().get(`/api/transfers/${SAMPLE_REFERENCE}`, sendingView);
});
after(() => sample.server.stop());

/** What another device of the sender makes of what the server says. */
function elsewhere(said: SendingView = view, identities = [sample.sender.identity]): Promise<Made> {
  return rebuildMade(said, said.recipients, identities, sample.http());
}

test("SIS-23: another device of the sender rebuilds exactly what was sealed, and signs it", async () => {
  const made = await elsewhere();
  assert.deepEqual(made, { ...sealed, grants: null }, "what was sealed to the recipients is not known here");
  assert.deepEqual(
    made.items.map(({ name, length }) => [name, length]),
    [
      ["item 0", 70_000],
      ["item 1", 3],
    ],
  );
  assert.equal(made.subject, "The real subject");
  assert.match(made.checkCode, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const seen = { originator: WIRE_ORIGINATOR, facts: WIRE_FACTS, expires: WIRE_EXPIRES, ...WIRE_DECIDED };
  const sign = async () => ({ device: { keyId: "key", signature: "c2ln" } });
  await signSending(made, seen, { http: sample.http(), rpId: "localhost", sign });
  assert.equal(sample.server.told.length, 1);
});

test("keys that are not the sender's open nothing", async () => {
  await assert.rejects(elsewhere(view, [sample.member.identity]), { code: "no-access" });
});

test("recipients other than those whom it was sealed for are found out", async () => {
  const [first, second] = view.recipients;
  assert.ok(first && second);
  const others: readonly SendingView["recipients"][] = [
    [first],
    [first, second, { ...second, id: "somebody" }],
    [first, first],
    [first, { ...second, id: "somebody" }],
    [first, { ...second, access: "account" }],
    [{ ...first, access: "words" }, second],
  ];
  for (const recipients of others) await assert.rejects(elsewhere({ ...view, recipients }), { code: "lying-server" });
});

test("another address for a recipient makes another waybill, which the server's cannot be", async () => {
  const renamed = view.recipients.map((each) =>
    each.id === OUTSIDER_ID ? { ...each, address: "eve@evil.example" } : each,
  );
  const made = await elsewhere({ ...view, recipients: renamed });
  const seen = { originator: WIRE_ORIGINATOR, facts: WIRE_FACTS, expires: WIRE_EXPIRES, ...WIRE_DECIDED };
  const parts = { http: sample.http(), rpId: "localhost", sign: async () => assert.fail("it was signed") };
  await assert.rejects(signSending(made, seen, parts), { code: "changed-record", message: /recipients/ });
});

test("a list of files that was altered, or made by somebody without the transfer key, is not shown", async () => {
  sample.server.lies.manifest = (bytes) => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
  await assert.rejects(elsewhere(), { code: "damaged" });
  const forged = await forgedManifest((await generateKeyPair()).recipient);
  sample.server.lies.manifest = () => forged.bytes;
  const said = { ...view, sealed: view.sealed && { ...view.sealed, content: forged.digest } };
  await assert.rejects(elsewhere(said), { code: "no-access" });
  delete sample.server.lies.manifest;
});

test("a server that makes a grant, key and list of its own cannot make the check code of the sealing device", async () => {
  const own = await generateKeyPair();
  const honest = await openSenderGrant(fromBase64(view.senderGrant ?? ""), [sample.sender.identity], {
    reference: SAMPLE_REFERENCE,
  });
  const tokens = Object.fromEntries(Object.keys(honest.tokens).map((id) => [id, newToken()]));
  const grant = await sealSenderGrant({ ...honest, identity: own.identity, tokens }, [sample.sender.recipient]);
  const forged = await forgedManifest(own.recipient);
  sample.server.lies.manifest = () => forged.bytes;
  const content = { content: forged.digest, items: 1, bytes: 5, bodySize: 300 };
  const made = await elsewhere({ ...view, senderGrant: toBase64(grant.bytes), sealed: content });
  assert.equal(made.items[0]?.name, "forged.txt");
  assert.notEqual(made.checkCode, sealed.checkCode);
  delete sample.server.lies.manifest;
});

test("what is not sealed yet is not signed, and the message says where to go on", async () => {
  await assert.rejects(elsewhere({ ...view, sealed: null }), { code: "no-access", message: /not all sealed/ });
});

async function forgedManifest(recipient: string) {
  const items = layItems([{ name: "forged.txt", type: "", kind: "file", length: 5 }]);
  const body = await summarise(["00".repeat(32)], 300);
  const manifest: Manifest = { version: 1, reference: SAMPLE_REFERENCE, items, body };
  return sealManifest(manifest, recipient);
}
