import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { METHODS } from "../../src/domain/facts.ts";
import { groundText } from "../../src/domain/reading-text.ts";
import { readConfiguration } from "../../src/policy/configuration/parse-configuration.ts";
import { EXAMPLE_CONFIGURATIONS, loadPolicy } from "../../src/policy/load-policy.ts";
import {
  advises,
  answer,
  BOTH_MANAGERS,
  by,
  type Change,
  enforces,
  facts,
  IMPERSONAL,
  needs,
  OFFICIAL_SENSITIVE,
  order,
  POLICIES,
} from "./policy-under-test.ts";

/** How many methods email stands behind. */
const place = (change: Change) => order(change).indexOf("email");

test("SIS-1: a small OFFICIAL note between two trusted networks goes best by email", () => {
  const note = { ...IMPERSONAL, package: "none", reasons: {}, "recipients.0.kind": "partner" };
  for (const address of ["clerk@homeoffice.gov.uk", "clerk@crowncourt.cjsm.net"]) {
    const between = { ...note, "recipients.0.address": address };
    assert.equal(order(between)[0], "email");
    assert.equal(by("email", between).verdict, "ready");
    assert.ok(by("email", between).advice.some(({ clauses }) => clauses.includes("SIS-1")));
  }
  assert.equal(order({ ...note, "recipients.0.address": "clerk@example.org" })[0], "secure-link");
});

test("SIS-2: leaving the trusted networks asks for the judgement of harm, pushes email down, and says so", () => {
  const note = { ...IMPERSONAL, "recipients.0.kind": "partner" };
  const outside = { ...note, "recipients.0.address": "clerk@example.org" };
  assert.ok(place(outside) > place(note));
  assert.deepEqual(needs("email", { ...outside, impact: null }), ["impact-stated"]);
  enforces({ clause: "SIS-2", rule: "impact-stated", method: "email", when: { ...outside, impact: null } });
  const met = { "recipients.0.address": "clerk@homeoffice.gov.uk" };
  advises({ clause: "SIS-2", rule: "email-leaves-networks", method: "email", when: outside, met });
  const sensitive = by("post", { ...OFFICIAL_SENSITIVE, ...outside });
  assert.ok(sensitive.advice.some(({ clauses, says }) => clauses.includes("SIS-2") && /hard copy/.test(says)));
});

test("SIS-3: bulk waits for a senior manager who is not the sender, and not the one person who is line manager too", () => {
  const bulk = { people: { count: 1000, origin: "declared" } };
  const senior = { clause: "SIS-3", rule: "bulk-senior-manager", need: "approval:senior-manager", when: bulk } as const;
  for (const method of ["secure-link", "post", "hand-delivery"] as const)
    enforces({ ...senior, method, met: BOTH_MANAGERS });
  const roles = {
    "line-manager": ["a@justice.gov.uk"],
    "senior-manager": ["a@justice.gov.uk", "sender@justice.gov.uk"],
  };
  const settings = {
    roles: { "information-asset-owner": [], "privacy-team": [], "operational-security": [], ...roles },
  };
  const approvedBy = (line: string, senior: string) =>
    needs(
      "secure-link",
      {
        ...bulk,
        approvals: [
          { role: "line-manager", by: line },
          { role: "senior-manager", by: senior },
        ],
      },
      { settings },
    );
  assert.deepEqual(approvedBy("a@justice.gov.uk", "A@Justice.gov.uk"), ["bulk-senior-manager"]);
  assert.deepEqual(approvedBy("a@justice.gov.uk", "Sender@justice.gov.uk"), ["bulk-senior-manager"]);
});

