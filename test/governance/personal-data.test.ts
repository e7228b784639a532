import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { fromUtf8 } from "../../src/bytes/text.ts";
import { basisErrors, SHIPPED_LISTS } from "../../src/domain/lawful-bases.ts";
import type { Waybill } from "../../src/domain/waybill.ts";
import { readPack } from "../../src/evidence/read-zip.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import type { SubjectExport } from "../../src/server/governance/subject-export.ts";
import { subjectPage } from "../../src/server/governance/subject-page.ts";
import { addKey, addMember } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import type { TestServer } from "../../src/testing/server.ts";
import { type SigningSender, sealedDraft, signedTransfer } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { CLARA, startPrivacyCouncil } from "./privacy-council.ts";

let server: TestServer;
let sender: SigningSender;
let keeper: Visitor;

before(async () => {
  ({ server, sender, keeper } = await startPrivacyCouncil());
  await addKey(server, (await addMember(server, "Ben Bold")).id, await generateKeyPair());
});
after(() => server.stop());

const PERSONAL = {
  ...{ personal: true, special: true, offences: true, namesWithAddresses: false, people: 3, lawfulBasis: null },
  impact: { individuals: "some", organisation: "none" },
} as const;

suite("Personal data that leaves", () => {
  test("the lawful basis and its conditions are asked before signing, from the list, and stand in the waybill", async () => {
    const { reference } = await sealedDraft(sender.visitor, [CLARA], undefined, { facts: PERSONAL, expecting: true });
    const path = `/transfers/${reference}`;
    assert.equal((await sender.visitor.get(`${path}/check`)).headers.get("location"), `${path}/tasks`);
    assert.match((await sender.visitor.get(`${path}/tasks`)).text, new RegExp(`href="${path}/lawful-basis"`));
    const refused = await sender.visitor.api("POST", `/api/transfers/${reference}/sign/options`, {});
    assert.equal(refused.status, 409);
    assert.match(refused.text, /lawful basis[^.]*UK GDPR Article 6/, "no refusal without its ground");
    assert.doesNotMatch(refused.text, /\(\)/);
    const page = (await sender.visitor.get(`${path}/lawful-basis`)).text;
    assert.match(page, /Article 6\(1\)\(e\)[\s\S]*section 35/);
    assert.doesNotMatch(page, /<select/, "conditions depend on the basis");
    const asked = async (basis: string) => {
      const answer = await sender.visitor.page(`${path}/lawful-basis`, { basis });
      assert.equal(answer.status, 200);
      const [, special = "", offences = ""] = answer.text.split("<select");
      return { special, offences };
    };
    const task = await asked("public-task");
    assert.match(task.special, /Article 9\(2\)[\s\S]*Schedule 1/);
    assert.match(task.offences, /Schedule 1[\s\S]*Article 10/);
    assert.doesNotMatch(task.offences, /Article 9/, "that is about special categories");
    assert.doesNotMatch(task.special + task.offences, /Schedule 8/);
    const enforcement = await asked("law-enforcement-task");
    assert.match(enforcement.special, /Schedule 8/);
    assert.doesNotMatch(enforcement.special, /Article 9|Schedule 1,/);
    assert.equal(enforcement.offences, "", "Schedule 8 is enough");
    for (const [fields, wrong] of [
      [{}, /Choose the lawful basis/],
      [{ basis: "made-up" }, /Choose the lawful basis/],
      [
        { basis: "public-task", special: "", offences: "" },
        /Choose the condition for special-category[\s\S]*about criminal offences/,
      ],
      [{ basis: "public-task", special: "sch8-1", offences: "sch1-10" }, /Choose the condition for special-category/],
      [{ basis: "law-enforcement-task", special: "sch1-6" }, /Choose the condition for special-category/],
    ] as const) {
      const answer = await sender.visitor.form(`${path}/lawful-basis`, fields);
      assert.equal(answer.status, 422, JSON.stringify(fields));
      assert.match(answer.text, wrong);
    }
    const fields = { basis: "public-task", special: "sch1-6", offences: "official-authority" };
    assert.equal((await sender.visitor.form(`${path}/lawful-basis`, fields)).status, 303);
    assert.match(
      (await sender.visitor.get(`${path}/tasks?show=all`)).text,
      /Public task \(UK GDPR Article 6\(1\)\(e\)\)/,
    );
    const check = (await sender.visitor.get(`${path}/check`)).text;
    assert.match(check, /Record copy[\s\S]*The case file[\s\S]*Lawful basis[\s\S]*Public task/);
    const options = await sender.visitor.api("POST", `/api/transfers/${reference}/sign/options`, {});
    const waybill = JSON.parse(options.json<{ waybill: string }>().waybill) as Waybill;
    assert.deepEqual(waybill.facts.lawfulBasis, fields);
    assert.equal(waybill.facts.recordCopy, "The case file");
  });

  test("it is asked of nobody where nothing personal leaves the organisation", async () => {
    for (const [to, facts] of [
      ["ben.bold@council.example", PERSONAL],
      [CLARA, { lawfulBasis: null }],
    ] as const) {
      const { reference } = await sealedDraft(sender.visitor, [to], undefined, { facts, expecting: true });
      const { text } = await sender.visitor.get(`/transfers/${reference}/tasks?show=all`);
      assert.doesNotMatch(text, /lawful basis/, to);
    }
  });

  test("a draft without a record copy is not signed, and says where to state it", async () => {
    const { reference } = await sealedDraft(sender.visitor, [CLARA], undefined, { facts: { recordCopy: null } });
    const { text } = await sender.visitor.get(`/transfers/${reference}/tasks`);
    assert.match(text, /Say where the record copy is kept\. Information governance asks this/);
    assert.equal((await sender.visitor.api("POST", `/api/transfers/${reference}/sign/options`, {})).status, 409);
  });

  test("every condition of the shipped lists serves something, ids are there once, and each list can be met", () => {
    const { bases, conditions } = SHIPPED_LISTS;
    for (const list of [bases, conditions]) assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
    assert.ok(conditions.every(({ serves }) => serves.length > 0));
    for (const { id, lawEnforcement } of bases) {
      const stated = {
        basis: id,
        special: lawEnforcement ? "sch8-2" : "explicit-consent",
        offences: lawEnforcement ? "" : "sch1-33",
      };
      assert.deepEqual(basisErrors(SHIPPED_LISTS, stated, { special: true, offences: true }), {}, id);
    }
  });
});

