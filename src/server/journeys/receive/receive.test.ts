import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../../domain/contact.ts";
import { correctAddress } from "../../../domain/lifecycle/correction-arrow.ts";
import { recall } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../../domain/member.ts";
import { fixWaybill, type Waybill } from "../../../domain/waybill.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { type ReleasedTo, releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { carryOut } from "../../carry-out.ts";

let server: TestServer;
let sender: Member;
let clerk: Contact;
let welsh: Contact;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
  clerk = await addContact(server, sender, "Olu Adeyemi", "olu@chambers.example");
  welsh = await addContact(server, sender, "Rhys Morgan", "rhys@chambers.example", {
    language: "cy",
    preferred: "phone",
    impossible: ["phone"],
  });
});
after(() => server.stop());

async function sent(...to: ReleasedTo[]) {
  const transfer = await releaseTransfer(server, sender, to, new TextEncoder().encode("Papers"));
  const [recipient] = transfer.recipients;
  assert.ok(recipient);
  return { ...transfer, id: recipient.id, link: `/r/${recipient.id}`, token: recipient.token };
}

const row = async (id: string) => {
  const found = await server.records.read.recipient(id);
  assert.ok(found);
  return found;
};
const eventsOf = async (reference: string) => (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);
const mailAbout = async (to: string, reference: string) =>
  (await server.mail(to)).filter((each) => each.reference === reference);

async function codeFor(address: string, reference: string): Promise<string> {
  const codes = (await mailAbout(address, reference)).map(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1]);
  const found = codes.findLast((each) => each !== undefined);
  assert.ok(found, "no code was mailed");
  return found;
}

async function takeBack(reference: string): Promise<void> {
  const transfer = await server.records.read.transfer(reference);
  assert.ok(transfer);
  const rows = await server.records.read.recipients(reference);
  const taken = { at: server.clock.now().toISOString(), by: { kind: "member", id: sender.id } } as const;
  await server.records.write((tx) => carryOut(tx, recall(transfer, rows, taken)));
}

test("SIS-23: the link's page names sender, work address, organisation, reference, and how to check that it is genuine", async () => {
  const { link, reference } = await sent({ contact: clerk });
  const page = await new Visitor(server).get(link);
  assert.equal(page.status, 200);
  for (const said of ["Ada Clerk", sender.address, "Example Council", reference, "www.council.example", "/genuine"]) {
    assert.ok(page.text.includes(said), said);
  }
  assert.ok(page.text.includes("o…@chambers.example"));
  assert.ok(!page.text.includes("olu@chambers.example"), "a link-holder learns no address");
  assert.ok(page.text.includes("This is not for me"), "SDT-14");
});

test("OXM-24: opening the link, as scanners and previews do, uses nothing up and changes nothing", async () => {
  const { id, link, reference } = await sent({ contact: clerk });
  const [rowBefore, before] = [await row(id), await eventsOf(reference)];
  const scanner = new Visitor(server);
  for (const path of [
    "",
    "/code",
    "/not-for-me",
    "/arrive",
    "/wait",
    "/open",
    "/done",
    "/problem",
    "/device",
    "/ask",
  ]) {
    for (let times = 0; times < 2; times++) assert.ok((await scanner.get(link + path)).status < 500, path);
    for (const method of ["HEAD", "OPTIONS"]) assert.ok((await scanner.ask(method, link + path)).status < 500, path);
  }
  assert.deepEqual(await row(id), rowBefore);
  assert.deepEqual(await eventsOf(reference), before);
  assert.deepEqual(await mailAbout(clerk.addresses[0]?.address ?? "", reference), []);
});

test("OXM-24, OXM-9: pages behind the link send whoever has not proved the mailbox back to its front", async () => {
  const { link } = await sent({ contact: clerk });
  const stranger = new Visitor(server);
  for (const path of ["/arrive", "/wait", "/open", "/done", "/problem", "/device"]) {
    const answer = await stranger.get(link + path);
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, link], path);
  }
  for (const path of ["/ask", "/problem", "/device", "/not-for-me"]) {
    assert.equal((await stranger.form(link + path, {})).status, 401, path);
  }
});