test("SIS-3, SDT-3: two managers are two people, in whatever order they approved, and neither receives it", () => {
  const { recipients } = facts();
  const bulk = { people: { count: 1000, origin: "declared" } };
  const still = (approvals: readonly object[], more: Change = {}) =>
    needs("secure-link", { ...bulk, approvals, ...more }, { options: { roles: "unchecked" } });
  const [line, senior] = ["line-manager", "senior-manager"] as const;
  const both = [
    { role: line, by: "a@justice.gov.uk" },
    { role: senior, by: "a@justice.gov.uk" },
  ];
  for (const given of [both, both.toReversed()]) assert.deepEqual(still(given), ["bulk-senior-manager"]);
  const third = { role: line, by: "c@justice.gov.uk" };
  for (const given of [
    [...both, third],
    [third, ...both.toReversed()],
  ])
    assert.deepEqual(still(given), [], "each of the two counts in one role");
  const receives = { recipients: [...recipients, { ...recipients[0], address: "C@justice.gov.uk" }] };
  assert.deepEqual(still([third], receives), ["line-manager-consents", "bulk-senior-manager"]);
  assert.deepEqual(still([...both, third], receives), ["bulk-senior-manager"]);
});

test("SIS-4: whether it is bulk is not said while nobody said how many people it is about", () => {
  assert.deepEqual(answer({ people: null }).people.bulk, null);
  assert.deepEqual(answer({ people: { count: 1, origin: "declared" } }).people.bulk, false);
  const nobody = { people: null, personal: false, special: false, offences: false };
  assert.deepEqual(answer(nobody).people.bulk, false, "it is about nobody");
});

test("SIS-4: bulk is 1,000 people, or 100 where names with addresses are combined with sensitive kinds of data", () => {
  const combined: readonly Change[] = [{ special: true }, { offences: true }, OFFICIAL_SENSITIVE];
  const bulk = (change: Change, count: number) => answer({ ...change, people: { count, origin: "declared" } }).people;
  assert.deepEqual(bulk({}, 999), { bulk: false, threshold: 1000 });
  assert.deepEqual(bulk({}, 1000), { bulk: true, threshold: 1000 });
  assert.deepEqual(bulk({ namesWithAddresses: true }, 999), { bulk: false, threshold: 1000 });
  for (const kind of combined) {
    assert.deepEqual(bulk({ ...kind, namesWithAddresses: true }, 99), { bulk: false, threshold: 100 });
    assert.deepEqual(bulk({ ...kind, namesWithAddresses: true }, 100), { bulk: true, threshold: 100 });
    assert.deepEqual(bulk({ ...kind, namesWithAddresses: null }, 100), { bulk: true, threshold: 100 });
    assert.deepEqual(bulk({ ...kind, namesWithAddresses: false }, 999), { bulk: false, threshold: 1000 });
  }
  const few = { people: { count: 50, origin: "declared" } };
  enforces({
    ...{ clause: "SIS-4", rule: "bulk-senior-manager", method: "secure-link", when: few, met: { "people.count": 49 } },
    settings: { bulk: { people: 50, identifying: 5 } },
  });
});

test("SIS-4: how many people it is about must be known", () => {
  const count = { clause: "SIS-4", rule: "people-counted", method: "secure-link", need: "declare:people" } as const;
  enforces({ ...count, when: { people: null }, met: { people: { count: 1 } } });
  assert.deepEqual(needs("secure-link", { people: null, personal: false }), []);
});

test("SIS-4, SDT-3: names with addresses are of people, whatever is said of personal data", () => {
  const names = { personal: false, special: false, offences: false, namesWithAddresses: true, approvals: [] };
  assert.deepEqual(answer({ ...names, people: null }).people.bulk, null, "how many is not known");
  assert.ok(needs("secure-link", { ...names, people: null }).includes("people-counted"));
  assert.ok(needs("email", { ...names, people: { count: 50 } }).includes("line-manager-consents"));
  const counted = { ...names, namesWithAddresses: false, people: { count: 1 } };
  assert.ok(needs("email", counted).includes("line-manager-consents"), "so are counted people");
});

test("SIS-5: harm to people and to the organisation is stated", () => {
  const impact = { clause: "SIS-5", rule: "impact-stated", method: "secure-link" } as const;
  enforces({ ...impact, when: { "impact.individuals": null }, met: { "impact.individuals": "serious" } });
});

