import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { randomId } from "../../src/bytes/random.ts";
import { issueMedium, type MediumStep, registerMedium } from "../../src/domain/lifecycle/medium-arrows.ts";
import { addContact, addKey } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { sampleBytes } from "../../src/testing/sample-sending.ts";
import { type Council, PLAIN, STATED, startCouncil, TO_MIA, WHY } from "./council.ts";
import { Desk } from "./desk.ts";

let council: Council;
before(async () => {
  council = await startCouncil();
  const { samsDesk } = council;
  for (const [name, bytes] of Object.entries(FOLDER)) await samsDesk.write(name, bytes);
});
after(() => council.stop());

const FOLDER: Readonly<Record<string, Uint8Array>> = {
  "bundle/statement.txt": Buffer.from("MARKER-CONTENT the witness said"),
  "bundle/empty.dat": Buffer.alloc(0),
  "bundle/Ŵyth mil £ 事件 🙂.csv": sampleBytes(70_000),
  "bundle/deep/er/photo.jpg": sampleBytes(3_000_000, 2),
  "bundle/.hidden": Buffer.from("too"),
};

async function sent(...args: readonly string[]): Promise<string> {
  const said = await council.samsDesk.run(["send", ...args, ...STATED]);
  assert.equal(said.status, 0, said.stderr);
  assert.equal(said.json().state, "released");
  return String(said.json().reference);
}

test("a folder with an empty file and names in any script reaches a member, byte for byte, and the receipt is signed", async () => {
  const { samsDesk, miasDesk, server } = council;
  const reference = await sent("bundle", ...TO_MIA, "--subject", "MARKER-SUBJECT");

  const inbox = (await miasDesk.run(["inbox", "--json"])).json<{ entries: { reference: string; state: string }[] }>();
  assert.deepEqual(
    inbox.entries.map(({ reference: each, state }) => [each, state]),
    [[reference, "released"]],
  );
  const received = await miasDesk.run(["receive", reference, "-o", "in/here", "--receipt", "--json"]);
  assert.equal(received.status, 0, received.stderr);
  assert.equal(received.json().receipt, true);
  assert.equal(received.json().subject, "MARKER-SUBJECT");
  assert.deepEqual(await miasDesk.files("in/here"), Object.keys(FOLDER).sort());
  for (const [name, bytes] of Object.entries(FOLDER)) {
    assert.ok((await miasDesk.read(join("in/here", name))).equals(bytes), name);
  }

  const status = (await samsDesk.run(["status", reference, "--json"])).json<{
    recipients: { state: string }[];
    events: { kind: string; recipient: string | null }[];
  }>();
  assert.equal(status.recipients[0]?.state, "received");
  const hers = status.events.filter((each) => each.recipient === "mia.member@council.example").map(({ kind }) => kind);
  assert.deepEqual(hers, [
    "recipient-told",
    "recipient-arrived",
    "grant-handed-out",
    "recipient-opened",
    "receipt-signed",
  ]);
  const timeline = (await samsDesk.run(["status", reference])).stdout;
  assert.match(timeline, / {2}Sent$/m);
  assert.doesNotMatch(timeline, /approved/);
  assert.match((await samsDesk.run(["status"])).stdout, new RegExp(`^${reference}  receipt confirmed`, "m"));

  const stored = [];
  for (const name of await readdir(server.folder, { recursive: true })) {
    stored.push(await readFile(join(server.folder, name)).catch(() => Buffer.alloc(0)));
  }
  const all = Buffer.concat([
    ...stored,
    Buffer.from(server.logged.join("\n")),
    Buffer.from(JSON.stringify(await server.mail())),
  ]);
  for (const marker of ["MARKER-", "statement.txt", "photo.jpg"]) assert.ok(!all.includes(marker), marker);
});