test("SDT-2: a code by email, arrival, and the page that says who tells the six words and how", async () => {
  const { id, link, reference, token } = await sent({ contact: clerk });
  const device = await ReceivingDevice.of(server, id);
  assert.equal((await device.form(`${link}/code`, {})).headers.get("location"), `${link}/code`);
  const page = await device.get(`${link}/code`);
  assert.match(page.text, /autocomplete="one-time-code"/);
  const code = await codeFor("olu@chambers.example", reference);
  const entered = await device.form(`${link}/prove`, { code });
  assert.equal(entered.headers.get("location"), link);
  assert.equal((await device.get(link)).headers.get("location"), `${link}/arrive`);
  assert.match((await device.get(`${link}/arrive`)).text, /Ada Clerk sees that the package has reached you/);
  assert.equal((await device.arrive()).status, 200);
  assert.equal((await device.get(link)).headers.get("location"), `${link}/wait`);
  const wait = await device.get(`${link}/wait`);
  assert.match(wait.text, /Ada Clerk will tell you them by phone, on the number ending 42\./);
  assert.doesNotMatch(wait.text, /460142/, "no more of the number than its end");
  assert.match(wait.text, /The words never come by email/, "OXM-23");
  await device.opened(token);
  await device.receipt(token);
  assert.equal((await device.get(link)).headers.get("location"), `${link}/done`);
  const done = await device.get(`${link}/done`);
  assert.match(done.text, /This information is OFFICIAL\./);
  assert.match(done.text, /until 5 December 2026/);
  assert.deepEqual((await eventsOf(reference)).slice(-6), [
    "code-sent",
    "mailbox-proved",
    "recipient-arrived",
    "grant-handed-out",
    "recipient-opened",
    "receipt-signed",
  ]);
});

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
    const contact = await addContact(server, sender, `Contact ${at}`, `contact${at}@chambers.example`, changes);
    const { id, link } = await sent({ contact });
    const device = await ReceivingDevice.proved(server, id);
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

test("a page is in the recipient's language, and in the other when asked", async () => {
  const { link } = await sent({ contact: welsh });
  const visitor = new Visitor(server);
  const page = await visitor.get(link);
  assert.match(page.text, /<html lang="cy"/);
  assert.match(page.text, /Mae Ada Clerk o Example Council wedi anfon gwybodaeth atoch yn ddiogel/);
  const english = await visitor.get(`${link}?lang=en`);
  assert.match(english.text, /<html lang="en"/);
  assert.match((await visitor.get(`${link}/code`)).text, /<html lang="en"/, "and stays so in this browser");
  await visitor.get(`${link}?lang=cy`);
  await visitor.form(`${link}/code`, {});
  assert.match((await server.mail("rhys@chambers.example")).at(-1)?.text ?? "", /Eich cod yw \d{4} \d{4}/);
});

test("refusals, and links that open nothing, stand in both languages where recipients are, and send nobody to a start page", async () => {
  const visitor = new Visitor(server);
  for (const path of [
    "/r/AAAAAAAAAAAAAAAAAAAAAA",
    "/r/AAAAAAAAAAAAAAAAAAAAAA/open",
    "/r/AAAAAAAAAAAAAAAAAAAAAA/elsewhere",
  ]) {
    for (const query of ["", "?lang=cy"]) {
      const page = await visitor.get(path + query);
      assert.equal(page.status, 404, path);
      assert.ok(
        page.text.includes(`${path}?lang=${query === "" ? "cy" : "en"}`),
        "a link to the other language that works",
      );
      assert.match(page.text, query === "" ? /<section lang="cy">/ : /<html lang="cy"/);
      assert.match(page.text, /yn yr e-bost eto|o’r e-bost eto/);
      assert.doesNotMatch(page.text, /start page/);
    }
    await visitor.get(`${path}?lang=en`);
  }
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const many = new Visitor(strict);
    let last = await many.form("/continue", { code: "AAAA" });
    for (let times = 0; times < 40 && last.status !== 429; times++)
      last = await many.form("/continue", { code: "AAAA" });
    assert.equal(last.status, 429);
    assert.match(last.text, /Arhoswch funud/);
    assert.match(last.text, /Nothing is lost: wait \d+ minutes?/);
    assert.doesNotMatch(last.text, /start page/);
  } finally {
    await strict.stop();
  }
});