test("SIS-13: the recipient of sensitive or bulk information is expecting it, by every method", () => {
  const bulk = { ...BOTH_MANAGERS, people: { count: 1000, origin: "declared" } };
  for (const kind of [OFFICIAL_SENSITIVE, bulk]) {
    const when = { ...kind, "recipients.0.expecting": null };
    for (const method of METHODS) assert.ok(needs(method, when).includes("recipient-expecting"), method);
    const met = { "recipients.0.expecting": true };
    enforces({ clause: "SIS-13", rule: "recipient-expecting", method: "hand-delivery", when, met });
  }
  assert.deepEqual(needs("secure-link", { "recipients.0.expecting": false }), []);
});

test("SIS-15: personal data to every country but the home ones waits for the privacy team's recorded advice", () => {
  for (const country of ["FR", "IE", "US"])
    enforces({
      ...{ clause: "SIS-15", rule: "abroad-privacy-team", method: "secure-link", need: "advice:privacy-team" },
      ...{
        when: { "recipients.0.country": country, "advice.privacy-team": "asked" },
        met: { "advice.privacy-team": "answered" },
      },
    });
  const place = { clause: "SIS-15", rule: "country-stated", method: "secure-link", need: "declare:country" } as const;
  enforces({ ...place, when: { "recipients.0.country": null }, met: { "recipients.0.country": "GB" } });
  const unasked = { "recipients.0.country": "IE", advice: {} };
  assert.deepEqual(needs("secure-link", unasked, { settings: { homeCountries: ["GB", "IE"] } }), []);
  assert.deepEqual(needs("secure-link", { ...IMPERSONAL, ...unasked }), []);
});

