import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromBase64, fromBase64Url } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Contact } from "../../domain/contact.ts";
import { recall } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { ReceivingView } from "../../domain/wire/receiving.ts";
import type { Statement } from "../../log/statement.ts";
import { verifyWithArrivalKey } from "../../log/statement-keys.ts";
import { openBody, openExtent } from "../../seal/body.ts";
import { openGrant } from "../../seal/grants.ts";
import { openManifest } from "../../seal/manifest.ts";
import { platformCipher } from "../../seal/webcrypto-cipher.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";
import { carryOut } from "../carry-out.ts";

const CONTENT = utf8("The hearing is on the third of December.");
let server: TestServer;
let sender: Member;
let clerk: Contact;
let team: Contact;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
  clerk = await addContact(server, sender, "Rhys Morgan", "rhys@chambers.example");
  team = await addContact(server, sender, "Crown Court listing", "listing@court.example", { team: true });
});
after(() => server.stop());

const first = (transfer: ReleasedTransfer) => {
  const [recipient] = transfer.recipients;
  assert.ok(recipient);
  return recipient;
};
const sentTo = (...contacts: Contact[]) =>
  releaseTransfer(
    server,
    sender,
    contacts.map((contact) => ({ contact })),
    CONTENT,
  );
async function takeBack(reference: string): Promise<void> {
  const transfer = await server.records.read.transfer(reference);
  assert.ok(transfer);
  const recipients = await server.records.read.recipients(reference);
  const taken = { at: server.clock.now().toISOString(), by: { kind: "member", id: sender.id } } as const;
  await server.records.write((tx) => carryOut(tx, recall(transfer, recipients, taken)));
}

test("SDT-2, SDT-28: arrival, six words, opening and a signed receipt, each checked again from what is stored", async () => {
  const transfer = await sentTo(clerk);
  const { id, words, token } = first(transfer);
  const device = await ReceivingDevice.proved(server, id);
  const before = await device.view();
  assert.deepEqual([before.state, before.grant, before.waybill, before.arrivalKey], ["released", null, null, null]);

  const arrived = await device.arrive();
  assert.equal(arrived.status, 200, arrived.text);
  const view = arrived.json<ReceivingView>();
  assert.equal(view.arrivalKey, device.arrivalKey);
  assert.equal(await sha256Hex(utf8(view.waybill ?? "")), before.waybillDigest);
  const [asked] = (await server.mail(sender.address)).filter((each) => each.reference === transfer.reference);
  assert.match(asked?.subject ?? "", /six words/);
  assert.doesNotMatch(`${asked?.subject}`, /Rhys|chambers/, "SDT-16");

  const grant = await openGrant(
    fromBase64(view.grant ?? ""),
    { secret: words },
    {
      reference: transfer.reference,
    },
  );
  assert.equal(grant.token, token);
  const sealed = await fetchBytes(device, "manifest");
  const content = JSON.parse(view.waybill ?? "{}").content as string;
  const manifest = await openManifest(sealed, grant.identity, { digest: content, reference: transfer.reference });
  const body = await fetchBytes(device, "body");
  assert.equal(body.length, transfer.bodySize);
  const opened = await openBody(body, manifest, grant.identity);
  const plain = await Array.fromAsync(
    openExtent(
      (async function* () {
        yield body;
      })(),
      opened,
      manifest.body,
      { offset: 0, length: CONTENT.length },
      await platformCipher(),
    ),
  );
  assert.deepEqual(Buffer.concat(plain), Buffer.from(CONTENT));

  assert.equal((await device.opened(token)).json<ReceivingView>().state, "opened");
  assert.equal((await device.receipt(token)).json<ReceivingView>().state, "received");
  const events = await server.records.read.eventsOf(transfer.reference);
  assert.deepEqual(events.map(({ kind }) => kind).slice(-5), [
    "recipient-told",
    "recipient-arrived",
    "grant-handed-out",
    "recipient-opened",
    "receipt-signed",
  ]);
  const receipt = events.at(-1)?.detail ?? {};
  const statement = JSON.parse(String(receipt.statement)) as Statement;
  assert.deepEqual(
    [statement.kind, statement.answer, statement.digest, statement.signer],
    ["receive", "complete", before.waybillDigest, "rhys@chambers.example"],
  );
  const [key, signature] = [receipt.publicKey, receipt.signature].map((each) => fromBase64Url(String(each)));
  assert.ok(key && signature && (await verifyWithArrivalKey(key, signature, statement)));
  const secrets = [words, token, grant.identity, "rhys@chambers.example", "Case papers"];
  for (const line of server.logged) assert.ok(!secrets.some((each) => line.includes(each)), line);
  const arrival = events.find((each) => each.kind === "recipient-arrived")?.detail ?? {};
  assert.equal((JSON.parse(String(arrival.statement)) as Statement).kind, "arrive");
});

