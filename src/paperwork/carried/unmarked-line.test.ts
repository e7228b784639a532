import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { unmarkedLine } from "./unmarked-line.ts";

const NAMES =
  /\b(OFFICIAL|SENSITIVE|SECRET|CONFIDENTIAL|INTERNAL|PRIVATE|PUBLIC|COMMERCIAL|PERSONAL|SPECIAL|OFFENCES?)\b/i;
const rules = readdirSync("policies/rules", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".cedar"))
  .flatMap((name) => readFileSync(`policies/rules/${name}`, "utf8").split("\n\n"))
  .flatMap((rule) => {
    const of = (annotation: string) => new RegExp(`@${annotation}\\("([^"]*)"\\)`).exec(rule)?.[1];
    const [need, says] = [of("needs"), of("says")];
    return need === undefined || says === undefined ? [] : [{ need, says, reading: of("reading") ?? "", clauses: [] }];
  });

test("SIS-7, SDT-16: no rule's line on a printed checklist says of what contents it asks that", () => {
  assert.ok(rules.length > 100);
  assert.ok(rules.filter(({ says }) => NAMES.test(says)).length > 20, "the rules' own words do");
  for (const rule of rules) {
    const { says, reading } = unmarkedLine(rule);
    assert.doesNotMatch(`${says} ${reading}`, NAMES, rule.says);
    if (!NAMES.test(rule.says)) assert.equal(says, rule.says);
  }
});

test("SIS-7: what a rule asks is said all the same, and an organisation's own rule leads to the page", () => {
  const line = { clauses: ["SIS-11"], need: "envelope:return-address" };
  const printed = unmarkedLine({ ...line, says: "Put a return address on OFFICIAL-SENSITIVE post." });
  assert.deepEqual(printed, { ...line, says: "A return address stands outside." });
  const own = { clauses: [], need: "ask:our-desk", says: "Ask our desk about COMMERCIAL papers." };
  assert.match(unmarkedLine(own).says, /the page of the transfer says it/);
  const read = unmarkedLine({ ...line, says: "Seal it.", reading: "The guidance speaks of sensitive post" });
  assert.deepEqual([read.says, read.reading, read.clauses], ["Seal it.", "", ["SIS-11"]]);
});
