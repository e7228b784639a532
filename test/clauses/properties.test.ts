import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Assessment } from "../../src/domain/assessment.ts";
import {
  APPROVER_ROLES,
  AUTHENTICATIONS,
  CARRIERS,
  CLASSIFICATIONS,
  IMPACTS,
  KINDS,
  METHODS,
  NETWORKS,
  PACKAGES,
  RULE_SETS,
  type RuleSet,
  SECRET_CHANNELS,
} from "../../src/domain/facts.ts";
import { assess } from "../../src/policy/assess.ts";
import { parseFacts } from "../../src/policy/facts/parse-facts.ts";
import { NOON, policyOf } from "./policy-under-test.ts";

// Facts as files have them, each of them sometimes not known.
const flag = fc.constantFrom(true, true, false, null);
const oneOf = <T>(words: readonly T[]) => fc.constantFrom(...words, null);
const said = fc.constantFrom("Because it must", null);
const people = ["line.manager", "other.manager", "senior.manager", "asset.owner", "sender"].map(
  (who) => `${who}@justice.gov.uk`,
);
const addresses = [
  "clerk@homeoffice.gov.uk",
  "clerk@court.cjsm.net",
  "someone@gmail.com",
  "jo@example.org",
  "x@ox.ac.uk",
  null,
];

const recipient = fc.record({
  name: fc.constantFrom("Clerk", "Jo Example"),
  address: fc.constantFrom(...addresses),
  kind: oneOf(KINDS),
  country: fc.constantFrom("GB", "GB", "FR", null),
  network: oneOf(NETWORKS),
  verified: flag,
  authentication: oneOf(AUTHENTICATIONS),
  expecting: flag,
  legitimateNeed: said,
  shared: flag,
  list: fc.constantFrom(null, null, { internal: true, outsideMembers: 1, reviewOverdue: false, membersShown: true }),
});

const approval = fc.record({ role: fc.constantFrom(...APPROVER_ROLES), by: fc.constantFrom(...people) });

function factsOf(rules: RuleSet) {
  return fc.record({
    purpose: said,
    necessity: said,
    classification: fc.constantFrom(...CLASSIFICATIONS[rules]),
    personal: flag,
    special: flag,
    offences: flag,
    sensitive: flag,
    namesWithAddresses: flag,
    people: fc.record({ count: fc.constantFrom(0, 1, 2, 99, 100, 999, 1000, 5000, null) }),
    bytes: fc.constantFrom(1000, 5_000_001, 20_000_001, 70_000_000_000, null),
    pages: fc.constantFrom(1, 51, null),
    identityDocuments: flag,
    impact: fc.record({ individuals: oneOf(IMPACTS), organisation: oneOf(IMPACTS) }),
    criminalJustice: flag,
    minimised: flag,
    sender: fc.record({
      address: fc.constant("sender@justice.gov.uk"),
      device: oneOf(["managed", "managed", "personal"]),
    }),
    recipients: fc.array(recipient, { minLength: 1, maxLength: 3 }),
    agreement: fc.constantFrom(
      null,
      { none: "One letter" },
      { reference: "A", methods: ["post", "email"], expires: "2027-01-01" },
      { reference: "A", methods: null, expires: "2026-01-01" },
    ),
    secret: fc.record({ channel: oneOf(SECRET_CHANNELS), numberVerified: flag, strength: fc.constantFrom(2, 3, null) }),
    package: oneOf(PACKAGES),
    subject: fc.constantFrom("WB-7F3K-Q2XV", "Agenda for the meeting", "Appeal of jo", null),
    approvals: fc.array(approval, { maxLength: 4 }),
    reasons: fc.dictionary(fc.constantFrom(...METHODS), said, { maxKeys: 3 }),
    advice: fc.constantFrom({}, { "operational-security": "answered" }, { "privacy-team": "answered" }),
    media: fc.record({ registered: flag, encrypted: flag, hardware: flag }),
    carrier: oneOf(CARRIERS),
    envelope: fc.record({ addresseeOnly: flag, returnAddress: flag, marking: flag, packed: flag }),
    fax: fc.record({ numberConfirmed: flag, recipientAttending: flag, machineChecked: flag, riskAssessed: flag }),
    phone: fc.record({ identityConfirmed: flag, minimum: flag }),
    handover: fc.record({ identitySeen: flag }),
  });
}

type FactFile = ReturnType<typeof factsOf> extends fc.Arbitrary<infer T> ? T : never;

