import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { utf8 } from "../../../bytes/text.ts";
import { DAY } from "../../../domain/clock.ts";
import type { Contact } from "../../../domain/contact.ts";
import type { EventKind } from "../../../domain/event.ts";
import {
  arrive,
  askForWords,
  drop,
  handOut,
  misdirect,
  open,
  pause,
  receive,
  reportProblem,
} from "../../../domain/lifecycle/recipient-arrows.ts";
import type { Step, Taken } from "../../../domain/lifecycle/step.ts";
import type { Member } from "../../../domain/member.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { tellSender } from "../../api/receiving-news.ts";
import { carryOut } from "../../carry-out.ts";

let server: TestServer;
let sender: Member;
let standIn: Member;
let clara: Contact;
let deaf: Contact;
let browser: Visitor;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
  standIn = await addMember(server, "Ben Other");
  await addKey(server, sender.id, await generateKeyPair());
  clara = await addContact(server, sender, "Clara Counsel", "clara@chambers.example", {
    phones: [
      {
        kind: "telephone",
        number: "+442079460142",
        verified: { how: "From their letterhead", byMemberId: sender.id, at: "2026-11-02T09:00:00.000Z" },
      },
      { kind: "telephone", number: "+442079460177", verified: null },
    ],
  });
  deaf = await addContact(server, sender, "Dewi Davies", "dewi@siambrau.example", {
    preferred: "relay-uk",
    language: "cy",
    organisation: "",
    phones: [
      {
        kind: "telephone",
        number: "+441134960042",
        verified: { how: "From their letterhead", byMemberId: sender.id, at: "2026-11-02T09:00:00.000Z" },
      },
    ],
    impossible: ["phone"],
  });
  browser = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

async function released(to: readonly Contact[] = [clara]): Promise<ReleasedTransfer> {
  return releaseTransfer(
    server,
    sender,
    to.map((contact) => ({ contact })),
    utf8("Witness statement"),
    { standInId: standIn.id },
  );
}

/** Takes arrows as the recipient would. */
async function take(
  { reference, recipients }: ReleasedTransfer,
  ...arrows: readonly ((transfer: Transfer, recipient: Recipient, taken: Taken) => Step)[]
): Promise<void> {
  const id = recipients[0]?.id ?? "";
  for (const arrow of arrows) {
    await server.records.write(async (tx) => {
      const [transfer, recipient] = [await tx.transfer(reference), await tx.recipient(id)];
      assert.ok(transfer && recipient);
      const taken: Taken = { at: server.clock.now().toISOString(), by: { kind: "recipient", id } };
      await carryOut(tx, arrow(transfer, recipient, taken));
    });
  }
}

const arrived = (transfer: Transfer, recipient: Recipient, taken: Taken) =>
  arrive(transfer, recipient, { publicKey: "key", reader: "" }, null, taken);

async function kindsOf({ reference }: ReleasedTransfer): Promise<readonly EventKind[]> {
  return (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);
}

test("the sender's page says where it is and what comes next, with one button", async () => {
  const transfer = await released();
  const path = `/transfers/${transfer.reference}`;
  assert.match((await browser.get(path)).text, /You wait for Clara Counsel to confirm that it arrived/);
  await take(transfer, arrived);
  const told = (await browser.get(path)).text;
  assert.match(told, /Tell Clara Counsel the six words: it has arrived/);
  assert.match(told, new RegExp(`href="${path}/words/${transfer.recipients[0]?.id}"`));
  await take(transfer, handOut, open);
  assert.match((await browser.get(path)).text, /You wait for Clara Counsel to confirm receipt/);
  const proof = { statement: "", signature: "", publicKey: "", keyKind: "arrival" } as const;
  await take(transfer, (...rows) => receive(rows[0], rows[1], proof, rows[2]));
  assert.match((await browser.get(path)).text, /There is nothing more to do/);
});

test("SDT-13: the words are told after arrival alone, and no page that the server makes holds them", async () => {
  const transfer = await released();
  const path = `/transfers/${transfer.reference}/words/${transfer.recipients[0]?.id}`;
  const early = await browser.get(path);
  assert.match(early.text, /Wait until they have confirmed that it arrived/);
  assert.equal((await browser.form(path, { way: "phone +442079460142", answer: "told" })).status, 409);
  await take(transfer, arrived);
  const page = (await browser.get(path)).text;
  assert.match(page, /Show the six words/);
  for (const word of (transfer.recipients[0]?.words ?? "").split(" ")) assert.ok(!page.includes(`>${word}<`));
  assert.equal((await browser.form(path, { way: "phone +442079460142", answer: "told" })).status, 303);
  assert.ok((await server.records.read.recipient(transfer.recipients[0]?.id ?? ""))?.wordsToldAt);
});

