import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { asksWords } from "./need-words.ts";

const rules = new URL("../../../../policies/rules/", import.meta.url);

test("what every shipped rule needs is said in a sentence, and not in the words of the code", () => {
  const files = readdirSync(rules, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cedar"));
  const needs = files.flatMap((file) =>
    [...readFileSync(new URL(file, rules), "utf8").matchAll(/@needs\("([^"]+)"\)/g)].map(([, need = ""]) => need),
  );
  assert.ok(new Set(needs).size > 50);
  for (const need of needs) assert.doesNotMatch(asksWords(need), /^[A-Z][a-z]+: /, need);
});

test("a need of somebody's own rule is shown in its own words", () => {
  assert.equal(asksWords("declare:case-number"), "Declare: case number");
});
