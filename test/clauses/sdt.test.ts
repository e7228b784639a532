import assert from "node:assert/strict";
import { test } from "node:test";
import { advises, answer, by, enforces, needs } from "./policy-under-test.ts";

const IMPERSONAL = { personal: false, sensitive: false, people: { count: 0, origin: "declared" } };
const OFFICIAL_SENSITIVE = { classification: "OFFICIAL-SENSITIVE" };

test("SDT-3: personal or sensitive data waits for the line manager's consent", () => {
  const when = { approvals: [] };
  const met = { approvals: [{ role: "line-manager", by: "line.manager@justice.gov.uk" }] };
  const consent = { clause: "SDT-3", rule: "line-manager-consents", need: "approval:line-manager" } as const;
  enforces({ ...consent, method: "secure-link", when, met });
  enforces({ ...consent, method: "post", when: { ...when, personal: false, ...OFFICIAL_SENSITIVE }, met });
  assert.ok(!needs("secure-link", { ...when, ...IMPERSONAL }).includes("line-manager-consents"));
});

test("SDT-4: a purpose and a necessity are stated", () => {
  enforces({
    clause: "SDT-4",
    rule: "purpose-stated",
    method: "secure-link",
    when: { purpose: "  " },
    met: { purpose: "x" },
  });
  enforces({
    clause: "SDT-4",
    rule: "necessity-stated",
    method: "fax",
    when: { necessity: null },
    met: { necessity: "x" },
  });
});

test("SDT-5: a third party or supplier needs an agreement or the reason why there is none; an expired one does not count", () => {
  for (const kind of ["third-party", "supplier"]) {
    const needed = {
      clause: "SDT-5",
      rule: "agreement-or-reason",
      method: "secure-link",
      need: "agreement:current",
    } as const;
    const when = { "recipients.0.kind": kind };
    enforces({ ...needed, when: { ...when, agreement: null }, met: { agreement: { none: "One letter" } } });
    enforces({
      ...needed,
      when: { ...when, "agreement.expires": "2026-11-01" },
      met: { "agreement.expires": "2026-11-02" },
    });
    enforces({ ...needed, when: { ...when, "agreement.expires": null }, met: { "agreement.expires": "2027-01-01" } });
  }
  for (const [kind, address] of [
    ["member", "clerk@justice.gov.uk"],
    ["partner", "clerk@homeoffice.gov.uk"],
    ["public", "somebody@example.org"],
  ]) {
    const recipient = { "recipients.0.kind": kind, "recipients.0.address": address };
    assert.deepEqual(needs("secure-link", { agreement: null, ...recipient }), []);
  }
});

test("SDT-5: the methods that an agreement stipulates refuse the others, and name one that is left", () => {
  const when = { "agreement.methods": ["post", "hand-delivery"] };
  const rule = { clause: "SDT-5", rule: "agreement-stipulates", verdict: "refused", need: "method:post" } as const;
  enforces({ ...rule, method: "secure-link", when, met: { "agreement.methods": ["secure-link"] } });
  enforces({ ...rule, method: "email", when, met: { "agreement.methods": [] } });
  assert.equal(by("post", when).verdict, "ready");
});

test("SDT-5: what kind of recipient it is must be known", () => {
  const when = { "recipients.0.kind": null, agreement: null };
  enforces({ clause: "SDT-5", rule: "recipient-kind-stated", method: "secure-link", when });
});

test("SDT-5: who is called a colleague counts as one only with an address of the organisation", () => {
  const when = { "recipients.0.kind": "member", "recipients.0.address": "recipient@example.org", agreement: null };
  const met = { "recipients.0.address": "clerk@sub.justice.gov.uk" };
  enforces({ clause: "SDT-5", rule: "recipient-kind-stated", method: "secure-link", when, met });
  const [need] = by("secure-link", when).needs;
  assert.match(need?.says ?? "", /a colleague has an address of the organisation/);
});

test("SDT-6: the sender confirms that nothing is sent that the purpose does not need", () => {
  for (const minimised of [false, null])
    enforces({
      clause: "SDT-6",
      rule: "no-more-than-needed",
      method: "secure-link",
      when: { minimised },
      met: { minimised: true },
    });
});

test("SDT-7: personal or sensitive data goes only to someone who was verified and who may have it", () => {
  for (const when of [{}, { personal: false, special: false, ...OFFICIAL_SENSITIVE }]) {
    const verified = {
      clause: "SDT-7",
      rule: "recipient-established",
      method: "secure-link",
      need: "verify:recipient",
    } as const;
    enforces({
      ...verified,
      when: { ...when, "recipients.0.verified": false },
      met: { "recipients.0.verified": true },
    });
    const entitled = {
      clause: "SDT-7",
      rule: "recipient-entitled",
      method: "post",
      need: "declare:legitimate-need",
    } as const;
    enforces({
      ...entitled,
      when: { ...when, "recipients.0.legitimateNeed": "" },
      met: { "recipients.0.legitimateNeed": "x" },
    });
  }
  assert.deepEqual(
    needs("secure-link", { ...IMPERSONAL, "recipients.0.verified": null, "recipients.0.legitimateNeed": null }),
    [],
  );
});

