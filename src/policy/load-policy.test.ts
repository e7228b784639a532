import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assess } from "./assess.ts";
import { firstConfiguration } from "./configuration/first-configuration.ts";
import { CONTACTS, type ContactName } from "./configuration/settings.ts";
import { parseFacts } from "./facts/parse-facts.ts";
import { exampleConfiguration, exampleFacts, loadPolicy } from "./load-policy.ts";
import { startPolicy } from "./running-policy.ts";

const shipped = fileURLToPath(new URL("../../policies", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "waybill-policy-"));
after(() => rmSync(folder, { recursive: true }));

/** A copy of the shipped folder with one file changed. */
function changed(path: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(folder, "p-"));
  cpSync(shipped, copy, { recursive: true });
  const before = readFileSync(join(copy, path), "utf8");
  const text = change(before);
  assert.notEqual(text, before, "nothing was changed");
  writeFileSync(join(copy, path), text);
  return copy;
}

const load = (from: string) => loadPolicy(from, exampleConfiguration(from, "uk-government"));
const APPROVALS = "rules/uk-government/approvals.cedar";
const inShipped = (part: string) => {
  const text = readFileSync(join(shipped, APPROVALS), "utf8");
  return text.slice(0, text.indexOf(part)).split("\n").length;
};

function refuses(change: (text: string) => string, line: number, reason: RegExp, path = APPROVALS) {
  assert.throws(
    () => load(changed(path, change)),
    (error: unknown) => {
      assert.ok(error instanceof Error && "place" in error, String(error));
      assert.deepEqual(error.place, { file: `policies/${path}`, line }, error.message);
      assert.match(error.message, reason);
      return true;
    },
  );
}

describe("A policy is refused with file, line and reason", () => {
  const second = inShipped('@id("bulk-senior-manager")');

  test("where it does not parse", () => {
    refuses(
      (text) => text.replace("when { context.bulk }", "when { context.bulk"),
      inShipped("when { context.bulk }") + 1,
      /unexpected token/,
    );
    const schema = "transfer.cedarschema";
    const last = readFileSync(join(shipped, schema), "utf8").split("\n").length + 1;
    refuses((text) => `${text}\nentity "x";`, last, /unexpected token/, schema);
  });

  test("where it does not validate: an unknown fact, or one of another type", () => {
    const line = inShipped("when { context.bulk }");
    refuses(
      (text) => text.replace("when { context.bulk }", "when { context.bulky }"),
      line,
      /bulk-senior-manager.*`bulky`/,
    );
    refuses((text) => text.replace("when { context.bulk }", "when { context.bulk == 1 }"), line, /bulk-senior-manager/);
  });

  test("where a rule lacks what makes it a requirement", () => {
    const without =
      (part: string, other = "") =>
      (text: string) =>
        text.replace(part, other);
    refuses(without('@id("bulk-senior-manager")\n'), second, /Every policy has an @id/);
    refuses(without('@clause("SIS-3 SIS-4")\n'), second, /cites no clause/);
    const own = '@own("What is large is looked at twice")\n';
    refuses(without('@clause("SIS-3 SIS-4")\n', own), second, /cites no clause/);
    refuses(
      without('@needs("approval:senior', '@own("because")\n@needs("approval:senior'),
      second,
      /no @own of one reason/,
    );
    refuses(without("SIS-3 SIS-4", "SIS-3 SIS-99"), second, /SIS-99, which is not in the register/);
    refuses(without('@needs("approval:senior-manager")\n'), second, /no @needs/);
    refuses(without('@when("A bulk transfer, by every method")\n'), second, /no @when/);
    refuses(without("A bulk transfer, by every method", "A bulk transfer."), second, /no @when.*without a full stop/);
    refuses(without("A bulk transfer, by every", "What {nobody} sends, by every"), second, /says \{nobody\}/);
    refuses(
      without("A senior manager must agree to a bulk transfer.", "Ask. Then wait."),
      second,
      /two sentences are two rules/,
    );
    refuses(without("A senior manager must", "{nobody} must"), second, /says \{nobody\}/);
    refuses(without('unless { context.approved.contains("senior-manager") }'), second, /has no unless/);
    refuses(without('@id("bulk-senior-manager")', '@id("line-manager-consents")'), second, /is taken by another rule/);
    refuses(without('@says("A senior', '@sais("x")\n@says("A senior'), second, /@sais, which means nothing/);
  });

  test("where a case comes out otherwise", () => {
    const path = "cases/approvals/DENY/senior-manager-agrees.json";
    refuses(
      (text) => text.replace("1000", "999"),
      1,
      /comes out with nothing still needed, not bulk-senior-manager/,
      path,
    );
    refuses((text) => text.replace('"people"', '"poeple"'), 1, /poeple/, path);
    refuses(
      (text) => text.replace("bulk-senior-manager", "no-such-rule"),
      1,
      /no-such-rule, which uk-government does not have/,
      path,
    );
    const weakened = changed(APPROVALS, (text) =>
      text.replace("when { context.bulk }", "when { context.bulk && context.bytes > 10 }"),
    );
    assert.throws(() => load(weakened), { code: "bad-policy" });
  });

  test("where the configuration loosens what the set does not let go, or asks for what is no rule", () => {
    const settings = "configurations/justice.gov.uk.yaml";
    const under = (from: string, to: string) => {
      const copy = changed(settings, (text) => text.replace(from, to));
      return () => load(copy);
    };
    assert.throws(under("loosen: []", "loosen: [line-manager-consents]"), {
      code: "bad-configuration",
      message: /loosen\[0\].*weight is need/,
    });
    assert.throws(under("require: []", "require:\n  - privacy-team-told\n  - nothing"), {
      message: /yaml:\d+: require\[1\] names nothing/,
    });
    assert.throws(under("localRules: []", "localRules: [nowhere]"), { message: /localRules\[0\] names nowhere/ });
  });
});

