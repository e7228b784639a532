import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readClauses } from "../../src/policy/rules/clause-register.ts";
import { readEvidence } from "../../src/server/clauses/clause-evidence.ts";
import { POLICIES, policyOf } from "./policy-under-test.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const register = readClauses(join(POLICIES, "clauses.yaml"));

/** The clauses that sending, receiving and signing in answer. */
const ANSWERED_BY_SENDING = [
  ...numbered("SDT", [1, 2], [13, 14], [16, 17], [28, 28]),
  ...numbered("SIS", [23, 23]),
  ...numbered("OXM", [2, 2], [8, 9], [15, 15], [21, 24]),
  ...numbered("SPG", [2, 2]),
];

/** The clauses that the policy answers, as far as they are decisions. */
const ANSWERED_BY_POLICY = [
  ...numbered("SDT", [3, 8], [10, 12], [15, 22]),
  ...numbered("SDT2", [1, 9]),
  ...numbered("SIS", [1, 18], [29, 36], [38, 38]),
  ...numbered("OXM", [1, 1], [4, 9], [13, 13], [19, 20], [22, 26]),
  ...numbered("SET", [3, 4]),
];

/** Among these, what is no decision, and who answers it. */
const NO_DECISION: Readonly<Record<string, string>> = {
  "SIS-9": "what a post room does with an envelope: its own screen",
};

function numbered(source: string, ...ranges: readonly (readonly [number, number])[]): readonly string[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${source}-${from + index}`),
  );
}

const ANSWERED = [...new Set([...ANSWERED_BY_SENDING, ...ANSWERED_BY_POLICY])];

/** Every clause id in the title of a test: what the page of each clause shows. */
async function tested(): Promise<ReadonlySet<string>> {
  const evidence = await readEvidence(root);
  return new Set([...evidence].filter(([, { tests }]) => tests.length > 0).map(([id]) => id));
}

test("every clause that is answered is in the register", () => {
  assert.deepEqual(
    ANSWERED.filter((id) => !register.has(id)),
    [],
  );
});

test("every clause that a rule cites, and every clause that is answered, has a test with its id in the title", async (context) => {
  const have = await tested();
  const cited = (["uk-government", "university"] as const).flatMap((rules) =>
    policyOf(rules).rules.flatMap(({ clauses }) => clauses),
  );
  const wanted = new Set([...ANSWERED, ...cited].filter((id) => !Object.hasOwn(NO_DECISION, id)));
  const missing = untested([...wanted], have);
  for (const id of missing)
    context.diagnostic(`${id} (${register.get(id)?.strength}) has no test: ${register.get(id)?.says}`);
  for (const [id, why] of Object.entries(NO_DECISION)) context.diagnostic(`${id} is not decided here: ${why}`);
  assert.deepEqual(
    missing.filter((id) => register.get(id)?.strength === "shall"),
    [],
  );
});

function untested(wanted: readonly string[], have: ReadonlySet<string>): readonly string[] {
  return wanted.filter((id) => !have.has(id));
}

test("the report notices a clause without a test", async () => {
  assert.deepEqual(untested(["SDT-3", "SDT-33", "SIS-18"], await tested()), ["SDT-33"]);
});

test("every rule's clauses say something about what the rule asks: none is cited that belongs to another rule set alone", () => {
  const university = policyOf("university").rules.filter(({ file }) => file.includes("/university/"));
  for (const { id, clauses } of university)
    assert.ok(
      clauses.every((clause) => /^(?:OXM|SET)-/.test(clause)),
      id,
    );
  const department = policyOf("uk-government").rules.filter(({ file }) => file.includes("/uk-government/"));
  for (const { id, clauses } of department)
    assert.ok(
      clauses.every((clause) => !clause.startsWith("OXM-")),
      id,
    );
  const shared = policyOf("university").rules.filter(({ file }) => file.includes("/shared/"));
  for (const { id, clauses, file } of shared) {
    const both =
      clauses.some((clause) => clause.startsWith("OXM-")) && clauses.some((clause) => clause.startsWith("SDT-"));
    assert.ok(both || file.endsWith("/lists.cedar"), id);
  }
});
