import assert from "node:assert/strict";
import { test } from "node:test";
import { METHODS } from "../../src/domain/facts.ts";
import { rankMethods } from "../../src/policy/ranking/rank-methods.ts";
import { reduceFacts } from "../../src/policy/reduce/context.ts";
import { answer, by, type Change, facts, NOON, needs, policyOf } from "./policy-under-test.ts";

// What the clauses' own tests do not show: how the rules stand to each other.

/** How the facts speak about email. */
function pointsOfEmail(change: Change): number {
  const { settings } = policyOf("uk-government");
  const options = { settings, holds: () => true, trustStatedNetworks: false, now: NOON };
  return (
    rankMethods(reduceFacts(facts(change), options), settings).find(({ method }) => method === "email")?.points ?? 0
  );
}

test("SDT-8, SIS-2: sensitivity, size, bulk, serious harm and leaving the trusted networks each push email down", () => {
  const base = pointsOfEmail({});
  const pushing: readonly Change[] = [
    { sensitive: true },
    { bytes: 5_000_001 },
    { people: { count: 1000 } },
    { "impact.individuals": "serious" },
    { "recipients.0.address": "clerk@example.org" },
  ];
  for (const change of pushing) assert.ok(pointsOfEmail(change) < base, JSON.stringify(change));
});

test("SDT-10, SDT-12: a trusted network improves the rank of email and lifts nothing", () => {
  const open = { package: "none", reasons: {}, secret: null };
  const outside = { ...open, "recipients.0.address": "clerk@example.org" };
  assert.ok(by("email", open).rank < by("email", outside).rank);
  assert.deepEqual(needs("email", open), needs("email", outside));
  assert.deepEqual(needs("email", open), ["email-packaged", "email-secret-planned", "email-reason"]);
});

test("SDT-18: removable media is never ranked before what SIS-2 would rather not have", () => {
  const outside = { classification: "OFFICIAL-SENSITIVE", "recipients.0.address": "clerk@example.org" };
  assert.deepEqual(
    answer(outside)
      .methods.slice(-2)
      .map(({ method }) => method),
    ["removable-media", "fax"],
  );
});

test("SDT-5: an expired agreement counts neither as an agreement nor as a stipulation", () => {
  const expired = { agreement: { reference: "DSA-1", methods: ["post"], expires: "2026-11-01" } };
  assert.deepEqual(needs("secure-link", expired), ["agreement-or-reason"]);
  assert.deepEqual(needs("post", expired), ["agreement-or-reason"]);
});

test("SDT-7: one recipient who was not verified is enough to wait, whoever else was", () => {
  const { recipients } = facts();
  const [first] = recipients;
  const other = { ...first, address: "other@crowncourt.cjsm.net" };
  for (const order of [
    [first, { ...other, verified: false }],
    [{ ...other, verified: null }, first],
  ])
    assert.deepEqual(needs("secure-link", { recipients: order }), ["recipient-established"]);
});

test("nothing that happens after release is a need: arrival, telling the words, receipt", () => {
  const kinds = new Set(
    answer({ classification: "SECRET", approvals: [] }).methods.flatMap(({ needs }) => needs.map(({ need }) => need)),
  );
  for (const need of kinds) assert.doesNotMatch(need, /receipt|arriv|told|opened/);
  assert.equal(by("secure-link").verdict, "ready", "with the secret planned, and not yet told");
});

test("a refusal names a method that is left, and none that is refused itself", () => {
  const stipulated = answer({ "agreement.methods": ["telephone"] }).methods;
  for (const { method, verdict, needs } of stipulated.filter((each) => each.method !== "telephone")) {
    assert.equal(verdict, "refused", method);
    assert.deepEqual([...new Set(needs.map(({ need }) => need))], ["method:telephone"]);
  }
});

test("networks that the file states count only on the command line without a configuration, and not against it", () => {
  const note = { personal: false, sensitive: false, people: { count: 0 }, "recipients.0.address": "clerk@example.org" };
  const unchecked = { options: { roles: "unchecked" } } as const;
  for (const change of [
    { ...note, "recipients.0.network": "official" },
    { ...note, network: "CJSM" },
  ]) {
    assert.equal(answer(change, unchecked).methods[0]?.method, "email");
    assert.equal(answer(change).methods[0]?.method, "secure-link");
  }
});

test("an approval by a role that the server's records do not give does not count", () => {
  const holds = (role: string, by: string) => role === "line-manager" && by === "boss@justice.gov.uk";
  const approvedBy = (by: string) =>
    needs("secure-link", { approvals: [{ role: "line-manager", by }] }, { options: { roles: holds } });
  assert.deepEqual(approvedBy("line.manager@justice.gov.uk"), ["line-manager-consents"]);
  assert.deepEqual(approvedBy("Boss@justice.gov.uk"), []);
});

test("a standing arrangement by a holder counts as that role's approval for what it covers, and the sender's own does not", () => {
  const arrangement = {
    ...{ reference: "SA-1", role: "line-manager", by: "line.manager@justice.gov.uk", classification: "OFFICIAL" },
    ...{
      recipients: ["listing@crowncourt.cjsm.net"],
      people: 10,
      bytes: 1_000_000,
      method: "post",
      ends: "2027-01-31",
    },
  };
  assert.deepEqual(needs("post", { approvals: [], arrangement }), []);
  assert.deepEqual(needs("email", { approvals: [], arrangement }), ["line-manager-consents"]);
  const own = { ...arrangement, by: "sender@justice.gov.uk" };
  assert.deepEqual(needs("post", { approvals: [], arrangement: own }), ["line-manager-consents"]);
});

test("all nine methods are answered, each once, in any case", () => {
  for (const change of [{}, { classification: "SECRET" }, { recipients: facts().recipients.slice(0, 1) }])
    assert.deepEqual(
      answer(change)
        .methods.map(({ method }) => method)
        .sort(),
      [...METHODS].sort(),
    );
});

test("SIS-2, SDT2-1: what is not known is said to be unknown, and not that it leaves the networks or is large", () => {
  const said = (change: Readonly<Record<string, unknown>>) =>
    by("email", change)
      .advice.map(({ says }) => says)
      .join("\n");
  const outside = said({ "recipients.0.address": "recipient@example.org", bytes: 5_000_001 });
  assert.match(outside, /leaves the trusted networks, which/);
  assert.match(outside, /Files of this size go by secure link/);
  const open = said({ "recipients.0.address": null, bytes: null });
  assert.doesNotMatch(open, /leaves the trusted networks, which|Files of this size/);
  assert.match(open, /To which address it goes is not said[\s\S]*How large it is is not known yet/);
});
