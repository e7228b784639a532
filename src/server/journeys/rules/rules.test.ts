import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { METHODS, RULE_SETS } from "../../../domain/facts.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { councilPolicy } from "../../../testing/policy.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { policyOfSet } from "../../clauses/both-sets.ts";
import { readEvidence } from "../../clauses/clause-evidence.ts";
import { clauseIdsIn } from "../../clauses/documents.ts";
import { compareRules } from "./compare-rules.ts";
import { shownRule } from "./words.ts";

let server: TestServer;
let visitor: Visitor;
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  visitor = await new Visitor(server).signIn((await addMember(server, "Sam Sender")).id);
});
after(() => server.stop());

const policy = () => {
  const { current } = server.parts.policy;
  assert.ok(current);
  return current;
};
/** What a reader sees: no tags, one space. */
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll(/\s+/g, " ");

test("how we decide: every rule of the running policy is there in words, with links to its clauses", async () => {
  const page = await visitor.get("/rules");
  assert.equal(page.status, 200);
  const text = textOf(page.text);
  for (const rule of policy().rules) {
    const { says, clauses } = shownRule(policy(), rule);
    assert.ok(text.includes(says), says);
    for (const id of clauses) assert.ok(page.text.includes(`href="/rules/clauses/${id}"`), id);
  }
  assert.match(text, /ask the security team \(security@council\.example\)/, "the configuration's names are filled in");
  assert.match(text, /Bulk begins at 1,000 people SIS-4/);
  assert.match(text, /Email carries at the most 20 MB SDT-11/);
  assert.match(text, /asked first about every other country United Kingdom SIS-15/);
  assert.ok(text.includes(policy().digest));
});

test("under the rules for a university, only limits that its rules ask stand there, with their clauses; what is only weighed says so", async () => {
  const other = await startServer({ policy: councilPolicy("university") });
  try {
    await foundOrganisation(other);
    const member = await new Visitor(other).signIn((await addMember(other, "Uma User")).id);
    const text = textOf((await member.get("/rules")).text);
    const limits = text.slice(text.indexOf("Limits and names"), text.indexOf("Whom to ask"));
    assert.match(
      limits,
      /Email carries at the most 20 MB OXM-5 , as Waybill reads it: the guidance speaks of larger files/,
    );
    assert.match(limits, /Only weighed No rule asks these here[\s\S]*Many people, from 1,000 people/);
    assert.doesNotMatch(limits, /every other country|Operational security|Our own platform|Bulk|secure link/);
    assert.doesNotMatch(
      limits.split("Rules that we ask")[0] ?? "",
      /\b(?:SDT2?|SIS)-\d/,
      "no clause of the other guidance",
    );
    assert.doesNotMatch(text, /storage at the destination/i);
  } finally {
    await other.stop();
  }
});

