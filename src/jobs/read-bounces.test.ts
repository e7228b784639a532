import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { randomId } from "../bytes/random.ts";
import { createMemoryRecords } from "../testing/memory-records.ts";
import {
  AT,
  sampleContact,
  sampleEvent,
  sampleMember,
  sampleMessage,
  sampleRecipient,
  sampleTransfer,
} from "../testing/samples.ts";
import { readBounces } from "./read-bounces.ts";

const NOW = new Date(AT);
let folder = "";
let count = 0;
const { records, outbox } = createMemoryRecords();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-bounces-"));
  for (const each of ["new", "cur", "tmp"]) await mkdir(join(folder, each));
  await records.write(async (tx) => {
    await tx.saveMember(sampleMember());
    await tx.saveContact(sampleContact());
    await tx.saveTransfer(sampleTransfer());
    await tx.saveRecipient(sampleRecipient());
    await tx.append(sampleEvent());
  });
});
after(() => rm(folder, { recursive: true }));

/** A notice that was handed to the mail server. */
async function sentNotice(): Promise<string> {
  const id = randomId();
  await records.write(async (tx) => {
    await tx.post(sampleMessage({ id }));
    await tx.append(sampleEvent());
  });
  await outbox.sent(id);
  return id;
}

/** As Postfix writes it (RFC 3464). */
function bounce(id: string, changes: { action?: string; to?: string } = {}): string {
  const { action = "failed", to = "rhys@chambers.example" } = changes;
  return `Return-Path: <>
From: MAILER-DAEMON@mx.chambers.example (Mail Delivery System)
To: waybill@council.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <20261121100100.4ABCD@mx.chambers.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.chambers.example
Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0000 (GMT)

Final-Recipient: rfc822; ${to}
Action: ${action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <${to}>: Recipient address rejected:
    User unknown in local recipient table

--b1
Content-Type: text/rfc822-headers

From: Example Council <waybill@council.example>
To: ${to}
Subject: Example Council has something for you
Message-ID: <${id}@council.example>

--b1--
`.replaceAll("\n", "\r\n");
}

async function arrives(text: string | Buffer): Promise<number> {
  await writeFile(join(folder, "new", `${++count}.host`), text);
  return readBounces({ records, outbox, bounces: folder }, NOW);
}

const timeline = async () =>
  (await records.read.eventsOf("WB-0000-0000")).filter(({ kind }) => kind === "notice-bounced");

test("what the mail server of a recipient returned stands on the timeline, once, with its reason", async () => {
  const id = await sentNotice();
  assert.equal(await arrives(bounce(id)), 1);
  const [event] = await timeline();
  assert.equal(event?.recipientId, "first");
  assert.match(String(event?.detail.why), /^550 5\.1\.1 .* User unknown in local recipient table$/);
  assert.equal((await outbox.find(id))?.state, "failed");
  assert.equal(await arrives(bounce(id)), 1, "returned twice");
  assert.equal((await timeline()).length, 1);
  assert.deepEqual(await readdir(join(folder, "new")), [], "read messages are moved");
  assert.equal((await readdir(join(folder, "cur"))).length, 2);
});

test("a delay, another recipient's, a stranger's, ordinary and broken mail change nothing", async () => {
  const id = await sentNotice();
  const before = (await timeline()).length;
  for (const mail of [
    bounce(id, { action: "delayed" }),
    bounce(id, { to: "somebody.else@chambers.example" }),
    bounce(randomId()),
    `From: rhys@chambers.example\r\nSubject: Out of office\r\nMessage-ID: <${id}@council.example>\r\n\r\nBack on Monday.`,
    bounce(id).slice(0, 400),
    Buffer.from([0xff, 0x00, 0xfe]),
    "",
    `${bounce(id)}${"x".repeat(3_000_000)}`,
  ]) {
    assert.equal(await arrives(mail), 0);
  }
  assert.equal((await timeline()).length, before);
  assert.equal((await outbox.find(id))?.state, "sent");
});

test("without a folder nothing is read", async () => {
  assert.equal(await readBounces({ records, outbox, bounces: null }, NOW), 0);
});
