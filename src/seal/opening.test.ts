import assert from "node:assert/strict";
import { test } from "node:test";
import { identityToRecipient } from "age-encryption";
import { concat } from "../bytes/concat.ts";
import { fromUtf8, utf8 } from "../bytes/text.ts";
import { parseHeader } from "../envelope/header.ts";
import { bech32 } from "./bech32.ts";
import { generateKeyPair, identityFromSecret, recipientOf, recipientStrength } from "./keys.ts";
import { type OpenWith, openBytes, openSealing, readHeader } from "./opening.ts";
import { newSealing, type SealTo, sealBytes } from "./sealing.ts";
import { once } from "./stream.ts";
import { platformCipher } from "./webcrypto-cipher.ts";

const cipher = await platformCipher();
const [pq, otherPq, classic] = [await generateKeyPair(), await generateKeyPair(), await generateKeyPair("classic")];
const text = utf8("The minutes of the meeting.");
const seal = (to: SealTo) => sealBytes(text, to, cipher);
const open = (sealed: Uint8Array, keys: OpenWith) => openBytes(sealed, keys, cipher);
const forWords: SealTo = { passphrase: "six words", logN: 10 };

test("each recipient of a file opens it, and nobody else", async () => {
  const sealed = await seal({ recipients: [pq.recipient, otherPq.recipient] });
  assert.deepEqual(await open(sealed, { identities: [pq.identity] }), text);
  assert.deepEqual(await open(sealed, { identities: [classic.identity, otherPq.identity] }), text);
  const stranger = await generateKeyPair();
  await assert.rejects(open(sealed, { identities: [stranger.identity] }), { code: "no-access" });
  await assert.rejects(open(sealed, { identities: [] }), { code: "no-access" });
  await assert.rejects(open(sealed, { passphrase: "six words" }), { code: "no-access" });
});

test("other words are wrong words, and a key does not help", async () => {
  const sealed = await seal(forWords);
  assert.deepEqual(await open(sealed, { passphrase: "six words" }), text);
  await assert.rejects(open(sealed, { passphrase: "six wordz" }), { code: "wrong-secret" });
  await assert.rejects(open(sealed, { identities: [pq.identity] }), { code: "no-access" });
});

test("a work factor outside what is accepted is refused before anything is tried", async () => {
  const sealed = await seal(forWords);
  await assert.rejects(open(sealed, { passphrase: "six words", logN: [15, 18] }), { code: "too-costly" });
  const costly = utf8(fromUtf8(sealed.subarray(0, 120)).replace(/ 10\n/, " 31\n"));
  await assert.rejects(open(concat([costly, sealed.subarray(120)]), { passphrase: "six words" }), {
    code: "too-costly",
  });
});

test("a classic and a post-quantum key never protect the same file", async () => {
  await assert.rejects(seal({ recipients: [pq.recipient, classic.recipient] }), { code: "mixed-strength" });
  await assert.rejects(seal({ recipients: [] }), { code: "bad-input" });
  await assert.rejects(seal({ passphrase: "", logN: 10 }), { code: "bad-input" });
});

test("every changed byte of a header keeps the file shut, and where the key still fits it is called damaged", async () => {
  const sealed = await seal({ recipients: [classic.recipient] });
  const { length } = parseHeader(sealed) ?? assert.fail();
  const codes = new Map<number, string>();
  for (let at = 0; at < length + 16; at++) {
    const altered = sealed.slice();
    altered[at] = (altered[at] ?? 0) ^ 2;
    await assert.rejects(open(altered, { identities: [classic.identity] }), (cause: { code?: string }) => {
      codes.set(at, cause.code ?? "none");
      return cause.code === "damaged" || cause.code === "no-access";
    });
  }
  const mac = length - 44;
  for (let at = mac - 4; at < length + 16; at++) assert.equal(codes.get(at), "damaged", `byte ${at}`);
  for (let at = 0; at < 22; at++) assert.equal(codes.get(at), "damaged", `byte ${at}`);
});

test("a recipient added to a header by somebody else is found out by the MAC", async () => {
  const sealed = await seal({ recipients: [pq.recipient] });
  const extra = await seal({ recipients: [classic.recipient] });
  const stanza = extra.subarray(22, (parseHeader(extra)?.length ?? 0) - 48);
  const joined = concat([sealed.subarray(0, 22), stanza, sealed.subarray(22)]);
  await assert.rejects(open(joined, { identities: [pq.identity] }), { code: "damaged" });
});

test("a file cut anywhere in its first bytes is damaged, not somebody else's", async () => {
  const sealed = await seal(forWords);
  for (let end = 0; end < sealed.length; end += 7) {
    await assert.rejects(open(sealed.subarray(0, end), { passphrase: "six words" }), { code: "damaged" }, `${end}`);
  }
});

test("an opened sealing seals the same plaintext to the same bytes", async () => {
  const sealing = await newSealing({ recipients: [pq.recipient] });
  const started = await readHeader(once(concat([sealing.header, sealing.nonce, text])));
  assert.deepEqual(await openSealing(started, { identities: [pq.identity] }), sealing);
});

/** The last letter is another one, of the same case. */
function withSlip(key: string): string {
  const [q, p] = key === key.toUpperCase() ? ["Q", "P"] : ["q", "p"];
  return `${key.slice(0, -1)}${key.endsWith(q) ? p : q}`;
}

test("keys with a mistake in them are refused as ours, not as damage of the file", async () => {
  const sealed = await seal({ recipients: [pq.recipient] });
  await assert.rejects(open(sealed, { identities: [withSlip(pq.identity)] }), { code: "bad-key" });
  await assert.rejects(seal({ recipients: [withSlip(pq.recipient)] }), { code: "bad-key" });
  for (const text of [pq.identity, "ssh-ed25519 AAAA", "", "age1PQ1"]) {
    assert.throws(() => recipientStrength(text), { code: "bad-key" }, text);
  }
  await assert.rejects(recipientOf("AGE-SECRET-KEY-1"), { code: "bad-key" });
});

test("an identity made from a secret is a valid key, the same every time, and another for another use", async () => {
  const secret = new Uint8Array(32).fill(9);
  const identity = identityFromSecret(secret, "one use");
  assert.equal(identity, identityFromSecret(secret, "one use"));
  assert.notEqual(identity, identityFromSecret(secret, "another use"));
  assert.deepEqual(
    await open(await seal({ recipients: [await recipientOf(identity)] }), { identities: [identity] }),
    text,
  );
  assert.throws(() => identityFromSecret(new Uint8Array(15), "x"), { code: "bad-input" });
});

test("our bech32 agrees with typage's", async () => {
  for (let fill = 0; fill < 256; fill += 15) {
    const identity = bech32("age-secret-key-", new Uint8Array(32).fill(fill)).toUpperCase();
    await assert.doesNotReject(identityToRecipient(identity));
  }
});