test("SDT-7: that several people read a team mailbox is said", () => {
  const when = { "recipients.0.shared": true };
  advises({
    clause: "SDT-7",
    rule: "team-mailbox",
    method: "secure-link",
    when,
    met: { "recipients.0.shared": false },
  });
});

test("SDT-8: sensitivity, size and harm are asked for, and the advice shows how each counted", () => {
  for (const impact of [null, { individuals: "some" }, { organisation: "none" }])
    enforces({
      ...{ clause: "SDT-8", rule: "impact-stated", method: "secure-link", need: "declare:impact", when: { impact } },
      met: { impact: { individuals: "none", organisation: "none" } },
    });
  enforces({ clause: "SDT-8", rule: "size-stated", method: "email", when: { bytes: null }, met: { bytes: 1 } });
  const said = by("email", { ...OFFICIAL_SENSITIVE, "impact.individuals": "serious" }).advice;
  const weighed = said.filter(({ clauses }) => clauses.includes("SDT-8")).map(({ says }) => says);
  assert.deepEqual(
    weighed.map((says) => /personal|sensitive|serious harm/.exec(says)?.[0]),
    ["personal", "sensitive", "serious harm"],
  );
});

test("SDT-10, SDT-15: personal or sensitive content goes by email only in an encrypted attachment", () => {
  for (const when of [
    { package: "none" },
    { package: null },
    { package: "none", personal: false, ...OFFICIAL_SENSITIVE },
  ]) {
    for (const clause of ["SDT-10", "SDT-15"])
      enforces({
        clause,
        rule: "email-packaged",
        method: "email",
        need: "package:encrypted",
        when,
        met: { package: "zip" },
      });
  }
  // A trusted network never lifts this: both ends of the example are on one.
  assert.ok(needs("email", { package: "none" }).includes("email-packaged"));
});

test("SDT-15: for other content, an encrypted attachment is advised where practical", () => {
  const when = { ...IMPERSONAL, package: "none" };
  advises({ clause: "SDT-15", rule: "email-package-advised", method: "email", when, met: { package: "pdf" } });
  assert.equal(by("email", when).verdict, "ready");
});

test("SDT-11: email has a size limit, before encoding, and what is larger goes another way", () => {
  for (const method of ["email", "cjsm"] as const) {
    const limit = {
      clause: "SDT-11",
      rule: "email-size-limit",
      method,
      need: "method:secure-link",
      verdict: "refused",
    } as const;
    enforces({ ...limit, when: { bytes: 20_000_001 }, met: { bytes: 20_000_000 } });
  }
  const email = { limitBytes: 1000, secureLinkAboveBytes: 500 };
  assert.equal(by("email", { bytes: 1001 }, { settings: { email } }).verdict, "refused");
});

test("SDT-12: email of personal or sensitive content needs the reason why nothing better serves, and a secret by another channel", () => {
  const when = { "reasons.email": null };
  enforces({
    clause: "SDT-12",
    rule: "email-reason",
    method: "email",
    need: "reason:email",
    when,
    met: { "reasons.email": "x" },
  });
  const unplanned = { package: "none", "secret.channel": null };
  assert.deepEqual(needs("email", { ...unplanned, ...when }), [
    "email-packaged",
    "email-secret-planned",
    "email-reason",
  ]);
  assert.ok(!needs("email", { ...unplanned, "secret.channel": "post" }).includes("email-secret-planned"));
  const ranks = answer(OFFICIAL_SENSITIVE).methods.map(({ method }) => method);
  assert.ok(ranks.indexOf("secure-link") < ranks.indexOf("email"));
});

test("SDT-13, OXM-8, OXM-23: the secret is told by another channel, on a number that was checked", () => {
  for (const rules of ["uk-government", "university"] as const) {
    for (const clause of ["SDT-13", "OXM-8", "OXM-23"]) {
      const told = {
        rules,
        clause,
        rule: "secret-by-another-channel",
        method: "secure-link",
        need: "plan:secret-channel",
      } as const;
      enforces({ ...told, when: { "secret.channel": "email" }, met: { "secret.channel": "teams" } });
      enforces({ ...told, when: { secret: { strength: 4 } }, met: { "secret.channel": "in-person" } });
    }
    for (const clause of ["SDT-13", "OXM-8"]) {
      const password = { rules, clause, rule: "password-by-another-channel", method: "email" } as const;
      enforces({ ...password, when: { "secret.channel": "email" }, met: { "secret.channel": "post" } });
      const number = { rules, clause, rule: "secret-number-verified", need: "verify:secret-number" } as const;
      const when = { "secret.channel": "phone", "secret.numberVerified": false };
      for (const method of ["secure-link", "email", "removable-media"] as const)
        enforces({ ...number, method, when, met: { "secret.numberVerified": true } });
    }
  }
  assert.ok(
    !needs("secure-link", { secret: null, "recipients.0.authentication": "account" }).includes("secret-strong"),
  );
});