test("SIS-35: a local rule may tighten and is told from where it comes; one that permits is refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "waybill-local-"));
  try {
    mkdirSync(join(folder, "unit/rules"), { recursive: true });
    for (const outcome of ["DENY", "ALLOW"]) mkdirSync(join(folder, "unit/cases/courts", outcome), { recursive: true });
    const example = readFileSync(join(POLICIES, EXAMPLE_CONFIGURATIONS["uk-government"]), "utf8");
    writeFileSync(join(folder, "our.yaml"), example.replace("localRules: []", "localRules: [unit]"));
    const rule = `@id("no-telephone-here") @clause("SIS-35") @needs("method:other") @says("This unit does not telephone.")
forbid (principal, action == Action::"telephone", resource) unless { context.purposeStated && context has pages && context.pages == 1 };`;
    writeFileSync(join(folder, "unit/rules/courts.cedar"), rule);
    const one = { rules: "uk-government", method: "telephone", rule: "no-telephone-here", change: {} };
    writeFileSync(join(folder, "unit/cases/courts/DENY/telephone.json"), JSON.stringify(one));
    const load = () => loadPolicy(POLICIES, readConfiguration(join(folder, "our.yaml")));
    assert.throws(load, {
      code: "bad-policy",
      message: /^unit\/rules\/courts\.cedar:1: The rule no-telephone-here has no ALLOW case that names it/,
    });
    const may = JSON.stringify({ ...one, change: { pages: 1 } });
    writeFileSync(join(folder, "unit/cases/courts/ALLOW/telephone.json"), may);
    const telephone = by("telephone", {}, { policy: load() });
    assert.deepEqual([telephone.verdict, telephone.needs[0]?.clauses], ["refused", ["SIS-35"]]);
    assert.equal(by("telephone").verdict, "ready");
    const [citing] = telephone.needs;
    assert.ok(citing);
    assert.match(groundText(citing), /^SIS-35, by a rule of the organisation’s own/, "the clause says nothing of it");
    writeFileSync(join(folder, "unit/rules/courts.cedar"), rule.replace('@clause("SIS-35")', '@own("We read aloud")'));
    const [own] = by("telephone", {}, { policy: load() }).needs;
    assert.deepEqual([own?.clauses, own?.reading, own?.local], [[], undefined, true], "it is theirs, and no clause's");
    const both = rule.replace('@clause("SIS-35")', '@clause("SIS-35")\n@own("We read aloud")');
    writeFileSync(join(folder, "unit/rules/courts.cedar"), both);
    const [read] = by("telephone", {}, { policy: load() }).needs;
    assert.deepEqual([read?.clauses, read?.reading, read?.local], [["SIS-35"], "We read aloud", true]);
    writeFileSync(
      join(folder, "unit/rules/courts.cedar"),
      `${rule}\n@id("anything") permit (principal, action, resource);`,
    );
    assert.throws(load, { code: "bad-policy", message: /^unit\/rules\/courts\.cedar:3: The policy anything permits/ });
    writeFileSync(join(folder, "unit/rules/courts.cedar"), rule.replace('::"telephone"', '::"fax"'));
    assert.throws(load, {
      code: "bad-policy",
      message: /^unit\/cases\/courts\/DENY\/telephone\.json:1: The case comes out/,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("SIS-36: SECRET and above is refused by every method, with whom to ask, as a reading of it", () => {
  for (const classification of ["SECRET", "TOP SECRET"]) {
    for (const { method, verdict, needs } of answer({ ...BOTH_MANAGERS, classification }).methods) {
      assert.equal(verdict, "refused", method);
      assert.match(needs.find(({ rule }) => rule === "above-official")?.says ?? "", /security@justice\.gov\.uk/);
    }
  }
  const above = { clause: "SIS-36", rule: "above-official", method: "hand-delivery", verdict: "refused" } as const;
  enforces({
    ...above,
    reading: /each higher level has rules and systems of its own/,
    when: { classification: "SECRET" },
    met: { classification: "OFFICIAL-SENSITIVE" },
  });
});

test("SIS-36: what is left open about the contents counts as yes, and this is said", () => {
  const when = { special: null };
  advises({ clause: "SIS-36", rule: "contents-stated", method: "secure-link", when, met: { special: false } });
  assert.deepEqual(needs("secure-link", { ...when, "recipients.0.expecting": false }), ["recipient-expecting"]);
  assert.deepEqual(needs("secure-link", { sensitive: null, "recipients.0.expecting": false }), ["recipient-expecting"]);
});

test("SIS-38, SET-3: email and CJSM are refused from a personal device, and asked about from an unknown one", () => {
  const personal = { "sender.device": "personal" };
  const managed = { "sender.device": "managed" };
  const refused = { verdict: "refused", need: "method:secure-link", when: personal, met: managed } as const;
  enforces({ ...refused, clause: "SIS-38", rule: "email-managed-device", method: "email" });
  enforces({ ...refused, clause: "SIS-38", rule: "cjsm-managed-device", method: "cjsm" });
  enforces({ ...refused, clause: "SET-3", rule: "cjsm-managed-device", method: "cjsm" });
  const unknown = { clause: "SIS-38", rule: "email-device-stated", need: "declare:device", met: managed } as const;
  for (const method of ["email", "cjsm"] as const) enforces({ ...unknown, method, when: { "sender.device": null } });
  for (const method of ["secure-link", "post"] as const) assert.equal(by(method, personal).verdict, "ready");
});

test("SIS-38: networks come from addresses and the configuration, not from what is typed", () => {
  const typed = { "recipients.0.address": "clerk@example.org", "recipients.0.network": "cjsm", criminalJustice: true };
  enforces({
    ...{ clause: "SIS-38", rule: "cjsm-both-ends", method: "cjsm", verdict: "refused", when: typed },
    met: { "recipients.0.address": "clerk@chambers.cjsm.net" },
  });
  // Only on the command line without a configuration does the file's word count, and never against the example's.
  assert.equal(by("cjsm", typed, { options: { roles: "unchecked" } }).verdict, "ready");
  const contrary = { "recipients.0.network": "none" };
  assert.equal(by("cjsm", contrary, { options: { roles: "unchecked" } }).verdict, "ready");
});