suite("Access requests", () => {
  test("everything held about an address is exported as JSON and a page, by the privacy team, and is an event", async () => {
    const { reference } = await signedTransfer(sender, [CLARA]);
    for (const [address, finds] of [
      [CLARA, [reference, "Clara Counsel", "recipient-told"]],
      [sender.member.address, [reference, "Ada Clerk", "waybill-signed"]],
      ["nobody@else.example", []],
    ] as const) {
      const answer = await keeper.form("/governance/access-requests", { address });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.headers.get("content-type"), "application/zip");
      const files = await readPack(answer.bytes);
      const [json, page] = ["everything.json", "everything.html"].map((name) =>
        fromUtf8(files.get(name) ?? assert.fail()),
      );
      for (const each of finds) {
        assert.ok(json?.includes(each), `${address}: ${each}`);
        assert.ok(page?.includes(each.startsWith("WB-") ? each : each.replace("-", " ")), `${address}: ${each}`);
      }
      assert.doesNotMatch(
        page ?? "",
        /\d{4}-\d\d-\d\dT|[0-9a-f]{64}|<th scope="row">(?:id|seq|position)</i,
        "for people",
      );
      assert.doesNotMatch(json ?? "", /"grant"|"senderGrant"|"tokenHash"|"salt"|"manifest"/);
      const event = await server.records.read.lastEvent("subject-exported");
      assert.equal(event?.detail.address, address);
    }
    const other = await new Visitor(server).signIn(sender.member.id);
    assert.equal((await other.form("/governance/access-requests", { address: CLARA })).status, 403);
    assert.equal((await keeper.form("/governance/access-requests", { address: "x" })).status, 422);
  });

  test("SPG-2: nothing in an export opens anything: no code, no invitation, no link of a recipient, theirs or another's", async () => {
    const { reference } = await signedTransfer(sender, [CLARA]);
    const [row] = await server.records.read.recipients(reference);
    assert.ok(row);
    const device = await ReceivingDevice.proved(server, row.id);
    assert.equal((await device.arrive()).status, 200);
    assert.equal((await sender.visitor.form(`/transfers/${reference}/recipients/${row.id}/invite`, {})).status, 303);
    assert.equal((await new Visitor(server).form(`/r/${row.id}/code`, {})).status, 303);
    const mails = (await server.mail(CLARA)).map(({ text }) => text).join("\n");
    const code = /Your code is (\d+) (\d+)/.exec(mails);
    const invitation = /\/join\/([A-Za-z0-9_-]{43})/.exec(mails);
    assert.ok(code && invitation && mails.includes(row.id), mails);
    const [, half, other] = code;
    const opening = [row.id, `${half} ${other}`, `${half}${other}`, invitation[1] ?? "", "/join/", "/r/"];
    for (const address of [CLARA, sender.member.address]) {
      const files = await readPack((await keeper.form("/governance/access-requests", { address })).bytes);
      for (const [name, bytes] of files) {
        const text = fromUtf8(bytes);
        for (const each of opening) assert.ok(!text.includes(each), `${address} ${name}: ${each}`);
        assert.match(text, /left out/, "and it says so");
      }
    }
    const files = await readPack((await keeper.form("/governance/access-requests", { address: CLARA })).bytes);
    const { mail } = JSON.parse(fromUtf8(files.get("everything.json") ?? assert.fail())) as SubjectExport;
    assert.deepEqual(Object.keys(mail[0] ?? {}), ["createdAt", "subject", "reference", "state"]);
  });

  test("what people typed is text in the page", () => {
    const nothing = { member: null, passkeys: [], keys: [], contact: null, deputies: [], sent: [], received: [] };
    const more = { approvals: [], arrangements: [], advice: [], holds: [], incidents: [], events: [] };
    const mail = [{ subject: `<script>alert("x")</script>` }];
    const page = subjectPage({
      version: 1,
      address: "a@b.example",
      organisation: "<b>",
      at: "2026-11-22T10:00:00.000Z",
      leftOut: "",
      ...nothing,
      ...more,
      mail,
    });
    assert.doesNotMatch(page, /<script>|<b>/);
    assert.match(page, /&lt;script&gt;/);
  });
});

