import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, equal } from "../bytes/concat.ts";
import { CHUNK_SIZE, SEALED_CHUNK_SIZE, sealedRange, TAG_SIZE } from "../envelope/sizes.ts";
import { type Bytes, chunkNonce } from "./cipher.ts";
import { nobleCipher } from "./noble-cipher.ts";
import { collect, once, openPart, openPayload, sealPayload } from "./stream.ts";
import { platformCipher } from "./webcrypto-cipher.ts";

const cipher = await platformCipher();
const key = new Uint8Array(32).map((_, at) => at * 7);
const seal = (plain: Uint8Array) => collect(sealPayload(once(plain), key, cipher));
const open = (sealed: Uint8Array) => collect(openPayload(once(sealed), key, cipher));

function bytes(size: number): Bytes {
  return new Uint8Array(size).map((_, at) => (at * 31 + (at >> 8) * 17 + (at >> 16)) & 255);
}

async function* split(whole: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < whole.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield whole.subarray(at, at + size);
    at += size;
  }
}

const near = (border: number) => fc.integer({ min: -2, max: 2 }).map((by) => Math.max(0, border + by));
const sizes = fc.oneof(
  fc.nat(300),
  ...[1, 2, 16, 17].map((chunks) => near(chunks * CHUNK_SIZE)),
  fc.nat(18 * CHUNK_SIZE),
);
const cuts = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 20 }).map((n) => n * 4099),
    near(CHUNK_SIZE),
  ),
  {
    minLength: 1,
    maxLength: 5,
  },
);
const nonZero = (list: readonly number[]) => list.map((size) => Math.max(1, size));

test("any plaintext, cut in any way, comes back whole, and its sealed form does not depend on the cuts", async () => {
  await fc.assert(
    fc.asyncProperty(sizes, cuts, cuts, async (size, before, after) => {
      const plain = bytes(size);
      const sealed = await collect(sealPayload(split(plain, nonZero(before)), key, cipher));
      assert.ok(equal(sealed, await seal(plain)));
      const opened = await collect(openPayload(split(sealed, nonZero(after)), key, cipher));
      assert.ok(equal(opened, plain));
    }),
    { numRuns: 40 },
  );
});

test("the JavaScript cipher seals to the same bytes as the platform's", async () => {
  for (const size of [0, 1, CHUNK_SIZE, 3 * CHUNK_SIZE + 5]) {
    const theirs = await collect(sealPayload(once(bytes(size)), key, nobleCipher));
    assert.ok(equal(theirs, await seal(bytes(size))), `${size} bytes`);
  }
});

test("any stretch can be opened alone from the chunks that hold it", async () => {
  const plain = bytes(19 * CHUNK_SIZE + 1234);
  const sealed = await seal(plain);
  await fc.assert(
    fc.asyncProperty(fc.nat(plain.length), fc.nat(18 * CHUNK_SIZE), cuts, async (offset, some, cut) => {
      const length = Math.min(some, plain.length - offset);
      const range = sealedRange(0, plain.length, { offset, length });
      const part = { ...range, length };
      const from = split(sealed.subarray(range.start - 16, range.end - 16), nonZero(cut));
      const opened = await collect(openPart(from, part, key, cipher));
      assert.ok(equal(opened, plain.subarray(offset, offset + length)));
    }),
    { numRuns: 40 },
  );
});

test("one changed bit anywhere is damage, and nothing of its chunk is given out", async () => {
  const plain = bytes(17 * CHUNK_SIZE + 100);
  const sealed = await seal(plain);
  const borders = [0, SEALED_CHUNK_SIZE, 16 * SEALED_CHUNK_SIZE, 17 * SEALED_CHUNK_SIZE, sealed.length];
  const places = borders.flatMap((border) => [border - TAG_SIZE - 1, border - TAG_SIZE, border - 1, border]);
  for (const place of places.filter((each) => each >= 0 && each < sealed.length)) {
    const altered = sealed.slice();
    altered[place] = (altered[place] ?? 0) ^ 1;
    const given: Uint8Array[] = [];
    await assert.rejects(
      async () => {
        for await (const part of openPayload(once(altered), key, cipher)) given.push(part);
      },
      { code: "damaged" },
      `byte ${place}`,
    );
    const whole = Math.floor(place / SEALED_CHUNK_SIZE) * CHUNK_SIZE;
    assert.ok(equal(concat(given), plain.subarray(0, whole)), `given out before byte ${place}`);
  }
});

test("a payload cut at any border, or with something after it, is damaged", async () => {
  const sealed = await seal(bytes(17 * CHUNK_SIZE + 100));
  const borders = [0, 1, TAG_SIZE, ...[1, 2, 15, 16, 17].map((chunks) => chunks * SEALED_CHUNK_SIZE)];
  const ends = borders.flatMap((border) => [border - 1, border, border + 1, border + TAG_SIZE]);
  for (const end of new Set(ends.filter((each) => each >= 0 && each < sealed.length))) {
    await assert.rejects(open(sealed.subarray(0, end)), { code: "damaged" }, `cut to ${end}`);
  }
  for (const extra of [1, TAG_SIZE, SEALED_CHUNK_SIZE]) {
    await assert.rejects(open(concat([sealed, bytes(extra)])), { code: "damaged" }, `${extra} more`);
  }
});

test("chunks in another order, left out or doubled are damage", async () => {
  const sealed = await seal(bytes(4 * CHUNK_SIZE));
  const chunk = (index: number) => sealed.subarray(index * SEALED_CHUNK_SIZE, (index + 1) * SEALED_CHUNK_SIZE);
  for (const order of [[1, 0, 2, 3], [0, 2, 1, 3], [0, 2, 3], [0, 1, 1, 2, 3], [0, 1, 3, 2], [3], [0, 1, 2, 3, 3]]) {
    await assert.rejects(open(concat(order.map(chunk))), { code: "damaged" }, order.join());
  }
});

test("an empty last chunk after others is damage: one plaintext has one sealed form", async () => {
  const keyed = await cipher.withKey(key);
  const full = await keyed.seal(bytes(CHUNK_SIZE), 0, false);
  const empty = await keyed.seal(new Uint8Array(0), 1, true);
  await assert.rejects(open(concat([...full, ...empty])), { code: "damaged" });
  assert.equal((await open(await seal(new Uint8Array(0)))).length, 0);
});

test("a stretch whose chunks are missing, too few or another's is damaged", async () => {
  const plain = bytes(6 * CHUNK_SIZE);
  const sealed = await seal(plain);
  const range = sealedRange(0, plain.length, { offset: CHUNK_SIZE + 5, length: 2 * CHUNK_SIZE });
  const part = { ...range, length: 2 * CHUNK_SIZE };
  const chunks = sealed.subarray(range.start - 16, range.end - 16);
  const wrong = [
    chunks.subarray(0, SEALED_CHUNK_SIZE),
    chunks.subarray(0, chunks.length - 1),
    sealed,
    new Uint8Array(0),
  ];
  for (const given of wrong) {
    await assert.rejects(collect(openPart(once(given), part, key, cipher)), { code: "damaged" });
  }
});

test("a chunk's number fills eleven bytes of its nonce, big-endian", () => {
  assert.deepEqual([...chunkNonce(0, true)], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual([...chunkNonce(2 ** 40 + 258, false)], [0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0]);
});