test("whoever has a code already is not told that one was sent just now", async () => {
  const { id } = await sent({ contact: clerk });
  const visitor = new Visitor(server);
  const link = /href="([^"]+)">I have a code already/.exec((await visitor.get(`/r/${id}`)).text)?.[1] ?? "";
  const page = (await visitor.get(link)).text;
  assert.match(page, /Enter a code that was sent to/);
  assert.ok(!page.includes("We have sent a code"));
  assert.match((await visitor.form(`/r/${id}/prove`, { code: "12345678" })).text, /Enter a code that was sent to/);
  assert.match((await visitor.get(`/r/${id}/code`)).text, /We have sent a code to/);
  assert.match((await visitor.get(`${link}&lang=cy`)).text, /Rhowch god a anfonwyd i/);
});

test("after five wrong codes the page says only how long to wait, until when and whom to ask", async () => {
  const { link } = await sent({ contact: welsh });
  const visitor = new Visitor(server);
  await visitor.form(`${link}/code`, {});
  for (let times = 0; times < 4; times++) await visitor.form(`${link}/prove`, { code: "00000000" });
  for (const page of [
    await visitor.form(`${link}/prove`, { code: "00000000" }),
    await visitor.get(`${link}/code`),
    await visitor.form(`${link}/code`, {}),
  ]) {
    assert.equal(page.status, 429);
    assert.match(page.text, /canslwyd pob cod am 15 munud/);
    assert.match(page.text, /O \d+:\d\dy[bh] ymlaen/);
    assert.ok(page.text.includes(sender.address));
    assert.doesNotMatch(page.text, /<form|Rydym wedi anfon cod/);
  }
});

test("an unknown link, one not released yet and one that is over answer the same page to whoever only holds the link", async () => {
  const over = await sent({ contact: welsh });
  await takeBack(over.reference);
  const draft = await sent({ contact: welsh });
  await server.records.write(async (tx) => {
    await tx.saveRecipient({ ...(await row(draft.id)), state: "named" });
    await tx.append({
      kind: "transfer-changed",
      at: server.clock.now().toISOString(),
      actor: { kind: "system" },
      reference: null,
      recipientId: null,
      detail: {},
    });
  });
  const shape = async (id: string, method: "GET" | "POST", path: string) => {
    const visitor = new Visitor(server);
    const answer =
      method === "GET"
        ? await visitor.get(`/r/${id}${path}`)
        : await visitor.form(`/r/${id}${path}`, { code: "12345678" });
    return [
      answer.status,
      answer.text.replaceAll(id, "ID").replaceAll(/(content|value)="[A-Za-z0-9_-]{43}"/g, "TOKEN"),
    ];
  };
  for (const [method, path] of [
    ["GET", ""],
    ["GET", "/code"],
    ["GET", "/not-for-me"],
    ["POST", "/code"],
    ["POST", "/prove"],
    ["POST", "/pause"],
  ] as const) {
    const unknown = await shape("AAAAAAAAAAAAAAAAAAAAAA", method, path);
    assert.equal(unknown[0], 404);
    assert.deepEqual(await shape(over.id, method, path), unknown, `${method} ${path}`);
    assert.deepEqual(await shape(draft.id, method, path), unknown, `${method} ${path}`);
  }
});

