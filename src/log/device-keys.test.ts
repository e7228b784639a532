import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceCode, deviceDigest, readDeviceCode } from "./device-keys.ts";

const keys = { recipient: "age1pq1qqqq", signing: "AAAA" };

test("the code shows both keys: another key, another code", async () => {
  const code = await deviceCode(keys);
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(await deviceCode({ ...keys }), code);
  assert.notEqual(await deviceCode({ ...keys, recipient: "age1pq1qqqp" }), code);
  assert.notEqual(await deviceCode({ ...keys, signing: "AAAB" }), code);
  assert.match(await deviceDigest(keys), /^[0-9a-f]{64}$/);
});

test("the code is the first 60 bits of the digest", async () => {
  const bits = BigInt(`0x${(await deviceDigest(keys)).slice(0, 15)}`);
  const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const value = [...(await deviceCode(keys)).replaceAll("-", "")].reduce(
    (sum, symbol) => sum * 32n + BigInt(symbols.indexOf(symbol)),
    0n,
  );
  assert.equal(value, bits);
});

test("a typed code is read in any case and spacing", () => {
  assert.equal(readDeviceCode(" 7f3k q2xv-9m4t "), "7F3K-Q2XV-9M4T");
  assert.equal(readDeviceCode("Of3kq2xvIm4l"), "0F3K-Q2XV-1M41");
});
