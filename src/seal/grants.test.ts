import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64Url } from "../bytes/base64.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { parseHeader } from "../envelope/header.ts";
import { headerStrength, scryptLogN } from "../envelope/strength.ts";
import { openKeyBundle, PASSKEY_INFO, sealKeyBundle } from "./bundle.ts";
import { newToken, openGrant, openSenderGrant, sealGrant, sealSenderGrant, tokenDigest } from "./grants.ts";
import { generateKeyPair, identityFromSecret, recipientOf } from "./keys.ts";
import { generateRecoveryCode, recoveryKeys } from "./recovery.ts";
import { sealJson } from "./sealed-json.ts";
import { generateSecret } from "./words.ts";

const person = await generateKeyPair();
const standIn = await generateKeyPair();
const classic = await generateKeyPair("classic");
const transfer = await generateKeyPair();
const reference = "WB-7F3K-Q2XV";
const grant = { version: 1, reference, identity: transfer.identity, token: newToken() } as const;
const expected = { reference };

test("SDT-14: a grant to six words opens with them, and with no others", async () => {
  const secret = generateSecret();
  const sealed = await sealGrant(grant, { secret });
  const header = parseHeader(sealed.bytes) ?? assert.fail();
  assert.equal(headerStrength(header), "passphrase");
  assert.equal(scryptLogN(header), 16);
  assert.deepEqual(await openGrant(sealed.bytes, { secret }, { ...expected, digest: sealed.digest }), grant);
  await assert.rejects(openGrant(sealed.bytes, { secret: generateSecret() }, expected), { code: "wrong-secret" });
});

test("an altered grant is damaged before any words are tried, where its digest is known", async () => {
  const secret = generateSecret();
  const { bytes, digest } = await sealGrant(grant, { secret });
  const altered = bytes.slice();
  altered[110] = (altered[110] ?? 0) ^ 1;
  await assert.rejects(openGrant(altered, { secret: "wrong words" }, { reference, digest }), { code: "damaged" });
});

test("a grant to people opens with each one's key; another's grant and another transfer's do not", async () => {
  const sealed = await sealGrant(grant, { recipients: [person.recipient, standIn.recipient] });
  for (const { identity } of [person, standIn]) {
    assert.deepEqual(await openGrant(sealed.bytes, { identities: [identity] }, expected), grant);
  }
  const key = { identities: [transfer.identity] };
  await assert.rejects(openGrant(sealed.bytes, key, expected), { code: "no-access" });
  const own = { identities: [person.identity] };
  await assert.rejects(openGrant(sealed.bytes, own, { reference: "WB-OTHER" }), { code: "damaged" });
});

test("access to a transfer is given to no classic key", async () => {
  await assert.rejects(sealGrant(grant, { recipients: [classic.recipient] }), { code: "mixed-strength" });
  const mixed = { recipients: [person.recipient, classic.recipient] };
  await assert.rejects(sealGrant(grant, mixed), { code: "mixed-strength" });
  const forced = await sealJson({ ...grant }, { recipients: [classic.recipient] });
  const opening = openGrant(forced.bytes, { identities: [classic.identity] }, expected);
  await assert.rejects(opening, { code: "damaged" });
});

test("a grant whose content breaks its format is damaged", async () => {
  const wrong = [
    { ...grant, version: 2 },
    { ...grant, token: "short" },
    { ...grant, identity: classic.identity },
    { ...grant, reference: 7 },
    { ...grant, extra: true },
    [],
    "text",
  ];
  for (const value of wrong) {
    const { bytes } = await sealJson(value, { recipients: [person.recipient] });
    const opening = openGrant(bytes, { identities: [person.identity] }, expected);
    await assert.rejects(opening, { code: "damaged" }, JSON.stringify(value));
  }
});

