import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../../domain/contact.ts";
import { askForWords, drop, handOut, misdirect, open } from "../../../domain/lifecycle/recipient-arrows.ts";
import type { Taken } from "../../../domain/lifecycle/step.ts";
import { arrived, type FollowingDesk, openFollowingDesk } from "../../../testing/following-desk.ts";
import { addContact } from "../../../testing/organisation.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { tellSender } from "../../api/receiving-news.ts";
import { carryOut } from "../../carry-out.ts";

let desk: FollowingDesk;
before(async () => {
  desk = await openFollowingDesk();
});
after(() => desk.stop());

test("SDT-13: the words are told after arrival alone, and no page that the server makes holds them", async () => {
  const transfer = await desk.released();
  const path = desk.wordsOf(transfer);
  const early = await desk.browser.get(path);
  assert.match(early.text, /Wait until they have confirmed that it arrived/);
  assert.equal((await desk.browser.form(path, { way: "phone +442079460142", answer: "told" })).status, 409);
  await desk.take(transfer, arrived);
  const page = (await desk.browser.get(path)).text;
  assert.match(page, /Show the six words/);
  for (const word of (transfer.recipients[0]?.words ?? "").split(" ")) assert.ok(!page.includes(`>${word}<`));
  assert.equal((await desk.browser.form(path, { way: "phone +442079460142", answer: "told" })).status, 303);
  assert.ok((await desk.server.records.read.recipient(transfer.recipients[0]?.id ?? ""))?.wordsToldAt);
});

test("OXM-8: only numbers that somebody checked are offered, with their origin, and email never is", async () => {
  const transfer = await desk.released();
  await desk.take(transfer, arrived);
  const path = desk.wordsOf(transfer);
  const page = (await desk.browser.get(path)).text;
  assert.match(page, /Checked by Ada Clerk on 2 November 2026: From their letterhead/);
  assert.ok(!page.includes("0177"));
  const ways = [...page.matchAll(/name="way" type="radio" value="([^"]+)"/g)].map(([, value]) => value);
  assert.deepEqual(ways, ["phone +442079460142", "teams", "in-person", "post"]);
  for (const way of ["email", "phone +442079460177", "phone", ""]) {
    assert.equal((await desk.browser.form(path, { way, answer: "told" })).status, 422, way);
  }
  const recipientId = transfer.recipients[0]?.id;
  for (const wrong of [
    { channel: "email", ending: "" },
    { channel: "phone", ending: "0177" },
    { channel: "phone", ending: "" },
  ]) {
    const body = { recipientId, told: true, ...wrong };
    assert.equal((await desk.browser.api("POST", `/api/transfers/${transfer.reference}/words`, body)).status, 400);
  }
  assert.ok(!(await desk.kindsOf(transfer)).includes("words-told"));
});

test("a recipient for whom calls are no use is reached through Relay UK and in writing", async () => {
  const transfer = await desk.released([desk.deaf]);
  await desk.take(transfer, arrived);
  const page = (await desk.browser.get(desk.wordsOf(transfer))).text;
  const ways = [...page.matchAll(/name="way" type="radio" value="([^" ]+)/g)].map(([, value]) => value);
  assert.deepEqual(ways, ["relay-uk", "teams", "in-person", "post"]);
});

test("no answer is recorded, and the page says what else can be tried; the stand-in can tell them instead", async () => {
  const transfer = await desk.released();
  await desk.take(transfer, arrived);
  const path = desk.wordsOf(transfer);
  await desk.browser.form(path, { way: "phone +442079460142", answer: "no-answer" });
  assert.match((await desk.browser.get(path)).text, /Nobody answered last time/);
  const other = await new Visitor(desk.server).signIn(desk.standIn.id);
  assert.equal((await other.get(path)).status, 200);
  const theirs = (await other.get(`/transfers/${transfer.reference}`)).text;
  assert.match(theirs, /named you to tell the six words[\s\S]*Clara Counsel/);
  assert.ok(!theirs.includes("Take it back"));
  assert.equal((await other.get(`/transfers/${transfer.reference}/take-back`)).status, 404);
  assert.equal((await other.form(path, { way: "teams", answer: "told" })).status, 303);
  const attempts = (await desk.server.records.read.eventsOf(transfer.reference)).filter(({ kind }) =>
    kind.startsWith("words-"),
  );
  assert.deepEqual(
    attempts.map(({ kind, actor, detail }) => [kind, "id" in actor && actor.id, detail.channel, detail.ending]),
    [
      ["words-no-answer", desk.sender.id, "phone", "0142"],
      ["words-told", desk.standIn.id, "teams", ""],
    ],
  );
});

