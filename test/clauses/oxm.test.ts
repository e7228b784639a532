import assert from "node:assert/strict";
import { test } from "node:test";
import { METHODS } from "../../src/domain/facts.ts";
import { advises, answer, by, type Change, enforces, needs } from "./policy-under-test.ts";

const rules = "university";
const asked = { rules } as const;
const CONFIDENTIAL = { classification: "confidential" };
const SETS = ["uk-government", "university"] as const;

test("OXM-1: what it is for and why sharing it is appropriate are stated", () => {
  const purpose = { rules, clause: "OXM-1", rule: "sharing-purpose-stated", method: "secure-link" } as const;
  enforces({ ...purpose, when: { purpose: "" }, met: { purpose: "x" } });
  const appropriate = { rules, clause: "OXM-1", rule: "sharing-appropriate", method: "email" } as const;
  enforces({ ...appropriate, when: { necessity: null }, met: { necessity: "x" } });
});

test("OXM-1, OXM-4: what is classified above the university is refused with whom to ask first, as a reading of both; advice is offered before anything private is shared", () => {
  const doubt = { rules, clause: "OXM-4", rule: "advice-if-in-doubt", method: "secure-link" } as const;
  advises({ ...doubt, when: { advice: {} }, met: { "advice.information-compliance": "asked" } });
  assert.match(
    by("secure-link", { advice: {} }, asked)
      .advice.map(({ says }) => says)
      .join(),
    /information\.compliance@ox\.ac\.uk/,
  );
  const reading = /does not speak of SECRET and above, which has systems of its own/;
  const above = { rules, reading, rule: "classified-above-university", verdict: "refused" } as const;
  for (const clause of ["OXM-1", "OXM-4"])
    for (const method of METHODS.slice(0, 3))
      enforces({ ...above, clause, method, when: { classification: "SECRET" }, met: CONFIDENTIAL });
});

test("OXM-19: fax needs the reason why nothing better serves, as a reading of it, since the guidance does not speak of fax", () => {
  const fax = { rules, clause: "OXM-19", rule: "fax-asks-first", method: "fax", need: "reason:fax" } as const;
  enforces({
    ...fax,
    reading: /does not speak of fax.*last resort here whatever is in it/,
    when: { reasons: {} },
    met: { "reasons.fax": "x" },
  });
});

const LIST = { internal: true, outsideMembers: 0, reviewOverdue: false, membersShown: true };
const list = (change: Change) => ({ "recipients.0.list": { ...LIST, ...change } });

test("OXM-5: a list's members are shown before anything is sent to it", () => {
  for (const set of SETS)
    for (const membersShown of [false, null])
      enforces({
        ...{ rules: set, clause: "OXM-5", rule: "list-members-shown", method: "email", need: "list:show-members" },
        ...{ when: list({ membersShown }), met: list({}) },
      });
});

test("OXM-5: whether email is fit is asked; that it does not carry every file is a reading of it, since the guidance names no size", () => {
  advises({
    rules,
    clause: "OXM-5",
    rule: "email-considered",
    method: "email",
    when: { reasons: {} },
    met: { "reasons.email": "x" },
  });
  const reading = /speaks of larger files that are unsuitable for email and names no size/;
  const large = { rules, clause: "OXM-5", rule: "email-carries-this", method: "email", verdict: "refused" } as const;
  enforces({ ...large, reading, when: { bytes: 20_000_001 }, met: { bytes: 20_000_000 } });
  const unknown = {
    rules,
    clause: "OXM-5",
    reading,
    rule: "email-size-stated",
    method: "email",
    need: "declare:bytes",
  } as const;
  enforces({ ...unknown, when: { bytes: null }, met: { bytes: 20_000_000 } });
});

test("OXM-6: an internal list holds the organisation's own addresses only", () => {
  for (const set of SETS)
    for (const change of [{ outsideMembers: 1 }, { outsideMembers: null }, { internal: null, outsideMembers: 1 }])
      enforces({
        ...{ rules: set, clause: "OXM-6", rule: "list-own-addresses", method: "secure-link" },
        ...{ when: list(change), met: list({ internal: false, outsideMembers: 1 }) },
      });
});

test("OXM-7: a list whose yearly review is overdue cannot be sent to", () => {
  for (const set of SETS)
    for (const reviewOverdue of [true, null])
      enforces({
        ...{ rules: set, clause: "OXM-7", rule: "list-reviewed", method: "secure-link", need: "list:review" },
        ...{ when: list({ reviewOverdue }), met: list({}) },
      });
});

test("OXM-9, OXM-24, SDT-2: a link alone opens nothing: recipients have an account, or a code and a secret", () => {
  for (const set of SETS)
    for (const clause of ["OXM-9", "OXM-24", "SDT-2"])
      for (const method of ["secure-link", "shared-space"] as const)
        for (const authentication of ["none", null])
          enforces({
            ...{ rules: set, clause, rule: "recipient-authenticated", method, need: "plan:authentication" },
            ...{
              when: { "recipients.0.authentication": authentication },
              met: { "recipients.0.authentication": "account" },
            },
          });
  for (const method of METHODS.filter((each) => each !== "secure-link" && each !== "shared-space"))
    assert.ok(!needs(method, { "recipients.0.authentication": "none" }).includes("recipient-authenticated"));
});

