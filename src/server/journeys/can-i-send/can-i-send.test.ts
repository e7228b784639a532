import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { METHODS } from "../../../domain/facts.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { councilPolicy } from "../../../testing/policy.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { factsFrom, readAnswers } from "./typed-answers.ts";

const LITTLE = {
  classification: "OFFICIAL",
  contents: "none",
  size: "small",
  kind: "member",
  individuals: "none",
  organisation: "none",
};
const BUNDLE = {
  classification: "OFFICIAL-SENSITIVE",
  contents: ["personal", "offences", "namesWithAddresses"],
  people: "1,200",
  size: "medium",
  kind: "third-party",
  address: "clerk@chambers.example",
  where: "home",
  individuals: "serious",
  organisation: "some",
};

let server: TestServer;
let visitor: Visitor;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  visitor = await new Visitor(server).signIn((await addMember(server, "Sam Sender")).id);
});
after(() => server.stop());

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

test("SDT-8: seven answers, and every method is there with its verdict, its needs and their clauses", async () => {
  const { text, status } = await visitor.page("/can-i-send", BUNDLE);
  assert.equal(status, 200);
  const seen = textOf(text);
  for (const method of METHODS) assert.ok(seen.includes(METHOD_NAMES[method]), method);
  assert.match(text, /id="best-method">Secure link/);
  assert.match(seen, /This counts as bulk/);
  assert.match(seen, /A senior manager must agree to a bulk transfer\. SIS-3 , SIS-4/);
  assert.match(text, /href="\/rules\/clauses\/SIS-3"/);
  assert.match(seen, /Asked by Sam Sender on/);
  assert.match(seen, /About 1,200 people/);
});

test("SIS-17: of what is refused, why stands apart from what it would also ask, which could be done", async () => {
  const { text } = await visitor.page("/can-i-send", { ...BUNDLE, size: "letter" });
  const fax = textOf(/id="method-fax"[\s\S]*?<\/section>/.exec(text)?.[0] ?? "");
  const [, why = "", rest = ""] = /Not this way:(.*)It would also ask:(.*)/.exec(fax) ?? [];
  assert.match(why, /^[^.]*\. SIS-17 Use instead: [^.]*\. $/);
  assert.match(rest, /SIS-16/);
  assert.doesNotMatch(rest, /Use instead/);
  const link = /id="best-method"[\s\S]*?<\/section>/.exec(text)?.[0] ?? "";
  assert.doesNotMatch(link, /Not this way|It would also ask/);
});

test("a small note to a colleague needs little, and nobody's agreement", async () => {
  const seen = textOf((await visitor.page("/can-i-send", LITTLE)).text);
  assert.doesNotMatch(seen, /must agree/);
  assert.doesNotMatch(seen, /How large it is/);
});

test("what is SECRET is refused by every method, with whom to ask, and cannot be started", async () => {
  const { text, status } = await visitor.page("/can-i-send", { classification: "SECRET" });
  assert.equal(status, 200, "nothing else is asked first");
  assert.match(text, /ask the security team \(security@council\.example\)/);
  assert.doesNotMatch(text, /action="\/send"/);
});