test("SDT-16: a subject is the reference, or for what is neither personal nor sensitive a text that gives nothing away", () => {
  for (const method of ["email", "cjsm"] as const)
    for (const subject of [null, "Hearing", "Joan Smith", "WB-7F3K-Q2XW"])
      enforces({
        ...{ clause: "SDT-16", rule: "subject-neutral", method, need: "subject:neutral", when: { subject } },
        met: { subject: "wb-7f3k-q2xv" },
      });
  assert.equal(by("email", { ...IMPERSONAL, subject: "Agenda for the meeting" }).verdict, "ready");
  for (const subject of ["Agenda for Listing", "Agenda for meeting 3", "OFFICIAL: agenda", "Notes from joan smith"])
    assert.deepEqual(needs("email", { ...IMPERSONAL, subject }), ["subject-neutral"], subject);
});

test("SDT-17, SET-4: only addresses in the organisation's own domains can send", () => {
  for (const clause of ["SDT-17", "SET-4"])
    for (const address of ["sender@example.org", "sender@gmail.com", "sender@notjustice.gov.uk"])
      enforces({
        ...{ clause, rule: "sender-work-address", method: "secure-link", when: { "sender.address": address } },
        met: { "sender.address": "Sender@Digital.Justice.GOV.UK" },
      });
});

test("SDT-18, OXM-13: removable media is last, and needs the reason why nothing better serves", () => {
  for (const rules of ["uk-government", "university"] as const) {
    for (const clause of ["SDT-18", "OXM-13"])
      enforces({
        ...{ rules, clause, rule: "media-last-resort", method: "removable-media", need: "reason:removable-media" },
        ...{ when: { reasons: {} }, met: { "reasons.removable-media": "No network" } },
      });
    assert.deepEqual(
      answer({}, { rules })
        .methods.slice(-2)
        .map(({ method }) => method),
      ["removable-media", "fax"],
    );
  }
  // Even where it alone is not refused.
  const stipulated = answer({ "agreement.methods": ["removable-media"] }).methods;
  assert.equal(stipulated.find(({ method }) => method === "removable-media")?.verdict, "ready");
  assert.equal(stipulated.at(-2)?.method, "removable-media");
});

test("SDT-19, OXM-13: what is on the media is encrypted", () => {
  const clear = { package: "none", media: { registered: true, encrypted: false, hardware: false } };
  for (const rules of ["uk-government", "university"] as const)
    for (const clause of ["SDT-19", "OXM-13"])
      for (const met of [{ package: "age" }, { "media.encrypted": true }, { "media.hardware": true }])
        enforces({ ...{ rules, clause, rule: "media-encrypted", method: "removable-media", when: clear }, met });
});

test("SDT-20, OXM-20: a secret is strong, rated 3 or more", () => {
  for (const rules of ["uk-government", "university"] as const)
    for (const clause of ["SDT-20", "OXM-20"])
      for (const method of ["removable-media", "email", "secure-link"] as const)
        for (const strength of [null, 2])
          enforces({
            ...{ rules, clause, rule: "secret-strong", method, need: "plan:secret-strength" },
            ...{ when: { "secret.strength": strength }, met: { "secret.strength": 3 } },
          });
});

test("SDT-21: the media's password goes another way than the media", () => {
  const other = { clause: "SDT-21", rule: "media-secret-by-another-channel", method: "removable-media" } as const;
  for (const channel of ["post", "email", null])
    enforces({ ...other, when: { "secret.channel": channel }, met: { "secret.channel": "phone" } });
  assert.ok(!needs("removable-media", { "secret.channel": "post", carrier: "by-hand" }).includes(other.rule));
});

test("SDT-22: what is too large for media waits for operational security", () => {
  const when = { bytes: 64_000_000_001, "advice.operational-security": "asked" };
  const met = { "advice.operational-security": "answered" };
  enforces({ clause: "SDT-22", rule: "media-too-large", method: "removable-media", when, met });
  advises({ clause: "SDT-22", rule: "too-large-for-media", method: "secure-link", when, met });
});

test("SDT-23: only media that is registered to its owner is used", () => {
  for (const registered of [false, null])
    enforces({
      ...{ clause: "SDT-23", rule: "media-registered", method: "removable-media", need: "media:registered" },
      ...{ when: { "media.registered": registered }, met: { "media.registered": true } },
    });
});