test("OXM-8: only numbers that somebody checked are offered, with their origin, and email never is", async () => {
  const transfer = await released();
  await take(transfer, arrived);
  const path = `/transfers/${transfer.reference}/words/${transfer.recipients[0]?.id}`;
  const page = (await browser.get(path)).text;
  assert.match(page, /Checked by Ada Clerk on 2 November 2026: From their letterhead/);
  assert.ok(!page.includes("0177"));
  const ways = [...page.matchAll(/name="way" type="radio" value="([^"]+)"/g)].map(([, value]) => value);
  assert.deepEqual(ways, ["phone +442079460142", "teams", "in-person", "post"]);
  for (const way of ["email", "phone +442079460177", "phone", ""]) {
    assert.equal((await browser.form(path, { way, answer: "told" })).status, 422, way);
  }
  const recipientId = transfer.recipients[0]?.id;
  for (const wrong of [
    { channel: "email", ending: "" },
    { channel: "phone", ending: "0177" },
    { channel: "phone", ending: "" },
  ]) {
    const body = { recipientId, told: true, ...wrong };
    assert.equal((await browser.api("POST", `/api/transfers/${transfer.reference}/words`, body)).status, 400);
  }
  assert.ok(!(await kindsOf(transfer)).includes("words-told"));
});

test("a recipient for whom calls are no use is reached through Relay UK and in writing", async () => {
  const transfer = await released([deaf]);
  await take(transfer, arrived);
  const page = (await browser.get(`/transfers/${transfer.reference}/words/${transfer.recipients[0]?.id}`)).text;
  const ways = [...page.matchAll(/name="way" type="radio" value="([^" ]+)/g)].map(([, value]) => value);
  assert.deepEqual(ways, ["relay-uk", "teams", "in-person", "post"]);
});

test("no answer is recorded, and the page says what else can be tried; the stand-in can tell them instead", async () => {
  const transfer = await released();
  await take(transfer, arrived);
  const path = `/transfers/${transfer.reference}/words/${transfer.recipients[0]?.id}`;
  await browser.form(path, { way: "phone +442079460142", answer: "no-answer" });
  assert.match((await browser.get(path)).text, /Nobody answered last time/);
  const other = await new Visitor(server).signIn(standIn.id);
  assert.equal((await other.get(path)).status, 200);
  const theirs = (await other.get(`/transfers/${transfer.reference}`)).text;
  assert.match(theirs, /named you to tell the six words[\s\S]*Clara Counsel/);
  assert.ok(!theirs.includes("Take it back"));
  assert.equal((await other.get(`/transfers/${transfer.reference}/take-back`)).status, 404);
  assert.equal((await other.form(path, { way: "teams", answer: "told" })).status, 303);
  const attempts = (await server.records.read.eventsOf(transfer.reference)).filter(({ kind }) =>
    kind.startsWith("words-"),
  );
  assert.deepEqual(
    attempts.map(({ kind, actor, detail }) => [kind, "id" in actor && actor.id, detail.channel, detail.ending]),
    [
      ["words-no-answer", sender.id, "phone", "0142"],
      ["words-told", standIn.id, "teams", ""],
    ],
  );
});

test("take-back lists who was handed the sealed content and who proved opening, before it is confirmed", async () => {
  const transfer = await released([clara, deaf]);
  await take(transfer, arrived, handOut);
  const path = `/transfers/${transfer.reference}/take-back`;
  assert.match(
    (await browser.get(path)).text,
    /Were handed what is sealed[\s\S]*Clara Counsel[\s\S]*Were handed nothing[\s\S]*Dewi Davies/,
  );
  await take(transfer, open);
  assert.match((await browser.get(path)).text, /Have shown that they opened it[\s\S]*Clara Counsel/);
  assert.equal(
    (await server.records.read.transfer(transfer.reference))?.state,
    "released",
    "reading it changes nothing",
  );
  assert.equal((await browser.form(path, {})).status, 303);
  assert.equal((await server.records.read.transfer(transfer.reference))?.state, "recalled");
  assert.equal((await browser.form(path, {})).status, 409);
});

