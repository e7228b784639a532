import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { PolicyError } from "../error.ts";
import { parseFactFile, parseFacts } from "./parse-facts.ts";

const text = readFileSync(new URL("../../../policies/examples/uk-government.json", import.meta.url), "utf8");
const example = () => JSON.parse(text) as Record<string, unknown>;

/** The field by which some facts are refused. */
function refused(value: unknown, rules: "uk-government" | "university" = "uk-government"): string | null {
  try {
    parseFacts(value, rules);
  } catch (error) {
    assert.ok(error instanceof PolicyError && error.code === "bad-facts", String(error));
    assert.ok(error.message.startsWith(`${error.field}: `), error.message);
    return error.field;
  }
  return null;
}

describe("A fact file", () => {
  test("parses, with addresses in lower case and what is blank not known", () => {
    const facts = parseFactFile(
      text.replace("sender@justice", "Sender@Justice").replace("Listing of a hearing", "  "),
      "uk-government",
    );
    assert.equal(facts.sender.address, "sender@justice.gov.uk");
    assert.equal(facts.purpose, null);
    assert.equal(facts.recipients[0]?.list, null);
  });

  test("is refused by the field that is no fact, however deep", () => {
    assert.equal(refused({ ...example(), colour: "red" }), "colour");
    assert.equal(refused({ ...example(), people: { number: 3 } }), "people.number");
    assert.equal(
      refused({ ...example(), recipients: [{ name: "A" }, { name: "B", colour: "red" }] }),
      "recipients[1].colour",
    );
    assert.equal(refused({ ...example(), reasons: { pigeon: "x" } }), "reasons.pigeon");
    assert.equal(refused({ ...example(), advice: { "privacy-team": "maybe" } }), "advice.privacy-team");
    assert.equal(refused({ ...example(), agreement: { none: "x", reference: "y" } }), "agreement.reference");
    assert.equal(refused(JSON.parse('{"__proto__": {"personal": false}}')), "__proto__");
  });

  test("is refused for a classification that is unknown, or another rule set's", () => {
    for (const classification of ["RESTRICTED", "official", "confidential", 3, undefined])
      assert.equal(refused({ ...example(), classification }), "classification");
    assert.equal(refused({ ...example(), classification: "OFFICIAL" }, "university"), "classification");
    for (const rules of ["uk-government", "university"] as const)
      assert.equal(refused({ ...example(), classification: "SECRET" }, rules), null);
  });

  test("is refused without the sender, recipients or anything at all", () => {
    for (const value of [null, [], "x", 3]) assert.equal(refused(value), "facts");
    assert.equal(refused({}), "classification");
    assert.equal(refused({ ...example(), sender: undefined }), "sender");
    assert.equal(refused({ ...example(), sender: { address: "not one" } }), "sender.address");
    assert.equal(refused({ ...example(), recipients: [] }), "recipients");
    assert.equal(refused({ ...example(), recipients: [{}] }), "recipients[0].name");
  });

  test("is refused for values of another kind", () => {
    assert.equal(refused({ ...example(), personal: "no" }), "personal");
    for (const bytes of [-1, 1.5, 2 ** 53, "12"]) assert.equal(refused({ ...example(), bytes }), "bytes");
    assert.equal(refused({ ...example(), secret: { strength: 5 } }), "secret.strength");
    assert.equal(refused({ ...example(), approvals: [{ role: "boss", by: "a@b.uk" }] }), "approvals[0].role");
    assert.equal(refused({ ...example(), agreement: { reference: "A", expires: "2027-02-30" } }), "agreement.expires");
    assert.equal(refused({ ...example(), recipients: [{ name: "A", country: "England" }] }), "recipients[0].country");
    for (const country of ["ZZ", "EU", "SU", "XX"])
      assert.equal(refused({ ...example(), recipients: [{ name: "A", country }] }), "recipients[0].country");
    assert.equal(refused({ ...example(), purpose: "x".repeat(10_001) }), "purpose");
    assert.equal(refused({ ...example(), purpose: "\ud800" }), "purpose");
    assert.equal(refused({ ...example(), carrier: "pigeon" }), "carrier");
  });

  test("is refused in words that say how to write it", () => {
    const says = (facts: unknown, message: RegExp) =>
      assert.throws(() => parseFacts(facts, "uk-government"), { code: "bad-facts", message });
    const { classification: _, ...unclassified } = example();
    says(unclassified, /^classification: is missing; it is one of OFFICIAL, OFFICIAL-SENSITIVE/);
    says(
      { ...example(), classification: "official-sensitive" },
      /“official-sensitive”; write it as OFFICIAL-SENSITIVE/,
    );
    says({ ...example(), classification: "private" }, /“private”, which is not a classification of the rules of uk/);
    says({ ...example(), recipients: [{ name: "A", country: "gb" }] }, /country: is “gb”; write it as GB/);
  });

  test("that begins with a byte order mark is read like any other", () => {
    assert.deepEqual(parseFactFile(`\uFEFF${text}`, "uk-government"), parseFactFile(text, "uk-government"));
    assert.throws(() => parseFactFile(`\uFEFF\uFEFF${text}`, "uk-government"), { code: "bad-facts", field: "facts" });
  });

  test("that is not JSON, or says the same thing twice, is refused", () => {
    assert.throws(() => parseFactFile("{ purpose: 1 }", "uk-government"), { code: "bad-facts", field: "facts" });
    const twice = (json: string) => assert.throws.bind(null, () => parseFactFile(json, "uk-government"));
    twice(text.replace('"special"', '"personal": false, "special"'))({ code: "bad-facts", field: "personal" });
    twice(text.replace('"count": 1', '"count": 1, "count": 0'))({ code: "bad-facts", field: "people.count" });
    twice(text.replace('"shared": false', '"shared": false, "kind": "member"'))({ field: "recipients[0].kind" });
    assert.equal(
      parseFactFile(text.replace("Listing of", 'Listing, \\"personal\\": of'), "uk-government").personal,
      true,
    );
  });

  test("of any content either parses or is refused by a field", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        try {
          parseFactFile(json, "university");
        } catch (error) {
          assert.ok(error instanceof PolicyError && error.field !== null);
        }
      }),
    );
  });
});
