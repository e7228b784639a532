import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { utf8 } from "../../src/bytes/text.ts";
import type { Address } from "../../src/domain/address.ts";
import { deliverMail } from "../../src/jobs/deliver-mail.ts";
import { expireTransfers } from "../../src/jobs/expire-transfers.ts";
import { generateKeyPair, type KeyPair } from "../../src/seal/keys.ts";
import { generateSecret } from "../../src/seal/words.ts";
import { memberBrowser, setUp, signInWith } from "../../src/testing/member-browser.ts";
import { addContact } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { addRecoveryKey } from "../../src/testing/recovery-key.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import {
  arrives,
  facts,
  httpOf,
  joins,
  opens,
  type Person,
  personOf,
  provesMailbox,
  type Receiving,
  receipts,
  type Sent,
  send,
  triesWrongWords,
} from "./complete-run.ts";
import { type Place, placesOf, tracesOf } from "./traces.ts";

const FILE = "MARKER-file-naïve.docx";
const FOLDER = "MARKER-folder-of-safeguarding";
const SUBJECT = "MARKER-subject: Jo's placement";
const MESSAGE = "MARKER-message: please read it today";
const CONTENT = `MARKER-content ${"of the case papers ".repeat(20_000)}MARKER-end`;
const OUTSIDER = "olu@chambers.example";
const MEMBER = "ben@council.example";

let server: TestServer;
let ada: Person;
let ben: Person;
let sent: Sent;
let recovery: KeyPair;
let invitation: string;
let emailed: string;
let continued: string;
/** What must be found nowhere, by what it is. */
const secrets = new Map<string, string>();
let beforeShown: ReadonlyMap<Place, Buffer>;
let atHeight: ReadonlyMap<Place, Buffer>;
/** Standard base64 of every grant, as stored while it may be opened. */
const grants = new Map<string, string>();

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  const browser = await memberBrowser(server);
  const { recoveryCode } = await setUp(server, browser);
  ada = await personOf("ada@council.example", browser, recoveryCode);
  await browser.visitor.form("/people/invite", { name: "Ben Reader", address: MEMBER });
  [ben, invitation] = await joins(server, MEMBER);
  await signInWith(ben.browser);
  const [administrator] = await server.records.read.members();
  assert.ok(administrator);
  await addContact(server, administrator, "Olu Outside", OUTSIDER);
  const reader = await server.records.read.memberByAddress(MEMBER as Address);
  assert.ok(reader);
  recovery = await generateKeyPair();
  await addRecoveryKey(server, recovery.recipient, [administrator, reader]);
  sent = await send(server, ada, [OUTSIDER, MEMBER], order(), recovery.recipient);
  await receive();
});
after(() => server.stop());

function order() {
  const parts = [utf8(CONTENT), utf8(MESSAGE)];
  const [file = 0, message = 0] = parts.map(({ length }) => length);
  return {
    items: [
      { name: `${FOLDER}/${FILE}`, type: "application/x-marker", kind: "file", length: file },
      { name: "Message", type: "text/plain", kind: "message", length: message },
    ],
    read: async function* () {
      yield* parts;
    },
    subject: SUBJECT,
    riskyReason: "",
  } as const;
}

const rowOf = ({ recipients }: Sent, wanted: string) => recipients.find(({ address }) => address === wanted)?.id ?? "";

