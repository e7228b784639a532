import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../../domain/contact.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { openReceivingDesk, type ReceivingDesk } from "../../../testing/receiving-desk.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { startServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let desk: ReceivingDesk;
before(async () => {
  desk = await openReceivingDesk();
});
after(() => desk.stop());

test("SDT-13, OXM-23: the way of telling suits the contact, unverified numbers are never named, and email never is the way", async () => {
  const cases: [Partial<Contact>, RegExp][] = [
    [{ preferred: "sms" }, /by text message, on the number ending 42/],
    [{ preferred: "phone", impossible: ["phone", "sms"] }, /by Relay UK, on the number ending 42/],
    [{ preferred: "post" }, /send you them in a letter/],
    [
      { phones: [{ kind: "telephone", number: "+442079460199", verified: null }] },
      /by phone\. No number of yours was checked yet/,
    ],
  ];
  for (const [at, [changes, says]] of cases.entries()) {
    const contact = await addContact(
      desk.server,
      desk.sender,
      `Contact ${at}`,
      `contact${at}@chambers.example`,
      changes,
    );
    const { id, link } = await desk.sent({ contact });
    const device = await ReceivingDevice.proved(desk.server, id);
    await device.arrive();
    assert.match((await device.get(`${link}/wait`)).text, says);
  }
});

test("the sender is asked again by mail, at most three times an hour, and the page says so", async () => {
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const ada = await addMember(strict, "Ada Clerk");
    const contact = await addContact(strict, ada, "Olu Adeyemi", "olu@chambers.example");
    const { recipients, reference } = await releaseTransfer(strict, ada, [{ contact }], new Uint8Array(3));
    const device = await ReceivingDevice.proved(strict, recipients[0]?.id ?? "");
    await device.arrive();
    for (let times = 0; times < 3; times++) {
      assert.equal((await device.form(`/r/${device.id}/ask`, {})).status, 303);
    }
    assert.equal((await device.form(`/r/${device.id}/ask`, {})).status, 429);
    assert.match((await device.get(`/r/${device.id}/wait`)).text, /Ada Clerk was asked again on 21 November 2026/);
    const mail = (await strict.mail(ada.address)).filter((each) => each.reference === reference);
    assert.equal(mail.filter(({ subject }) => subject.includes("waiting for the six words")).length, 3);
  } finally {
    await strict.stop();
  }
});

test("SDT-2: a member signs in instead: no code, no words, and nobody else's account opens it", async () => {
  const member = await addMember(desk.server, "Mia Member");
  const { id, link } = await desk.sent({ member, keys: await generateKeyPair() });
  const stranger = new Visitor(desk.server);
  assert.equal((await stranger.get(link)).headers.get("location"), `/sign-in?next=${encodeURIComponent(link)}`);
  assert.equal((await stranger.form(`${link}/code`, {})).status, 404);
  const mia = await new Visitor(desk.server).signIn(member.id);
  assert.equal((await mia.get(link)).headers.get("location"), `${link}/open`);
  assert.equal((await mia.get(`${link}/wait`)).headers.get("location"), `${link}/open`);
  const other = await (await new Visitor(desk.server).signIn(desk.sender.id)).get(link);
  assert.equal(other.status, 403);
  assert.doesNotMatch(other.text, /Mia Member|mia\.member/);
  const mailbox = await ReceivingDevice.proved(desk.server, id);
  assert.equal((await mailbox.get(`/api/r/${id}`)).status, 401, "a mailbox session is no sign-in");
});
