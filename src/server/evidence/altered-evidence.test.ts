import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import fc from "fast-check";
import { fromBase64Url, toBase64Url } from "../../bytes/base64.ts";
import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { randomBytes } from "../../bytes/random.ts";
import { fromUtf8, utf8 } from "../../bytes/text.ts";
import type { EvidenceCode } from "../../evidence/error.ts";
import { type Evidence, NAMES, type PackFiles, zipPack } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import type { EventRecord } from "../../log/event-digest.ts";
import { statementText } from "../../log/statement.ts";
import { answerRequest, BULK, requestFor } from "../../testing/approver.ts";
import { CLARA, type EvidenceDesk, openEvidenceDesk } from "../../testing/evidence-desk.ts";
import { forgedPack } from "../../testing/forged-pack.ts";
import { signedTransfer } from "../../testing/signed-transfer.ts";

let desk: EvidenceDesk;
before(async () => {
  desk = await openEvidenceDesk();
});
after(() => desk.stop());

/** The pack with one file changed, in a zip that is whole again. */
async function withFile(name: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) {
  const files: PackFiles = await readPack(desk.pack);
  return zipPack(new Map([...files].map(([each, bytes]) => [each, each === name ? change(bytes.slice()) : bytes])));
}

function sameDetail(one: EventRecord, other: EventRecord | undefined): boolean {
  return canonicalJson({ ...one.detail }) === canonicalJson({ ...other?.detail });
}

/** Base64url whose flags byte says that nobody was verified. */
function flipped(data: string): string {
  const bytes = Buffer.from(data, "base64url");
  bytes[32] = (bytes[32] ?? 0) & ~0x04;
  return bytes.toString("base64url");
}

suite("Whatever is altered is found", () => {
  test("an event changed, dropped, moved, doubled, or the last ones cut off, also where taken.json is made to fit", async () => {
    const files = await readPack(desk.pack);
    const { events } = desk.evidence;
    const [first, second, ...rest] = events;
    assert.ok(first && second);
    for (const instead of [
      [{ ...first, at: "2020-01-01T00:00:00.000Z" }, second, ...rest],
      [first, ...rest],
      [second, first, ...rest],
      [first, first, second, ...rest],
      events.slice(0, -1),
    ]) {
      const bytes = utf8(canonicalJson(JSON.parse(JSON.stringify({ ...desk.evidence, events: instead })) as Json));
      const altered = new Map([...files, [NAMES.evidence, bytes]]);
      assert.match(
        (await desk.refused(await zipPack(altered))).message,
        /^evidence\.json .+ altered after it was taken/,
      );
      const taken = JSON.parse(fromUtf8(files.get(NAMES.taken) ?? assert.fail())) as { detail: object };
      const detail = { ...taken.detail, evidence: await sha256Hex(bytes) };
      altered.set(NAMES.taken, utf8(canonicalJson({ ...taken, detail } as Json)));
      assert.match(
        (await desk.refused(await zipPack(altered))).message,
        /^Event \d+ \(evidence-taken\) is not the one/,
      );
    }
  });

  test("SDT-28: a byte anywhere in the zip, and what is said names the file", async () => {
    const names = [...(await readPack(desk.pack)).keys()];
    const anywhere = fc.asyncProperty(
      fc.nat(desk.pack.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const { message } = await desk.refused(desk.pack.with(at, (desk.pack[at] ?? 0) ^ flip));
        const named = names.filter((name) => message.includes(name)).length === 1;
        assert.ok(
          at >= desk.pack.length - 98 ? /^The end of the zip/.test(message) : named,
          `${at} ^ ${flip}: ${message}`,
        );
      },
    );
    await fc.assert(anywhere, { numRuns: 250 });
    await desk.refused(desk.pack.slice(0, -1));
    await desk.refused(new Uint8Array([...desk.pack, 0]));
  });

  test("a byte of every file, in a zip that is whole again, and a file that is missing, more, or swapped", async () => {
    const files = await readPack(desk.pack);
    for (const [name, { length }] of files) {
      for (const part of [0, 0.13, 0.5, 0.77, 0.999]) {
        const at = Math.min(length - 1, Math.floor(length * part));
        const flipped = await withFile(name, (bytes) => bytes.with(at, (bytes[at] ?? 0) ^ 1));
        const { message } = await desk.refused(flipped);
        assert.ok(message.includes(name), `${name}, byte ${at}: ${message}`);
      }
      await desk.refused(await zipPack(new Map([...files].filter(([each]) => each !== name))));
    }
    for (const [said, instead] of [
      [desk.evidence.organisation, "Another Council"],
      ["Ada Clerk", "Eve Clerk"],
    ] as const) {
      const renamed = await withFile(NAMES.evidence, (bytes) => utf8(fromUtf8(bytes).replaceAll(said, instead)));
      assert.match((await desk.refused(renamed)).message, /altered after it was taken/);
    }
    await desk.refused(await zipPack(new Map([...files, ["more.txt", utf8("more")]])));
  });
});

