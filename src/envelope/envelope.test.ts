import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../bytes/text.ts";
import { MAX_HEADER_LENGTH, parseHeader } from "./header.ts";
import { CHUNK_SIZE, chunkCount, plainSize, SEALED_CHUNK_SIZE, sealedRange, sealedSize } from "./sizes.ts";
import { headerStrength, scryptLogN } from "./strength.ts";

const MAC = "--- fgMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA\n";
const BODY = "8hWaIUmk67IuRZ41zMk2V9f/w3f5qUnXLL7MGPA+zE8\n";
const x25519 = `-> X25519 8hWaIUmk67IuRZ41zMk2V9f/w3f5qUnXLL7MGPA+zE8\n${BODY}`;
const scrypt = (logN: string) => `-> scrypt 8hWaIUmk67IuRZ41zMk2Vw ${logN}\n${BODY}`;
const header = (...stanzas: string[]) => utf8(`age-encryption.org/v1\n${stanzas.join("")}${MAC}`);
const parsed = (...stanzas: string[]) => parseHeader(header(...stanzas)) ?? assert.fail("the header did not end");

test("a header's recipients, MAC and length are read without any key", () => {
  const bytes = header(x25519);
  const read = parseHeader(new Uint8Array([...bytes, 1, 2, 3])) ?? assert.fail();
  assert.equal(read.length, bytes.length);
  assert.deepEqual(read.stanzas[0]?.args, ["X25519", "8hWaIUmk67IuRZ41zMk2V9f/w3f5qUnXLL7MGPA+zE8"]);
  assert.equal(read.stanzas[0]?.body.length, 32);
  assert.equal(read.mac.length, 32);
});

test("every beginning of a header is neither an error nor a header yet", () => {
  const bytes = header(x25519, x25519);
  for (let end = 0; end < bytes.length; end++) assert.equal(parseHeader(bytes.subarray(0, end)), null, `${end} bytes`);
});

test("what the grammar does not allow is refused at the first such line", () => {
  const wrong = [
    "age-encryption.org/v2\n",
    "x",
    `age-encryption.org/v1\r\n${x25519}${MAC}`,
    `age-encryption.org/v1\n${MAC}`,
    `age-encryption.org/v1\n->  X25519\n${BODY}${MAC}`,
    `age-encryption.org/v1\n->\n${BODY}${MAC}`,
    `age-encryption.org/v1\n-> X25519 é\n${BODY}${MAC}`,
    `age-encryption.org/v1\n-> X25519 a\n${"A".repeat(65)}\n`,
    `age-encryption.org/v1\n-> X25519 a\nAA==\n${MAC}`,
    `age-encryption.org/v1\n-> X25519 a\nAB\n${MAC}`,
    `age-encryption.org/v1\n${x25519}---\n`,
    `age-encryption.org/v1\n${x25519}---  gMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA\n`,
    `age-encryption.org/v1\n${x25519}${scrypt("18")}${MAC}`,
  ];
  for (const text of wrong) assert.throws(() => parseHeader(utf8(text)), { code: "not-a-header" }, text);
});

test("a header without an end is given up on, not read for ever", () => {
  const endless = new Uint8Array(MAX_HEADER_LENGTH + 30).fill(0x41);
  endless.set(utf8("age-encryption.org/v1\n"));
  assert.throws(() => parseHeader(endless), { code: "too-long" });
});

test("a header's strength is told only where all its recipients agree", () => {
  const pq = `-> mlkem768x25519 AAAA\n${BODY}`;
  const unknown = `-> something AAAA\n${BODY}`;
  assert.equal(headerStrength(parsed(pq, pq)), "pq");
  assert.equal(headerStrength(parsed(x25519)), "classic");
  assert.equal(headerStrength(parsed(scrypt("16"))), "passphrase");
  for (const stanzas of [[pq, x25519], [unknown], [pq, unknown]]) {
    assert.equal(headerStrength(parsed(...stanzas)), "mixed");
  }
});

test("a work factor that is not a plain number counts as the greatest", () => {
  assert.equal(scryptLogN(parsed(scrypt("16"))), 16);
  assert.equal(scryptLogN(parsed(x25519)), null);
  for (const logN of ["016", "+16", "1e1", "99999"]) {
    assert.equal(scryptLogN(parsed(scrypt(logN))), Number.POSITIVE_INFINITY, logN);
  }
});

const size = fc.oneof(
  fc.nat(5 * CHUNK_SIZE),
  fc.nat(4).map((n) => n * CHUNK_SIZE),
  fc.maxSafeNat().map((n) => n / 2 ** 10),
);
const whole = size.map(Math.floor);

test("the plaintext's size is found again from the sealed size", () => {
  fc.assert(
    fc.property(whole, fc.nat(5000), (plain, length) => {
      assert.equal(plainSize(length, sealedSize(length, plain)), plain);
    }),
  );
});

test("sizes that no plaintext seals to are refused", () => {
  for (const payload of [0, 15, SEALED_CHUNK_SIZE + 1, SEALED_CHUNK_SIZE + 16, -5]) {
    assert.throws(() => plainSize(100, 100 + 16 + payload), { code: "bad-size" }, String(payload));
  }
});

test("the range for a stretch of plaintext holds it, starts at its chunk, and is no longer than needed", () => {
  fc.assert(
    fc.property(whole, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3 * CHUNK_SIZE), (total, where, some) => {
      const offset = Math.floor(total * where);
      const length = Math.min(some, total - offset);
      const range = sealedRange(300, total, { offset, length });
      assert.equal(range.start, 300 + 16 + range.firstChunk * SEALED_CHUNK_SIZE);
      assert.equal(range.firstChunk * CHUNK_SIZE + range.skip, offset);
      if (length === 0) return assert.equal(range.end, range.start);
      const chunks = Math.ceil((range.end - range.start) / SEALED_CHUNK_SIZE);
      assert.ok(chunks * CHUNK_SIZE >= range.skip + length && (chunks - 1) * CHUNK_SIZE < range.skip + length);
      assert.equal(range.last, range.firstChunk + chunks === chunkCount(total));
      if (range.last) assert.equal(range.end, sealedSize(300, total));
    }),
  );
});

test("a stretch outside the plaintext is refused", () => {
  for (const [offset, length] of [
    [0, 11],
    [11, 0],
    [-1, 1],
    [0, -1],
    [0.5, 1],
    [Number.NaN, 1],
  ] as const) {
    assert.throws(() => sealedRange(300, 10, { offset, length }), { code: "bad-extent" });
  }
});