test("nothing that exists is replaced unless --overwrite says so, and one item can be had alone", async () => {
  const { miasDesk } = council;
  const reference = await sent("bundle", ...TO_MIA);
  await miasDesk.write("out/bundle/statement.txt", "mine");
  const refused = await miasDesk.run(["receive", reference, "-o", "out"]);
  assert.equal(refused.status, 6, refused.stderr);
  assert.match(refused.stderr, /exists already and was left as it is/);
  assert.deepEqual(await miasDesk.files("out"), ["bundle/statement.txt"]);
  assert.equal((await miasDesk.read("out/bundle/statement.txt")).toString(), "mine");
  const one = ["receive", reference, "-o", "out", "--item", "bundle/statement.txt"];
  assert.equal((await miasDesk.run([...one, "--receipt"])).status, 2, "no receipt for a part");
  const replaced = await miasDesk.run([...one, "--overwrite", "--json"]);
  assert.equal(replaced.status, 0, replaced.stderr);
  assert.equal(replaced.json().receipt, false);
  assert.deepEqual(await miasDesk.files("out"), ["bundle/statement.txt"]);
  assert.deepEqual(await miasDesk.read("out/bundle/statement.txt"), FOLDER["bundle/statement.txt"]);
  assert.equal((await miasDesk.run(["receive", reference, "-o", "out", "--item", "other"])).status, 2);
});

test("without a terminal no receipt is signed unless it is asked for", async () => {
  const { miasDesk } = council;
  const reference = await sent("bundle/statement.txt", ...TO_MIA);
  const received = await miasDesk.run(["receive", reference, "-o", "later"]);
  assert.equal(received.status, 0, received.stderr);
  assert.match(
    received.stdout,
    new RegExp(`No receipt is signed: the sender waits for it\\. waybill receipt ${reference} signs it`),
  );
  assert.match(
    (await miasDesk.run(["inbox"])).stdout,
    new RegExp(`${reference} +opened, no receipt yet .* until \\d+ [A-Z]`),
  );
  assert.equal((await miasDesk.run(["receipt", reference])).status, 2, "there is no terminal to ask at");
  const receipted = await miasDesk.run(["receipt", reference, "--yes", "--json"]);
  assert.equal(receipted.status, 0, receipted.stderr);
  assert.equal(receipted.json().receipt, true);
  assert.match((await miasDesk.run(["inbox"])).stdout, new RegExp(`${reference} +receipt confirmed`));
  const status = await council.samsDesk.run(["status", reference]);
  assert.match(status.stdout, /^WB-\S+: receipt confirmed, until \d+ [A-Z][a-z]+ \d{4}, \d+:\d\d[ap]m$/m);
  assert.match(status.stdout, /Sent$/m);
  assert.match(
    status.stdout,
    /mia\.member@council\.example +Signed that they have it and it is complete; Proved opened/m,
  );
});

test("SDT-28: a receipt without fetching is signed only for what this command line has verified whole", async () => {
  const { miasDesk } = council;
  const reference = await sent("bundle", ...TO_MIA);
  const never = await miasDesk.run(["receipt", reference, "--yes"]);
  assert.equal(never.status, 3, never.stderr);
  assert.match(never.stderr, /has not verified and saved all of WB-\S+ yet\. No receipt was signed/);
  const part = await miasDesk.run(["receive", reference, "-o", "part", "--item", "bundle/statement.txt"]);
  assert.equal(part.status, 0, part.stderr);
  assert.match(part.stdout, /waybill receive WB-\S+ -o DIR --receipt signs it/);
  assert.equal((await miasDesk.run(["receipt", reference, "--yes"])).status, 3, "a part is not all of it");
  const kinds = (await council.server.records.read.eventsOf(reference)).map(({ kind }) => kind);
  assert.ok(!kinds.includes("receipt-signed"), kinds.join(" "));
});

