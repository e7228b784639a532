import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import fc from "fast-check";
import { fromBase64Url, toBase64Url } from "../../bytes/base64.ts";
import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { randomBytes } from "../../bytes/random.ts";
import { fromUtf8, utf8 } from "../../bytes/text.ts";
import { iso } from "../../domain/clock.ts";
import { expire } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { type EvidenceCode, EvidenceError } from "../../evidence/error.ts";
import { type Evidence, NAMES, type PackFiles, zipPack } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { sayProved } from "../../evidence/say.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import type { EventRecord } from "../../log/event-digest.ts";
import { signerOf } from "../../log/keys.ts";
import { parseNote, parseSignatureLines, signatureLine } from "../../log/note.ts";
import { statementText } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor } from "../../testing/approver.ts";
import { forgedPack } from "../../testing/forged-pack.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { qpdfText, readPdf } from "../../testing/read-pdf.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, sealedDraft, signedTransfer } from "../../testing/signed-transfer.ts";
import { carryOut } from "../carry-out.ts";

const CLARA = "clara@chambers.example";

let server: TestServer;
let sender: SigningSender;
let line: SigningSender;
let senior: SigningSender;
let pack: Uint8Array<ArrayBuffer>;
let token: string;
let recipientId: string;
let reference: string;
let evidence: Evidence;
/** The texts of policies in the pack. */
let policies: PackFiles;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  const sealed = await signedTransfer(sender, [CLARA], undefined, BULK);
  reference = sealed.reference;
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  [recipientId = "", token = ""] = Object.entries(sealed.access.tokens)[0] ?? [];
  const device = await ReceivingDevice.proved(server, recipientId);
  assert.equal((await device.arrive()).status, 200);
  assert.equal((await device.opened(token)).status, 200);
  assert.equal((await device.receipt(token)).status, 200);
  await vouchedFor();
  await expired();
  pack = await taken();
  const files = await readPack(pack);
  evidence = JSON.parse(fromUtf8(files.get(NAMES.evidence) ?? assert.fail())) as Evidence;
  policies = new Map([...files].filter(([name]) => name.startsWith("policies/")));
});
after(() => server.stop());

const witness = await signerOf("witness.example/w1", "cosignature", randomBytes(32));
const forger = await signerOf("waybill.example/log", "note", randomBytes(32));
const keys = () => ({ log: server.parts.log.keeper.key, witnesses: [witness.key] });

/** A witness cosigns the head that is signed now. */
async function vouchedFor(): Promise<void> {
  const { log } = server.parts;
  const head = (await log.keeper.sign(server.clock.now())) ?? assert.fail();
  const cosigned = await signatureLine(parseNote(head.note).text, witness, server.clock.now());
  const [{ name, id } = assert.fail()] = parseSignatureLines(`${cosigned}\n`);
  const time = Math.floor(server.clock.now().getTime() / 1000);
  await log.stored.saveCosignature(head, { name, id, time, line: cosigned });
}

async function expired(): Promise<void> {
  const transfer: Transfer = (await server.records.read.transfer(reference)) ?? assert.fail();
  server.clock.advance(Date.parse(transfer.expiresAt) - server.clock.now().getTime() + 1000);
  const step = async () => expire(transfer, await server.records.read.recipients(reference), clockTaken());
  const ended = await step();
  await server.records.write((tx) => carryOut(tx, ended));
  await sender.visitor.signIn(sender.member.id);
}
const clockTaken = () => ({ at: iso(server.clock.now()), by: { kind: "system" } as const });

async function taken(): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers.get("content-disposition") ?? "", /\.evidence\.zip"/);
  return answer.bytes;
}

/** The pack with one file changed, in a zip that is whole again. */
async function withFile(name: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) {
  const files: PackFiles = await readPack(pack);
  return zipPack(new Map([...files].map(([each, bytes]) => [each, each === name ? change(bytes.slice()) : bytes])));
}

async function refused(bytes: Uint8Array<ArrayBuffer>, log = keys().log): Promise<EvidenceError> {
  const error = await verifyPack(bytes, { log, witnesses: [witness.key] }).catch((cause: unknown) => cause);
  assert.ok(error instanceof EvidenceError, `found nothing wrong, or broke: ${String(error)}`);
  return error;
}

