import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { toBase64Url } from "../../bytes/base64.ts";
import type { Member } from "../../domain/member.ts";
import type { InboxAnswer, ReceivingView, RecipientSignature } from "../../domain/wire/receiving.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { type EnrolledPasskey, enrolPasskey } from "../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { releaseTransfer } from "../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";

let server: TestServer;
let sender: Member;
let mia: Member;
let passkey: EnrolledPasskey;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
  mia = await addMember(server, "Mia Member");
  passkey = await enrolPasskey(server, mia);
});
after(() => server.stop());

async function sentToMia() {
  const keys = await generateKeyPair();
  const { recipients, reference } = await releaseTransfer(server, sender, [{ member: mia, keys }], new Uint8Array(9));
  const [recipient] = recipients;
  assert.ok(recipient);
  const device = await ReceivingDevice.of(server, recipient.id);
  await device.signIn(mia.id);
  return { ...recipient, reference, device };
}

async function say(
  device: ReceivingDevice,
  kind: "arrive" | "receive",
  sign: (statement: Statement) => Promise<RecipientSignature>,
  token = "",
) {
  const statement = await device.statement(kind);
  const { nonce } = statement;
  const by = await sign(statement);
  return kind === "arrive"
    ? device.api("POST", `/api/r/${device.id}/arrive`, { nonce, reader: "", by })
    : device.api("POST", `/api/r/${device.id}/receipt`, { nonce, token, by });
}

const byPasskey = async (statement: Statement) => ({ passkey: await passkey.sign(statement) });

async function newDevice(memberId: string) {
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  const signing = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  const key = await addKey(server, memberId, { recipient: "age1pq1", signing });
  return async (statement: Statement) => {
    const bytes = await crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, statementBytes(statement));
    return { device: { keyId: key.id, signature: toBase64Url(new Uint8Array(bytes)) } };
  };
}

test("SDT-2, SDT-28: a member confirms arrival and receipt with a passkey; nobody is asked for six words", async () => {
  const { device, token, reference } = await sentToMia();
  const arrived = await say(device, "arrive", byPasskey);
  assert.equal(arrived.status, 200, arrived.text);
  const view = arrived.json<ReceivingView>();
  assert.ok(view.grant);
  assert.equal(view.arrivalKey, null);
  assert.equal((await say(device, "arrive", byPasskey)).status, 200, "again is no error");
  await device.opened(token);
  const received = await say(device, "receive", byPasskey, token);
  assert.equal(received.json<ReceivingView>().state, "received");
  const events = await server.records.read.eventsOf(reference);
  assert.equal(events.filter(({ kind }) => kind === "recipient-arrived").length, 1);
  const proof = events.at(-1)?.detail ?? {};
  assert.deepEqual([proof.keyKind, proof.publicKey], ["passkey", passkey.credential.publicKey]);
  assert.ok(proof.clientDataJSON && proof.authenticatorData && proof.signature);
  const saved = await server.records.read.credential(passkey.credential.id);
  assert.ok(saved && saved.counter > passkey.credential.counter, "the counter is kept");
  const told = (await server.mail(sender.address)).filter((each) => each.reference === reference);
  assert.deepEqual(
    told.map(({ subject }) => subject),
    [`${reference}: receipt confirmed`],
  );
});

test("a member's command line confirms with its own key; another member's device and a made-up arrival key do not count", async () => {
  const { device, token } = await sentToMia();
  const theirs = await newDevice(sender.id);
  assert.equal((await say(device, "arrive", theirs)).status, 403);
  assert.equal((await say(device, "arrive", (statement) => device.sign(statement))).status, 403);
  const own = await newDevice(mia.id);
  assert.equal((await say(device, "arrive", own)).status, 200);
  await device.opened(token);
  assert.equal((await say(device, "receive", byPasskey, token)).status, 200, "a passkey may sign what a device began");
});

test("whoever proved a mailbox does not sign with a passkey or device key", async () => {
  const contact = await addContact(server, sender, "Olu Adeyemi", "olu@chambers.example");
  const { recipients } = await releaseTransfer(server, sender, [{ contact }], new Uint8Array(1));
  const device = await ReceivingDevice.proved(server, recipients[0]?.id ?? "");
  assert.equal((await say(device, "arrive", byPasskey)).status, 403);
  assert.equal((await say(device, "arrive", await newDevice(mia.id))).status, 403);
});

test("the inbox lists what a member was sent, newest first, in pages, and nothing of anybody else's", async () => {
  const max = await addMember(server, "Max Member");
  const keys = await generateKeyPair();
  const references: string[] = [];
  for (let count = 0; count < 52; count++) {
    server.clock.advance(1000);
    references.push((await releaseTransfer(server, sender, [{ member: max, keys }], new Uint8Array(7))).reference);
  }
  const visitor = await new Visitor(server).signIn(max.id);
  const first = (await visitor.get("/api/inbox")).json<InboxAnswer>();
  const second = (await visitor.get(`/api/inbox?offset=${first.next}`)).json<InboxAnswer>();
  assert.deepEqual(
    [...first.entries, ...second.entries].map((each) => each.reference),
    references.reverse(),
  );
  assert.deepEqual([first.entries.length, first.next, second.next], [50, 50, null]);
  const [entry] = first.entries;
  assert.deepEqual(entry && [entry.state, entry.sender.address, entry.totals], [
    "released",
    "ada.clerk@council.example",
    { items: 1, bytes: 7 },
  ]);
  assert.equal((await new Visitor(server).get("/api/inbox")).status, 401);
  const others = (await (await new Visitor(server).signIn(sender.id)).get("/api/inbox?offset=x")).json<InboxAnswer>();
  assert.deepEqual(others.entries, []);
});
