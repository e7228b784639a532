import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readConfiguration } from "../../src/policy/configuration/parse-configuration.ts";
import { loadPolicy } from "../../src/policy/load-policy.ts";
import { councilConfiguration } from "../../src/testing/policy.ts";
import { POLICIES } from "./policy-under-test.ts";

test("SIS-35: the own rule and its two cases in the documentation load on a server whose configuration names nobody's role", () => {
  const docs = readFileSync(join(POLICIES, "../docs/policy-authoring.md"), "utf8");
  const part = docs.slice(docs.indexOf("### Own cases on a server"), docs.indexOf("## Loading"));
  const [rule = "", deny = "", allow = ""] = [...part.matchAll(/```(?:cedar|json)\n([\s\S]*?)```/g)].map(
    ([, text]) => text,
  );
  const folder = mkdtempSync(join(tmpdir(), "waybill-documented-"));
  try {
    for (const path of ["rules", "cases/courts/DENY", "cases/courts/ALLOW"])
      mkdirSync(join(folder, "unit", path), { recursive: true });
    writeFileSync(join(folder, "unit/rules/courts.cedar"), rule);
    writeFileSync(join(folder, "unit/cases/courts/DENY/no-long-telephone.json"), deny);
    writeFileSync(join(folder, "unit/cases/courts/ALLOW/no-long-telephone.json"), allow);
    const first = councilConfiguration("uk-government").replace(/^localRules: .*$/m, "localRules: [unit]");
    writeFileSync(join(folder, "policy.yaml"), first);
    const { rules } = loadPolicy(POLICIES, readConfiguration(join(folder, "policy.yaml")));
    const own = rules.find(({ id }) => id === "no-long-telephone");
    assert.deepEqual([own?.clauses, own?.own], [[], "Our unit reads nothing longer than a page aloud"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