test("OXM-24, OXM-9: without a session the link gives no view, no manifest, no body, and takes no statement", async () => {
  const { id } = first(await sentTo(clerk));
  const stranger = await ReceivingDevice.of(server, id);
  for (const path of ["", "/manifest", "/body"]) {
    assert.equal((await stranger.get(`/api/r/${id}${path}`)).status, 401, path);
  }
  for (const path of ["/nonce", "/arrive", "/opened", "/receipt", "/problem"]) {
    assert.equal((await stranger.api("POST", `/api/r/${id}${path}`, {})).status, 401, path);
  }
});

test("OXM-2: the session of one recipient opens nothing of another's, in the same transfer or in another", async () => {
  const shared = await sentTo(clerk, team);
  const other = await sentTo(clerk);
  const [mine, theirs] = shared.recipients;
  assert.ok(mine && theirs);
  const device = await ReceivingDevice.proved(server, mine.id);
  await device.arrive();
  for (const id of [theirs.id, first(other).id]) {
    assert.equal((await device.get(`/api/r/${id}`)).status, 401);
    assert.equal((await device.get(`/api/r/${id}/body`)).status, 401);
  }
  assert.equal((await (await new Visitor(server).signIn(sender.id)).get(`/api/r/${theirs.id}`)).status, 401);
  assert.equal((await device.opened(theirs.token)).status, 403);
  assert.equal((await device.get("/api/r/AAAAAAAAAAAAAAAAAAAAAA")).status, 404);
});

test("OXM-24: before arrival is confirmed there is neither grant nor manifest nor body", async () => {
  const { id, token } = first(await sentTo(clerk));
  const device = await ReceivingDevice.proved(server, id);
  assert.equal((await device.get(`/api/r/${id}/manifest`)).status, 403);
  assert.equal((await device.get(`/api/r/${id}/body`)).status, 403);
  assert.equal((await device.opened(token)).status, 409);
  assert.equal((await device.receipt(token)).status, 409);
  assert.equal((await device.view()).state, "released");
});

test("an arrive statement about another waybill, signer, host or kind is refused, and so is one sent twice", async () => {
  const { id } = first(await sentTo(clerk));
  const device = await ReceivingDevice.proved(server, id);
  const wrong: Partial<Statement>[] = [
    { digest: "00".repeat(32) },
    { signer: "other@chambers.example" },
    { rpId: "elsewhere.example" },
    { kind: "receive" },
    { answer: "complete" },
    { nonce: "AAAA" },
  ];
  for (const changes of wrong) assert.equal((await device.arrive("", changes)).status, 403, JSON.stringify(changes));
  const statement = await device.statement("arrive");
  const body = { nonce: statement.nonce, reader: "", by: await device.sign(statement) };
  assert.equal((await device.api("POST", `/api/r/${id}/arrive`, body)).status, 200);
  assert.equal((await device.api("POST", `/api/r/${id}/arrive`, body)).status, 403);
});

test("a team mailbox says who is reading, and that is on the record", async () => {
  const transfer = await sentTo(team);
  const device = await ReceivingDevice.proved(server, first(transfer).id);
  assert.equal((await device.arrive("  ")).status, 409);
  assert.equal((await device.arrive("Siân Price")).status, 200);
  const arrival = (await server.records.read.eventsOf(transfer.reference)).find((e) => e.kind === "recipient-arrived");
  assert.equal(arrival?.detail.reader, "Siân Price");
});

