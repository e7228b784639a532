import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Facts } from "../../../domain/facts.ts";
import { parseFacts } from "../../../policy/facts/parse-facts.ts";
import { exampleFacts } from "../../../policy/load-policy.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { sampleRecipient, sampleTransfer } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { type RawFacts, tryGroups } from "./try-fields.ts";

let server: TestServer;
let visitor: Visitor;
let other: Visitor;
const REFERENCE = "WB-0000-0000";
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const sam = await addMember(server, "Sam Sender");
  visitor = await new Visitor(server).signIn(sam.id);
  other = await new Visitor(server).signIn((await addMember(server, "Olga Other")).id);
  const transfer = sampleTransfer({ reference: REFERENCE, senderId: sam.id });
  const party = { kind: "member", memberId: sam.id } as const;
  await server.records.write(async (tx) => {
    await tx.saveTransfer(transfer);
    await tx.saveRecipient(sampleRecipient({ id: "one", reference: REFERENCE, party, name: "Rhys Morgan" }));
    const actor = { kind: "member", id: sam.id } as const;
    const about = { reference: REFERENCE, recipientId: null, detail: {} };
    await tx.append({ kind: "transfer-described", at: transfer.createdAt, actor, ...about });
  });
});
after(() => server.stop());

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
const baseIn = (html: string) => (/name="base" value="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&quot;", '"');
const settings = () => {
  const { current } = server.parts.policy;
  assert.ok(current);
  return current.settings;
};
/** What one method's section says. */
const sectionOf = (html: string, method: string) =>
  textOf(new RegExp(`aria-labelledby="method-${method}">([\\s\\S]*?)</section>`).exec(html)?.[1] ?? "");

test("a fact is changed, and what each method answers is there before and after", async () => {
  const start = await visitor.get("/rules/try");
  assert.equal(start.status, 200);
  assert.match(sectionOf(start.text, "secure-link"), /Ready/);
  const { text } = await visitor.page("/rules/try", { base: baseIn(start.text), "people.count": "1,500" });
  const link = sectionOf(text, "secure-link");
  assert.match(link, /Before: Ready\s+place \d\. After: Ready once 1 thing is done/);
  assert.match(link, /Now needed: A senior manager must agree to a bulk transfer\. SIS-3 , SIS-4/);
  const agreed = { base: baseIn(text), "people.count": "1500", "approvals.senior-manager": "yes" };
  assert.match(sectionOf((await visitor.page("/rules/try", agreed)).text, "secure-link"), /After: Ready/);
});

test("what was changed can be the new start", async () => {
  const start = baseIn((await visitor.get("/rules/try")).text);
  const { text } = await visitor.page("/rules/try", { base: start, classification: "OFFICIAL-SENSITIVE", keep: "yes" });
  assert.equal(JSON.parse(baseIn(text)).classification, "OFFICIAL-SENSITIVE");
  assert.match(text, /value="OFFICIAL-SENSITIVE" selected/);
});

test("what was tried has an address of its own: a reload sends nothing again, and it is nobody else's", async () => {
  const base = baseIn((await visitor.get("/rules/try")).text);
  const sent = await visitor.form("/rules/try", { base, "people.count": "1200" });
  assert.equal(sent.status, 303);
  const address = sent.headers.get("location") ?? "";
  for (const _ of ["first", "again"]) {
    const { status, text } = await visitor.get(address);
    assert.equal(status, 200);
    assert.match(sectionOf(text, "secure-link"), /Now needed: A senior manager must agree/);
  }
  assert.doesNotMatch((await other.get(address)).text, /Now needed/);
});

test("SDT-8: with each need stands what its rule applies to", async () => {
  const base = baseIn((await visitor.get("/rules/try")).text);
  const { text } = await visitor.page("/rules/try", { base, "people.count": "1200" });
  assert.match(text, /A senior manager must agree[\s\S]{0,300}Applies to: A bulk transfer, by every method/);
});

test("a member starts from a transfer of their own, and never sees another's facts", async () => {
  const { text } = await visitor.get(`/rules/try?from=${REFERENCE}`);
  assert.match(text, /Recipient: Rhys Morgan/);
  assert.match(text, new RegExp(`value="${REFERENCE}" selected`));
  const refused = (await other.get(`/rules/try?from=${REFERENCE}`)).text;
  assert.doesNotMatch(refused, /Rhys Morgan/);
  assert.doesNotMatch(refused, new RegExp(REFERENCE));
});

test("a value that is none is refused at its field, what else was chosen stays, and a broken start is the example again", async () => {
  const base = baseIn((await visitor.get("/rules/try")).text);
  const { text, status } = await visitor.page("/rules/try", { base, "people.count": "lots", personal: "no" });
  assert.equal(status, 422);
  assert.match(text, /href="#people\.count"/);
  assert.match(text, /value="lots"/);
  assert.match(text, /id="personal"[\s\S]*?value="no" selected/);
  for (const broken of ["", "{", "[]", '{"classification":"OFFICIAL"}', "null"])
    assert.equal((await visitor.page("/rules/try", { base: broken })).status, 200, broken);
});

test("each fact of the form goes in as it comes out, and each value that can be chosen is one that policy reads", () => {
  const example = parseFacts(exampleFacts(server.parts.policy.folder, "uk-government"), "uk-government");
  const blank = parseFacts(
    { classification: "OFFICIAL", sender: { address: "a@council.example" }, recipients: [{ name: "One" }] },
    "uk-government",
  );
  for (const facts of [example, blank]) {
    for (const field of tryGroups(facts, settings()).flatMap(({ fields }) => fields)) {
      const values = field.choices?.map(({ value }) => value) ?? ["0", "1200"];
      for (const value of field.name === "classification" ? values : ["", ...values]) {
        const raw = structuredClone(facts) as unknown as RawFacts;
        field.put(raw, value);
        const changed: Facts = parseFacts(raw, "uk-government", "page");
        const shown = field.show(changed);
        const same = shown === value || (value === "" && shown === "no") || field.name === "agreement";
        assert.ok(same, `${field.name}: ${value} comes out as ${shown}`);
      }
    }
  }
});
