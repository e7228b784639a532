import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Recipient } from "../../domain/transfer.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { releaseTransfer } from "../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { newContinueCode, takeContinueCode } from "./continue-code.ts";
import { newDigits, newSymbols, parseDigits, parseSymbols } from "./digits.ts";
import { enterCode, sendCode } from "./email-code.ts";

const MINUTE = 60_000;
let server: TestServer;
let sender: Member;
let organisation: Organisation;

before(async () => {
  server = await startServer();
  organisation = await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
});
after(() => server.stop());

let count = 0;
async function newRecipient(): Promise<Recipient> {
  const contact = await addContact(server, sender, "Olu Adeyemi", `olu${++count}@chambers.example`);
  const { recipients } = await releaseTransfer(server, sender, [{ contact }], new Uint8Array(1));
  const recipient = await server.records.read.recipient(recipients[0]?.id ?? "");
  assert.ok(recipient);
  return recipient;
}

const ask = (recipient: Recipient) =>
  sendCode(server.parts, { recipient, sender, organisation, language: recipient.language });
const enter = (recipient: Recipient, code: string) => enterCode(server.parts, recipient.id, code);

/** Codes mailed to it so far, in any order, as typed from the mail. */
async function mailed(recipient: Recipient): Promise<readonly string[]> {
  const mail = await server.mail(recipient.address);
  return mail.flatMap(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1] ?? []);
}

async function oneCode(recipient: Recipient): Promise<string> {
  assert.equal(await ask(recipient), "sent");
  const [code] = await mailed(recipient);
  assert.ok(code);
  return code;
}

const otherThan = (code: string) => (code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`);

test("a code is good once", async () => {
  const recipient = await newRecipient();
  const code = await oneCode(recipient);
  assert.equal(await enter(recipient, code), "right");
  assert.equal(await enter(recipient, code), "wrong");
});

test("of the same code entered several times at once, one is right", async () => {
  const recipient = await newRecipient();
  const code = await oneCode(recipient);
  const answers = await Promise.all(Array.from({ length: 4 }, () => enter(recipient, code)));
  assert.equal(answers.filter((each) => each === "right").length, 1);
});

test("a code is good for ten minutes and for its own mailbox alone", async () => {
  const [recipient, another] = [await newRecipient(), await newRecipient()];
  const code = await oneCode(recipient);
  assert.equal(await enter(another, code), "wrong");
  server.clock.advance(10 * MINUTE);
  assert.equal(await enter(recipient, code), "wrong");
});

test("after five wrong codes even the right one is refused, and a new one comes after a pause", async () => {
  const recipient = await newRecipient();
  const code = await oneCode(recipient);
  for (let times = 1; times < 5; times++) assert.equal(await enter(recipient, otherThan(code)), "wrong");
  assert.equal(await enter(recipient, otherThan(code)), "paused");
  assert.equal(await enter(recipient, code), "paused");
  assert.equal(await ask(recipient), "paused");
  server.clock.advance(15 * MINUTE);
  assert.equal(await enter(recipient, code), "wrong", "the old ones stay void");
  assert.equal(await ask(recipient), "sent");
  const fresh = (await mailed(recipient)).find((each) => each !== code);
  assert.ok(fresh);
  assert.equal(await enter(recipient, fresh), "right");
});

test("guesses sent at the same moment all count: no more than five are looked at", async () => {
  const recipient = await newRecipient();
  const code = await oneCode(recipient);
  const guesses = Array.from({ length: 30 }, () => enter(recipient, otherThan(code)));
  await Promise.all(guesses);
  assert.equal(await enter(recipient, code), "paused");
});

test("what is no code at all costs no try", async () => {
  const recipient = await newRecipient();
  const code = await oneCode(recipient);
  for (const typed of ["", "1234", "123456789", "abcdefgh", "1234 567x", "١٢٣٤٥٦٧٨"]) {
    assert.equal(await enter(recipient, typed), "wrong");
  }
  assert.equal(await enter(recipient, ` ${code.replace(" ", "-")} `), "right");
});

test("a new code loses nothing: the earlier one stays good, and the right one clears the wrong tries", async () => {
  const recipient = await newRecipient();
  const first = await oneCode(recipient);
  assert.equal(await ask(recipient), "sent");
  const second = (await mailed(recipient)).find((each) => each !== first);
  assert.ok(second);
  for (let times = 0; times < 4; times++) await enter(recipient, otherThan(first));
  assert.equal(await enter(recipient, first), "right");
  for (let times = 0; times < 4; times++) await enter(recipient, otherThan(second));
  assert.equal(await enter(recipient, second), "right");
});

test("no more than six codes an hour go to one mailbox", async () => {
  const recipient = await newRecipient();
  for (let times = 0; times < 6; times++) assert.equal(await ask(recipient), "sent");
  assert.equal(await ask(recipient), "too-many");
  assert.equal((await mailed(recipient)).length, 6);
  server.clock.advance(60 * MINUTE);
  assert.equal(await ask(recipient), "sent");
});

test("SDT-16: the mail's subject holds the reference and not the code, and the store keeps its hash alone", async () => {
  const recipient = await newRecipient();
  const code = await oneCode(recipient);
  const mail = (await server.mail(recipient.address)).find(({ text }) => text.includes(code));
  assert.equal(mail?.subject, `Reference ${recipient.reference}: your code`);
  const event = (await server.records.read.eventsOf(recipient.reference)).at(-1);
  assert.deepEqual([event?.kind, event?.detail], ["code-sent", {}]);
  assert.ok(server.logged.every((line) => !line.includes(code.replace(" ", ""))));
});

test("codes are eight digits or symbols, and are read as people type them", () => {
  for (let times = 0; times < 200; times++) {
    assert.match(newDigits(), /^\d{8}$/);
    assert.match(newSymbols(), /^[0-9A-HJKMNP-TV-Z]{8}$/);
  }
  assert.equal(parseDigits("1234–5678"), "12345678");
  assert.equal(parseSymbols(" 7f3k-q2ol "), "7F3KQ201");
  for (const typed of ["7F3KQ2X", "7F3KQ2XUV", "7F3KQ2X!", ""]) assert.equal(parseSymbols(typed), null);
});

test("a code for another device is good once, for ten minutes, and a newer one replaces it", async () => {
  const { parts, clock } = server;
  const old = await newContinueCode(parts, "first");
  const code = await newContinueCode(parts, "first");
  assert.equal(await takeContinueCode(parts, old), null);
  assert.equal(await takeContinueCode(parts, code), "first");
  assert.equal(await takeContinueCode(parts, code), null);
  const late = await newContinueCode(parts, "first");
  clock.advance(10 * MINUTE);
  assert.equal(await takeContinueCode(parts, late), null);
});