test("SDT-28: no receipt without the token out of the grant, before opening, for other than complete, or by another key", async () => {
  const { id, token } = first(await sentTo(clerk));
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive();
  assert.equal((await device.receipt(token)).status, 409, "before opening");
  assert.equal((await device.opened("AAAA")).status, 403);
  await device.opened(token);
  assert.equal((await device.opened(token)).status, 200, "again is no error");
  assert.equal((await device.receipt("AAAA")).status, 403);
  assert.equal((await device.receipt(token, { answer: "damaged" })).status, 403);
  assert.equal((await device.receipt(token, { digest: "00".repeat(32) })).status, 403);
  const second = await ReceivingDevice.proved(server, id);
  assert.equal((await second.receipt(token)).status, 409, "not the key of the arrival");
  assert.equal((await device.view()).state, "opened");
  assert.equal((await device.receipt(token)).status, 200);
  assert.equal((await device.receipt(token)).status, 200, "said again after a lost answer");
});

test("a second device that confirms arrival signs the receipt from then on, and the first no longer does", async () => {
  const transfer = await sentTo(clerk);
  const { id, token } = first(transfer);
  const phone = await ReceivingDevice.proved(server, id);
  const laptop = await ReceivingDevice.proved(server, id);
  await phone.arrive();
  await laptop.arrive();
  assert.equal((await phone.view()).arrivalKey, laptop.arrivalKey);
  await laptop.opened(token);
  assert.equal((await phone.receipt(token)).status, 409);
  assert.equal((await laptop.receipt(token)).status, 200);
  const events = await server.records.read.eventsOf(transfer.reference);
  const arrivals = events.filter((each) => each.kind === "recipient-arrived");
  assert.deepEqual(
    arrivals.map((each) => each.detail.again ?? false),
    [false, true],
  );
  assert.equal(events.filter((each) => each.kind === "grant-handed-out").length, 1);
});

test("what was taken back or has expired answers 410 to everything and says whom to ask", async () => {
  const recalled = await sentTo(clerk);
  const device = await ReceivingDevice.proved(server, first(recalled).id);
  await device.arrive();
  const statement = await device.statement("receive");
  await takeBack(recalled.reference);
  const { id, token } = first(recalled);
  for (const path of ["", "/manifest", "/body"]) {
    const answer = await device.get(`/api/r/${id}${path}`);
    assert.equal(answer.status, 410, path);
    assert.match(answer.json<{ message: string }>().message, /took this package back.*Ask Ada Clerk/);
  }
  assert.equal((await device.opened(token)).status, 410);
  const late = { nonce: statement.nonce, token, by: await device.sign(statement) };
  assert.equal((await device.api("POST", `/api/r/${id}/receipt`, late)).status, 410);
  assert.equal((await device.api("POST", `/api/r/${id}/problem`, { kind: "other", detail: "" })).status, 410);

  const expiresAt = new Date(server.clock.now().getTime() + 3_600_000).toISOString();
  const brief = await releaseTransfer(server, sender, [{ contact: clerk }], CONTENT, { expiresAt });
  const late2 = await ReceivingDevice.proved(server, first(brief).id);
  server.clock.advance(3_600_000); // the job that destroys has not come round yet
  assert.equal((await late2.get(`/api/r/${first(brief).id}`)).status, 410, "OXM-21");
});

test("a problem is recorded with the recipient's words, ends nothing, and the sender is told", async () => {
  const transfer = await sentTo(clerk);
  const { id } = first(transfer);
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive();
  const said = await device.api("POST", `/api/r/${id}/problem`, { kind: "damaged", detail: "Stops after 2 MB" });
  assert.equal(said.json<ReceivingView>().state, "arrived");
  const event = (await server.records.read.eventsOf(transfer.reference)).at(-1);
  assert.deepEqual([event?.kind, event?.detail], ["problem-reported", { kind: "damaged", text: "Stops after 2 MB" }]);
  const mail = (await server.mail(sender.address)).filter((each) => each.reference === transfer.reference);
  assert.ok(mail.some(({ subject }) => subject.endsWith("says that something is wrong")));
  assert.equal((await device.api("POST", `/api/r/${id}/problem`, { kind: "gone", detail: "" })).status, 400);
});