test("the sender's grant gives back every recipient's words and token to the sender and the stand-in", async () => {
  const secrets = { ada: generateSecret(), __proto__x: generateSecret() };
  const tokens = { ada: newToken(), bob: newToken() };
  for (const recovery of [null, "ab".repeat(32)]) {
    const own = { version: 1, reference, identity: transfer.identity, secrets, tokens, recovery } as const;
    const { bytes } = await sealSenderGrant(own, [person.recipient, standIn.recipient]);
    const opened = await openSenderGrant(bytes, [standIn.identity], expected);
    assert.deepEqual({ ...opened, secrets: { ...opened.secrets }, tokens: { ...opened.tokens } }, own);
  }
});

test("the waybill's hash of a token is that of its 32 bytes", async () => {
  const token = newToken();
  assert.equal(fromBase64Url(token).length, 32);
  assert.equal(await tokenDigest(token), await sha256Hex(fromBase64Url(token)));
});

test("a member's key opens by passkey, by recovery code and by words, each from a file of its own", async () => {
  const bundle = { version: 1, identity: person.identity } as const;
  const byPasskey = identityFromSecret(new Uint8Array(32).fill(5), PASSKEY_INFO);
  const code = await generateRecoveryCode();
  const byCode = (await recoveryKeys(code)).identity;
  for (const identity of [byPasskey, byCode]) {
    const { bytes, digest } = await sealKeyBundle(bundle, { recipients: [await recipientOf(identity)] });
    assert.deepEqual(await openKeyBundle(bytes, { identities: [identity] }, digest), bundle);
    await assert.rejects(openKeyBundle(bytes, { identities: [transfer.identity] }), { code: "no-access" });
  }
  const passphrase = generateSecret();
  const { bytes } = await sealKeyBundle(bundle, { passphrase, logN: 16 });
  assert.deepEqual(await openKeyBundle(bytes, { passphrase }), bundle);
  await assert.rejects(openKeyBundle(bytes, { passphrase: "other" }), { code: "wrong-secret" });
});

test("a recovery code survives how people write it, and a slip is noticed", async () => {
  const code = await generateRecoveryCode();
  assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  const keys = await recoveryKeys(code);
  const typed = ` ${code.toLowerCase().replaceAll("-", " – ").replaceAll("0", "o").replaceAll("1", "l")} `;
  assert.deepEqual(await recoveryKeys(typed), keys);
  const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let unnoticed = 0;
  for (let at = 0; at < code.length; at++) {
    if (code[at] === "-") continue;
    const other = symbols[(symbols.indexOf(code[at] ?? "") + 1) % 32];
    const slip = code.slice(0, at) + other + code.slice(at + 1);
    await recoveryKeys(slip).then(
      () => unnoticed++,
      (cause) => assert.equal(cause.code, "bad-input"),
    );
  }
  assert.ok(unnoticed <= 1, "a check of 12 bits lets one slip in 4,096 through");
  for (const wrong of ["", code.slice(1), `${code}0`, code.replace(/^./, "U")]) {
    await assert.rejects(recoveryKeys(wrong), { code: "bad-input" });
  }
});

test("the sign-in key and the sealing key of a recovery code tell nothing of each other", async () => {
  const { signIn, identity } = await recoveryKeys(
    "0000-0000-0000-0000-0000-0000-05CC".replace("05CC", await checkOf0()),
  );
  assert.equal(signIn.length, 32);
  assert.notEqual(identity, identityFromSecret(signIn, "waybill/v1/recovery/seal"));
});

/** The last group of the code of 128 zero bits, computed from its description in docs/encryption.md. */
async function checkOf0(): Promise<string> {
  const digest = await sha256Hex(
    new Uint8Array([...new TextEncoder().encode("waybill/v1/recovery/check"), ...new Array(16).fill(0)]),
  );
  const bits = `0000000${BigInt(`0x${digest}`).toString(2).padStart(256, "0").slice(0, 12)}`;
  const tail = bits.padStart(20, "0");
  return [0, 5, 10, 15]
    .map((at) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Number.parseInt(tail.slice(at, at + 5), 2)])
    .join("");
}
