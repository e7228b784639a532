import assert from "node:assert/strict";
import { test } from "node:test";
import { sealGrant } from "./grants.ts";
import { generateKeyPair } from "./keys.ts";
import { openRecoveryGrant, sealRecoveryGrant } from "./recovery-grant.ts";
import { sealJson } from "./sealed-json.ts";

const reference = "WB-7F3K-Q2XV";
const [transfer, recovery, earlier, classic] = await Promise.all([
  generateKeyPair(),
  generateKeyPair(),
  generateKeyPair(),
  generateKeyPair("classic"),
]);
const grant = { version: 1, reference, identity: transfer.identity } as const;

/** The last letter is another one. */
function withSlip(text: string): string {
  return `${text.slice(0, -1)}${text.endsWith("q") ? "p" : "q"}`;
}

test("the recovery key opens the transfer key of that transfer, also among earlier recovery keys", async () => {
  const { bytes } = await sealRecoveryGrant(grant, recovery.recipient);
  assert.deepEqual(await openRecoveryGrant(bytes, [earlier.identity, recovery.identity], { reference }), grant);
});

test("another key, another transfer's access and an altered one are refused, each with its code", async () => {
  const { bytes } = await sealRecoveryGrant(grant, recovery.recipient);
  await assert.rejects(openRecoveryGrant(bytes, [earlier.identity], { reference }), { code: "no-access" });
  await assert.rejects(openRecoveryGrant(bytes, [recovery.identity], { reference: "WB-0000-0000" }), {
    code: "damaged",
  });
  const altered = new Uint8Array(bytes);
  altered.set([(altered.at(-1) ?? 0) ^ 1], altered.length - 1);
  await assert.rejects(openRecoveryGrant(altered, [recovery.identity], { reference }), { code: "damaged" });
});

test("a recipient's grant is none for the recovery key, and nothing more than its fields is taken", async () => {
  const token = "A".repeat(43);
  const theirs = await sealGrant({ ...grant, token }, { recipients: [recovery.recipient] });
  const more = await sealJson({ ...grant, extra: true }, { recipients: [recovery.recipient] });
  for (const { bytes } of [theirs, more]) {
    await assert.rejects(openRecoveryGrant(bytes, [recovery.identity], { reference }), { code: "damaged" });
  }
});

test("a key that is not post-quantum, or no key, is no recovery key", async () => {
  await assert.rejects(sealRecoveryGrant(grant, classic.recipient), { code: "mixed-strength" });
  await assert.rejects(sealRecoveryGrant(grant, recovery.identity), { code: "bad-key" });
  await assert.rejects(sealRecoveryGrant(grant, withSlip(recovery.recipient)), { code: "bad-key" });
});