test("SDT-28: whoever reported damage or a loss signs no receipt as complete until all of it was fetched and verified again", async () => {
  for (const kind of ["damaged", "missing"]) {
    const transfer = await sentTo(clerk);
    const { id, token } = first(transfer);
    const device = await ReceivingDevice.proved(server, id);
    await device.arrive();
    await device.opened(token);
    await device.api("POST", `/api/r/${id}/problem`, { kind, detail: "" });
    const refused = await device.receipt(token);
    assert.equal(refused.status, 409, refused.text);
    assert.match(refused.text, /read and checked again/);
    assert.equal((await device.view()).mustVerify, true);
    const mail = (await server.mail(sender.address)).filter((each) => each.reference === transfer.reference);
    assert.ok(
      !mail.some(({ subject }) => subject.endsWith("receipt confirmed")),
      "the sender is not told that it is complete",
    );
    await device.opened(token);
    assert.equal((await device.receipt(token)).status, 409, "the list of files is not the files");
    const verified = () => device.api("POST", `/api/r/${id}/verified`, { token });
    const early = await verified();
    assert.equal(early.status, 409, early.text);
    assert.match(early.text, /Not all of it was fetched/);
    const size = transfer.bodySize;
    await fetchSpan(device, 10, size);
    assert.equal((await verified()).status, 409, "the first ten bytes were not fetched");
    await fetchSpan(device, 0, 4);
    await fetchSpan(device, 3, 9);
    assert.equal((await verified()).status, 409, "the tenth byte was not fetched");
    await fetchSpan(device, 8, 12);
    assert.equal((await device.api("POST", `/api/r/${id}/verified`, { token: "AAAA" })).status, 403);
    assert.equal((await verified()).json<ReceivingView>().mustVerify, false);
    const again = (await server.records.read.eventsOf(transfer.reference)).at(-1);
    assert.deepEqual([again?.kind, again?.detail], ["recipient-opened", { again: true, whole: true }]);
    assert.equal((await device.receipt(token)).json<ReceivingView>().state, "received");
  }
});

test("what was fetched before a report does not count as read again, nor does what somebody else fetched", async () => {
  const transfer = await sentTo(clerk, team);
  const [recipient, other] = transfer.recipients;
  const device = await ReceivingDevice.proved(server, recipient?.id ?? "");
  const colleague = await ReceivingDevice.proved(server, other?.id ?? "");
  const token = recipient?.token ?? "";
  await device.arrive();
  await colleague.arrive("Somebody else");
  await device.opened(token);
  const verified = () => device.api("POST", `/api/r/${device.id}/verified`, { token });
  const report = () => device.api("POST", `/api/r/${device.id}/problem`, { kind: "damaged", detail: "" });
  await report();
  await fetchBytes(device, "body");
  await report();
  await fetchBytes(colleague, "body");
  assert.equal((await verified()).status, 409);
  await fetchBytes(device, "body");
  assert.equal((await verified()).status, 200);
  const events = (await server.records.read.eventsOf(transfer.reference)).length;
  assert.equal((await verified()).status, 200, "said again after a lost answer");
  assert.equal((await server.records.read.eventsOf(transfer.reference)).length, events);
});

async function fetchSpan(device: ReceivingDevice, start: number, end: number): Promise<void> {
  const answer = await device.ask("GET", `/api/r/${device.id}/body`, { range: `bytes=${start}-${end - 1}` });
  assert.equal(answer.status, 206);
}

async function fetchBytes(device: ReceivingDevice, what: string): Promise<Uint8Array<ArrayBuffer>> {
  return (await device.get(`/api/r/${device.id}/${what}`)).bytes;
}