suite("What anybody may read", () => {
  test("the privacy notice and the accessibility statement, in English and Welsh, without a session", async () => {
    for (const path of ["/privacy", "/accessibility"]) {
      const english = await new Visitor(server).get(`${path}?lang=en`);
      assert.equal(english.status, 200);
      assert.match(english.text, /<html lang="en"[\s\S]*Example Council/);
      assert.match(english.text, /href="\/privacy"[\s\S]*href="\/accessibility"/, "in the footer of every page");
      const welsh = await new Visitor(server).get(`${path}?lang=cy`);
      assert.match(welsh.text, /<html lang="cy"[\s\S]*(?:Hysbysiad preifatrwydd|Datganiad hygyrchedd)/);
    }
    assert.match((await new Visitor(server).get("/privacy?lang=en")).text, /Information Commissioner/);
    assert.match((await new Visitor(server).get("/accessibility?lang=en")).text, /has not been audited/);
  });

  test("the documents that ship are for the privacy team, and are those of docs/", async () => {
    const list = (await keeper.get("/governance/documents")).text;
    for (const [, name] of list.matchAll(/\/governance\/documents\/([a-z-]+)/g)) {
      const answer = await keeper.get(`/governance/documents/${name}`);
      assert.match(answer.text, /\*\*\[yours/);
    }
    assert.equal((await keeper.get("/governance/documents/threat-model")).status, 404);
  });
});