test("standard input of unknown length and a message are sent like files", async () => {
  const { samsDesk, miasDesk } = council;
  const piped = sampleBytes(5_000_000, 3);
  await samsDesk.write("note.txt", "Please read page 4 first.");
  const args = ["send", "-", "--stdin-name", "dump.bin", "--message-file", "note.txt", ...TO_MIA, ...STATED];
  const said = await samsDesk.run(args, piped);
  assert.equal(said.status, 0, said.stderr);
  const received = await miasDesk.run(["receive", String(said.json().reference), "-o", "piped"]);
  assert.equal(received.status, 0, received.stderr);
  assert.deepEqual(await miasDesk.files("piped"), ["Message.txt", "dump.bin"]);
  assert.ok((await miasDesk.read("piped/dump.bin")).equals(piped));
  assert.deepEqual(
    (await samsDesk.files(".config/waybill")).filter((name) => name.includes("spool")),
    [],
  );
});

test("programs and macros are refused without a reason, and links inside folders always", async () => {
  const { samsDesk } = council;
  await samsDesk.write("tools/setup.exe", "MZ");
  await samsDesk.write("tools/readme.txt", "hello");
  const refused = await samsDesk.run(["send", "tools", ...TO_MIA, ...STATED]);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /tools\/setup\.exe \(a program\).*--risky-reason/s);
  await sent("tools", ...TO_MIA, "--risky-reason", "The installer that they asked for");
  await symlink("/etc/passwd", samsDesk.path("tools/link"));
  const linked = await samsDesk.run(["send", "tools", ...TO_MIA, ...STATED]);
  assert.equal(linked.status, 6);
  assert.match(linked.stderr, /tools\/link is a link/);
});

test("what cannot be sent is found before a transfer is begun: no draft stays on the server", async () => {
  const { samsDesk, server, sam } = council;
  const drafts = async () => (await server.records.read.transfersOf(sam.id, { limit: 200, offset: 0 })).length;
  const before = await drafts();
  await samsDesk.write("risky/run.exe", "MZ");
  await mkdir(samsDesk.path("nothing"), { recursive: true });
  for (const [status, ...args] of [
    [6, "/nofile"],
    [2, "risky/run.exe"],
    [2, "nothing"],
    [6, "bundle", "--message-file", "gone.txt"],
    [6, "/nofile", "--risky-reason", "They asked for it"],
  ] as const) {
    const refused = await samsDesk.run(["send", ...args, ...TO_MIA, ...STATED]);
    assert.equal(refused.status, status, refused.stderr);
    assert.equal(await drafts(), before, args.join(" "));
  }
});

test("what fails once a draft is begun says its reference, and how to go on or be rid of it", async () => {
  const { samsDesk, miasDesk, server, mia } = council;
  await sent("bundle/statement.txt", ...TO_MIA); // Mia's keys are known from now on
  await addKey(server, mia.id, { recipient: miasDesk.device.recipient, signing: miasDesk.device.signing });

  const command = ["send", "bundle/statement.txt", "bundle/empty.dat", ...TO_MIA, ...STATED];
  const unsure = await samsDesk.run(command);
  assert.equal(unsure.status, 12, unsure.stderr);
  const { message } = (JSON.parse(unsure.stderr) as { error: { message: string } }).error;
  const reference = /waybill recall (WB-\S+)/.exec(message)?.[1] ?? assert.fail(message);
  assert.equal((await server.records.read.transfer(reference))?.state, "draft");
  const gone = await samsDesk.run(["recall", reference, "--yes"]);
  assert.equal(gone.status, 0, gone.stderr);
  const accepted = await samsDesk.run([...command, "--accept-keys", "mia.member@council.example"]);
  assert.equal(accepted.status, 0, accepted.stderr);
});

test("an address that is nobody's is refused, and without a terminal nothing is signed unasked", async () => {
  const { samsDesk } = council;
  const stranger = await samsDesk.run(["send", "bundle", "--to", "who@nowhere.example", ...STATED]);
  assert.equal(stranger.status, 10);
  assert.match(stranger.stderr, /is not one of your contacts/);
  const unsure = await samsDesk.run(["send", "bundle", ...TO_MIA, ...WHY, ...PLAIN]);
  assert.equal(unsure.status, 2);
  assert.match(unsure.stderr, /--yes, because there is no terminal/);
});