test("OXM-21: whoever holds only the link reads that it has expired once its day is over, whatever ended it before, and no name", async () => {
  const [over, back] = [await sent({ contact: clerk }), await sent({ contact: clerk })];
  await takeBack(back.reference);
  for (const { reference } of [over, back]) {
    await server.records.write(async (tx) => {
      const transfer = (await tx.transfer(reference)) ?? assert.fail();
      await tx.saveTransfer({ ...transfer, expiresAt: server.clock.now().toISOString() });
      await tx.append(sampleEvent({ kind: "expiry-shortened", reference }));
    });
  }
  const visitor = new Visitor(server);
  for (const { link } of [over, back]) {
    for (const path of ["", "/code", "/not-for-me"]) {
      const { status, text } = await visitor.get(link + path);
      assert.equal(status, 410, path);
      assert.match(text, /This package has expired[\s\S]*Mae’r pecyn hwn wedi dod i ben/);
      assert.ok(!text.includes(sender.name) && !text.includes("taken back"));
    }
    assert.equal((await visitor.form(`${link}/code`, {})).status, 410);
    assert.equal((await visitor.form(`${link}/pause`, {})).status, 410);
  }
});

test("whoever proved the mailbox learns that it was taken back, and whom to ask", async () => {
  const { id, link, reference } = await sent({ contact: clerk });
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive();
  await takeBack(reference);
  for (const path of ["", "/wait", "/open", "/problem", "/device"]) {
    const answer = await device.get(link + path);
    assert.equal(answer.status, 410, path);
    assert.match(answer.text, /This package was taken back/);
    assert.ok(answer.text.includes(sender.address));
  }
});

test("SDT-14: “not for me” from the proved mailbox ends access at once and for good, and tells the sender", async () => {
  const { id, link, reference } = await sent({ contact: clerk });
  const device = await ReceivingDevice.proved(server, id);
  const other = await ReceivingDevice.proved(server, id);
  await device.arrive();
  assert.match((await device.get(`${link}/not-for-me`)).text, /ends at once and for good/);
  const said = await device.form(`${link}/not-for-me`, {});
  assert.equal(said.status, 200);
  assert.match(said.text, /do not read on, copy it or show it to anybody/);
  const after = await row(id);
  assert.deepEqual([after.state, after.grant], ["misdirected", null]);
  for (const each of [device, other]) assert.equal((await each.get(`/api/r/${id}`)).status, 401);
  assert.equal((await device.get(link)).status, 404);
  assert.ok((await mailAbout(sender.address, reference)).some(({ subject }) => subject.includes("not for them")));
});

test("SDT-14: “not for me” from whoever only holds the link pauses, destroys nothing, and asks the sender once", async () => {
  const { id, link, reference } = await sent({ contact: clerk });
  const reader = await ReceivingDevice.proved(server, id);
  await reader.arrive();
  const stranger = new Visitor(server);
  assert.match((await stranger.get(`${link}/not-for-me`)).text, /You have not shown that this is your mailbox/);
  assert.match((await stranger.form(`${link}/pause`, {})).text, /The package is paused/);
  assert.match((await stranger.form(`${link}/pause`, {})).text, /The package is paused/);
  const after = await row(id);
  assert.equal(after.state, "paused");
  assert.ok(after.grant && after.arrival, "nothing is lost");
  assert.equal((await eventsOf(reference)).filter((kind) => kind === "access-paused").length, 1);
  assert.equal(
    (await mailAbout(sender.address, reference)).filter(({ subject }) => subject.includes("paused")).length,
    1,
  );
  assert.equal((await reader.get(`${link}/wait`)).status, 409);
  assert.equal((await stranger.form(`${link}/code`, {})).status, 404, "no codes while the sender is asked");
});