test("OXM-21: the date can be brought forward, and never put back", async () => {
  const transfer = await released();
  const path = `/transfers/${transfer.reference}/expiry`;
  assert.equal((await browser.form(path, { days: "3" })).status, 303);
  const { expiresAt } = (await server.records.read.transfer(transfer.reference)) ?? { expiresAt: "" };
  assert.equal(Date.parse(expiresAt) - server.clock.now().getTime(), 3 * DAY);
  for (const days of ["5", "14", "0", "-1", ""]) assert.equal((await browser.form(path, { days })).status, 422, days);
  assert.equal((await server.records.read.transfer(transfer.reference))?.expiresAt, expiresAt);
});

test("SDT-14: a pause asks the sender, who lets it go on or ends that access alone", async () => {
  const transfer = await released([clara, deaf]);
  const path = `/transfers/${transfer.reference}`;
  const id = transfer.recipients[0]?.id;
  await take(transfer, pause);
  assert.match((await browser.get(path)).text, /said that it is not for them\.<\/p>[\s\S]*Decide/);
  assert.match((await browser.get(`${path}/recipients/${id}`)).text, /The address is right: let it go on/);
  assert.equal((await browser.form(`${path}/recipients/${id}/resume`, {})).status, 303);
  assert.equal((await server.records.read.recipient(id ?? ""))?.state, "released");
  await take(transfer, pause);
  assert.equal((await browser.form(`${path}/recipients/${id}/end`, {})).status, 303);
  const rows = await server.records.read.recipients(transfer.reference);
  assert.deepEqual(
    rows.map(({ state, grant }) => [state, grant === null]),
    [
      ["dropped", true],
      ["released", false],
    ],
  );
  assert.equal((await browser.form(`${path}/recipients/${id}/resume`, {})).status, 409);
});

test("SDT-28: the sender reminds somebody once a day at the most", async () => {
  const transfer = await released();
  const path = `/transfers/${transfer.reference}/recipients/${transfer.recipients[0]?.id}/remind`;
  const refused = await browser.form(path, {});
  assert.equal(refused.status, 409);
  assert.match(refused.text, new RegExp(`href="/transfers/${transfer.reference}">Go to the transfer`));
  const page = path.replace("/remind", "");
  const early = (await browser.get(page)).text;
  assert.match(early, /You can send a reminder from 22 November 2026/);
  assert.ok(!early.includes("Send a reminder now"));
  server.clock.advance(DAY);
  const again = await new Visitor(server).signIn(sender.id);
  assert.match((await again.get(page)).text, /Send a reminder now/);
  assert.equal((await again.form(path, {})).status, 303);
  assert.equal((await again.form(path, {})).status, 409);
  browser = again;
  const mails = (await server.mail(clara.addresses[0]?.address)).filter(
    ({ reference }) => reference === transfer.reference,
  );
  assert.equal(mails.at(-1)?.subject, `Reference ${transfer.reference} (reminder)`);
});

test("a bounce shows on the timeline, and the next step is to correct the address", async () => {
  const transfer = await released();
  const recipientId = transfer.recipients[0]?.id ?? "";
  await server.records.write((tx) =>
    tx.append({
      kind: "notice-bounced",
      at: server.clock.now().toISOString(),
      actor: { kind: "system" },
      reference: transfer.reference,
      recipientId,
      detail: { why: "550 <b>no such user</b>" },
    }),
  );
  const page = (await browser.get(`/transfers/${transfer.reference}`)).text;
  assert.match(page, /The email to Clara Counsel came back/);
  assert.match(page, /550 &lt;b&gt;no such user/);
});

test("the list of transfers has a page for what is older, and says what will be there while it is empty", async () => {
  const nobody = await addMember(server, "New Person");
  const empty = await (await new Visitor(server).signIn(nobody.id)).get("/transfers");
  assert.match(empty.text, /You have not sent anything yet/);
  const full = await browser.get("/transfers");
  assert.match(full.text, /Clara Counsel \(clara@chambers.example\)/);
});