test("SDT-13: the six words show only after arrival, open the contact's access, and telling them is recorded without them", async () => {
  const { samsDesk, server } = council;
  const reference = await sent("bundle/statement.txt", "--to", "olu@chambers.example");
  const early = await samsDesk.run(["words", reference, "olu@chambers.example"]);
  assert.equal(early.status, 10);
  assert.match(early.stderr, /has not confirmed arrival yet/);
  const [row] = await server.records.read.recipients(reference);
  assert.ok(row);
  const device = await ReceivingDevice.proved(server, row.id);
  assert.equal((await device.arrive()).status, 200);
  const shown = await samsDesk.run(["words", reference, "Olu Outside", "--json"]);
  assert.equal(shown.status, 0, shown.stderr);
  const secret = String(shown.json().words);
  assert.equal(secret.split(" ").length, 6);
  const told = await samsDesk.run(["words", reference, "olu@chambers.example", "--told", "phone", "--ending", "0142"]);
  assert.equal(told.status, 0, told.stderr);
  assert.equal((await samsDesk.run(["words", reference, "olu@chambers.example", "--told", "email"])).status, 2);
  const events = await server.records.read.eventsOf(reference);
  assert.deepEqual(events.find(({ kind }) => kind === "words-told")?.detail, { channel: "phone", ending: "0142" });
  assert.ok(!JSON.stringify(events).includes(secret));
});

test("SDT-14: the words of somebody whose access has ended are told to nobody", async () => {
  const { samsDesk, server } = council;
  const reference = await sent("bundle/statement.txt", "--to", "olu@chambers.example");
  const [row] = await server.records.read.recipients(reference);
  const device = await ReceivingDevice.proved(server, row?.id ?? "");
  assert.equal((await device.arrive()).status, 200);
  assert.equal((await samsDesk.run(["words", reference, "Olu Outside"])).status, 0);
  assert.equal((await device.form(`/r/${device.id}/not-for-me`, {})).status, 200);
  const refused = await samsDesk.run(["words", reference, "Olu Outside", "--json"]);
  assert.equal(refused.status, 10, refused.stderr);
  assert.match(refused.stderr, /access has ended/);
  assert.equal(refused.stdout, "");
});

test("OXM-23: for somebody who cannot be phoned, the ways that work are shown with their checked numbers, and recorded as shown", async () => {
  const { samsDesk, server, sam } = council;
  await addContact(server, sam, "Dee Deaf", "dee@chambers.example", { impossible: ["phone"], preferred: "relay-uk" });
  const reference = await sent("bundle/statement.txt", "--to", "dee@chambers.example");
  const [row] = await server.records.read.recipients(reference);
  const device = await ReceivingDevice.proved(server, row?.id ?? "");
  assert.equal((await device.arrive()).status, 200);
  const { stdout } = await samsDesk.run(["words", reference, "dee@chambers.example"]);
  assert.match(stdout, /^ {2}relay-uk +\+442079460142 +checked by Sam Sender on .*letterhead/m);
  assert.doesNotMatch(stdout, /phone/);
  const record = `waybill words ${reference} dee@chambers.example --told relay-uk --ending 0142`;
  assert.ok(stdout.includes(record), stdout);

  const words = ["words", reference, "dee@chambers.example"];
  const phoned = await samsDesk.run([...words, "--told", "phone"]);
  assert.equal(phoned.status, 2);
  assert.match(phoned.stderr, /phone is not one of the ways that work for Dee Deaf\. Nothing was recorded.*relay-uk/s);
  assert.equal((await samsDesk.run([...words, "--told", "relay-uk", "--ending", "9999"])).status, 2);
  const told = await samsDesk.run([...words, "--told", "relay-uk"]);
  assert.equal(told.status, 0, told.stderr);
  const events = await server.records.read.eventsOf(reference);
  assert.deepEqual(events.find(({ kind }) => kind === "words-told")?.detail, { channel: "relay-uk", ending: "0142" });
});