/** Facts with nothing left to do by most methods, so that a single change shows. */
const MET = {
  ...{ purpose: "p", necessity: "n", minimised: true, criminalJustice: true, package: "pdf", subject: "WB-7F3K-Q2XV" },
  impact: { individuals: "none", organisation: "none" },
  sender: { address: "sender@justice.gov.uk", device: "managed" },
  secret: { channel: "phone", numberVerified: true, strength: 4 },
  media: { registered: true, encrypted: true, hardware: false },
  envelope: { addresseeOnly: true, returnAddress: true, marking: false, packed: true },
  fax: { numberConfirmed: true, recipientAttending: true, machineChecked: true, riskAssessed: true },
  phone: { identityConfirmed: true, minimum: true },
  handover: { identitySeen: true },
  reasons: { email: "x", fax: "x", "removable-media": "x" },
  advice: { "operational-security": "answered", "privacy-team": "answered" },
  recipients: [
    {
      ...{ name: "Clerk", address: "clerk@court.cjsm.net", kind: "partner", country: "GB", verified: true },
      ...{ authentication: "account", expecting: true, legitimateNeed: "Lists" },
    },
  ],
} as const;

/** Any facts, and often such that nearly everything is met. */
function anyFacts(rules: RuleSet): fc.Arbitrary<FactFile> {
  const kept = fc.subarray(Object.keys(MET) as (keyof typeof MET)[], { minLength: 7 });
  const nearly = fc.tuple(factsOf(rules), kept).map(([facts, keys]) => {
    const met = Object.fromEntries(keys.map((key) => [key, MET[key]]));
    return { ...facts, ...met } as FactFile; // its members are parsed like all others
  });
  return fc.oneof({ weight: 1, arbitrary: factsOf(rules) }, { weight: 3, arbitrary: nearly });
}

const SEVERITY = { ready: 0, needs: 1, refused: 2 } as const;

function severities(facts: unknown, rules: RuleSet): readonly (readonly [string, number])[] {
  const { methods } = assessed(facts, rules);
  return METHODS.map((method) => [
    method,
    SEVERITY[methods.find((each) => each.method === method)?.verdict ?? "refused"],
  ]);
}

function assessed(facts: unknown, rules: RuleSet): Assessment {
  return assess(policyOf(rules), parseFacts(facts, rules), { now: NOON, roles: "unchecked" });
}

/** Every method's verdict for `after` is as good as for `before`, or better (`better`), or the other way round. */
function compare(before: unknown, after: unknown, rules: RuleSet, how: "no worse" | "no better"): void {
  const first = severities(before, rules);
  for (const [index, [method, severity]] of severities(after, rules).entries()) {
    const was = first[index]?.[1] ?? 0;
    assert.ok(how === "no worse" ? severity <= was : severity >= was, `${method}: ${was} became ${severity}`);
  }
}

const RUNS = { numRuns: 120 };
const sets = fc.constantFrom(...RULE_SETS).chain((rules) => anyFacts(rules).map((facts) => ({ rules, facts })));

test("adding an approval never makes a verdict worse", () => {
  fc.assert(
    fc.property(sets, approval, ({ rules, facts }, one) => {
      compare(facts, { ...facts, approvals: [...facts.approvals, one] }, rules, "no worse");
    }),
    { ...RUNS, numRuns: 200 },
  );
});

test("adding a verification never makes a verdict worse", () => {
  const verifications: readonly ((facts: FactFile) => object)[] = [
    (facts) => ({ recipients: facts.recipients.map((each) => ({ ...each, verified: true })) }),
    (facts) => ({ recipients: facts.recipients.map((each) => ({ ...each, expecting: true })) }),
    (facts) => ({ secret: { ...facts.secret, numberVerified: true } }),
    (facts) => ({ media: { ...facts.media, registered: true } }),
    () => ({ fax: { numberConfirmed: true, recipientAttending: true, machineChecked: true, riskAssessed: true } }),
    () => ({ phone: { identityConfirmed: true, minimum: true } }),
    () => ({ handover: { identitySeen: true } }),
    () => ({ minimised: true }),
  ];
  fc.assert(
    fc.property(sets, fc.constantFrom(...verifications), ({ rules, facts }, add) => {
      compare(facts, { ...facts, ...add(facts) }, rules, "no worse");
    }),
    RUNS,
  );
});

test("adding a reason, a purpose or advice never makes a verdict worse", () => {
  const reasons: readonly ((facts: FactFile) => object)[] = [
    ...METHODS.map((method) => (facts: FactFile) => ({
      reasons: { ...facts.reasons, [method]: "Nothing else serves" },
    })),
    () => ({ purpose: "p", necessity: "n" }),
    (facts) => ({ recipients: facts.recipients.map((each) => ({ ...each, legitimateNeed: "Needs it" })) }),
    (facts) => ({ agreement: facts.agreement ?? { none: "One letter" } }),
    (facts) => ({ advice: { ...facts.advice, "privacy-team": "answered", "operational-security": "answered" } }),
    () => ({ destinationStorage: "Encrypted" }),
  ];
  fc.assert(
    fc.property(sets, fc.constantFrom(...reasons), ({ rules, facts }, add) => {
      compare(facts, { ...facts, ...add(facts) }, rules, "no worse");
    }),
    RUNS,
  );
});