test("SDT-13: the words can be shown again until it is opened, and an ask counts as waiting again", async () => {
  const transfer = await released();
  const path = `/transfers/${transfer.reference}`;
  const id = transfer.recipients[0]?.id;
  await take(transfer, arrived);
  await browser.form(`${path}/words/${id}`, { way: "phone +442079460142", answer: "told" });
  const told = (await browser.get(path)).text;
  assert.match(told, /You wait for Clara Counsel to open it/);
  assert.match(told, new RegExp(`href="${path}/words/${id}">Show the six words again`));
  assert.match((await browser.get(`${path}/recipients/${id}`)).text, /Show the six words again/);
  assert.match((await browser.get(`${path}/words/${id}`)).text, /id="show-words"/);
  const other = await new Visitor(server).signIn(standIn.id);
  assert.match((await other.get(path)).text, /Nobody waits[\s\S]*Show the six words again/);
  await take(transfer, askForWords);
  assert.match((await browser.get(path)).text, /Clara Counsel asks you to tell them the six words again/);
  assert.match((await browser.get("/")).text, new RegExp(`tell them the six words again: ${transfer.reference}`));
  await browser.form(`${path}/words/${id}`, { way: "phone +442079460142", answer: "told" });
  assert.match((await browser.get(path)).text, /You wait for Clara Counsel to open it/);
  await take(transfer, handOut, open);
  assert.ok(!(await browser.get(path)).text.includes("six words again"));
});

test("the words of somebody whose access has ended are neither offered nor shown", async () => {
  for (const ended of [misdirect, drop]) {
    const transfer = await released([clara, deaf]);
    const path = `/transfers/${transfer.reference}`;
    const id = transfer.recipients[0]?.id;
    await take(transfer, arrived, ended);
    assert.ok(!(await browser.get(path)).text.includes(`/words/${id}`));
    const page = await browser.get(`${path}/words/${id}`);
    assert.equal(page.status, 410);
    assert.match(page.text, /access has ended, so there is nothing to tell/);
    assert.ok(!page.text.includes('id="show-words"'));
    assert.equal((await browser.form(`${path}/words/${id}`, { way: "teams", answer: "told" })).status, 409);
  }
});

test("SDT-14: that somebody whom it is not for had opened it before is said first, and it is not on its way where all is paused", async () => {
  const transfer = await released([clara]);
  await take(transfer, arrived, handOut, open, misdirect);
  const opened = /says that (it|WB-[^ ]*) is not for them\. Their access has ended\. They had opened it before, on/;
  assert.match((await browser.get(`/transfers/${transfer.reference}`)).text, opened);
  assert.match((await browser.get("/")).text, opened);
});

test("what recipients said waits at home until it is seen to, and the latest of it comes first", async () => {
  const transfer = await released([clara, deaf]);
  const { reference } = transfer;
  const path = `/transfers/${reference}`;
  const [first, second] = transfer.recipients;
  await take(transfer, misdirect);
  const problem = { kind: "damaged", text: "It does not open" } as const;
  const turned = { ...transfer, recipients: transfer.recipients.toReversed() };
  await take(turned, arrived, (...rows) => reportProblem(rows[0], rows[1], problem, rows[2]));
  const home = (await browser.get("/")).text;
  assert.match(home, new RegExp(`Clara Counsel says that ${reference} is not for them`));
  assert.match(home, new RegExp(`Dewi Davies says that something is wrong with ${reference}`));
  assert.ok(!home.includes("They have said so"));
  assert.match(
    (await browser.get(path)).text,
    /next-heading[\s\S]*Dewi Davies says that something is wrong[\s\S]*Recipients/,
  );
  await take(turned, (...rows) => reportProblem(rows[0], rows[1], problem, rows[2]));
  for (const page of ["/", path]) {
    assert.match((await browser.get(page)).text, /They have said so 2 times, last on \d+ [A-Z][a-z]+ \d{4}, /, page);
  }
  assert.match((await browser.get(`${path}/recipients/${second?.id}`)).text, /I have seen to it/);
  await browser.form(`${path}/recipients/${second?.id}/seen`, {});
  assert.match((await browser.get(path)).text, /next-heading[\s\S]*Clara Counsel says that it is not for them/);
  await browser.form(`${path}/recipients/${first?.id}/seen`, {});
  assert.match((await browser.get(path)).text, /Tell Dewi Davies the six words/);
  const after = (await browser.get("/")).text;
  assert.ok(!after.includes(`says that ${reference}`) && !after.includes(`is wrong with ${reference}`));
});

test("nobody else had to agree, so the history claims no agreement", async () => {
  const transfer = await released();
  assert.ok((await kindsOf(transfer)).includes("transfer-approved"));
  assert.ok(!(await browser.get(`/transfers/${transfer.reference}`)).text.includes("Agreed"));
});

