import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import type { Member } from "./member.ts";
import { NOT_STATED, type Recipient, type Transfer } from "./transfer.ts";
import { type Assessed, buildWaybill, correctedWaybill, entryDigest, entryOf, fixWaybill } from "./waybill.ts";

const DECIDED: Assessed = {
  method: "secure-link",
  policy: { rules: "uk-government", digest: "sha256:example" },
  needs: ["approval:line-manager"],
  assessment: "ef".repeat(32),
};
const sender: Member = {
  id: "s",
  address: "sam.sender@examples.test",
  name: "Sam Sender",
  phone: "",
  roles: [],
  lineManagerId: null,
  state: "active",
  offer: null,
  createdAt: "2026-11-21T10:00:00.000Z",
};
const transfer: Transfer = {
  reference: "WB-7F3K-Q2XV",
  state: "draft",
  senderId: "s",
  salt: "AAAAAAAAAAAAAAAAAAAAAA",
  facts: {
    ...NOT_STATED,
    purpose: "Hearing bundle",
    necessity: "The board reads it before the hearing",
    classification: "OFFICIAL",
    personal: false,
    sensitive: false,
    impact: { individuals: "none", organisation: "none" },
  },
  createdAt: "2026-11-21T10:00:00.000Z",
  expiresAt: "2026-12-05T10:00:00.000Z",
  senderGrant: "x",
  uploadId: "u",
  sealed: { bodyId: "u", bodySize: 900, manifest: "x", content: "ab".repeat(32), totals: { items: 2, bytes: 700 } },
  standInId: null,
  recovery: null,
  shownTo: [],
  riskyReason: null,
  carriage: null,
  waybill: null,
  releasedAt: null,
  endedAt: null,
  destruction: null,
};
const recipient: Recipient = {
  id: "r",
  reference: transfer.reference,
  position: 0,
  party: { kind: "contact", contactId: "c" },
  name: "Robin Clerk",
  address: "clerk@chambers.test",
  organisation: "Example Chambers",
  language: "en",
  team: false,
  state: "named",
  access: "words",
  registerFirst: false,
  expecting: true,
  legitimateNeed: "",
  grant: "c2VhbGVk",
  tokenHash: "cd".repeat(32),
  arrival: null,
  wordsToldAt: null,
  releasedAt: null,
  handedOutAt: null,
  openedAt: null,
  receivedAt: null,
  confirmation: null,
};

test("SIS-23: the waybill carries reference, originator, recipients and counts, and has one exact text", async () => {
  const entry = await entryDigest(entryOf(recipient));
  const sealed = await sha256Hex(utf8("sealed"));
  const fixed = await fixWaybill(await buildWaybill(transfer, [recipient], sender, "Ministry of Examples", DECIDED));
  assert.equal(
    fixed.text,
    `{"assessment":"${"ef".repeat(32)}","content":"${"ab".repeat(32)}","expires":"2026-12-05T10:00:00.000Z","facts":{"classification":"OFFICIAL","impact":{"individuals":"none","organisation":"none"},"necessity":"The board reads it before the hearing","offences":null,"people":null,"personal":false,"purpose":"Hearing bundle","sensitive":false,"special":null},"grants":["${sealed}"],"method":"secure-link","needs":["approval:line-manager"],"originator":{"address":"sam.sender@examples.test","name":"Sam Sender","organisation":"Ministry of Examples"},"policy":{"digest":"sha256:example","rules":"uk-government"},"recipients":["${entry}"],"recovery":null,"reference":"WB-7F3K-Q2XV","totals":{"bytes":700,"items":2,"sealed":900},"version":1}`,
  );
  assert.match(fixed.digest, /^[0-9a-f]{64}$/);
});

test("any change to what is sent, to whom or until when gives another digest", async () => {
  const digest = async (t: Transfer, r: readonly Recipient[]) =>
    (await fixWaybill(await buildWaybill(t, r, sender, "O", DECIDED))).digest;
  const sealed = transfer.sealed;
  assert.ok(sealed);
  const digests = await Promise.all([
    digest(transfer, [recipient]),
    digest({ ...transfer, expiresAt: "2026-12-06T10:00:00.000Z" }, [recipient]),
    digest({ ...transfer, facts: { ...transfer.facts, purpose: "Other" } }, [recipient]),
    digest({ ...transfer, sealed: { ...sealed, content: "ba".repeat(32) } }, [recipient]),
    digest({ ...transfer, sealed: { ...sealed, totals: { items: 3, bytes: 700 } } }, [recipient]),
    digest(transfer, [{ ...recipient, address: "other@chambers.test" }]),
    digest(transfer, [{ ...recipient, tokenHash: "dc".repeat(32) }]),
    digest(transfer, [{ ...recipient, grant: "c2VhbGVl" }]),
    digest(transfer, [recipient, recipient]),
    fixWaybill(await buildWaybill(transfer, [recipient], sender, "O", { ...DECIDED, needs: [] })).then((f) => f.digest),
    fixWaybill(await buildWaybill(transfer, [recipient], sender, "O", { ...DECIDED, assessment: "00" })).then(
      (f) => f.digest,
    ),
  ]);
  assert.equal(new Set(digests).size, digests.length);
});

test("a waybill cannot be made while files or somebody's access are missing", async () => {
  await assert.rejects(buildWaybill({ ...transfer, sealed: null }, [recipient], sender, "O", DECIDED), {
    code: "incomplete",
  });
  await assert.rejects(buildWaybill(transfer, [{ ...recipient, grant: null }], sender, "O", DECIDED), {
    code: "incomplete",
  });
  await assert.rejects(buildWaybill(transfer, [{ ...recipient, tokenHash: null }], sender, "O", DECIDED), {
    code: "incomplete",
  });
});

test("recipients who are handed the waybill do not see each other, and each finds their own entry", async () => {
  const other = { ...recipient, name: "Olu Other", address: "olu@other.test", tokenHash: "ef".repeat(32) };
  const waybill = await buildWaybill(transfer, [recipient, other], sender, "O", DECIDED);
  assert.doesNotMatch(JSON.stringify(waybill), /Robin|chambers|Olu|other\.test/);
  assert.ok(waybill.recipients.includes(await entryDigest(entryOf(other))));
  const guessed = await entryDigest({
    name: other.name,
    address: other.address,
    access: "words",
    token: "00".repeat(32),
  });
  assert.ok(!waybill.recipients.includes(guessed), "without the token's hash a guess cannot be tried");
});

test("a corrected waybill replaces one entry in its place, and refuses one that it does not name", async () => {
  const waybill = await buildWaybill(transfer, [recipient], sender, "O", DECIDED);
  const right = { ...entryOf(recipient), address: "right@chambers.test" };
  const other = { ...recipient, name: "Olu Other", tokenHash: "ef".repeat(32), grant: "b3RoZXI=" };
  const both = await buildWaybill(transfer, [other, recipient], sender, "O", DECIDED);
  const corrected = await correctedWaybill(both, entryOf(recipient), right, "12".repeat(32));
  assert.deepEqual(corrected, {
    ...both,
    recipients: [both.recipients[0], await entryDigest(right)],
    grants: [both.grants[0], "12".repeat(32)],
  });
  await assert.rejects(correctedWaybill(waybill, right, right, "12".repeat(32)), { code: "changed" });
});