/** What a log's key would vouch for, were its holder to make it up. */
suite("What the holder of the log's key makes up out of others' signatures is found", () => {
  const event = (kind: string) => desk.evidence.events.find((each) => each.kind === kind) ?? assert.fail(kind);
  const without = (kind: string) => ({ events: desk.evidence.events.filter((each) => each.kind !== kind) });
  const detailed = (kind: string, changes: Readonly<Record<string, string>>) => ({
    events: desk.evidence.events.map((each) =>
      each === event(kind) ? { ...each, detail: { ...each.detail, ...changes } } : each,
    ),
  });
  const found = async (changes: Partial<Evidence>, code: EvidenceCode, why: RegExp) => {
    const error = await desk.refused(
      await forgedPack({ ...desk.evidence, ...changes }, desk.forger, desk.policies),
      desk.forger.key,
    );
    assert.match(error.message, why);
    assert.equal(error.code, code, error.message);
  };
  const said = (kind: string) => String(event(kind).detail.statement);
  const part = (kind: string, name: string) => String(event(kind).detail[name]);

  test("the same without changes is believed, so that what follows is about the changes", async () => {
    await verifyPack(await forgedPack(desk.evidence, desk.forger, desk.policies), {
      log: desk.forger.key,
      witnesses: [],
    });
  });

  test("SDT-3: approvals or the sender's signature left out, or in another order", async () => {
    await found(without("approval-given"), "wrong-order", /without the agreement of line-manager/);
    await found(without("waybill-signed"), "wrong-statement", /another waybill/);
    const [first, second] = [event("approval-given"), event("transfer-released")];
    const swapped = desk.evidence.events.map((each) =>
      each === first ? { ...second, seq: first.seq } : each === second ? { ...first, seq: second.seq } : each,
    );
    await found({ events: swapped }, "wrong-order", /without the agreement/);
    await found({ events: desk.evidence.events.toReversed() }, "altered", /does not stand in its place/);
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
    const signed = desk.evidence.events.filter(({ detail }) => typeof detail.signature === "string");
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
          events: desk.evidence.events.map((each) =>
            each === place ? { ...each, detail: { ...each.detail, ...only } } : each,
          ),
        });
        for (const changes of [swap(proof), swap({ signature }), swap({ publicKey, keyKind })]) {
          if (changes.events.every((each, at) => sameDetail(each, desk.evidence.events[at]))) continue; // two by one key
          const error = await desk.refused(
            await forgedPack({ ...desk.evidence, ...changes }, desk.forger, desk.policies),
            desk.forger.key,
          );
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
    const { clientDataJSON, authenticatorData, signature } = await desk.line.passkey.sign(signIn);
    const relayed = { clientDataJSON, authenticatorData, signature };
    await found(detailed("approval-given", relayed), "wrong-signature", /over another statement/);
    const statement = statementText(signIn);
    await found(detailed("approval-given", { ...relayed, statement }), "wrong-statement", /“sign-in”/);
    const digest = String(event("approval-given").detail.waybill);
    const posing = {
      ...signIn,
      kind: "approve",
      role: "line-manager",
      digest,
      signer: desk.line.member.address,
    } as const;
    await found(
      detailed("approval-given", { ...relayed, statement: statementText(posing) }),
      "wrong-signature",
      /over another statement/,
    );
  });

  test("SDT-28: a receipt token that somebody made up", async () => {
    const made = toBase64Url(randomBytes(32));
    await assert.rejects(verifyPack(desk.pack, desk.keys(), [made]), {
      code: "wrong-signature",
      message: /receipt token/,
    });
    const token = await sha256Hex(fromBase64Url(made));
    const recipients = desk.evidence.recipients.map((each) => ({
      ...each,
      entry: { ...each.entry, token },
    }));
    await found({ recipients }, "altered", /No waybill names Clara Counsel/);
  });

  test("one answer used twice, and one by somebody else's key", async () => {
    const given = event("approval-given");
    const again = { ...given, seq: desk.evidence.events.at(-1)?.seq ?? 0 };
    await found({ events: [...desk.evidence.events.slice(0, -1), again] }, "wrong-statement", /used again/);
    await found(
      { keys: desk.evidence.keys.map((key) => ({ ...key, member: desk.line.member.id })) },
      "wrong-key",
      /is none of/,
    );
    const [first, second] = desk.evidence.keys;
    assert.ok(first && second);
    const swapped = desk.evidence.keys.map((key) => (key === first ? { ...key, enrolled: second.enrolled } : key));
    await found({ keys: swapped }, "wrong-key", /is not the enrolment/);
    const anothers = detailed("receipt-signed", { publicKey: part("waybill-signed", "publicKey") });
    await found(anothers, "wrong-signature", /receipt-signed/);
  });

  test("SIS-23: a waybill or an assessment that is another's, or changed", async () => {
    const [waybill] = desk.evidence.waybills;
    assert.ok(waybill);
    const other = { ...waybill, text: waybill.text.replace(desk.reference, "WB-0000-0000") };
    await found({ waybills: [other] }, "altered", /WB-0000-0000/);
    const changed = { ...waybill, text: waybill.text.replace("Counsel needs it", "Counsel wants it") };
    await found({ waybills: [changed] }, "wrong-statement", /another waybill/);
    const assessment = String(waybill.assessment).replace("true", "null");
    await found({ waybills: [{ ...waybill, assessment }] }, "altered", /assessment/);
    await found({ recipients: [] }, "altered", /recipient/);
    await found({ origin: "https://elsewhere.example" }, "wrong-signature", /not made at/);
  });

  test("SIS-23: rules that are none of the policy's, and a policy that did not decide", async () => {
    const rules = desk.evidence.rules.map((each) => ({ ...each, text: `${each.text} // more` }));
    await found({ rules }, "altered", /is not one of the policy/);
    await found({ policies: [`sha256:${"0".repeat(64)}`] }, "altered", /No waybill was decided/);
    const other = new Map([...desk.policies].map(([name, bytes]) => [name, bytes.with(100, 65)]));
    const error = await desk.refused(await forgedPack(desk.evidence, desk.forger, other), desk.forger.key);
    assert.match(error.message, /is not the policy that decided/);
  });

  test("an approval of another transfer's waybill", async () => {
    const other = await signedTransfer(desk.sender, [CLARA], undefined, BULK);
    await answerRequest(
      desk.server,
      desk.line,
      await requestFor(desk.server, other.reference, "line-manager"),
      "approve",
    );
    const theirs = (await desk.server.records.read.eventsOf(other.reference)).find(
      ({ kind }) => kind === "approval-given",
    );
    const detail = { ...theirs?.detail };
    const replayed = desk.evidence.events.map((each) =>
      each === event("approval-given") ? { ...each, detail } : each,
    );
    await found({ events: replayed }, "wrong-statement", /another waybill/);
  });
});
