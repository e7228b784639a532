import assert from "node:assert/strict";
import { test } from "node:test";
import { CARRIERS } from "../../src/domain/facts.ts";
import { advises, by, enforces, needs } from "./policy-under-test.ts";

const IMPERSONAL = { personal: false, sensitive: false, people: { count: 0, origin: "declared" } };

test("SDT2-1: files go by secure link; above 5 MB email needs a reason, up to it the secure link is advice", () => {
  const when = { ...IMPERSONAL, "reasons.email": null };
  const large = { clause: "SDT2-1", rule: "email-large-reason", method: "email", need: "reason:email" } as const;
  enforces({ ...large, when: { ...when, bytes: 5_000_001 }, met: { bytes: 5_000_000 } });
  enforces({ ...large, when: { ...when, bytes: 5_000_001 }, met: { "reasons.email": "x" } });
  const small = { ...when, package: "none", bytes: 5_000_000 };
  assert.equal(by("email", small).verdict, "ready");
  advises({ clause: "SDT2-1", rule: "email-secure-link-first", method: "email", when: small });
  const email = { limitBytes: 2000, secureLinkAboveBytes: 1000 };
  assert.deepEqual(needs("email", { ...when, bytes: 1001 }, { settings: { email } }), ["email-large-reason"]);
});

test("SDT2-2: media goes by a carrier that takes a signature, or is handed over", () => {
  const signed = ["recorded-delivery", "special-delivery", "dx-tracked", "dx-courier-tracked", "dx-secure"];
  for (const carrier of CARRIERS) {
    const fits = [...signed, "tracked-courier", "by-hand"].includes(carrier);
    assert.equal(needs("removable-media", { carrier }).includes("media-signed-for"), !fits, carrier);
  }
  for (const carrier of [null, "letter-post"])
    enforces({
      ...{ clause: "SDT2-2", rule: "media-signed-for", method: "removable-media", need: "carrier:signed" },
      ...{ when: { carrier }, met: { carrier: "recorded-delivery" } },
    });
});

test("SDT2-3: identification is seen before anything is handed over", () => {
  const seen = { clause: "SDT2-3", need: "verify:identity-seen", met: { "handover.identitySeen": true } } as const;
  enforces({ ...seen, rule: "identity-before-handing-over", method: "hand-delivery", when: { handover: null } });
  const byHand = { carrier: "by-hand", "handover.identitySeen": false };
  enforces({ ...seen, rule: "media-identity-before-handing-over", method: "removable-media", when: byHand });
});

test("SDT2-4: on the telephone as little as possible, and nothing personal before the other side is known", () => {
  const call = { clause: "SDT2-4", method: "telephone" } as const;
  enforces({ ...call, rule: "telephone-minimum", when: { "phone.minimum": null }, met: { "phone.minimum": true } });
  const unknown = { "phone.identityConfirmed": false };
  enforces({ ...call, rule: "telephone-identity", when: unknown, met: { "phone.identityConfirmed": true } });
  assert.deepEqual(needs("telephone", { ...IMPERSONAL, ...unknown }), []);
});

test("SDT2-5: the privacy team is told of personal data to a third party: advice, or a need where configured", () => {
  const when = { advice: {} };
  const met = { "advice.privacy-team": "asked" };
  advises({ clause: "SDT2-5", rule: "privacy-team-told", method: "secure-link", when, met });
  const settings = { require: ["privacy-team-told"] };
  enforces({ clause: "SDT2-5", rule: "privacy-team-told", method: "secure-link", settings, when, met });
});

test("SDT2-6: removable media waits for operational security's yes; asking, and a no, are not enough", () => {
  for (const how of [null, "asked", "against"]) {
    const advice = how === null ? {} : { "operational-security": how };
    enforces({
      ...{ clause: "SDT2-6", rule: "media-operational-security", method: "removable-media" },
      ...{ need: "advice:operational-security", when: { advice }, met: { "advice.operational-security": "answered" } },
    });
  }
  assert.equal(by("secure-link", { "advice.operational-security": "asked" }).verdict, "ready");
});

test("SDT2-7: storage at the destination is stated for personal data to a third party: advice, or a need where configured", () => {
  const when = { destinationStorage: null };
  const met = { destinationStorage: "Encrypted" };
  advises({ clause: "SDT2-7", rule: "destination-storage-stated", method: "post", when, met });
  const settings = { require: ["destination-storage-stated"] };
  enforces({ clause: "SDT2-7", rule: "destination-storage-stated", method: "post", settings, when, met });
});

test("SDT2-8: media is packed against damage", () => {
  const when = { "envelope.packed": false };
  enforces({
    clause: "SDT2-8",
    rule: "media-packed",
    method: "removable-media",
    when,
    met: { "envelope.packed": true },
  });
});

test("SDT2-9: the organisation's own platform is named where it can serve", () => {
  advises({ clause: "SDT2-9", rule: "own-platform", method: "secure-link", when: {} });
  assert.match(by("secure-link").advice[0]?.says ?? "", /^Microsoft Teams and SharePoint /);
  const said = (guests: boolean, kind: string) => {
    const settings = { collaborationPlatform: { name: "Teams", guests } };
    const address = kind === "member" ? "clerk@justice.gov.uk" : "recipient@example.org";
    const change = { "recipients.0.kind": kind, "recipients.0.address": address };
    const { advice } = by("secure-link", change, { settings });
    return advice.some(({ clauses }) => clauses.includes("SDT2-9"));
  };
  assert.deepEqual([said(false, "third-party"), said(false, "member"), said(true, "third-party")], [false, true, true]);
});
