import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { RecordedAssessment, RecordedRule } from "../../domain/recorded-assessment.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { checkAssessments } from "../../evidence/check-assessments.ts";
import { checkWaybills } from "../../evidence/check-waybills.ts";
import type { Evidence, PackFiles } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { sayProved } from "../../evidence/say.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { evidencePaper } from "../../paperwork/evidence-paper.ts";
import { paperText } from "../../paperwork/paper-text.ts";
import { answerRequest, BULK, foundManaged, requestFor } from "../../testing/approver.ts";
import { addAgreement, addContact, addMember } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";
import { replay } from "../assessing/replay.ts";

const CLARA = "clara@chambers.example";
const ANYTHING = {
  ...{ person: [], senders: [], organisation: [], method: null, clause: null, state: null, from: null, until: null },
};

let server: TestServer;
let line: SigningSender;
let senior: SigningSender;
let reference: string;
let digest: string;
let evidence: Evidence;
let files: PackFiles;
/** What the approver's page says before it is answered. */
let page: string;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  const managed = await foundManaged(server);
  ({ line, senior } = managed);
  const { sender } = managed;
  await addContact(server, sender.member, "Clara Counsel", CLARA, { kind: "third-party" });
  await addAgreement(server, sender.member, "DSA-2026-014", "Example Chambers");
  const facts = { ...BULK.facts, agreement: { reference: "DSA-2026-014" } };
  reference = (await signedTransfer(sender, [CLARA], undefined, { ...BULK, facts })).reference;
  digest = (await server.records.read.transfer(reference))?.waybill?.digest ?? assert.fail();
  const asked = await requestFor(server, reference, "line-manager");
  page = (await line.visitor.get(`/to-agree/${asked}`)).text;
  await answerRequest(server, line, asked, "approve");
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  const pack = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  assert.equal(pack.status, 200, pack.text);
  files = await readPack(pack.bytes);
  ({ evidence } = await verifyPack(pack.bytes, keys()));
});
after(() => server.stop());

const keys = () => ({ log: server.parts.log.keeper.key, witnesses: [] });
const signedAnswer = async () =>
  JSON.parse((await server.records.read.fixedWaybill(digest))?.assessment ?? "") as RecordedAssessment;
const releasedAnswer = async () =>
  JSON.parse((await server.records.read.releasedAssessment(digest))?.text ?? "") as RecordedAssessment;
const rule = (recorded: RecordedAssessment, id: string): RecordedRule | undefined =>
  recorded.version === 2 ? recorded.asked.find((each) => each.rule === id) : undefined;
/** As an earlier version recorded it. */
function asVersion1(recorded: RecordedAssessment): string {
  const { asked: _, ...rest } = { asked: [], ...recorded };
  return canonicalJson(JSON.parse(JSON.stringify({ ...rest, version: 1 })) as Json);
}
const paper = (of: Evidence) =>
  paperText(evidencePaper(of, { at: "2026-11-22T10:00:00.000Z", by: "Ada Clerk", clauses: new Map() }));