async function receive(): Promise<void> {
  const { access } = sent;
  const outsider = await ReceivingDevice.of(server, rowOf(sent, OUTSIDER));
  emailed = await provesMailbox(server, outsider, OUTSIDER);
  const olu: Receiving = {
    id: outsider.id,
    address: OUTSIDER,
    http: await httpOf(server, outsider),
    rpId: "localhost",
    sign: (statement) => outsider.sign(statement),
  };
  const { visitor, passkeys } = ben.browser;
  const reader: Receiving = {
    id: rowOf(sent, MEMBER),
    address: MEMBER,
    http: await httpOf(server, visitor),
    rpId: "localhost",
    sign: async (statement) => ({ passkey: (await passkeys.get(statement, [])).signature }),
  };
  const shown = await outsider.form(`/r/${outsider.id}/device`, {});
  continued =
    /\b([0-9A-Z]{4}) ([0-9A-Z]{4})\b/
      .exec(shown.text.replaceAll(/<[^>]*>/g, ""))
      ?.slice(1)
      .join("") ?? "";
  assert.equal(continued.length, 8);
  for (const each of [olu, reader]) await arrives(each);
  const told = { recipientId: outsider.id, told: true, channel: "phone", ending: "0142" };
  await (await httpOf(server, ada.browser.visitor)).tell("POST", `/api/transfers/${sent.reference}/words`, told);
  const words = access.secrets[outsider.id] ?? "";
  await triesWrongWords(olu, generateSecret());
  const [opened, bytes] = await opens(olu, { secret: words });
  const [openedByBen] = await opens(reader, { identities: [ben.identity] });
  assert.equal(bytes.toString(), CONTENT + MESSAGE);
  assert.equal(opened.manifest.subject, SUBJECT);
  noteSecrets(outsider, words);
  beforeShown = await tracesOf(server);
  await receipts(olu, opened);
  await receipts(reader, openedByBen);
  atHeight = await tracesOf(server);
  for (const { id, grant } of await server.records.read.recipients(sent.reference)) grants.set(id, grant ?? "");
  const transfer = await server.records.read.transfer(sent.reference);
  grants.set("sender", transfer?.senderGrant ?? "");
  grants.set("recovery", transfer?.recovery?.grant ?? "");
}

function noteSecrets(outsider: ReceivingDevice, words: string): void {
  const cookies = (cookie: string) => {
    const tokens = cookie.split("; ").map((each) => each.slice(each.indexOf("=") + 1));
    return tokens.filter((each) => each.length === 43); // neither a language nor one that was taken away
  };
  const note = (what: string, value: string) => {
    assert.ok(value.length >= 8, what);
    secrets.set(what, value);
  };
  for (const [what, value] of Object.entries({ FILE, FOLDER, SUBJECT, MESSAGE })) note(what, value);
  note("media type", "application/x-marker");
  note("content", CONTENT.slice(0, 200));
  note("content's end", CONTENT.slice(-60));
  note("transfer key", sent.access.identity);
  note("secret half of the recovery key", recovery.identity);
  note("the six words", words);
  for (const joined of [" ", "-", "", "+"]) note(`the six words with “${joined}”`, words.split(/[\s-]+/).join(joined));
  for (const [id, token] of Object.entries(sent.access.tokens)) note(`receipt token of ${id}`, token);
  for (const person of [ada, ben]) {
    note(`secret key of ${person.address}`, person.identity);
    note(`recovery code of ${person.address}`, person.recoveryCode);
    note(`bare recovery code of ${person.address}`, person.recoveryCode.replaceAll(/[^0-9A-Za-z]/g, ""));
    for (const value of cookies(person.browser.visitor.cookies()))
      note(`a cookie of ${person.address}: ${value}`, value);
  }
  for (const value of cookies(outsider.cookies())) note(`a cookie of the outsider: ${value}`, value);
  note("code for another device", continued);
}

function nowhere(traces: ReadonlyMap<Place, Buffer>): void {
  const found = [...secrets].flatMap(([what, value]) => placesOf(value, traces).map((place) => `${what}: ${place}`));
  assert.deepEqual(found, []);
}

test("SDT-1: before a receipt, nothing that is sealed or secret is in the database, its pages, the bodies, the log or the mail", () => {
  nowhere(beforeShown);
});

test("after receipts neither: a token that was shown is checked, not kept", () => {
  nowhere(atHeight);
});