test("OXM-21: who has not confirmed receipt is told of an earlier date, in their language", async () => {
  const transfer = await released([clara, deaf]);
  await browser.form(`/transfers/${transfer.reference}/expiry`, { days: "3" });
  const mails = (await server.mail()).filter(({ reference }) => reference === transfer.reference);
  const [english, welsh] = [clara, deaf].map((to) => mails.findLast((each) => each.to === to.addresses[0]?.address));
  assert.equal(english?.subject, `Reference ${transfer.reference} (earlier date)`);
  assert.equal(welsh?.subject, `Cyfeirnod ${transfer.reference} (dyddiad cynharach)`);
  const { expiresAt } = (await server.records.read.transfer(transfer.reference)) ?? { expiresAt: "" };
  for (const [mail, locale] of [
    [english, "en-GB"],
    [welsh, "cy-GB"],
  ] as const) {
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Europe/London" }).format(
      new Date(expiresAt),
    );
    assert.ok(mail?.text.includes(date), date);
  }
});

test("nobody who cannot use the telephone is rung, and numbers stand in their national groups", async () => {
  const transfer = await released([deaf]);
  await take(transfer, arrived);
  const page = (await browser.get(`/transfers/${transfer.reference}/words/${transfer.recipients[0]?.id}`)).text;
  assert.match(page, /Ring through Relay UK first/);
  assert.ok(!page.includes("Ring first"));
  assert.match(page, /Relay UK \(dial 18001 before the number\) 0113 496 0042/);
  assert.ok(!page.includes("(dewi@siambrau.example),"), "no comma before an organisation that is not there");
});

test("the mail that the words are needed names the ways that work for this recipient", async () => {
  const { reference, recipients } = await released([deaf]);
  await server.records.write(async (tx) => {
    const [transfer, recipient] = [await tx.transfer(reference), await tx.recipient(recipients[0]?.id ?? "")];
    assert.ok(transfer && recipient);
    const taken: Taken = { at: server.clock.now().toISOString(), by: { kind: "recipient", id: recipient.id } };
    await carryOut(tx, arrived(transfer, recipient, taken));
    await tellSender(server.parts, { tx, transfer, recipient, sender, taken }, "arrived");
  });
  const mail = (await server.mail(sender.address)).findLast((each) => each.reference === reference);
  assert.match(mail?.text ?? "", /Tell them through Relay UK[^.]*ending 42\./);
  assert.ok(!mail?.text.includes("by phone"));
});

test("ending access speaks of others where there are any, and what is over is offered neither taking back nor another date", async () => {
  const two = await released([clara, deaf]);
  const end = (transfer: ReleasedTransfer) =>
    `/transfers/${transfer.reference}/recipients/${transfer.recipients[0]?.id}/end`;
  assert.match((await browser.get(end(two))).text, /It goes on for the others/);
  const alone = await released();
  assert.match((await browser.get(end(alone))).text, /nobody can open it then/);
  assert.ok(!(await browser.get(end(alone).replace(/\/end$/, ""))).text.includes("It goes on for the others"));
  await browser.form(`/transfers/${alone.reference}/take-back`, {});
  for (const page of ["take-back", "expiry"]) {
    const answer = await browser.get(`/transfers/${alone.reference}/${page}`);
    assert.equal(answer.headers.get("location"), `/transfers/${alone.reference}`, page);
    assert.equal((await browser.get(`/transfers/${two.reference}/${page}`)).status, 200, page);
  }
});

test("OXM-8: no landline is offered for a text message, and a contact without a checked number is sent to be checked", async () => {
  const verified = { how: "From their letterhead", byMemberId: sender.id, at: "2026-11-02T09:00:00.000Z" };
  const words = async (name: string, changes: Partial<Contact>) => {
    const contact = await addContact(server, sender, name, `${name.toLowerCase()}@texts.example`, {
      preferred: "sms",
      impossible: ["phone"],
      ...changes,
    });
    const transfer = await released([contact]);
    await take(transfer, arrived);
    return (await browser.get(`/transfers/${transfer.reference}/words/${transfer.recipients[0]?.id}`)).text;
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

test("a stand-in who was deactivated is not shown as somebody who tells the words", async () => {
  const leaver = await addMember(server, "Lee Leaver");
  const transfer = await releaseTransfer(server, sender, [{ contact: clara }], utf8("x"), { standInId: leaver.id });
  const path = `/transfers/${transfer.reference}`;
  assert.ok(!(await browser.get(path)).text.includes("cannot sign in any more"));
  await server.records.write(async (tx) => {
    await tx.saveMember({ ...leaver, state: "deactivated" });
    await tx.append(sampleEvent());
  });
  assert.match((await browser.get(path)).text, /They cannot sign in any more, so nobody tells the words in your place/);
});
