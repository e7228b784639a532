import assert from "node:assert/strict";
import { test } from "node:test";
import { AT, sampleOrganisation, sampleRecipient, sampleTransfer } from "../../testing/samples.ts";
import { textNotice } from "./text-notice.ts";

const verified = { how: "Their letterhead", byMemberId: "amina", at: AT };
const MOBILE = "+447700900456";
const about = { transfer: sampleTransfer(), organisation: sampleOrganisation(), at: AT };

test("OXM-8: a text goes to a checked number that takes texts, of somebody who prefers them, in their language", () => {
  const recipient = sampleRecipient();
  const phones = [
    { kind: "telephone" as const, number: "+442079460142", verified },
    { kind: "telephone" as const, number: MOBILE, verified },
  ];
  assert.equal(textNotice({ ...about, recipient }, { preferred: "sms", phones })?.to, MOBILE);
  assert.equal(textNotice({ ...about, recipient }, { preferred: "phone", phones }), null);
  assert.equal(textNotice({ ...about, recipient }, { preferred: "sms", phones: phones.slice(0, 1) }), null);
  const unchecked = [{ kind: "telephone" as const, number: MOBILE, verified: null }];
  assert.equal(textNotice({ ...about, recipient }, { preferred: "sms", phones: unchecked }), null);
  const fax = [{ kind: "fax" as const, number: MOBILE, verified }];
  assert.equal(textNotice({ ...about, recipient }, { preferred: "sms", phones: fax }), null, "SIS-20: no fax machine");
  const welsh = { ...recipient, language: "cy" as const };
  assert.match(textNotice({ ...about, recipient: welsh }, { preferred: "sms", phones })?.text ?? "", /yn ddiogel/);
});