test("OXM-9: files are for named people, whose address is given", () => {
  const when = { "recipients.0.address": null };
  const met = { "recipients.0.address": "examiner@example.ac.uk" };
  for (const set of SETS)
    enforces({ rules: set, clause: "OXM-9", rule: "recipient-address-given", method: "secure-link", when, met });
});

test("OXM-19: the more private it is, the more keeps it from a wrong recipient", () => {
  const more = { rules, clause: "OXM-19" } as const;
  const clear = { package: "none" };
  enforces({
    ...more,
    rule: "confidential-email-packaged",
    method: "email",
    when: { ...CONFIDENTIAL, ...clear },
    met: { package: "office" },
  });
  const untracked = { ...CONFIDENTIAL, carrier: "letter-post" };
  enforces({
    ...more,
    rule: "confidential-signed-for",
    reading: /does not speak of post/,
    method: "post",
    when: untracked,
    met: { carrier: "recorded-delivery" },
  });
  const unseen = { ...CONFIDENTIAL, handover: null };
  enforces({
    ...more,
    rule: "confidential-to-the-right-person",
    reading: /does not speak of handing over/,
    method: "hand-delivery",
    when: unseen,
    met: { handover: { identitySeen: true } },
  });
  const unknown = { ...CONFIDENTIAL, phone: null };
  enforces({
    ...more,
    rule: "confidential-by-telephone",
    reading: /telephone for passwords alone/,
    method: "telephone",
    when: unknown,
    met: { phone: { identityConfirmed: true } },
  });
  const fax = { ...more, rule: "confidential-not-by-fax", method: "fax", verdict: "refused" } as const;
  const reading = /does not speak of fax, which nothing protects/;
  for (const clause of ["OXM-2", "OXM-19"])
    enforces({ ...fax, clause, reading, when: CONFIDENTIAL, met: { classification: "internal" } });
  const open = { personal: false, people: { count: 0 }, ...clear, carrier: "letter-post", handover: null, phone: null };
  for (const method of ["email", "post", "hand-delivery", "telephone"] as const)
    assert.equal(by(method, { ...open, classification: "public" }, asked).verdict, "ready", method);
  advises({
    ...more,
    rule: "private-contents-stated",
    method: "secure-link",
    when: { special: null },
    met: { special: false },
  });
});

test("OXM-22: restricting by account is advised, with an invitation to register first", () => {
  const met = { "recipients.0.authentication": "account" };
  advises({ rules, clause: "OXM-22", rule: "account-is-best", method: "secure-link", when: {}, met });
});

test("OXM-25: standard media with encrypted files is advised, hardware-encrypted media for special cases", () => {
  const when = { "media.hardware": true };
  advises({
    rules,
    clause: "OXM-25",
    rule: "media-hardware-for-special-cases",
    method: "removable-media",
    when,
    met: { "media.hardware": false },
  });
  assert.equal(by("removable-media", when, asked).verdict, "ready");
});

test("OXM-26: advice is offered before media is used", () => {
  const met = { "advice.information-compliance": "answered" };
  advises({ rules, clause: "OXM-26", rule: "media-advice", method: "removable-media", when: { advice: {} }, met });
});

test("SET-3: CJSM is for criminal justice, between accounts on its network", () => {
  const cjsm = { clause: "SET-3", method: "cjsm", verdict: "refused", met: { criminalJustice: true } } as const;
  enforces({ ...cjsm, rule: "cjsm-for-criminal-justice", when: { criminalJustice: false } });
  enforces({ ...cjsm, verdict: "needs", rule: "cjsm-use-stated", when: { criminalJustice: null } });
  const settings = { networks: { official: [], cjsm: ["cjsm.net"] } };
  const when = { criminalJustice: false, "recipients.0.address": "clinic@example.cjsm.net" };
  enforces({ ...cjsm, rules, settings, rule: "criminal-justice-mail", when });
});

test("SET-4: colleagues and partners are reached at work, not in personal accounts", () => {
  for (const address of ["clerk@gmail.com", "Clerk@mail.Yahoo.com"]) {
    enforces({
      ...{ clause: "SET-4", rule: "recipient-work-account", method: "secure-link", need: "use:work-address" },
      when: { "recipients.0.kind": "partner", "recipients.0.address": address },
      met: { "recipients.0.address": "clerk@homeoffice.gov.uk" },
    });
    const member = { "recipients.0.kind": "member", "recipients.0.address": address };
    assert.ok(by("secure-link", member).needs.some(({ rule }) => rule === "recipient-kind-stated"));
  }
  assert.equal(
    by("secure-link", { "recipients.0.kind": "public", "recipients.0.address": "somebody@gmail.com" }).verdict,
    "ready",
  );
});

test("A university share of something confidential follows other rules than a department's", () => {
  const share = { ...CONFIDENTIAL, approvals: [], minimised: null, impact: null, people: { count: 5000 } };
  const answered = answer(share, asked);
  assert.equal(answered.methods[0]?.method, "secure-link");
  assert.equal(answered.methods[0]?.verdict, "ready");
  const cited = answered.methods
    .flatMap(({ needs, advice }) => [...needs, ...advice])
    .flatMap(({ clauses }) => clauses);
  assert.ok(!cited.some((clause) => clause.startsWith("SIS-")));
});
