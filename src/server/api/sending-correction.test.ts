import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromBase64 } from "../../bytes/base64.ts";
import { recoveryKeyDigest } from "../../client/keys/check-recovery-key.ts";
import { type CorrectionParts, correctAddress } from "../../client/sending/correct-address.ts";
import { placeHold } from "../../domain/lifecycle/governance-arrows.ts";
import { entryDigest, entryOf, type Waybill } from "../../domain/waybill.ts";
import type { CorrectionBody, CorrectionOptions } from "../../domain/wire/sending.ts";
import { openGrant, openSenderGrant } from "../../seal/grants.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { enrolPasskey } from "../../testing/enrolled-passkey.ts";
import { visitorHttp } from "../../testing/member-browser.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { addRecoveryKey } from "../../testing/recovery-key.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, sendStatement, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

const WRONG = "clara@chambers.exmaple";
const RIGHT = "clara@chambers.example";
const OTHER = "olu@chambers.example";

let server: TestServer;
let sender: SigningSender;
let identity: string;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const member = await addMember(server, "Ada Clerk");
  const keys = await generateKeyPair();
  identity = keys.identity;
  await addKey(server, member.id, keys);
  await addContact(server, member, "Clara Counsel", WRONG);
  await addContact(server, member, "Clara Counsel", RIGHT);
  await addContact(server, member, "Olu Outside", OTHER);
  const colleague = await addMember(server, "Ben Other");
  await addKey(server, colleague.id, await generateKeyPair());
  const visitor = await new Visitor(server).signIn(member.id);
  sender = { member, visitor, passkey: await enrolPasskey(server, member) };
});
after(() => server.stop());

async function parts(reference: string): Promise<CorrectionParts> {
  const { text = "" } = (await server.records.read.transfer(reference))?.waybill ?? {};
  const { originator, facts, expires } = JSON.parse(text) as Waybill;
  return {
    http: await visitorHttp(server, sender.visitor),
    rpId: "localhost",
    seen: { originator, facts, expires },
    checkKeys: async () => undefined,
    unlock: async () => [identity],
    sign: (statement) => sender.passkey.sign(statement),
  };
}

async function wrongIn(reference: string): Promise<{ readonly recipientId: string; readonly address: string }> {
  const found = (await server.records.read.recipients(reference)).find(({ address }) => address === WRONG);
  return { recipientId: found?.id ?? "", address: RIGHT };
}

test("a corrected address gets access of its own under a waybill signed anew, and the wrong one's ends", async () => {
  const { reference, access } = await signedTransfer(sender, [WRONG, OTHER]);
  const ask = await wrongIn(reference);
  const before = await server.records.read.transfer(reference);
  await correctAddress(reference, ask, await parts(reference));
  const rows = await server.records.read.recipients(reference);
  assert.deepEqual(
    rows.map(({ address, state, grant }) => [address, state, grant === null]),
    [
      [WRONG, "dropped", true],
      [OTHER, "released", false],
      [RIGHT, "released", false],
    ],
  );
  const after = await server.records.read.transfer(reference);
  const waybill = JSON.parse(after?.waybill?.text ?? "") as Waybill;
  const active = [rows[2], rows[1]].flatMap((each) => (each ? [entryDigest(entryOf(each))] : []));
  assert.deepEqual(waybill.recipients, await Promise.all(active), "the right one stands in the wrong one's place");
  const events = await server.records.read.eventsOf(reference);
  const corrected = events.find(({ kind }) => kind === "address-corrected");
  assert.equal(corrected?.detail.waybill, before?.waybill?.text, "what was signed before stays on the record");
  const mine = await openSenderGrant(fromBase64(after?.senderGrant ?? ""), [identity], { reference });
  const secret = mine.secrets[rows[2]?.id ?? ""] ?? "";
  assert.notEqual(secret, access.secrets[ask.recipientId]);
  const theirs = await openGrant(fromBase64(rows[2]?.grant ?? ""), { secret }, { reference });
  assert.equal(theirs.identity, access.identity);
  assert.deepEqual(
    Object.keys(mine.secrets).sort(),
    rows
      .slice(1)
      .map(({ id }) => id)
      .sort(),
  );
  assert.equal((await server.mail(RIGHT)).filter((each) => each.reference === reference).length, 1);
});

test("SIS-37: under a hold no address is corrected, for that would destroy what was sealed to the wrong one", async () => {
  const { reference } = await signedTransfer(sender, [WRONG, OTHER]);
  const by = { at: server.clock.now().toISOString(), by: { kind: "member", id: sender.member.id } } as const;
  const scope = { kind: "transfer", reference } as const;
  const { hold, event } = placeHold({ id: "hold", scope, reason: "A court asks", placedBy: sender.member.id }, by);
  await server.records.write(async (tx) => {
    await tx.saveHold(hold);
    await tx.append(event);
  });
  const kept = await server.records.read.recipients(reference);
  await assert.rejects(correctAddress(reference, await wrongIn(reference), await parts(reference)), /under a hold/);
  assert.deepEqual(await server.records.read.recipients(reference), kept);
});