suite("Every rule that was asked is on the record", () => {
  test("SIS-28: at the signature, by id, with what met it; what waits for somebody is open", async () => {
    const recorded = await signedAnswer();
    assert.ok(recorded.version === 2);
    const ids = recorded.asked.map((each) => each.rule);
    assert.deepEqual(ids, ids.toSorted());
    assert.deepEqual(
      recorded.asked.filter(({ met, weight }) => !met && weight === "need").map(({ need }) => need),
      ["approval:senior-manager", "approval:line-manager"],
    );
    assert.deepEqual(
      [rule(recorded, "agreement-or-reason")?.by, rule(recorded, "agreement-or-reason")?.clauses],
      [["DSA-2026-014"], ["SDT-5"]],
    );
    assert.deepEqual(rule(recorded, "line-manager-consents")?.by, []);
    assert.equal(rule(recorded, "fax-last-resort"), undefined, "another method's is not asked");
    assert.equal(rule(recorded, "abroad-privacy-team"), undefined, "nor what does not concern it");
  });

  test("SIS-35: at the release, when policy is asked again, with who agreed; its event holds the digest", async () => {
    const recorded = await releasedAnswer();
    assert.deepEqual(recorded.needs, []);
    assert.deepEqual(rule(recorded, "line-manager-consents")?.by, [
      `Line manager: agreed to by ${line.member.address}`,
    ]);
    const released = (await server.records.read.eventsOf(reference)).find(({ kind }) => kind === "transfer-released");
    const { text = "" } = (await server.records.read.releasedAssessment(digest)) ?? {};
    assert.equal(released?.detail.assessment, await sha256Hex(utf8(text)));
  });

  test("SIS-37, SIS-28: a search finds what the facts had met, and it is counted as asked and not as stopped", async () => {
    const { read } = server.records;
    for (const clause of ["SDT-3", "SDT-4", "SDT-5", "SIS-13"]) {
      const found = await read.findTransfers({ ...ANYTHING, clause }, { limit: 9, after: null });
      assert.deepEqual(
        found.map((each) => each.reference),
        [reference],
        clause,
      );
    }
    assert.deepEqual(await read.findTransfers({ ...ANYTHING, clause: "SIS-16" }, { limit: 9, after: null }), []);
    const day = server.clock.now().toISOString().slice(0, 10);
    const count = async (kind: "clause" | "stopped", clause: string) =>
      (await read.tallies(kind, day, day)).find(({ key }) => key === clause)?.count ?? 0;
    assert.deepEqual([await count("clause", "SDT-4"), await count("stopped", "SDT-4")], [1, 0]);
    assert.deepEqual([await count("clause", "SIS-3"), await count("stopped", "SIS-3")], [1, 1]);
  });

  test("SDT-5: who agrees sees what was met and by what, whatever rules run by now", async () => {
    const met = page.slice(page.indexOf('id="met"'));
    assert.match(met, /Name a current data sharing agreement[\s\S]*SDT-5[\s\S]*DSA-2026-014/);
    const { policy } = server.parts;
    const running = policy.current ?? assert.fail();
    const asked = await requestFor(server, reference, "line-manager");
    policy.adopt({ ...running, digest: `sha256:${"ab".repeat(32)}` });
    assert.match((await line.visitor.get(`/to-agree/${asked}`)).text, /id="met"[\s\S]*DSA-2026-014/);
    policy.adopt(running);
  });

  test("SIS-37: an auditor's record has all of it, clause by clause, and who met what was open", async () => {
    const audra = await addMember(server, "Audra Audit", { roles: ["auditor"] });
    const visitor = await new Visitor(server).signIn(audra.id);
    await visitor.form(`/records/${reference}`, {});
    const { text } = await visitor.get(`/records/${reference}`);
    const asked = text.slice(text.indexOf('id="asked"')).split("</details>")[0] ?? "";
    assert.match(asked, /Everything that was asked \(\d+\)/);
    assert.match(asked, /clauses\/SDT-5">SDT-5<[\s\S]*Met: DSA-2026-014/);
    assert.match(asked, /clauses\/SDT-3">SDT-3<[\s\S]*Open when signed<br>Lena Line \([^)]+\) agreed/);
  });
});

suite("Evidence says clause by clause what was asked", () => {
  test("SDT-28: in the document, with what met it or who agreed later", () => {
    const said = paper(evidence);
    assert.match(
      said,
      /SDT-5[\s\S]*Condition: Name a current data sharing agreement[^\n]*Met when it was signed, by: DSA-2026-014\./,
    );
    assert.match(said, /Refused otherwise: The agreement stipulates another method\. It was not so here\./);
    assert.match(said, /Open when it was signed\. Agreed to by the line manager: event \d+\./);
    assert.match(
      said,
      /SIS-36[\s\S]*SECRET and above is never sent[^\n]*\(SIS-36, as Waybill reads it: the guidance gives methods[^\n]*\) It was not so/,
      "and whose reading of its clause a rule is",
    );
    assert.match(said, /agreement-or-reason \(SDT-5\)[\s\S]*@id\("agreement-or-reason"\)/, "and the rule as it stood");
  });

  test("SDT-28: whoever checks it is told what was asked, and what that rests on", async () => {
    const decided = await checkAssessments(files, evidence, await checkWaybills(evidence));
    assert.equal(decided?.released?.needs.length, 0);
    const { proved, notProved } = sayProved({ ...(await verified()), decided });
    assert.match(
      proved.join("\n"),
      /The organisation says that its rules asked 22 things of it and advised 5 \(.*SDT-2, SDT-3, SDT-4, SDT-5.*20 were met.*approval:line-manager \(SDT-3\), agreed to in event \d+/,
    );
    assert.match(proved.join("\n"), /It says that when it was released, all of them were met/);
    assert.match(
      proved.join("\n"),
      /some read their clauses.*above-official \(SIS-36, as Waybill reads it: the guidance/,
    );
    assert.match(
      notProved.join("\n"),
      /That these were all the rules that applied, that they were met, .* Nothing here decides again/,
    );
  });

  test("SIS-23: another answer at the release, or a rule that cites another clause, is found", async () => {
    const [only] = evidence.waybills;
    assert.ok(only?.assessment && only.released);
    const check = async (changes: Partial<typeof only>) => {
      const changed = { ...evidence, waybills: [{ ...only, ...changes }] };
      return checkAssessments(files, changed, await checkWaybills({ ...evidence, waybills: [only] }));
    };
    await check({});
    await assert.rejects(check({ released: only.released.replace("DSA-2026-014", "DSA-2026-015") }), {
      message: /No release is on what/,
    });
    await assert.rejects(check({ released: null }), { message: /answered at the release is not there/ });
    const cites = only.assessment.replace('"clauses":["SDT-5"]', '"clauses":["SDT-6"]');
    await assert.rejects(check({ assessment: cites }), { message: /cites other clauses/ });
    const reads = only.assessment.replace('"reading":"The guidance gives', '"reading":"The law gives');
    assert.notEqual(reads, only.assessment);
    await assert.rejects(check({ assessment: reads }), { message: /above-official reads its clauses otherwise/ });
    const leftOut = only.assessment.replace(/,"reading":"The guidance gives[^"]*"/, "");
    assert.notEqual(leftOut, only.assessment);
    await assert.rejects(check({ assessment: leftOut }), { message: /above-official reads its clauses otherwise/ });
    const met = JSON.parse(only.assessment) as RecordedAssessment;
    assert.ok(met.version === 2);
    for (const list of ["asked", "needs"] as const) {
      const added = met[list].map((each) => (each.reading ? each : { ...each, reading: "Nobody reads it so" }));
      const assessment = canonicalJson(JSON.parse(JSON.stringify({ ...met, [list]: added })) as Json);
      await assert.rejects(check({ assessment }), { message: /reads its clauses otherwise/ }, list);
    }
    const claimed = { ...met, asked: met.asked.map((each) => ({ ...each, met: true })) };
    await assert.rejects(check({ assessment: canonicalJson(JSON.parse(JSON.stringify(claimed)) as Json) }), {
      code: "not-a-pack",
      message: /leaves other rules open/,
    });
  });
});

suite("What an earlier version recorded is read still", () => {
  test("SDT-28: evidence with an answer of version 1 is checked, and says that it knows only what was open", async () => {
    const text = asVersion1(await signedAnswer());
    const [only] = evidence.waybills;
    const waybill = JSON.parse(only?.text ?? "") as Waybill;
    const signed = { ...waybill, assessment: await sha256Hex(utf8(text)) };
    const fixed = canonicalJson(JSON.parse(JSON.stringify(signed)) as Json);
    const events = evidence.events.map((each) => (each.kind === "transfer-released" ? { ...each, detail: {} } : each));
    const earlier = { ...evidence, events, waybills: [{ text: fixed, assessment: text, released: null }] };
    const decided = await checkAssessments(files, earlier, await checkWaybills(earlier));
    assert.equal(decided?.signed.asked, null);
    assert.match(sayProved({ ...(await verified()), decided }).proved.join("\n"), /left open: approval:line-manager/);
    assert.match(
      paper(earlier),
      /what that was is not listed in records of this age[\s\S]*Agreed to by the line manager/,
    );
  });

  test("SDT-28: a rule that named no clause, and had its own ground in its place, is checked and printed as that", async () => {
    const recorded = await signedAnswer();
    assert.ok(recorded.version === 2);
    const asked = recorded.asked.map(({ reading, ...each }) => (reading ? { ...each, clauses: [] } : each));
    const [name = "", bytes] = [...files].find(([path]) => path.startsWith("policies/")) ?? assert.fail();
    const older = Buffer.from(bytes).toString().replaceAll(String.raw`@clause(\"SIS-36\")\n@own`, "@own");
    assert.notEqual(older.length, bytes.length);
    const earlier = new Map([...files, [name, utf8(older)]]);
    const [only] = evidence.waybills;
    assert.ok(only);
    const check = async (changes: object) => {
      const assessment = canonicalJson(JSON.parse(JSON.stringify({ ...recorded, ...changes })) as Json);
      const changed = { ...evidence, waybills: [{ ...only, assessment, released: null }] };
      const events = evidence.events.map((each) =>
        each.kind === "transfer-released" ? { ...each, detail: {} } : each,
      );
      await checkAssessments(earlier, { ...changed, events }, await checkWaybills({ ...evidence, waybills: [only] }));
      return paper(changed);
    };
    assert.match(
      await check({ asked }),
      /Without a clause\n+[^\n]*SECRET and above[^\n]*Waybill’s own, which no clause says/,
    );
    await assert.rejects(check({}), {
      message: /above-official is not one of the policy that decided, or cites other/,
    });
  });

  test("SIS-35: a draft of the policy is tried on answers of both versions", async () => {
    const text = asVersion1(await signedAnswer());
    const old = {
      digest: "ab".repeat(32),
      reference,
      text: "{}",
      assessment: text,
      at: server.clock.now().toISOString(),
    };
    const read = { ...server.records.read, latestFixedWaybills: async () => [old, ...(await stored())] };
    const running = server.parts.policy.current ?? assert.fail();
    assert.deepEqual((await replay(read, running, 9)).differences, []);
    const { settings } = running;
    const higher = { ...running, settings: { ...settings, bulk: { people: 5000, identifying: 5000 } } };
    const { asked, differences } = await replay(read, higher, 9);
    assert.deepEqual([asked, differences.length], [2, 2]);
  });
});

const stored = () => server.records.read.latestFixedWaybills(9);

async function verified() {
  const log = server.parts.log.keeper.key;
  const sender = (await server.records.read.transfer(reference))?.senderId ?? "";
  const visitor = await new Visitor(server).signIn(sender);
  const pack = await visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  return verifyPack(pack.bytes, { log, witnesses: [] });
}