test("recall says who had been handed the content, and the recipient then gets a refusal and no file", async () => {
  const { samsDesk, miasDesk } = council;
  const reference = await sent("bundle/statement.txt", ...TO_MIA);
  assert.equal((await miasDesk.run(["receive", reference, "-o", "first"])).status, 0);
  assert.equal((await samsDesk.run(["recall", reference])).status, 2, "there is no terminal to ask at");
  const recalled = await samsDesk.run(["recall", reference, "--yes", "--json"]);
  assert.equal(recalled.status, 0, recalled.stderr);
  assert.equal(recalled.json().state, "recalled");
  assert.deepEqual(recalled.json().opened, ["mia.member@council.example"]);
  const gone = await miasDesk.run(["receive", reference, "-o", "second"]);
  assert.equal(gone.status, 10);
  assert.match(gone.stderr, /took this package back/);
  assert.deepEqual(await miasDesk.files("second"), []);
});

test("what was sent before this command line was enrolled is refused before anything is recorded", async () => {
  const { server, mia } = council;
  const reference = await sent("bundle/statement.txt", ...TO_MIA);
  server.clock.advance(60_000);
  const later = await Desk.of(server, mia);
  try {
    const refused = await later.run(["receive", reference, "-o", "in"]);
    assert.equal(refused.status, 3, refused.stderr);
    assert.match(refused.stderr, /Nothing was recorded.*in your browser/s);
    const kinds = (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);
    assert.ok(!kinds.includes("recipient-arrived") && !kinds.includes("grant-handed-out"), kinds.join(" "));
    assert.match((await later.run(["inbox"])).stdout, new RegExp(`${reference} +to be opened in your browser`));
    assert.match((await council.miasDesk.run(["inbox"])).stdout, new RegExp(`${reference} +to be opened  `));
    assert.equal((await council.samsDesk.run(["recall", reference, "--yes"])).status, 0);
    const gone = await later.run(["receive", reference, "-o", "in"]);
    assert.equal(gone.status, 10, gone.stderr);
    assert.match(gone.stderr, /took this package back/);
  } finally {
    await later.remove();
  }
});

test("SDT-23: a package goes onto a medium that the register has issued to the sender, and onto no other", async () => {
  const { samsDesk, server, sam, mia } = council;
  await samsDesk.write("note.txt", "The hearing is at ten.");
  const taken = { at: server.clock.now().toISOString(), by: { kind: "member", id: sam.id } } as const;
  const about = {
    owner: "Court support",
    kind: "standard",
    capacity: 1,
    purpose: "transfer",
    reviewDue: null,
  } as const;
  const stick = registerMedium({ ...about, id: randomId(), serial: "STICK-1" }, sam.id, taken).medium;
  const issue = (custodianId: string) =>
    issueMedium(stick, { custodianId, reference: null, returnDue: "2999-01-01" }, taken);
  const write = async ({ medium, event }: MediumStep) =>
    server.records.write(async (tx) => {
      await tx.saveMedium(medium);
      await tx.append(event);
    });
  const onto = ["--to-volume", samsDesk.folder, "--serial", "stick-1", "--registered"];
  const outside = ["--reference", "WB-7F3K-Q2XV", "--organisation", "Council", "--call", "020 7946 0001"];
  const run = () => samsDesk.run(["package", "note.txt", "--format", "zip", ...outside, ...onto]);
  const unknown = await run();
  assert.equal(unknown.status, 10, unknown.stderr);
  assert.match(unknown.stderr, /No medium with this serial is registered/);
  await write(issue(mia.id));
  const hers = await run();
  assert.equal(hers.status, 18, hers.stderr);
  assert.match(hers.stderr, /not issued to you/);
  await write(issue(sam.id));
  const his = await run();
  assert.doesNotMatch(his.stderr, /not issued to you|No medium/, "asked, and gone on to look at the volume");
});
