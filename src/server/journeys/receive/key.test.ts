import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enrol } from "../../../client/people/enrol.ts";
import type { Contact } from "../../../domain/contact.ts";
import type { Member } from "../../../domain/member.ts";
import { generateRecoveryCode } from "../../../seal/recovery.ts";
import { memberAt } from "../../../testing/joining.ts";
import { memberBrowser, signInWith, visitorHttp } from "../../../testing/member-browser.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let sender: Member;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Sam Sender");
});
after(() => server.stop());

let names = 0;
/** A contact of their own for each test, who has proved the mailbox of a transfer, and its receipt token. */
async function received(changes: Partial<Contact> = {}, opened = true) {
  const contact = await addContact(server, sender, `Olu Number ${++names}`, `olu${names}@chambers.example`, changes);
  const address = contact.addresses[0]?.address ?? "";
  const { reference, recipients } = await releaseTransfer(server, sender, [{ contact }], new Uint8Array(10));
  const { id, token } = recipients[0] ?? assert.fail();
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive(contact.team ? "Rea Reader" : "");
  if (opened) assert.equal((await device.opened(token)).status, 200);
  return { contact, address, reference, id, token, device };
}

/** Keeps a key with the client's own code. @returns the browser with the passkey */
async function keep({ id, token, device }: Awaited<ReturnType<typeof received>>, shown = token) {
  const browser = await memberBrowser(server);
  const http = await visitorHttp(server, device);
  await enrol(http, browser.passkeys, `/api/r/${id}/key`, await generateRecoveryCode(), "Phone", { token: shown });
  return browser;
}

function sendTo(address: string, more: Record<string, string> = {}) {
  return new Visitor(server).signIn(sender.id).then((visitor) =>
    visitor.page("/send", {
      recipients: address,
      purpose: "The hearing",
      necessity: "Counsel needs it",
      recordCopy: "The case file",
      classification: "OFFICIAL",
      personal: "no",
      sensitive: "no",
      expiry: "14",
      seen: address,
      ...more,
    }),
  );
}

async function wasTold(address: string, what: RegExp): Promise<void> {
  const mails = await server.mail(address);
  assert.ok(
    mails.some(({ text }) => what.test(text)),
    String(what),
  );
}

/** How the one recipient of a draft that was just started gets in. */
async function accessOf(answer: Awaited<ReturnType<typeof sendTo>>) {
  assert.equal(answer.status, 303, answer.text);
  const reference = /WB-[0-9A-Z-]{9}/.exec(answer.headers.get("location") ?? "")?.[0] ?? "";
  const [recipient] = await server.records.read.recipients(reference);
  return recipient && [recipient.access, recipient.party.kind];
}

test("a key that was kept after opening is offered, on the record, and told to the mailbox; nothing is sealed to it", async () => {
  const olu = await received();
  await keep(olu);
  const member = await memberAt(server, olu.address);
  assert.deepEqual(
    [member.state, member.offer?.state, member.offer?.reference, member.offer?.recipientId],
    ["active", "offered", olu.reference, olu.id],
  );
  assert.notEqual(member.id, olu.id, "the link does not show in the account");
  const events = await server.records.read.eventsAbout(olu.id);
  assert.equal(events.at(-1)?.kind, "key-offered");
  await wasTold(olu.address, /kept a passkey in your name/);

  const asked = await sendTo(olu.address);
  assert.equal(asked.status, 422);
  assert.match(asked.text, /Say whether this key is theirs/);
  assert.match(asked.text, new RegExp(`${olu.reference}</span> from Sam Sender`));
  const started = await new Visitor(server).signIn(sender.id).then((visitor) =>
    visitor.api("POST", "/api/transfers", {
      facts: {
        purpose: "The hearing",
        necessity: "Counsel needs it",
        recordCopy: "The case file",
        classification: "OFFICIAL",
        personal: false,
        sensitive: false,
        impact: { individuals: "none", organisation: "none" },
      },
      recipients: [{ address: olu.address }],
    }),
  );
  const { reference } = started.json<{ reference: string }>();
  const [row] = await server.records.read.recipients(reference);
  assert.deepEqual([row?.access, row?.party.kind], ["words", "contact"], "nobody was asked on this way");
});

