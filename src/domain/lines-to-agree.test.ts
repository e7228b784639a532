import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facts, RecipientFacts } from "./facts.ts";
import { linesToAgree } from "./lines-to-agree.ts";
import type { RecordedAssessment } from "./recorded-assessment.ts";
import type { Waybill } from "./waybill.ts";

const CLERK: RecipientFacts = {
  ...{ name: "Robin Clerk", address: "clerk@chambers.example", kind: "third-party", organisation: "Example Chambers" },
  ...{ country: "IE", network: null, verified: true, authentication: "code-and-secret", expecting: true },
  ...{ legitimateNeed: "Represents the prisoner", shared: false, list: null },
};
const FACTS: Facts = {
  ...{ purpose: "A hearing", necessity: "The board reads it", classification: "OFFICIAL-SENSITIVE", personal: true },
  ...{
    special: true,
    offences: true,
    sensitive: false,
    namesWithAddresses: true,
    minimised: true,
    criminalJustice: true,
  },
  ...{ people: { count: 1200, origin: "declared" }, bytes: 52_428_800, pages: null, identityDocuments: null },
  ...{ impact: { individuals: "serious", organisation: "some" }, network: null },
  sender: { address: "sender@council.example", device: null, network: null },
  recipients: [
    CLERK,
    { ...CLERK, name: "Olu Outside", address: "olu@chambers.example", country: null, verified: null },
  ],
  agreement: { reference: "DSA-2026-014", methods: null, expires: "2027-03-31" },
  destinationStorage: "Case system",
  secret: { channel: "phone", numberVerified: true, strength: 4 },
  ...{ package: null, subject: null, approvals: null, arrangement: null, reasons: null, advice: null, media: null },
  ...{ carrier: null, envelope: null, fax: null, phone: null, handover: null },
};
const ADVICE = { clauses: ["SDT2-9"], says: "A shared space may serve better." };
const RECORDED: RecordedAssessment = {
  ...{ version: 1, salt: "AAAA", method: "secure-link", facts: FACTS, verdict: "needs" },
  policy: { rules: "uk-government", digest: "sha256:example" },
  people: { bulk: true, threshold: 1000 },
  needs: [{ rule: "bulk", clauses: ["SIS-3"], need: "approval:senior-manager", says: "A senior manager must agree." }],
  advice: [ADVICE, { ...ADVICE, clauses: ["OXM-4"] }],
};

function waybill(changes: Partial<Waybill> = {}): Waybill {
  const { purpose, necessity, personal, sensitive, special, offences } = FACTS;
  const facts = { purpose: purpose ?? "", necessity: necessity ?? "", classification: "OFFICIAL-SENSITIVE" };
  const more = { personal: personal === true, sensitive: sensitive === true, special, offences, people: 1200 };
  return {
    ...{ version: 1, reference: "WB-7F3K-Q2XV", recipients: [], method: "secure-link" },
    originator: { name: "Sam Sender", address: "sender@council.example", organisation: "Example Council" },
    facts: { ...facts, ...more, impact: { individuals: "serious", organisation: "some" } },
    totals: { items: 3, bytes: 52_428_800, sealed: 52_500_000 },
    ...{ content: "ab".repeat(32), expires: "2026-12-05T23:30:00.000Z", recovery: null, grants: [] },
    ...{ policy: RECORDED.policy, needs: ["approval:senior-manager"], assessment: "cd".repeat(32) },
    ...changes,
  };
}

const saidOf = (name: string, changes: Partial<Waybill> = {}) =>
  linesToAgree(waybill(changes), RECORDED).find((each) => each.name === name)?.value;

test("no two lines have one name, with a recovery key and without: the browser compares them by name", () => {
  for (const recovery of [null, "ef".repeat(32)]) {
    const names: readonly string[] = linesToAgree(waybill({ recovery }), RECORDED).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  }
});

test("what is carried is not said to open with words, and each file of its package has its digest", () => {
  const content = `${"00".repeat(32)} ${"11".repeat(32)}`;
  const carried = {
    pages: null,
    package: "pdf",
    medium: null,
    carrier: null,
    fax: null,
    reason: "",
    places: [],
  } as const;
  const lines = linesToAgree(waybill({ method: "email", content, carried }), RECORDED);
  assert.deepEqual(
    lines.filter(({ name }) => name === "recovery" || name === "content").map(({ label, value }) => [label, value]),
    [["SHA-256 of each file of the package, by number", content.replace(" ", "\n")]],
  );
  assert.match(saidOf("recovery") ?? "", /the words/);
});

test("SIS-4, SIS-5: counts with their origin, bulk and impact are said", () => {
  assert.equal(saidOf("people"), "1,200 people, as the sender states. That is bulk: 1,000 or more.");
  assert.equal(saidOf("size"), "3 items, 52 MB");
  assert.match(saidOf("impact") ?? "", /serious harm[\s\S]*some harm/);
  assert.match(
    saidOf("kind") ?? "",
    /^Personal information; special categories; criminal offences; names with addresses\./,
  );
});

test("who it is for is said with address, organisation and country; what nobody knows is said to be unknown", () => {
  assert.equal(
    saidOf("to clerk@chambers.example"),
    "Robin Clerk (clerk@chambers.example)\nExample Chambers, IE, third party\nMay have it because: Represents the prisoner\nAddress checked; expects it; opens it with six words",
  );
  assert.match(saidOf("to olu@chambers.example") ?? "", /country not known[\s\S]*Address not checked/);
  assert.equal(saidOf("agreement"), "DSA-2026-014, until 31 March 2027");
  assert.equal(saidOf("method"), "Secure link. The six words are told by phone, on a number that was checked.");
});

test("each change of what is signed changes a line", () => {
  const lines = (changes: Partial<Waybill>) => JSON.stringify(linesToAgree(waybill(changes), RECORDED));
  const facts = waybill().facts;
  for (const changes of [
    { reference: "WB-0000-0000" },
    { originator: { ...waybill().originator, address: "other@council.example" } },
    { facts: { ...facts, purpose: "Another" } },
    { facts: { ...facts, classification: "OFFICIAL" } },
    { facts: { ...facts, impact: { individuals: "none", organisation: "some" } } },
    { totals: { items: 4, bytes: 52_428_800, sealed: 52_500_000 } },
    { content: "00".repeat(32) },
    { content: `${"00".repeat(32)} ${"11".repeat(32)}` },
    { expires: "2026-12-25T00:00:00.000Z" },
    { recovery: "ef".repeat(32) },
    { policy: { rules: "university", digest: "sha256:example" } },
  ]) {
    assert.notEqual(lines(changes), lines({}), JSON.stringify(changes));
  }
});
