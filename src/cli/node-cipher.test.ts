import assert from "node:assert/strict";
import { test } from "node:test";
import { equal } from "../bytes/concat.ts";
import { CHUNK_SIZE } from "../envelope/sizes.ts";
import { nobleCipher } from "../seal/noble-cipher.ts";
import { collect, once, openPayload, sealPayload } from "../seal/stream.ts";
import { nodeCipher } from "./node-cipher.ts";

const key = new Uint8Array(32).fill(3);

test("OpenSSL's cipher seals and opens to the same bytes as the JavaScript one", async () => {
  for (const size of [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, 16 * CHUNK_SIZE, 17 * CHUNK_SIZE + 9]) {
    const plain = new Uint8Array(size).map((_, at) => at & 255);
    const sealed = await collect(sealPayload(once(plain), key, nodeCipher));
    assert.ok(equal(sealed, await collect(sealPayload(once(plain), key, nobleCipher))), `${size} bytes`);
    assert.ok(equal(await collect(openPayload(once(sealed), key, nodeCipher)), plain), `${size} bytes`);
  }
});

test("OpenSSL's cipher gives out the chunks before an altered one and no more", async () => {
  const keyed = await nodeCipher.withKey(key);
  const plain = new Uint8Array(3 * CHUNK_SIZE);
  const sealed = await collect(sealPayload(once(plain), key, nodeCipher));
  sealed[2 * CHUNK_SIZE] = (sealed[2 * CHUNK_SIZE] ?? 0) ^ 1;
  const { parts, whole } = await keyed.open(sealed, 0, true);
  assert.deepEqual([parts.length, whole], [1, false]);
  assert.deepEqual(await keyed.open(new Uint8Array(5), 0, true), { parts: [], whole: false });
});