test("pausing is limited to three a day for one link, whoever asks", async () => {
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const statuses: number[] = [];
    for (let times = 0; times < 4; times++) {
      statuses.push((await new Visitor(strict).form("/r/AAAAAAAAAAAAAAAAAAAAAA/pause", {})).status);
    }
    assert.deepEqual(statuses, [404, 404, 404, 429]);
  } finally {
    await strict.stop();
  }
});

test("SDT-2: a member signs in instead: no code, no words, and nobody else's account opens it", async () => {
  const member = await addMember(server, "Mia Member");
  const { id, link } = await sent({ member, keys: await generateKeyPair() });
  const stranger = new Visitor(server);
  assert.equal((await stranger.get(link)).headers.get("location"), `/sign-in?next=${encodeURIComponent(link)}`);
  assert.equal((await stranger.form(`${link}/code`, {})).status, 404);
  const mia = await new Visitor(server).signIn(member.id);
  assert.equal((await mia.get(link)).headers.get("location"), `${link}/open`);
  assert.equal((await mia.get(`${link}/wait`)).headers.get("location"), `${link}/open`);
  const other = await (await new Visitor(server).signIn(sender.id)).get(link);
  assert.equal(other.status, 403);
  assert.doesNotMatch(other.text, /Mia/);
  const mailbox = await ReceivingDevice.proved(server, id);
  assert.equal((await mailbox.get(`/api/r/${id}`)).status, 401, "a mailbox session is no sign-in");
});

test("“something is wrong” asks what, is recorded, and the sender is told; a mistake keeps what was typed", async () => {
  const { id, link, reference } = await sent({ contact: clerk });
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive();
  const mistake = await device.form(`${link}/problem`, { detail: "Page 3" });
  assert.equal(mistake.status, 422);
  assert.match(mistake.text, /Page 3<\/textarea>/);
  assert.match(mistake.text, /href="#kind"/);
  assert.equal((await device.form(`${link}/problem`, { kind: "other", detail: "x".repeat(1001) })).status, 422);
  assert.equal(
    (await device.form(`${link}/problem`, { kind: "not-for-me", detail: "" })).headers.get("location"),
    `${link}/not-for-me`,
  );
  assert.match(
    (await device.form(`${link}/problem`, { kind: "missing", detail: "Page 3" })).text,
    /The sender has been told/,
  );
  const last = (await server.records.read.eventsOf(reference)).at(-1);
  assert.deepEqual(last?.detail, { kind: "missing", text: "Page 3" });
});

test("“continue on another device”: the shown code opens the mailbox's session there, once, for ten minutes", async () => {
  const { id, link, reference } = await sent({ contact: clerk });
  const phone = await ReceivingDevice.proved(server, id);
  await phone.arrive();
  const shown = async () => {
    const page = await phone.form(`${link}/device`, {});
    const code = /wb-reference">([0-9A-Z]{4} [0-9A-Z]{4})</.exec(page.text)?.[1];
    assert.ok(code);
    return code;
  };
  const old = await shown();
  const code = await shown();
  const laptop = await ReceivingDevice.of(server, id);
  assert.equal((await laptop.form("/continue", { code: "0000 0000" })).status, 422);
  assert.equal((await laptop.form("/continue", { code: old })).status, 422, "only the code on the page");
  const typed = code.toLowerCase().replace("0", "o").replace("1", "l").replace(" ", "-");
  assert.equal((await laptop.form("/continue", { code: typed })).headers.get("location"), `${link}/arrive`);
  assert.match((await laptop.get(`${link}/arrive`)).text, /Arrival was confirmed on another device/);
  assert.equal((await laptop.arrive()).status, 200);
  assert.equal((await new Visitor(server).form("/continue", { code })).status, 422, "once");
  const late = await shown();
  server.clock.advance(10 * 60_000);
  assert.equal((await new Visitor(server).form("/continue", { code: late })).status, 422, "ten minutes");
  const proofs = (await server.records.read.eventsOf(reference)).filter((each) => each.kind === "mailbox-proved");
  assert.deepEqual(
    proofs.map((each) => each.detail.by),
    ["continue"],
  );
});