test("the emailed code and the link of an invitation are in their mail and its queue, and nowhere else", () => {
  const queue = ["table outbox", "pages of records.db", "mail"];
  assert.deepEqual(placesOf(`${emailed.slice(0, 4)} ${emailed.slice(4)}`, atHeight), queue);
  assert.deepEqual(placesOf(emailed, atHeight), [], "without its space");
  assert.deepEqual(placesOf(invitation, atHeight), queue);
});

test("no address, name or link of anybody is in the log", () => {
  const log = new Map([["log", atHeight.get("log") ?? Buffer.alloc(0)]]);
  assert.ok(server.logged.length > 50);
  for (const each of [
    OUTSIDER,
    MEMBER,
    ada.address,
    "Olu",
    "Ben Reader",
    sent.reference,
    rowOf(sent, OUTSIDER),
    invitation,
  ])
    assert.deepEqual(placesOf(each, log), [], each);
});

test("SDT-16: no notice says what is in it or why it is sent", () => {
  const mail = new Map([["mail", atHeight.get("mail") ?? Buffer.alloc(0)]]);
  for (const each of [facts.purpose, facts.necessity]) assert.deepEqual(placesOf(each, mail), [], each);
});

test("the search can fail: it finds what is stored, in each kind of place, in whatever form", () => {
  assert.deepEqual(placesOf(facts.purpose, atHeight), [
    ...["table fixed_waybill", "table released_assessment", "table transfer"],
    "table ephemeral", // what was typed stays for half a day: it is on the record, and not sealed
    ...["pages of records.db", "pages of records.db-ephemera"],
  ]);
  assert.ok(placesOf(sent.reference, atHeight).includes("mail"));
  assert.ok(placesOf("age-encryption.org/v1", atHeight).some((place) => place.startsWith("blob ")));
  assert.ok(placesOf("/api/transfers/:ref", atHeight).includes("log"));
  assert.ok(placesOf("recipient-session", atHeight).includes("table ephemeral"));
  for (const form of ["base64", "base64url", "hex", "utf16le"] as const) {
    const bytes = form === "utf16le" ? Buffer.from(FILE, form) : Buffer.from(Buffer.from(`x${FILE}y`).toString(form));
    assert.deepEqual(placesOf(FILE, new Map([["here", bytes]])), ["here"], form);
  }
});

test("OXM-21: once expired, and once mail was sent and forgotten, no grant, body, code or link is left, in free pages either", async () => {
  for (const [what, grant] of grants) {
    const places = placesOf(grant.slice(100, 200), atHeight);
    assert.ok(places.includes("pages of records.db"), `${what} was stored`);
  }
  const taken = await send(server, ada, [OUTSIDER], order(), recovery.recipient);
  const grant = (await server.records.read.recipients(taken.reference))[0]?.grant ?? "";
  grants.set("taken back", grant);
  const http = await httpOf(server, ada.browser.visitor);
  await http.tell("POST", `/api/transfers/${taken.reference}/recall`, {});
  server.clock.advance(15 * 24 * 3_600_000);
  const { clock, parts } = server;
  await expireTransfers(parts, clock.now());
  await deliverMail({ ...parts, mailer: { send: async () => ({ ok: true }) } }, clock.now());
  await parts.outbox.forget(clock.now());
  await parts.ephemera.sweep(clock.now());
  const left = await tracesOf(server);
  for (const [what, value] of grants) assert.deepEqual(placesOf(value.slice(100, 200), left), [], `the grant: ${what}`);
  assert.deepEqual(
    [...left.keys()].filter((place) => place.startsWith("blob ")),
    [],
  );
  for (const code of [`${emailed.slice(0, 4)} ${emailed.slice(4)}`, invitation])
    assert.deepEqual(placesOf(code, left), []);
  nowhere(left);
  assert.equal((await server.records.read.transfer(sent.reference))?.facts.purpose, facts.purpose, "the record stays");
});