describe("The digest", () => {
  test("is the policy's: of its rules and of the configuration", () => {
    const { digest } = load(shipped);
    assert.match(digest, /^sha256:[0-9a-f]{64}$/);
    assert.equal(load(changed("clauses.yaml", (text) => `# x\n${text}`)).digest, digest);
    const reworded = changed(APPROVALS, (text) =>
      text.replace("A senior manager must agree", "Some senior manager must agree"),
    );
    assert.notEqual(load(reworded).digest, digest);
    const stricter = changed("configurations/justice.gov.uk.yaml", (text) =>
      text.replace("letterPages: 50", "letterPages: 52"),
    );
    assert.throws(() => load(stricter), { message: /cases\/post/ });
    const renamed = changed("configurations/justice.gov.uk.yaml", (text) =>
      text.replace("Ministry of Justice", "Ministry"),
    );
    assert.notEqual(load(renamed).digest, digest);
  });
});

test("reading the policy again that is refused leaves the running one; what was read decides once it is adopted", () => {
  const copy = changed(APPROVALS, (text) => `// ours\n${text}`);
  const configuration = join(copy, "configurations/justice.gov.uk.yaml");
  const running = startPolicy(copy, configuration);
  const before = running.current;
  assert.ok(before);
  const good = readFileSync(join(copy, APPROVALS), "utf8");
  writeFileSync(join(copy, APPROVALS), good.replace("context.bulk", "context.bulky"));
  assert.throws(() => running.read(), { code: "bad-policy" });
  assert.equal(running.current, before);
  const facts = parseFacts(exampleFacts(copy, "uk-government"), "uk-government");
  const options = { now: new Date("2026-11-02T12:00:00Z"), roles: "configured" } as const;
  assert.equal(assess(before, facts, options).methods[0]?.verdict, "ready");
  writeFileSync(join(copy, APPROVALS), good.replace("A senior manager must agree", "Some senior manager must agree"));
  const after = running.read();
  assert.equal(running.current, before);
  running.adopt(after);
  assert.equal(running.current, after);
  assert.notEqual(running.current?.digest, before.digest);
  writeFileSync(configuration, "rules: uk-government\n");
  assert.throws(() => startPolicy(copy, configuration), { code: "bad-configuration", message: /lacks organisation/ });
});

test("the first configuration is written once it was tried, and never over one that is there", () => {
  const file = join(mkdtempSync(join(folder, "first-")), "policy.yaml");
  const running = startPolicy(shipped, file);
  assert.equal(running.current, null);
  assert.throws(() => running.found("rules: uk-government\n"), { code: "bad-configuration" });
  assert.equal(existsSync(file), false);
  const contact = { name: "the security team", address: "security@examples.test" };
  const contacts = Object.fromEntries(CONTACTS.map((name) => [name, contact])) as Record<ContactName, typeof contact>;
  const first = { organisation: "Example: University", workDomains: ["examples.test"], contacts };
  const text = firstConfiguration(shipped, { ...first, rules: "university" });
  const policy = running.found(text);
  assert.deepEqual(policy.settings.workDomains, ["examples.test"]);
  assert.equal(policy.settings.organisation, "Example: University");
  assert.equal(policy.settings.collaborationPlatform, null);
  assert.doesNotMatch(text, /ox\.ac\.uk|Oxford|Nexus/, "nothing of the example's own organisation is left");
  assert.deepEqual(policy.settings.roles["line-manager"], []);
  assert.equal(running.current, policy);
  assert.throws(() => running.found(text), { code: "EEXIST" });
  assert.equal(readFileSync(file, "utf8"), text);
  const nowhere = startPolicy(shipped, join(folder, "no-such-folder", "policy.yaml"));
  assert.throws(() => nowhere.found(text), { code: "ENOENT" });
  assert.equal(nowhere.current, null);
  assert.equal(startPolicy(shipped, file).current?.digest, policy.digest);
});

test("a rule that cannot be evaluated refuses its method, names the rule and is reported", () => {
  const policy = load(shipped);
  const faults: string[] = [];
  const fault = { policyId: "bulk-senior-manager", reason: "integer overflow" };
  const decide = () => ({ allowed: false, fired: [], faults: [fault] });
  const facts = parseFacts(exampleFacts(shipped, "uk-government"), "uk-government");
  const options = { now: new Date(), roles: "unchecked", report: (text: string) => faults.push(text) } as const;
  const cedar = { decide, concerning: () => [] };
  for (const { verdict, needs } of assess({ ...policy, cedar }, facts, options).methods) {
    assert.equal(verdict, "refused");
    assert.deepEqual([needs[0]?.rule, needs[0]?.clauses], ["bulk-senior-manager", ["SIS-3", "SIS-4"]]);
    assert.match(needs[0]?.says ?? "", /could not be evaluated.*integer overflow/);
  }
  assert.equal(faults.length, 9);
});