test("guessing codes of other devices is limited for one network address", async () => {
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const guesser = new Visitor(strict);
    const statuses = new Set<number>();
    for (let times = 0; times < 11; times++)
      statuses.add((await guesser.form("/continue", { code: `0000 000${times % 10}` })).status);
    assert.deepEqual([...statuses], [422, 429]);
  } finally {
    await strict.stop();
  }
});

test("SIS-24: the page that opens says the handling for its classification, and needs arrival first", async () => {
  const { id, link } = await sent({ contact: clerk });
  const device = await ReceivingDevice.proved(server, id);
  assert.equal((await device.get(`${link}/open`)).headers.get("location"), `${link}/arrive`);
  await device.arrive();
  const page = await device.get(`${link}/open`);
  assert.equal(page.status, 200);
  assert.match(page.text, /data-proof="mailbox"/);
  assert.match(page.text, /This information is OFFICIAL\./);
  const member = await addMember(server, "Max Member");
  const mine = await sent({ member, keys: await generateKeyPair() });
  const opened = await (await new Visitor(server).signIn(member.id)).get(`${mine.link}/open`);
  assert.match(opened.text, /data-proof="member"/);
});

test("after another recipient's address was corrected, arrival is confirmed again under the new waybill, with the same key", async () => {
  const { id, link, reference, token, recipients } = await sent({ contact: clerk }, { contact: welsh });
  const device = await ReceivingDevice.proved(server, id);
  await device.arrive();
  assert.equal((await device.get(`${link}/open`)).status, 200);
  const [transfer, wrong] = [await server.records.read.transfer(reference), await row(recipients[1]?.id ?? "")];
  assert.ok(transfer);
  const taken = { at: server.clock.now().toISOString(), by: { kind: "member", id: sender.id } } as const;
  const correction = {
    wrong,
    right: { ...wrong, id: "BBBBBBBBBBBBBBBBBBBBBB", position: 2, address: "right@chambers.example", state: "named" },
    waybill: await fixWaybill({ ...(JSON.parse(transfer.waybill?.text ?? "") as Waybill), expires: "corrected" }),
    senderGrant: "c2VhbGVk",
  } as const;
  const proof = { statement: "", signature: "", publicKey: "", keyKind: "passkey" } as const;
  await server.records.write((tx) => carryOut(tx, correctAddress(transfer, correction, proof, taken)));
  assert.equal((await device.get(`${link}/open`)).headers.get("location"), `${link}/arrive`);
  assert.match((await device.get(`${link}/arrive`)).text, /corrected something in the transfer record/);
  assert.equal((await device.arrive()).status, 200);
  assert.equal((await device.get(`${link}/open`)).status, 200);
  await device.opened(token);
  assert.equal((await device.receipt(token)).status, 200);
  const arrivals = (await server.records.read.eventsOf(reference)).filter(({ kind }) => kind === "recipient-arrived");
  const digests = arrivals.map(({ detail }) => (JSON.parse(String(detail.statement)) as { digest: string }).digest);
  assert.deepEqual(digests, [transfer.waybill?.digest, correction.waybill.digest]);
  assert.deepEqual(arrivals.at(-1)?.detail.otherDevice, false);
});

test("the page that opens names the command for what is too large for a browser, with the link, in either language", async () => {
  for (const [contact, folder] of [
    [clerk, "received"],
    [welsh, "derbyniwyd"],
  ] as const) {
    const { id, link } = await sent({ contact });
    const device = await ReceivingDevice.proved(server, id);
    await device.arrive();
    const { text } = await device.get(`${link}/open`);
    assert.ok(text.includes(`waybill receive ${server.url}${link} -o ${folder}</p>`), folder);
  }
});
