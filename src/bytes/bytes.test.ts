import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from "./base64.ts";
import { canonicalJson } from "./canonical-json.ts";
import { concat, equal } from "./concat.ts";
import { fromHex, toHex } from "./hex.ts";
import { fromUtf8, utf8 } from "./text.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

test("every encoding gives back the bytes it was given", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      assert.deepEqual(fromBase64(toBase64(some)), new Uint8Array(some));
      assert.deepEqual(fromBase64Url(toBase64Url(some)), new Uint8Array(some));
      assert.deepEqual(fromHex(toHex(some)), new Uint8Array(some));
    }),
  );
});

test("base64 agrees with Node's own", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      assert.equal(toBase64(some), Buffer.from(some).toString("base64"));
      assert.equal(toBase64Url(some), Buffer.from(some).toString("base64url"));
    }),
  );
});

test("text that is not a canonical encoding is refused with its code", () => {
  for (const text of ["A", "AA", "AB==", "AA= =", "A*==", "AAA=\n"]) {
    assert.throws(() => fromBase64(text), { code: "not-base64" }, text);
  }
  for (const text of ["A", "AB", "AA==", "A+AA"])
    assert.throws(() => fromBase64Url(text), { code: "not-base64" }, text);
  for (const text of ["0", "0G", "AB"]) assert.throws(() => fromHex(text), { code: "not-hex" }, text);
  assert.throws(() => fromUtf8(new Uint8Array([0xc3, 0x28])), { code: "not-utf8" });
});

test("canonical JSON follows RFC 8785's own example", () => {
  const value = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  );
  assert.equal(
    canonicalJson(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("canonical JSON sorts by UTF-16 code units and does not depend on the order of members", () => {
  const names = { "\u20ac": 1, "\r": 2, "\ufb33": 6, "1": 3, "\u{1f600}": 4, "\u00f6": 5 };
  assert.equal(canonicalJson(names), '{"\\r":2,"1":3,"\u00f6":5,"\u20ac":1,"\u{1f600}":4,"\ufb33":6}');
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
      const turned = Object.fromEntries(Object.entries(record).reverse());
      assert.equal(canonicalJson(record), canonicalJson(turned));
      assert.deepEqual(JSON.parse(canonicalJson(record)), JSON.parse(JSON.stringify(record)));
    }),
  );
});

test("what cannot be signed exactly is refused", () => {
  assert.throws(() => canonicalJson(Number.NaN), { code: "not-canonical" });
  assert.throws(() => canonicalJson("\ud800"), { code: "not-canonical" });
});

test("concat and equal agree on what is the same", () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const whole = concat([a, b]);
      assert.ok(equal(whole.subarray(0, a.length), a));
      assert.ok(equal(whole.subarray(a.length), b));
      assert.equal(equal(a, b), Buffer.compare(a, b) === 0);
    }),
  );
  assert.equal(toHex(utf8("é")), "c3a9");
});
