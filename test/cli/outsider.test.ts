import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { addContact } from "../../src/testing/organisation.ts";
import { sampleBytes } from "../../src/testing/sample-sending.ts";
import { type Council, STATED, startCouncil } from "./council.ts";
import { damageGrant, damageStored } from "./damaged.ts";
import { Desk } from "./desk.ts";
import { killWhileReceiving } from "./killed.ts";
import { onTerminal, type Typed, waybillCommand } from "./processes.ts";

const OLU = "olu@chambers.example";
const TEAM = "clerks@chambers.example";
const NOTE = Buffer.from("The hearing is at ten.");
const PHOTO = sampleBytes(3_000_000, 2);
const LARGE = sampleBytes(48 * 1024 * 1024, 7);
let council: Council;
/** The recipient's machine: no account, nothing enrolled. */
let desk: Desk;
before(async () => {
  council = await startCouncil();
  const { server, sam, samsDesk } = council;
  await addContact(server, sam, "Clerks", TEAM, { team: true });
  await samsDesk.write("bundle/note.txt", NOTE);
  await samsDesk.write("bundle/photo.jpg", PHOTO);
  await samsDesk.write("large.bin", LARGE);
});
after(() => council.stop());
beforeEach(async () => {
  desk = await Desk.make();
});
afterEach(() => desk.remove());

interface Sent {
  readonly reference: string;
  /** The address in the notice, as it was mailed. */
  readonly link: string;
  readonly to: string;
}

async function sent(to = OLU, what = "bundle"): Promise<Sent> {
  const said = await council.samsDesk.run(["send", what, "--to", to, ...STATED]);
  assert.equal(said.status, 0, said.stderr);
  const reference = String(said.json().reference);
  const notice = (await council.server.mail(to)).find((each) => each.reference === reference)?.text ?? "";
  return { reference, link: /http:\/\/\S+\/r\/[\w-]{22}/.exec(notice)?.[0] ?? assert.fail(notice), to };
}

/** The newest code that was mailed for it. Time passes, so that the next one is newer. */
async function codeOf({ reference, to }: Sent): Promise<string> {
  council.server.clock.advance(1000);
  const mine = (await council.server.mail(to)).filter((each) => each.reference === reference);
  const codes = mine.map(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1]);
  return codes.findLast((each) => each !== undefined) ?? assert.fail("no code was mailed");
}

/** What the sender tells by telephone; shown to them only after arrival. */
async function wordsOf({ reference, to }: Sent): Promise<readonly string[]> {
  const shown = await council.samsDesk.run(["words", reference, to, "--json"]);
  assert.equal(shown.status, 0, shown.stderr);
  return String(shown.json().words).split(" ");
}

/** Six words of the list that are not the right ones. */
function wrong(words: readonly string[]): string {
  return words.with(2, words[2] === "acorn" ? "zebra" : "acorn").join(" ");
}

/** Runs a command at the desk, on a terminal of its own. */
async function asked(args: readonly string[], answers: readonly (readonly [string, Typed])[]) {
  const env = ["env", `XDG_CONFIG_HOME=${join(desk.folder, ".config")}`];
  const { status, stdout } = await onTerminal([...env, ...waybillCommand, ...args], answers, desk.folder);
  return { status, screen: stdout.toString() };
}

/** Proves the mailbox and confirms arrival without a terminal. The code comes in between, so that it takes two runs. */
async function arrive(transfer: Sent, ...more: string[]): Promise<void> {
  const command = ["receive", transfer.link, "-o", "in", ...more];
  const mailed = await desk.run(command);
  assert.equal(mailed.status, 15, mailed.stderr);
  const waiting = await desk.run([...command, "--code-fd", "0"], await codeOf(transfer));
  assert.equal(waiting.status, 15, waiting.stderr);
}

async function kindsOf({ reference }: Sent): Promise<readonly string[]> {
  return (await council.server.records.read.eventsOf(reference)).map(({ kind }) => kind);
}