test("an address that is no contact's, has a passkey, or is a recipient already is refused with what to do", async () => {
  const { reference } = await signedTransfer(sender, [WRONG, OTHER]);
  const { recipientId } = await wrongIn(reference);
  for (const [address, why] of [
    ["", /Enter the right address/],
    ["nobody@chambers.example", /one of your contacts/],
    ["ben.other@council.example", /has a passkey here/],
    [OTHER, /is a recipient already/],
  ] as const) {
    const page = await sender.visitor.get(
      `/transfers/${reference}/recipients/${recipientId}/address?address=${address}`,
    );
    assert.equal(page.status, 422);
    assert.match(page.text, why);
    await assert.rejects(correctAddress(reference, { recipientId, address }, await parts(reference)), {
      code: "refused",
    });
  }
});

test("a signature over the old waybill, for another row, or with a spent nonce corrects nothing", async () => {
  const { reference, senderGrant, content } = await signedTransfer(sender, [WRONG, OTHER]);
  const ask = await wrongIn(reference);
  const path = `/api/transfers/${reference}/correction`;
  const grant = Object.values(content.access)[0]?.grant ?? "";
  const options = async () => (await sender.visitor.api("POST", `${path}/options`, ask)).json<CorrectionOptions>();
  for (const other of [false, true]) {
    const given = await options();
    const passkey = await sender.passkey.sign(await sendStatement(given));
    const id = other ? "A".repeat(22) : given.right.id;
    const body = { ...ask, id, grant, tokenHash: "ab".repeat(32), senderGrant, nonce: given.nonce, passkey };
    assert.equal((await sender.visitor.api("POST", path, body)).status, 403);
    assert.equal((await sender.visitor.api("POST", path, body)).status, 403, "the nonce is spent");
  }
  const rows = await server.records.read.recipients(reference);
  assert.deepEqual(
    rows.map(({ state }) => state),
    ["released", "released"],
  );
});

test("what was signed for one new row is not taken for another", async () => {
  const { reference } = await signedTransfer(sender, [WRONG, OTHER]);
  const honest = await parts(reference);
  const tell = honest.http.tell.bind(honest.http);
  honest.http.tell = (method, path, body) => tell(method, path, { ...(body as CorrectionBody), id: "A".repeat(22) });
  await assert.rejects(correctAddress(reference, await wrongIn(reference), honest), { code: "refused" });
  assert.equal((await server.records.read.recipients(reference)).length, 2);
});

test("the client signs nothing when the server shows another record than the page did", async () => {
  const { reference } = await signedTransfer(sender, [WRONG, OTHER]);
  const honest = await parts(reference);
  const { seen } = honest;
  const lied = { ...honest, seen: { ...seen, facts: { ...seen.facts, purpose: "Something else" } } };
  const ask = await wrongIn(reference);
  await assert.rejects(correctAddress(reference, ask, lied), { code: "lying-server" });
  assert.equal((await server.records.read.recipients(reference)).length, 2);
  await correctAddress(reference, ask, honest);
  await assert.rejects(correctAddress(reference, ask, honest), { code: "refused" }, "a second time");
});

test("a corrected record names the recovery key that it was sealed to; one that hides it gets no signature", async () => {
  const recoveryKey = (await generateKeyPair()).recipient;
  const second = await addMember(server, "Ann Admin", { roles: ["administrator"] });
  await addRecoveryKey(server, recoveryKey, [sender.member, second]);
  const { reference } = await signedTransfer(sender, [WRONG, OTHER], undefined, { recoveryKey });
  const honest = await parts(reference);
  const ask = await wrongIn(reference);
  const send = honest.http.send.bind(honest.http);
  honest.http.send = async (method, path, body, shape) =>
    send(method, path, body, (value, at) => {
      const options = value as CorrectionOptions;
      const waybill = options.waybill.replace(/"recovery":"[0-9a-f]{64}"/, '"recovery":null');
      return shape({ ...options, waybill }, at);
    });
  await assert.rejects(correctAddress(reference, ask, honest), { code: "lying-server" });
  await correctAddress(reference, ask, await parts(reference));
  const { text = "" } = (await server.records.read.transfer(reference))?.waybill ?? {};
  assert.equal((JSON.parse(text) as Waybill).recovery, await recoveryKeyDigest(recoveryKey));
});
