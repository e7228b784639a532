import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase64, toBase64 } from "../../src/bytes/base64.ts";
import { nodeCipher } from "../../src/cli/node-cipher.ts";
import type { ChunkCipher } from "../../src/seal/cipher.ts";
import { nobleCipher } from "../../src/seal/noble-cipher.ts";
import { webCryptoCipher } from "../../src/seal/webcrypto-cipher.ts";
import { checkVectors } from "./check-vectors.ts";

const vectors = JSON.parse(readFileSync(new URL("cctv-age.json", import.meta.url), "utf8")) as Record<string, string>;

for (const cipher of [nodeCipher, webCryptoCipher, nobleCipher]) {
  test(`all 143 age test vectors do as they must with ${cipher.name}`, async () => {
    assert.equal(Object.keys(vectors).length, 143);
    assert.deepEqual(await checkVectors(vectors, cipher), []);
  });
}

test("the runner notices a cipher that seals or opens wrongly, and an altered vector", async () => {
  const some = Object.fromEntries(Object.entries(vectors).filter(([name]) => name.startsWith("stream_")));
  const deaf: ChunkCipher = {
    name: "does not look at tags",
    withKey: async (key) => {
      const inner = await nobleCipher.withKey(key);
      return {
        seal: inner.seal.bind(inner),
        open: async (sealed, first, last) => ({ ...(await inner.open(sealed, first, last)), whole: true }),
      };
    },
  };
  assert.notEqual((await checkVectors(some, deaf)).length, 0);
  const altered = fromBase64(vectors.x25519 ?? assert.fail());
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  assert.equal((await checkVectors({ x25519: toBase64(altered) }, nobleCipher)).length, 1);
});