test("raising people, impact, classification or what it holds never makes a verdict better", () => {
  const raised = (word: string | null, words: readonly string[]) =>
    word === null ? null : (words[Math.min(words.length - 1, words.indexOf(word) + 1)] ?? word);
  const raises: readonly ((facts: FactFile, rules: RuleSet) => object)[] = [
    ({ people: { count } }) => ({ people: { count: count === null ? null : count + 1 } }),
    ({ people: { count } }) => ({ people: { count: count === null ? null : count * 10 + 900 } }),
    ({ impact }) => ({
      impact: { individuals: raised(impact.individuals, IMPACTS), organisation: raised(impact.organisation, IMPACTS) },
    }),
    ({ classification }, rules) => ({ classification: raised(classification, CLASSIFICATIONS[rules]) }),
    ({ special, personal }) => ({ special: special === null ? null : true, personal: personal === null ? null : true }),
    ({ sensitive }) => ({ sensitive: sensitive === null ? null : true }),
    ({ namesWithAddresses }) => ({ namesWithAddresses: namesWithAddresses === null ? null : true }),
  ];
  fc.assert(
    fc.property(sets, fc.constantFrom(...raises), ({ rules, facts }, raise) => {
      compare(facts, { ...facts, ...raise(facts, rules) }, rules, "no better");
    }),
    { ...RUNS, numRuns: 300 },
  );
});

test("what is left open never makes anything ready that was not", () => {
  const leaves = (value: unknown, path: readonly string[]): readonly (readonly string[])[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]))
      : [path];
  // Without these there is nothing to assess, or one condition less: an agreement's stipulations, a list's members.
  const kept = /^(?:classification|sender\.address|agreement|approvals|recipients\.\d\.(?:name|list|network))\b/;
  // That nothing is personal settles these where nothing is said of them; how many people, where none of them is said to be in it.
  const settled = ({ personal, special, offences, namesWithAddresses }: FactFile, path: string) =>
    personal === false &&
    (/^(?:special|offences|namesWithAddresses)$/.test(path) ||
      (/^people\b/.test(path) && !special && !offences && !namesWithAddresses));
  fc.assert(
    fc.property(sets, fc.nat(), ({ rules, facts }, pick) => {
      const open = leaves(facts, [])
        .map((path) => path.join("."))
        .filter((path) => !kept.test(path) && !settled(facts, path));
      const path = (open[pick % open.length] ?? "").split(".");
      const last = path.pop() ?? "";
      const after: unknown = structuredClone(facts);
      const inner = path.reduce((at, key) => (at as Record<string, unknown>)[key], after) as Record<string, unknown>;
      inner[last] = null;
      const before = new Map(severities(facts, rules));
      for (const [method, severity] of severities(after, rules))
        assert.ok(severity > 0 || before.get(method) === 0, `${method} without ${[...path, last].join(".")}`);
    }),
    { ...RUNS, numRuns: 300 },
  );
});

test("the order of facts, recipients and approvals does not matter", () => {
  fc.assert(
    fc.property(sets, ({ rules, facts }) => {
      const turned = Object.fromEntries(Object.entries(facts).reverse()) as FactFile; // the same members
      const recipients = facts.recipients.toReversed();
      const approvals = facts.approvals.toReversed();
      assert.deepEqual(assessed({ ...turned, recipients, approvals }, rules), assessed(facts, rules));
    }),
    RUNS,
  );
});

test("the strictest recipient decides: the needs of all are those of each, together", () => {
  fc.assert(
    fc.property(sets, ({ rules, facts }) => {
      const needsOf = (recipients: FactFile["recipients"]) =>
        new Map(
          assessed({ ...facts, recipients }, rules).methods.map(({ method, needs }) => [
            method,
            needs.map(({ rule }) => rule),
          ]),
        );
      const alone = facts.recipients.map((each) => needsOf([each]));
      for (const [method, all] of needsOf(facts.recipients)) {
        const together = new Set(alone.flatMap((one) => one.get(method) ?? []));
        assert.deepEqual([...all].sort(), [...together].sort(), method);
      }
    }),
    { ...RUNS, numRuns: 60 },
  );
});

test("SIS-28: what was asked is the same for any order of recipients, and what of it is open is what is needed", () => {
  fc.assert(
    fc.property(sets, ({ rules, facts }) => {
      const asked = (recipients: FactFile["recipients"]) =>
        assess(policyOf(rules), parseFacts({ ...facts, recipients }, rules), {
          now: NOON,
          roles: "unchecked",
          asked: "all",
        });
      const { methods } = asked(facts.recipients);
      for (const { method, needs, asked: found = [] } of methods) {
        const open = found.filter(({ met, weight }) => !met && weight === "need").map(({ rule }) => rule);
        assert.deepEqual(open, needs.map(({ rule }) => rule).toSorted(), method);
        const ids = found.map(({ rule }) => rule);
        assert.deepEqual(ids, [...new Set(ids)].toSorted(), method);
      }
      assert.deepEqual(asked(facts.recipients.toReversed()).methods, methods);
    }),
    { ...RUNS, numRuns: 60 },
  );
});
