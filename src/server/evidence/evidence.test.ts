import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { fromUtf8 } from "../../bytes/text.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { NAMES } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { sayProved } from "../../evidence/say.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { CLARA, type EvidenceDesk, openEvidenceDesk } from "../../testing/evidence-desk.ts";
import { qpdfText, readPdf } from "../../testing/read-pdf.ts";
import { sealedDraft } from "../../testing/signed-transfer.ts";

let desk: EvidenceDesk;
before(async () => {
  desk = await openEvidenceDesk();
});
after(() => desk.stop());

suite("An evidence pack", () => {
  test("SDT-28, SIS-23: who signed, agreed, received and vouches is proved with keys alone", async () => {
    const verified = await verifyPack(desk.pack, desk.keys());
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
    assert.ok(verified.statements.every(({ enrolled }) => enrolled === null || enrolled === "signed"));
  });

  test("SDT-28: a confirmation that came another way is said as such, and proves nothing; SIS-24: a receipt that acknowledges handling says so", async () => {
    const verified = await verifyPack(desk.pack, desk.keys());
    const [last] = verified.evidence.events.slice(-1);
    assert.ok(last);
    const byEmail = { ...last, kind: "confirmation-recorded", recipientId: desk.recipientId, detail: { how: "email" } };
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
    assert.match(sayProved(await verifyPack(desk.pack, desk.keys(), [desk.token])).proved.join("\n"), /proved opened/);
    await assert.rejects(verifyPack(desk.pack, desk.keys(), ["AAAA"]), { code: "wrong-signature" });
  });

  test("without a witness it says that nothing shows that history was not rewritten", async () => {
    const said = sayProved(await verifyPack(desk.pack, { ...desk.keys(), witnesses: [] }));
    assert.match(
      said.notProved.join("\n"),
      /^No witness's key was given, though the pack has signatures in the name of witness\.example\/w1,/m,
    );
    assert.match(
      said.notProved.join("\n"),
      /which were not checked .*: nothing here shows that the organisation did not rewrite its history/,
    );
    assert.equal((await desk.refused(desk.pack, desk.forger.key)).code, "altered");
  });

  test("taking it is an event, and the next pack shows it", async () => {
    const again = (await verifyPack(await desk.taken(), desk.keys())).evidence.events.at(-1);
    assert.deepEqual([again?.kind, again?.actor], ["evidence-taken", { kind: "member", id: desk.sender.member.id }]);
  });

  test("the page of the transfer offers it as a button, once it was signed", async () => {
    const { text } = await desk.sender.visitor.get(`/transfers/${desk.reference}`);
    assert.match(text, /Download the evidence/);
    const answer = await desk.sender.visitor.form(`/transfers/${desk.reference}/evidence`, {});
    assert.equal((await verifyPack(answer.bytes, desk.keys())).evidence.reference, desk.reference);
    const draft = await sealedDraft(desk.sender.visitor, [CLARA]);
    assert.doesNotMatch((await desk.sender.visitor.get(`/transfers/${draft.reference}`)).text, /Download the evidence/);
  });

  test("SIS-37: it holds no content, no file names and nothing that opens anything", async () => {
    const files = await readPack(desk.pack);
    const { packed } = await readPdf(files.get(NAMES.paper) ?? assert.fail());
    const texts = [...files].filter(([name]) => name !== NAMES.paper).map(([, bytes]) => fromUtf8(bytes));
    const all = [...texts, packed].join("\n");
    for (const secret of [desk.token, "statement.txt", "Witness statement"]) assert.ok(!all.includes(secret));
    const grants = (await desk.server.records.read.recipients(desk.reference)).map(({ grant }) => grant);
    assert.deepEqual(grants, [null]);
  });

  test("SDT-28, SIS-23: a person reads who, what, what was agreed, on what grounds clause by clause, and what happened", async () => {
    const paper = (await readPack(desk.pack)).get(NAMES.paper) ?? assert.fail();
    const { packed, roles } = await readPdf(paper);
    const clause = desk.server.parts.policy.current?.clauses.get("SIS-3") ?? assert.fail();
    for (const said of [
      `Evidence of transfer ${desk.reference}`,
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
    const { policy } = JSON.parse(desk.evidence.waybills[0]?.text ?? "") as Waybill;
    assert.deepEqual(desk.evidence.policies, [policy.digest]);
    assert.deepEqual(
      [...desk.policies.values()].map((bytes) => fromUtf8(bytes)),
      [desk.server.parts.policy.current?.text],
    );
    assert.ok(desk.evidence.rules.some(({ id, text }) => id.includes("senior") && text.includes("forbid")));
  });

  test("SIS-37: nobody but its sender takes it, and there is none of a draft", async () => {
    const draft = await sealedDraft(desk.sender.visitor, [CLARA]);
    const none = await desk.sender.visitor.api("POST", `/api/transfers/${draft.reference}/evidence`, {});
    assert.equal(none.status, 409, none.text);
    const path = `/api/transfers/${desk.reference}/evidence`;
    assert.equal(
      (await desk.line.visitor.signIn(desk.line.member.id).then((each) => each.api("POST", path, {}))).status,
      404,
    );
  });
});