test("with words this time it stays offered; confirmed by a sender it is sealed to, without words", async () => {
  const olu = await received();
  await keep(olu);
  const { id } = await memberAt(server, olu.address);
  assert.deepEqual(await accessOf(await sendTo(olu.address, { [`offer-${id}`]: "words" })), ["words", "contact"]);
  assert.equal((await memberAt(server, olu.address)).offer?.state, "offered");
  assert.deepEqual(await accessOf(await sendTo(olu.address, { [`offer-${id}`]: "confirm" })), ["account", "member"]);
  const { offer } = await memberAt(server, olu.address);
  assert.deepEqual([offer?.state, offer?.decidedBy], ["confirmed", sender.id]);
  assert.deepEqual(await accessOf(await sendTo(olu.address)), ["account", "member"], "nothing is asked any more");
  const [event] = (await server.records.read.recentEvents(20)).filter(({ kind }) => kind === "key-confirmed");
  assert.deepEqual([event?.actor, event?.detail.memberId], [{ kind: "member", id: sender.id }, id]);
});

test("refused by a sender, the key and its sessions end, the mailbox is told, and words serve as before", async () => {
  const olu = await received();
  const browser = await keep(olu);
  await signInWith(browser);
  assert.equal((await browser.visitor.get("/account")).status, 200);
  const { id } = await memberAt(server, olu.address);
  assert.deepEqual(await accessOf(await sendTo(olu.address, { [`offer-${id}`]: "refuse" })), ["words", "contact"]);
  assert.equal((await memberAt(server, olu.address)).offer?.state, "refused");
  assert.deepEqual(await server.records.read.keysOf(id), []);
  assert.equal((await browser.visitor.get("/account")).status, 303);
  await wasTold(olu.address, /was not confirmed, and has been removed/);
  assert.deepEqual(await accessOf(await sendTo(olu.address)), ["words", "contact"]);
  await keep(olu);
  assert.deepEqual(
    [(await memberAt(server, olu.address)).id, (await memberAt(server, olu.address)).offer?.state],
    [id, "offered"],
  );
});

test("its maker takes it away again, also after it was confirmed", async () => {
  const olu = await received({ language: "cy" });
  const browser = await keep(olu);
  const { id } = await memberAt(server, olu.address);
  await accessOf(await sendTo(olu.address, { [`offer-${id}`]: "confirm" }));
  await signInWith(browser);
  assert.match((await browser.visitor.get("/account")).text, /Dileu fy allwedd/);
  assert.equal((await browser.visitor.get("/account/remove-key")).status, 200);
  assert.match((await browser.visitor.form("/account/remove-key", {})).text, /Mae eich allwedd wedi’i dileu/);
  assert.equal((await browser.visitor.get("/account")).status, 303);
  assert.deepEqual(await accessOf(await sendTo(olu.address)), ["words", "contact"]);
  await wasTold(olu.address, /Mae eich allwedd gyda Example Council wedi’i dileu/);
});

test("a sender decides on nobody's key but those of the recipients named", async () => {
  const [olu, other] = [await received(), await received()];
  await keep(other);
  const { id } = await memberAt(server, other.address);
  await accessOf(await sendTo(olu.address, { [`offer-${id}`]: "confirm" }));
  assert.equal((await memberAt(server, other.address)).offer?.state, "offered");
});

test("whoever reads the mailbox but had not the six words keeps no key: the receipt token is asked for", async () => {
  const olu = await received();
  const thief = { ...olu, device: await ReceivingDevice.proved(server, olu.id) };
  const other = await received();
  for (const shown of ["", other.token, "A".repeat(43)]) {
    await assert.rejects(keep(thief, shown), { code: "refused", message: /not the receipt token/ });
    assert.equal(await server.records.read.memberByAddress(olu.address), null, shown);
  }
});

test("no key is kept before opening, for a team mailbox, or where there is an account", async () => {
  const unopened = await received({}, false);
  const team = await received({ team: true });
  const twice = await received();
  await keep(twice);
  for (const each of [unopened, team, twice]) {
    assert.equal((await each.device.api("POST", `/api/r/${each.id}/key/options`, {})).status, 403);
    assert.equal((await each.device.get(`/r/${each.id}/key`)).status, 303);
  }
});

test("the pages speak English and Welsh", async () => {
  const olu = await received();
  const page = await olu.device.get(`/r/${olu.id}/key`);
  assert.match(page.text, /Keep your recovery code/);
  const welsh = await olu.device.get(`/r/${olu.id}/key?lang=cy`);
  assert.match(welsh.text, /Cadwch eich cod adfer/);
  assert.match(welsh.text, /<html[^>]* lang="cy"/);
});