test("how we decide can be narrowed to what one method is asked", async () => {
  const text = textOf((await visitor.get("/rules?method=fax")).text);
  assert.match(text, /Check the fax number/);
  assert.doesNotMatch(text, /Plan to tell the attachment's password/);
  const all = textOf((await visitor.get("/rules?method=pigeon")).text);
  assert.match(all, /Plan to tell the attachment's password/);
});

test("both sets stand beside each other by what they ask, and no rule of either is left out", async () => {
  const text = textOf((await visitor.get("/rules/compare")).text);
  assert.match(text, /Your line manager must agree before personal or sensitive data is sent/);
  assert.match(text, /Restricting by account is best/);
  assert.match(text, /Only here, for UK government\. Your line manager must agree/);
  assert.match(text, /Not here, only for universities\. Restricting by account/);
  assert.match(text, /The same in both\. Look at who is on the list/);
  const rule = (id: string, asks: string) => ({ id, asks, topic: "Email" }) as ReturnType<typeof shownRule>;
  const [email] = compareRules(
    [rule("a", "Reason"), rule("b", "Package")],
    [rule("c", "Reason"), rule("b", "Package")],
  );
  assert.deepEqual(
    email?.needs.map(({ asks, own, other, same }) => [asks, own.length, other.length, same]),
    [
      ["Reason", 1, 1, false],
      ["Package", 1, 1, true],
    ],
  );
});

test("SDT-8: every rule says what it applies to, as its scope and condition have it", async () => {
  const text = textOf((await visitor.get("/rules")).text);
  assert.match(text, /Applies to: Personal or sensitive content by email\./);
  for (const set of RULE_SETS) {
    for (const { id, when, methods, text: cedar } of policyOfSet(server.parts, set).rules) {
      assert.ok(when, id);
      assert.equal(/by every method$/.test(when), methods.length === METHODS.length, `${id}: ${when}`);
      const condition = /^when\b([\s\S]*?)^unless\b/m.exec(cedar)?.[1] ?? "";
      const speaks: readonly (readonly [RegExp, RegExp])[] = [
        [/context\.personal\b/, /personal/i],
        [/context\.sensitive\b/, /sensitive/i],
        [/context\.bulk\b/, /bulk/i],
        [/context\.carrier\b/, /service|delivery|DX|yourself/],
        [/context\.isList\b/, /list/],
        [/context\.recipientKind\b/, /colleague|third party/],
      ];
      for (const [fact, word] of speaks) if (fact.test(condition)) assert.match(when, word, id);
    }
  }
});

test("a rule that reads its clause says so on every page of the rules, and the clause's own page names both", async () => {
  const all = textOf((await visitor.get("/rules")).text);
  assert.match(
    all,
    /SECRET and above is never sent.{1,120}\)\. SIS-36 Waybill’s reading of SIS-36: The guidance gives methods/,
  );
  assert.match(
    all,
    /Where Waybill reads a clause .* These go further than the words of theirs.* SIS-36 : The guidance gives methods/,
  );
  assert.doesNotMatch(all, /own rule, which no clause says/);
  const both = textOf((await visitor.get("/rules/compare")).text);
  assert.match(both, /OXM-2 , OXM-19 Waybill’s reading of OXM-2 and OXM-19: The guidance does not speak of fax/);
  assert.match(
    textOf((await visitor.get("/rules/clauses/OXM-5")).text),
    /the most that email may carry\. OXM-5, as Waybill reads it: the guidance speaks of larger files/,
  );
  for (const set of RULE_SETS)
    for (const { id, clauses } of policyOfSet(server.parts, set).rules) assert.ok(clauses.length > 0, id);
});

test("a clause's page has its text, level and document, the rules that cite it, and the tests that prove it", async () => {
  const { text: html } = await visitor.get("/rules/clauses/SIS-3");
  const text = textOf(html);
  assert.ok(text.includes(policy().clauses.get("SIS-3")?.says ?? "?"));
  assert.match(text, /Sending information securely/);
  assert.match(text, /Shall: always enforced/);
  assert.match(text, /Answered and tested/);
  assert.match(text, /Rules for UK government A senior manager must agree to a bulk transfer/);
  assert.match(text, /test\/clauses\/sis\.test\.ts/);
});

test("a clause that nothing answers is shown as not yet, and one that is not in the register is no page", async () => {
  const evidence = await readEvidence(server.parts.policy.folder.replace(/policies\/?$/, ""));
  const cited = new Set(policy().rules.flatMap(({ clauses }) => clauses));
  const open = [...policy().clauses.keys()].find((id) => !evidence.has(id) && !cited.has(id) && id.startsWith("EAG-"));
  assert.ok(open, "the email guides are not answered yet");
  const page = await visitor.get(`/rules/clauses/${open}`);
  assert.match(textOf(page.text), /Not yet .*No rule, page or program answers this clause yet/);
  for (const id of ["SDT-999", "sdt-3", "%2e%2e"])
    assert.equal((await visitor.get(`/rules/clauses/${id}`)).status, 404, id);
});

test("the register is filtered by document and by state", async () => {
  const all = (await visitor.get("/rules/clauses")).text;
  for (const id of policy().clauses.keys()) assert.ok(all.includes(`href="/rules/clauses/${id}"`), id);
  const emailGuide = (await visitor.get("/rules/clauses?document=EAG")).text;
  assert.match(emailGuide, /clauses\/EAG-1"/);
  assert.doesNotMatch(emailGuide, /clauses\/SDT-1"/);
  const tested = (await visitor.get("/rules/clauses?state=tested")).text;
  assert.match(tested, /clauses\/SIS-3"/);
  assert.doesNotMatch(tested, /clauses\/EAG-1"/);
  assert.match((await visitor.get("/rules/clauses?document=EAG&state=tested")).text, /No clause is like that/);
});

test("evidence is what sources and titles of tests say, and nothing else", async () => {
  const evidence = await readEvidence(server.parts.policy.folder.replace(/policies\/?$/, ""));
  const { places = [], tests = [] } = evidence.get("SDT-17") ?? {};
  assert.ok(
    places.some(({ file, area }) => file === "src/server/gate/work-address.ts" && area.startsWith("Before every page")),
  );
  assert.ok(tests.some(({ file }) => file === "src/server/assessing/follow-policy.test.ts"));
  assert.ok(!places.some(({ file }) => /\.test\.ts$|^src\/testing|^src\/server\/clauses/.test(file)));
  assert.deepEqual(clauseIdsIn("SDT2-1, SDT-1 and SDT-1; not XSDT-1, SDT-x, OXM-22."), ["SDT2-1", "SDT-1", "OXM-22"]);
});

test("every place that names a clause is in a part of the product that has a name", async () => {
  const evidence = await readEvidence(server.parts.policy.folder.replace(/policies\/?$/, ""));
  const nameless = [...evidence.values()]
    .flatMap(({ places }) => places)
    .filter(({ area }) => area === "Elsewhere" || area === "Other pages");
  assert.deepEqual(nameless, []);
});

test("no page of the rules has the same id twice", async () => {
  for (const path of [
    "/rules",
    "/rules/compare",
    "/rules/clauses",
    "/rules/clauses/SIS-3",
    "/rules/try",
    "/can-i-send",
  ]) {
    const ids = [...(await visitor.get(path)).text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) < index),
      [],
      path,
    );
  }
});