suite("An evidence pack", () => {
  test("SDT-28, SIS-23: who signed, agreed, received and vouches is proved with keys alone", async () => {
    const verified = await verifyPack(pack, keys());
    const { proved, notProved } = sayProved(verified);
    const all = proved.join("\n");
    for (const said of [
      /Ada Clerk \(.+\) signed the waybill and sent it, with a passkey/,
      /Lena Line \(.+\) agreed to it as line-manager/,
      /Sefa Senior \(.+\) agreed to it as senior-manager/,
      /Clara Counsel \(.+\): says received\. That they opened it is the server's word/,
      /released on .+ these had agreed to exactly that waybill: line-manager .+ senior-manager/,
      /witness witness\.example\/w1 vouches/,
      /destroyed on/,
    ]) {
      assert.match(all, said);
    }
    assert.doesNotMatch(all, /proved opened/);
    assert.match(notProved.join("\n"), /What a signer saw/);
    assert.match(notProved.join("\n"), /made on the device of .*: that is the organisation's word/);
    assert.doesNotMatch(proved.join("\n"), /mailbox/);
    assert.ok(verified.statements.every(({ enrolled }) => enrolled !== false));
  });

  test("SDT-28: a confirmation that came another way is said as such, and proves nothing; SIS-24: a receipt that acknowledges handling says so", async () => {
    const verified = await verifyPack(pack, keys());
    const [last] = verified.evidence.events.slice(-1);
    assert.ok(last);
    const byEmail = { ...last, kind: "confirmation-recorded", recipientId, detail: { how: "email" } };
    const confirmed = { ...verified.evidence, events: [...verified.evidence.events, byEmail] };
    const said = sayProved({ ...verified, evidence: confirmed }).notProved.join("\n");
    assert.match(said, /That Clara Counsel received it: event \d+, .+ they say so \(email\), and nobody signed it/);
    const statements = verified.statements.map((each) =>
      each.statement.kind === "receive"
        ? { ...each, event: { ...each.event, detail: { ...each.event.detail, handling: "Keep it locked" } } }
        : each,
    );
    assert.match(sayProved({ ...verified, statements }).proved.join("\n"), /acknowledged how it is to be handled/);
  });

  test("SDT-28: with the receipt token it says proved opened; a token of nobody is refused", async () => {
    assert.match(sayProved(await verifyPack(pack, keys(), [token])).proved.join("\n"), /proved opened/);
    await assert.rejects(verifyPack(pack, keys(), ["AAAA"]), { code: "wrong-signature" });
  });

  test("without a witness it says that nothing shows that history was not rewritten", async () => {
    const said = sayProved(await verifyPack(pack, { ...keys(), witnesses: [] }));
    assert.match(
      said.notProved.join("\n"),
      /^No witness's key was given, though the pack has signatures in the name of witness\.example\/w1,/m,
    );
    assert.match(
      said.notProved.join("\n"),
      /which were not checked .*: nothing here shows that the organisation did not rewrite its history/,
    );
    assert.equal((await refused(pack, forger.key)).code, "altered");
  });

  test("taking it is an event, and the next pack shows it", async () => {
    const again = (await verifyPack(await taken(), keys())).evidence.events.at(-1);
    assert.deepEqual([again?.kind, again?.actor], ["evidence-taken", { kind: "member", id: sender.member.id }]);
  });

  test("the page of the transfer offers it as a button, once it was signed", async () => {
    const { text } = await sender.visitor.get(`/transfers/${reference}`);
    assert.match(text, /Download the evidence/);
    const answer = await sender.visitor.form(`/transfers/${reference}/evidence`, {});
    assert.equal((await verifyPack(answer.bytes, keys())).evidence.reference, reference);
    const draft = await sealedDraft(sender.visitor, [CLARA]);
    assert.doesNotMatch((await sender.visitor.get(`/transfers/${draft.reference}`)).text, /Download the evidence/);
  });

  test("SIS-37: it holds no content, no file names and nothing that opens anything", async () => {
    const files = await readPack(pack);
    const { packed } = await readPdf(files.get(NAMES.paper) ?? assert.fail());
    const texts = [...files].filter(([name]) => name !== NAMES.paper).map(([, bytes]) => fromUtf8(bytes));
    const all = [...texts, packed].join("\n");
    for (const secret of [token, "statement.txt", "Witness statement"]) assert.ok(!all.includes(secret));
    const grants = (await server.records.read.recipients(reference)).map(({ grant }) => grant);
    assert.deepEqual(grants, [null]);
  });

  test("SDT-28, SIS-23: a person reads who, what, what was agreed, on what grounds clause by clause, and what happened", async () => {
    const paper = (await readPack(pack)).get(NAMES.paper) ?? assert.fail();
    const { packed, roles } = await readPdf(paper);
    const clause = server.parts.policy.current?.clauses.get("SIS-3") ?? assert.fail();
    for (const said of [
      `Evidence of transfer ${reference}`,
      "Ada Clerk",
      "Clara Counsel",
      "Agrees, as line manager",
      "Agrees, as senior manager",
      clause.says,
      "Agreed to by the senior manager",
      "confirmed that it arrived",
      "was destroyed on",
      "may still hold it",
      "What a signer saw on the screen",
    ]) {
      assert.ok(packed.includes(said.replaceAll(/\s/g, "")), said);
    }
    for (const role of ["H1", "H2", "H3", "Table", "TH", "BlockQuote"]) assert.ok(roles.includes(role), role);
    await qpdfText(paper);
  });

  test("SIS-23: it holds the text of the policy that decided, and the rules out of it", async () => {
    const { policy } = JSON.parse(evidence.waybills[0]?.text ?? "") as Waybill;
    assert.deepEqual(evidence.policies, [policy.digest]);
    assert.deepEqual(
      [...policies.values()].map((bytes) => fromUtf8(bytes)),
      [server.parts.policy.current?.text],
    );
    assert.ok(evidence.rules.some(({ id, text }) => id.includes("senior") && text.includes("forbid")));
  });

  test("SIS-37: nobody but its sender takes it, and there is none of a draft", async () => {
    const draft = await sealedDraft(sender.visitor, [CLARA]);
    const none = await sender.visitor.api("POST", `/api/transfers/${draft.reference}/evidence`, {});
    assert.equal(none.status, 409, none.text);
    const path = `/api/transfers/${reference}/evidence`;
    assert.equal((await line.visitor.signIn(line.member.id).then((each) => each.api("POST", path, {}))).status, 404);
  });
});

suite("Whatever is altered is found", () => {
  test("an event changed, dropped, moved, doubled, or the last ones cut off, also where taken.json is made to fit", async () => {
    const files = await readPack(pack);
    const { events } = evidence;
    const [first, second, ...rest] = events;
    assert.ok(first && second);
    for (const instead of [
      [{ ...first, at: "2020-01-01T00:00:00.000Z" }, second, ...rest],
      [first, ...rest],
      [second, first, ...rest],
      [first, first, second, ...rest],
      events.slice(0, -1),
    ]) {
      const bytes = utf8(canonicalJson(JSON.parse(JSON.stringify({ ...evidence, events: instead })) as Json));
      const altered = new Map([...files, [NAMES.evidence, bytes]]);
      assert.match((await refused(await zipPack(altered))).message, /^evidence\.json .+ altered after it was taken/);
      const taken = JSON.parse(fromUtf8(files.get(NAMES.taken) ?? assert.fail())) as { detail: object };
      const detail = { ...taken.detail, evidence: await sha256Hex(bytes) };
      altered.set(NAMES.taken, utf8(canonicalJson({ ...taken, detail } as Json)));
      assert.match((await refused(await zipPack(altered))).message, /^Event \d+ \(evidence-taken\) is not the one/);
    }
  });

  test("SDT-28: a byte anywhere in the zip, and what is said names the file", async () => {
    const names = [...(await readPack(pack)).keys()];
    const anywhere = fc.asyncProperty(fc.nat(pack.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const { message } = await refused(pack.with(at, (pack[at] ?? 0) ^ flip));
      const named = names.filter((name) => message.includes(name)).length === 1;
      assert.ok(at >= pack.length - 98 ? /^The end of the zip/.test(message) : named, `${at} ^ ${flip}: ${message}`);
    });
    await fc.assert(anywhere, { numRuns: 250 });
    await refused(pack.slice(0, -1));
    await refused(new Uint8Array([...pack, 0]));
  });

  test("a byte of every file, in a zip that is whole again, and a file that is missing, more, or swapped", async () => {
    const files = await readPack(pack);
    for (const [name, { length }] of files) {
      for (const part of [0, 0.13, 0.5, 0.77, 0.999]) {
        const at = Math.min(length - 1, Math.floor(length * part));
        const flipped = await withFile(name, (bytes) => bytes.with(at, (bytes[at] ?? 0) ^ 1));
        const { message } = await refused(flipped);
        assert.ok(message.includes(name), `${name}, byte ${at}: ${message}`);
      }
      await refused(await zipPack(new Map([...files].filter(([each]) => each !== name))));
    }
    for (const [said, instead] of [
      [evidence.organisation, "Another Council"],
      ["Ada Clerk", "Eve Clerk"],
    ] as const) {
      const renamed = await withFile(NAMES.evidence, (bytes) => utf8(fromUtf8(bytes).replaceAll(said, instead)));
      assert.match((await refused(renamed)).message, /altered after it was taken/);
    }
    await refused(await zipPack(new Map([...files, ["more.txt", utf8("more")]])));
  });
});

/** What a log's key would vouch for, were its holder to make it up. */
suite("What the holder of the log's key makes up out of others' signatures is found", () => {
  const event = (kind: string) => evidence.events.find((each) => each.kind === kind) ?? assert.fail(kind);
  const without = (kind: string) => ({ events: evidence.events.filter((each) => each.kind !== kind) });
  const detailed = (kind: string, changes: Readonly<Record<string, string>>) => ({
    events: evidence.events.map((each) =>
      each === event(kind) ? { ...each, detail: { ...each.detail, ...changes } } : each,
    ),
  });
  const found = async (changes: Partial<Evidence>, code: EvidenceCode, why: RegExp) => {
    const error = await refused(await forgedPack({ ...evidence, ...changes }, forger, policies), forger.key);
    assert.match(error.message, why);
    assert.equal(error.code, code, error.message);
  };
  const said = (kind: string) => String(event(kind).detail.statement);
  const part = (kind: string, name: string) => String(event(kind).detail[name]);

  test("the same without changes is believed, so that what follows is about the changes", async () => {
    await verifyPack(await forgedPack(evidence, forger, policies), { log: forger.key, witnesses: [] });
  });

  test("SDT-3: approvals or the sender's signature left out, or in another order", async () => {
    await found(without("approval-given"), "wrong-order", /without the agreement of line-manager/);
    await found(without("waybill-signed"), "wrong-statement", /another waybill/);
    const [first, second] = [event("approval-given"), event("transfer-released")];
    const swapped = evidence.events.map((each) =>
      each === first ? { ...second, seq: first.seq } : each === second ? { ...first, seq: second.seq } : each,
    );
    await found({ events: swapped }, "wrong-order", /without the agreement/);
    await found({ events: evidence.events.toReversed() }, "altered", /does not stand in its place/);
  });

  test("a signature, a statement or what the browser signed, taken from another event", async () => {
    for (const name of ["signature", "clientDataJSON", "authenticatorData"] as const) {
      const other = name === "authenticatorData" ? flipped(part("waybill-signed", name)) : part("waybill-signed", name);
      await found(detailed("approval-given", { [name]: other }), "wrong-signature", /approval-given/);
    }
    await found(detailed("approval-given", { statement: said("waybill-signed") }), "wrong-statement", /“send”/);
    await found(detailed("receipt-signed", { statement: said("recipient-arrived") }), "wrong-statement", /“arrive”/);
    const role = said("approval-given").replace("line-manager", "senior-manager");
    await found(detailed("approval-given", { statement: role }), "wrong-statement", /as senior-manager/);
  });

  test("SIS-37: any signature in the place of any other: every pair", async () => {
    const signed = evidence.events.filter(({ detail }) => typeof detail.signature === "string");
    assert.deepEqual(
      signed.map(({ kind }) => kind),
      ["waybill-signed", "approval-given", "approval-given", "recipient-arrived", "receipt-signed"],
    );
    for (const place of signed) {
      for (const { detail } of signed.filter((each) => each !== place)) {
        const { statement = "", signature = "", publicKey = "", keyKind = "" } = detail;
        const { clientDataJSON = "", authenticatorData = "" } = detail;
        const proof = { statement, signature, publicKey, keyKind, clientDataJSON, authenticatorData };
        const swap = (only: Partial<typeof proof>) => ({
          events: evidence.events.map((each) =>
            each === place ? { ...each, detail: { ...each.detail, ...only } } : each,
          ),
        });
        for (const changes of [swap(proof), swap({ signature }), swap({ publicKey, keyKind })]) {
          if (changes.events.every((each, at) => sameDetail(each, evidence.events[at]))) continue; // two by one key
          const error = await refused(await forgedPack({ ...evidence, ...changes }, forger, policies), forger.key);
          assert.match(error.message, new RegExp(`^Event ${place.seq} \\(${place.kind}\\)`));
        }
      }
    }
  });

  test("SIS-37: a sign-in that was relayed as an approval", async () => {
    const nonce = toBase64Url(randomBytes(16));
    const signIn = {
      version: 1,
      kind: "sign-in",
      digest: "",
      role: "",
      answer: "",
      signer: "",
      rpId: "localhost",
      nonce,
    } as const;
    const { clientDataJSON, authenticatorData, signature } = await line.passkey.sign(signIn);
    const relayed = { clientDataJSON, authenticatorData, signature };
    await found(detailed("approval-given", relayed), "wrong-signature", /over another statement/);
    const statement = statementText(signIn);
    await found(detailed("approval-given", { ...relayed, statement }), "wrong-statement", /“sign-in”/);
    const digest = String(event("approval-given").detail.waybill);
    const posing = { ...signIn, kind: "approve", role: "line-manager", digest, signer: line.member.address } as const;
    await found(
      detailed("approval-given", { ...relayed, statement: statementText(posing) }),
      "wrong-signature",
      /over another statement/,
    );
  });

  test("SDT-28: a receipt token that somebody made up", async () => {
    const made = toBase64Url(randomBytes(32));
    await assert.rejects(verifyPack(pack, keys(), [made]), { code: "wrong-signature", message: /receipt token/ });
    const token = await sha256Hex(fromBase64Url(made));
    const recipients = evidence.recipients.map((each) => ({ ...each, entry: { ...each.entry, token } }));
    await found({ recipients }, "altered", /No waybill names Clara Counsel/);
  });

  test("one answer used twice, and one by somebody else's key", async () => {
    const given = event("approval-given");
    const again = { ...given, seq: evidence.events.at(-1)?.seq ?? 0 };
    await found({ events: [...evidence.events.slice(0, -1), again] }, "wrong-statement", /used again/);
    await found({ keys: evidence.keys.map((key) => ({ ...key, member: line.member.id })) }, "wrong-key", /is none of/);
    const [first, second] = evidence.keys;
    assert.ok(first && second);
    const swapped = evidence.keys.map((key) => (key === first ? { ...key, enrolled: second.enrolled } : key));
    await found({ keys: swapped }, "wrong-key", /is not the enrolment/);
    const anothers = detailed("receipt-signed", { publicKey: part("waybill-signed", "publicKey") });
    await found(anothers, "wrong-signature", /receipt-signed/);
  });

  test("SIS-23: a waybill or an assessment that is another's, or changed", async () => {
    const [waybill] = evidence.waybills;
    assert.ok(waybill);
    const other = { ...waybill, text: waybill.text.replace(reference, "WB-0000-0000") };
    await found({ waybills: [other] }, "altered", /WB-0000-0000/);
    const changed = { ...waybill, text: waybill.text.replace("Counsel needs it", "Counsel wants it") };
    await found({ waybills: [changed] }, "wrong-statement", /another waybill/);
    const assessment = String(waybill.assessment).replace("true", "null");
    await found({ waybills: [{ ...waybill, assessment }] }, "altered", /assessment/);
    await found({ recipients: [] }, "altered", /recipient/);
    await found({ origin: "https://elsewhere.example" }, "wrong-signature", /not made at/);
  });

  test("SIS-23: rules that are none of the policy's, and a policy that did not decide", async () => {
    const rules = evidence.rules.map((each) => ({ ...each, text: `${each.text} // more` }));
    await found({ rules }, "altered", /is not one of the policy/);
    await found({ policies: [`sha256:${"0".repeat(64)}`] }, "altered", /No waybill was decided/);
    const other = new Map([...policies].map(([name, bytes]) => [name, bytes.with(100, 65)]));
    const error = await refused(await forgedPack(evidence, forger, other), forger.key);
    assert.match(error.message, /is not the policy that decided/);
  });

  test("an approval of another transfer's waybill", async () => {
    const other = await signedTransfer(sender, [CLARA], undefined, BULK);
    await answerRequest(server, line, await requestFor(server, other.reference, "line-manager"), "approve");
    const theirs = (await server.records.read.eventsOf(other.reference)).find(({ kind }) => kind === "approval-given");
    const detail = { ...theirs?.detail };
    const replayed = evidence.events.map((each) => (each === event("approval-given") ? { ...each, detail } : each));
    await found({ events: replayed }, "wrong-statement", /another waybill/);
  });
});

function sameDetail(one: EventRecord, other: EventRecord | undefined): boolean {
  return canonicalJson({ ...one.detail }) === canonicalJson({ ...other?.detail });
}

/** Base64url whose flags byte says that nobody was verified. */
function flipped(data: string): string {
  const bytes = Buffer.from(data, "base64url");
  bytes[32] = (bytes[32] ?? 0) & ~0x04;
  return bytes.toString("base64url");
}