const kept = () => desk.files(".config/waybill/receiving");

describe("SDT-2, SDT-13: somebody without an account receives on the command line", () => {
  test("at a terminal: wrong codes, words and receipt are asked for until they are right, and no secret shows", async () => {
    const transfer = await sent();
    const right = async () => (await wordsOf(transfer)).join("\r").toUpperCase();
    const code = () => codeOf(transfer);
    const wrongCode = async () => ((await code()).startsWith("0") ? "1111 1111" : "0000 0000");
    const { status, screen } = await asked(
      ["receive", transfer.link, "-o", "in"],
      [
        ["The code, or", wrongCode],
        ["The code, or", "12"],
        ["The code, or", "new"],
        ["The code, or", code],
        ["The six words", "acorn zebra"],
        ["The six words", "ask"],
        ["The six words", async () => wrong(await wordsOf(transfer))],
        ["The six words", async () => (await wordsOf(transfer)).with(4, "qwertz").join(" ")],
        ["Word 5 again", async () => (await wordsOf(transfer))[3] ?? ""],
        ["The six words", right], // pasted, a word to a line
        ["I have opened it and it is complete", "y"],
      ],
    );
    assert.equal(status, 0, screen);
    for (const said of [
      /Sam Sender <sam\.sender@council\.example> of Example Council has sent you information/,
      /not for you\?.*\/r\/[\w-]{22}\/not-for-me/,
      /sent to o…@chambers\.example\. It works once, for 10 minutes.*After 5 wrong codes none is taken for 15/s,
      /That code is not right.*A code has 8 digits.*Another code is on its way/s,
      /Sam Sender tells you them by phone, on the number ending 42; they never come by email/,
      /Those are 2 words; you need 6.*Sam Sender was asked again.*These are not the six words/s,
      /Word 5 is not one of the words that are used/,
      /All of it was verified\. The receipt is signed/,
    ])
      assert.match(screen, said);
    // one of six random words may stand in a text of the program or in a file's name; more than one is no chance
    const shown = (await wordsOf(transfer)).filter((word) => new RegExp(`\\b${word}\\b`, "i").test(screen));
    assert.ok(shown.length < 2, shown.join(" "));
    assert.ok((await desk.read("in/bundle/photo.jpg")).equals(PHOTO));
    assert.deepEqual(await desk.files("in"), ["bundle/note.txt", "bundle/photo.jpg"]);
    assert.deepEqual(await kept(), [], "the signing key dies with the receipt");
    const kinds = await kindsOf(transfer);
    for (const kind of ["mailbox-proved", "recipient-arrived", "words-asked", "recipient-opened", "receipt-signed"])
      assert.equal(kinds.filter((each) => each === kind).length, 1, kind);
  });

  test("in pipes: each thing waited for has an exit code, what was done is kept for the owner alone, and the result is JSON", async () => {
    const transfer = await sent();
    const command = ["receive", transfer.link, "-o", "in", "--json"];
    const mailed = await desk.run(command);
    assert.equal(mailed.status, 15, mailed.stderr);
    assert.equal(mailed.stdout, "");
    const error = (JSON.parse(mailed.stderr) as { error: { code: string; message: string } }).error;
    assert.equal(error.code, "waiting");
    assert.match(error.message, /A code of 8 digits was sent.*--code-fd/);
    const mistaken = await desk.run([...command, "--code-fd", "0"], "99 99 99 99\n");
    assert.equal(mistaken.status, 4, mistaken.stderr);
    assert.deepEqual(await kept(), []);
    const waiting = await desk.run([...command, "--code-fd", "0"], `${await codeOf(transfer)}\n`);
    assert.equal(waiting.status, 15, waiting.stderr);
    assert.match(waiting.stderr, /by phone, on the number ending 42.*--words-fd/);

    const [file, ...none] = await kept();
    assert.deepEqual(none, []);
    const { mode } = await stat(desk.path(`.config/waybill/receiving/${file}`));
    assert.equal(mode & 0o777, 0o600);
    const words = await wordsOf(transfer);
    const open = [...command, "--words-fd", "0"];
    assert.equal((await desk.run(["receipt", transfer.reference, "--words-fd", "0"], words.join(" "))).status, 3);
    const unlisted = await desk.run(open, words.with(1, "qwertz").join(" "));
    assert.equal(unlisted.status, 4, unlisted.stderr);
    assert.match(unlisted.stderr, /Word 2 is not one of the words/);
    const others = await desk.run(open, wrong(words));
    assert.equal(others.status, 4, others.stderr);
    assert.match(others.stderr, /These are not the six words\. Nothing is lost/);
    const opened = await desk.run(open, words.join("\n"));
    assert.equal(opened.status, 0, opened.stderr);
    const { reference, sender, files, receipt } = opened.json<Record<string, unknown>>();
    assert.deepEqual([reference, receipt], [transfer.reference, false]);
    assert.deepEqual(sender, { name: "Sam Sender", address: "sam.sender@council.example" });
    assert.deepEqual(files, ["in/bundle/note.txt", "in/bundle/photo.jpg"]);

    const sign = ["receipt", transfer.reference, "--yes", "--json", "--words-fd", "0"];
    const receipted = await desk.run(sign, words.join(" "));
    assert.equal(receipted.status, 0, receipted.stderr);
    assert.equal(receipted.json().receipt, true);
    assert.deepEqual(await kept(), []);
    const kinds = await kindsOf(transfer);
    for (const kind of ["code-sent", "mailbox-proved", "recipient-arrived", "receipt-signed"])
      assert.equal(kinds.filter((each) => each === kind).length, 1, `${kind}: ${kinds.join(" ")}`);
  });

  test("a shared mailbox says who is reading, and nothing is confirmed before that", async () => {
    const transfer = await sent(TEAM);
    const command = ["receive", transfer.link, "-o", "in"];
    assert.equal((await desk.run(command)).status, 15);
    const nobody = await desk.run([...command, "--code-fd", "0"], await codeOf(transfer));
    assert.equal(nobody.status, 2, nobody.stderr);
    assert.match(nobody.stderr, /clerks@chambers\.example is a shared mailbox.*--reader/);
    assert.ok(!(await kindsOf(transfer)).includes("recipient-arrived"));
    const named = await desk.run([...command, "--reader", "Cleo Clerk"]);
    assert.equal(named.status, 15, named.stderr);
    const events = await council.server.records.read.eventsOf(transfer.reference);
    assert.equal(events.find(({ kind }) => kind === "recipient-arrived")?.detail.reader, "Cleo Clerk");
  });

  test("what was damaged on the server is called that, leaves no file, and the sender is told", async () => {
    const transfer = await sent();
    await arrive(transfer);
    await damageStored(council.server, transfer.reference);
    const words = (await wordsOf(transfer)).join(" ");
    const received = await desk.run(["receive", transfer.link, "-o", "in", "--words-fd", "0", "--receipt"], words);
    assert.equal(received.status, 5, received.stderr);
    assert.match(received.stderr, /Nothing was saved that looks complete\. The sender was told/);
    assert.deepEqual(await desk.files("in"), []);
    const kinds = await kindsOf(transfer);
    assert.ok(kinds.includes("problem-reported") && !kinds.includes("receipt-signed"), kinds.join(" "));
  });

  test("access that was altered on the server is damaged, never wrong words, whatever words are typed", async () => {
    const transfer = await sent();
    await arrive(transfer);
    const words = await wordsOf(transfer);
    await damageGrant(council.server, transfer.reference);
    for (const typed of [words.join(" "), wrong(words)]) {
      const received = await desk.run(["receive", transfer.link, "-o", "in", "--words-fd", "0"], typed);
      assert.equal(received.status, 5, received.stderr);
      assert.match(received.stderr, /Your access to this transfer is damaged.*The sender was told/);
    }
    assert.ok(!(await kindsOf(transfer)).includes("recipient-opened"));
  });

  test("after kill -9 in the middle, the reference goes on: no code, no second arrival, and nothing hidden stays behind", async () => {
    const transfer = await sent(OLU, "large.bin");
    await arrive(transfer);
    const words = (await wordsOf(transfer)).join(" ");
    const command = ["receive", transfer.reference, "-o", "in", "--words-fd", "0"];
    assert.equal(await killWhileReceiving(desk, command, "in", words), true, "it was over before it could be killed");
    const again = await desk.run([...command, "--receipt"], words);
    assert.equal(again.status, 0, again.stderr);
    assert.deepEqual(await readdir(desk.path("in")), ["large.bin"]);
    assert.ok((await desk.read("in/large.bin")).equals(LARGE));
    const kinds = await kindsOf(transfer);
    for (const kind of ["code-sent", "mailbox-proved", "recipient-arrived", "receipt-signed"])
      assert.equal(kinds.filter((each) => each === kind).length, 1, kind);
  });

  test("on a second machine arrival is confirmed again there, and that machine signs the receipt", async () => {
    const transfer = await sent();
    await arrive(transfer);
    await desk.remove();
    desk = await Desk.make();
    await arrive(transfer);
    const words = (await wordsOf(transfer)).join(" ");
    const received = await desk.run(["receive", transfer.link, "-o", "in", "--words-fd", "0", "--receipt"], words);
    assert.equal(received.status, 0, received.stderr);
    const kinds = await kindsOf(transfer);
    assert.equal(kinds.filter((each) => each === "recipient-arrived").length, 2);

    // Opened again after the receipt: nothing is left to confirm or to sign.
    assert.equal((await desk.run(["receive", transfer.link, "-o", "later"])).status, 15);
    const code = await codeOf(transfer);
    const proved = await desk.run(["receive", transfer.link, "-o", "later", "--code-fd", "0"], code);
    assert.equal(proved.status, 15, proved.stderr);
    const later = await desk.run(["receive", transfer.link, "-o", "later", "--words-fd", "0", "--json"], words);
    assert.equal(later.status, 0, later.stderr);
    assert.equal(later.json().receipt, true);
    assert.equal((await kindsOf(transfer)).filter((each) => each === "receipt-signed").length, 1);
  });

  test("OXM-21: what was taken back in the meantime is refused, and what was kept for it is forgotten", async () => {
    const transfer = await sent();
    await arrive(transfer);
    const words = (await wordsOf(transfer)).join(" ");
    assert.equal((await council.samsDesk.run(["recall", transfer.reference, "--yes"])).status, 0);
    const gone = await desk.run(["receive", transfer.link, "-o", "in", "--words-fd", "0"], words);
    assert.equal(gone.status, 10, gone.stderr);
    assert.match(gone.stderr, /took this package back/);
    assert.deepEqual(await kept(), []);
    const over = await desk.run(["receive", transfer.link, "-o", "in"]);
    assert.equal(over.status, 10, over.stderr);
    assert.match(over.stderr, /No code can be had for this link/);
  });

  test("a member's link is for their enrolled command line, and no code is mailed for it; what is no link is called that", async () => {
    const { miasDesk, server } = council;
    const transfer = await sent("mia.member@council.example");
    const outside = await desk.run(["receive", transfer.link, "-o", "in"]);
    assert.equal(outside.status, 10, outside.stderr);
    assert.match(outside.stderr, /waybill login http/);
    assert.ok(!(await kindsOf(transfer)).includes("code-sent"));
    const received = await miasDesk.run(["receive", transfer.link, "-o", "by-link", "--receipt", "--json"]);
    assert.equal(received.status, 0, received.stderr);
    assert.equal((await desk.run(["receive", `${server.url}/r/short`, "-o", "in"])).status, 2);
    const byReference = await desk.run(["receive", transfer.reference, "-o", "in"]);
    assert.equal(byReference.status, 13, byReference.stderr);
    assert.match(byReference.stderr, /the whole address in the email/);
  });
});