test("nothing is preset, what is missing is said by field, and what was answered stays", async () => {
  assert.doesNotMatch((await visitor.get("/can-i-send")).text, /" checked/);
  const { text, status } = await visitor.page("/can-i-send", { ...BUNDLE, people: "many", size: "", address: "x" });
  assert.equal(status, 422);
  for (const field of ["people", "size", "address"]) assert.ok(text.includes(`href="#${field}"`), field);
  assert.match(text, /value="third-party" checked/);
  assert.match((await visitor.page("/can-i-send", { ...BUNDLE, contents: [] })).text, /or that none of this is/);
  const both = await visitor.page("/can-i-send", { ...BUNDLE, contents: ["none", "personal"] });
  assert.match(both.text, /“None of these”, not both/);
  const people = await visitor.page("/can-i-send", { ...LITTLE, people: "2,000" });
  assert.equal(people.status, 422, "SIS-4: a number of people is never passed over");
  assert.match(textOf(people.text), /nothing in it is personal, and that it is about people: 2,000/);
  for (const people of ["0", "1,5", "1,20"])
    assert.equal((await visitor.page("/can-i-send", { ...BUNDLE, people })).status, 422, people);
  assert.equal((await visitor.page("/can-i-send", { ...LITTLE, people: "0" })).status, 200);
  const nowhere = await visitor.page("/can-i-send", { ...BUNDLE, where: "" });
  assert.match(nowhere.text, /Say where they will receive it/);
});

test("start from this: the pages of sending show what was answered, and ask for the rest", async () => {
  const { text } = await visitor.page("/can-i-send", BUNDLE);
  const form = /<form method="post" action="\/send">([\s\S]*?)<\/form>/.exec(text)?.[1] ?? "";
  const fields = Object.fromEntries(
    [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );
  const { _token, ...carried } = fields;
  const next = await visitor.page("/send", carried);
  assert.equal(next.status, 200);
  assert.match(next.text, />clerk@chambers\.example<\/textarea>/);
  assert.match(next.text, /value="OFFICIAL-SENSITIVE" checked/);
  const stays = { people: "1,200", offences: "yes", special: "no", individuals: "serious" };
  for (const [name, value] of Object.entries(stays))
    assert.match(next.text, new RegExp(`name="${name}" value="${value}"`), name);
});

test("change an answer: the questions come back with what was answered", async () => {
  const { text } = await visitor.page("/can-i-send", { ...BUNDLE, again: "yes" });
  assert.match(text, /value="offences" checked/);
  assert.match(text, /value="1,200"/);
  assert.doesNotMatch(text, /There is a problem/);
});

test("asking keeps nothing, and is for colleagues alone", async () => {
  const events = (await server.records.read.recentEvents(999)).length;
  await visitor.page("/can-i-send", BUNDLE);
  assert.equal((await server.records.read.recentEvents(999)).length, events);
  assert.equal((await new Visitor(server).get("/can-i-send")).status, 303);
  for (const path of ["/", "/send", "/contacts"])
    assert.match((await visitor.get(path)).text, /href="\/can-i-send"/, path);
});

test("the answers become facts: a size is its limit, a country abroad is none at home, and what was not asked is not known", () => {
  const { settings } = councilPolicy().current ?? {};
  assert.ok(settings);
  const facts = factsFrom(readAnswers({ ...BUNDLE, where: "abroad" }), settings, "sam@council.example");
  assert.equal(facts.bytes, settings.email.limitBytes);
  assert.equal(facts.recipients[0]?.country, "ZZ");
  assert.deepEqual(facts.people, { count: 1200, origin: "declared" });
  assert.deepEqual(
    [facts.purpose, facts.minimised, facts.approvals, facts.recipients[0]?.verified],
    [null, null, null, null],
  );
  const paper = factsFrom(readAnswers({ ...LITTLE, size: "letter" }), settings, "sam@council.example");
  assert.deepEqual([paper.bytes, paper.pages, paper.recipients[0]?.country], [null, 50, "GB"]);
});

test("under the rules for a university the classifications are its own", async () => {
  const other = await startServer({ policy: councilPolicy("university") });
  try {
    await foundOrganisation(other);
    const member = await new Visitor(other).signIn((await addMember(other, "Sam Sender")).id);
    assert.match((await member.get("/can-i-send")).text, /value="confidential"/);
    const { text } = await member.page("/can-i-send", { ...BUNDLE, classification: "confidential" });
    assert.doesNotMatch(textOf(text), /senior manager/);
    assert.match(text, /rules\/clauses\/OXM-/);
  } finally {
    await other.stop();
  }
});

test("the answer has an address of its own, which a reload asks for again, and which is nobody else's", async () => {
  const { status, headers } = await visitor.form("/can-i-send", BUNDLE);
  assert.equal(status, 303);
  const address = headers.get("location") ?? "";
  assert.doesNotMatch(address, /chambers|OFFICIAL/, "what was answered is in no address");
  for (const _ of [1, 2]) assert.match((await visitor.get(address)).text, /What the rules say/);
  const other = await new Visitor(server).signIn((await addMember(server, "Olu Other")).id);
  assert.doesNotMatch((await other.get(address)).text, /1,200|clerk@chambers/);
});

test("a method that Waybill does not carry is named as nobody's way out, and CJSM only where there is such a network", async () => {
  const large = { ...BUNDLE, contents: "none", people: "", classification: "OFFICIAL", size: "large", kind: "member" };
  assert.doesNotMatch(textOf((await visitor.page("/can-i-send", large)).text), /Use instead: Shared space/);
  const other = await startServer({ policy: councilPolicy("university") });
  try {
    await foundOrganisation(other);
    const member = await new Visitor(other).signIn((await addMember(other, "Sam Sender")).id);
    const { text } = await member.page("/can-i-send", { ...large, classification: "internal" });
    assert.match(text, /Removable media/);
    assert.doesNotMatch(textOf(text), /CJSM|Use instead: Shared space/);
  } finally {
    await other.stop();
  }
});