test("SDT-13: the words can be shown again until it is opened, and an ask counts as waiting again", async () => {
  const transfer = await desk.released();
  const path = `/transfers/${transfer.reference}`;
  const id = transfer.recipients[0]?.id;
  await desk.take(transfer, arrived);
  await desk.browser.form(`${path}/words/${id}`, { way: "phone +442079460142", answer: "told" });
  const told = (await desk.browser.get(path)).text;
  assert.match(told, /You wait for Clara Counsel to open it/);
  assert.match(told, new RegExp(`href="${path}/words/${id}">Show the six words again`));
  assert.match((await desk.browser.get(`${path}/recipients/${id}`)).text, /Show the six words again/);
  assert.match((await desk.browser.get(`${path}/words/${id}`)).text, /id="show-words"/);
  const other = await new Visitor(desk.server).signIn(desk.standIn.id);
  assert.match((await other.get(path)).text, /Nobody waits[\s\S]*Show the six words again/);
  await desk.take(transfer, askForWords);
  assert.match((await desk.browser.get(path)).text, /Clara Counsel asks you to tell them the six words again/);
  assert.match((await desk.browser.get("/")).text, new RegExp(`tell them the six words again: ${transfer.reference}`));
  await desk.browser.form(`${path}/words/${id}`, { way: "phone +442079460142", answer: "told" });
  assert.match((await desk.browser.get(path)).text, /You wait for Clara Counsel to open it/);
  await desk.take(transfer, handOut, open);
  assert.ok(!(await desk.browser.get(path)).text.includes("six words again"));
});

test("the words of somebody whose access has ended are neither offered nor shown", async () => {
  for (const ended of [misdirect, drop]) {
    const transfer = await desk.released([desk.clara, desk.deaf]);
    const path = `/transfers/${transfer.reference}`;
    const id = transfer.recipients[0]?.id;
    await desk.take(transfer, arrived, ended);
    assert.ok(!(await desk.browser.get(path)).text.includes(`/words/${id}`));
    const page = await desk.browser.get(`${path}/words/${id}`);
    assert.equal(page.status, 410);
    assert.match(page.text, /access has ended, so there is nothing to tell/);
    assert.ok(!page.text.includes('id="show-words"'));
    assert.equal((await desk.browser.form(`${path}/words/${id}`, { way: "teams", answer: "told" })).status, 409);
  }
});

test("nobody who cannot use the telephone is rung, and numbers stand in their national groups", async () => {
  const transfer = await desk.released([desk.deaf]);
  await desk.take(transfer, arrived);
  const page = (await desk.browser.get(desk.wordsOf(transfer))).text;
  assert.match(page, /Ring through Relay UK first/);
  assert.ok(!page.includes("Ring first"));
  assert.match(page, /Relay UK \(dial 18001 before the number\) 0113 496 0042/);
  assert.ok(!page.includes("(dewi@siambrau.example),"), "no comma before an organisation that is not there");
});

test("the mail that the words are needed names the ways that work for this recipient", async () => {
  const { reference, recipients } = await desk.released([desk.deaf]);
  await desk.server.records.write(async (tx) => {
    const [transfer, recipient] = [await tx.transfer(reference), await tx.recipient(recipients[0]?.id ?? "")];
    assert.ok(transfer && recipient);
    const taken: Taken = { at: desk.server.clock.now().toISOString(), by: { kind: "recipient", id: recipient.id } };
    await carryOut(tx, arrived(transfer, recipient, taken));
    await tellSender(desk.server.parts, { tx, transfer, recipient, sender: desk.sender, taken }, "arrived");
  });
  const mail = (await desk.server.mail(desk.sender.address)).findLast((each) => each.reference === reference);
  assert.match(mail?.text ?? "", /Tell them through Relay UK[^.]*ending 42\./);
  assert.ok(!mail?.text.includes("by phone"));
});

test("OXM-8: no landline is offered for a text message, and a contact without a checked number is sent to be checked", async () => {
  const verified = { how: "From their letterhead", byMemberId: desk.sender.id, at: "2026-11-02T09:00:00.000Z" };
  const words = async (name: string, changes: Partial<Contact>) => {
    const contact = await addContact(desk.server, desk.sender, name, `${name.toLowerCase()}@texts.example`, {
      preferred: "sms",
      impossible: ["phone"],
      ...changes,
    });
    const transfer = await desk.released([contact]);
    await desk.take(transfer, arrived);
    return (await desk.browser.get(desk.wordsOf(transfer))).text;
  };
  const both = await words("Mabli", {
    phones: [
      { kind: "telephone", number: "+441134960042", verified },
      { kind: "telephone", number: "+447700900456", verified },
    ],
  });
  assert.match(both, /value="sms \+447700900456"/);
  const fax = await words("Ffion", { phones: [{ kind: "fax", number: "+447700900457", verified }] });
  assert.ok(!fax.includes("+447700900457"), "SIS-20: no words are told to a fax machine");
  assert.ok(!both.includes('value="sms +441134960042"'));
  assert.match(both, /value="relay-uk \+441134960042"/);
  assert.ok(!both.includes("No number of"));
  const none = await words("Nest", { phones: [{ kind: "telephone", number: "+447700900456", verified: null }] });
  assert.match(none, /No number of Nest is checked, so none is offered here/);
});
