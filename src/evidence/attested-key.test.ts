import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import { type Cbor, cbor } from "../demo/cbor.ts";
import { attestedKey } from "./attested-key.ts";

const KEY = cbor(
  new Map<number, number | Uint8Array>([
    ...([
      [1, 2],
      [3, -7],
      [-1, 1],
    ] as const),
    ...([
      [-2, new Uint8Array(32).fill(7)],
      [-3, new Uint8Array(32).fill(9)],
    ] as const),
  ]),
);

/** An attestation object as authenticators make it. */
function object(flags: number, behind: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const id = new Uint8Array(20).fill(3);
  const head = concat([new Uint8Array(32), Uint8Array.of(flags), new Uint8Array(20), Uint8Array.of(0, id.length), id]);
  const members = new Map<string, Cbor>([
    ["fmt", "none"],
    ["attStmt", new Map()],
    ["authData", concat([head, KEY, behind])],
  ]);
  return cbor(members);
}

test("a passkey's key is read out of its attestation object, whether or not extensions follow", () => {
  assert.equal(attestedKey(toBase64Url(object(0x45))), toBase64Url(KEY));
  const extensions = cbor(new Map([["hmac-secret", 1]]));
  assert.equal(attestedKey(toBase64Url(object(0xc5, extensions))), toBase64Url(KEY));
});

test("what holds no key, is cut off, or is nothing of the kind is refused", () => {
  assert.throws(() => attestedKey(toBase64Url(object(0x05))));
  const whole = object(0x45);
  for (let size = 0; size < whole.length; size++)
    assert.throws(() => attestedKey(toBase64Url(whole.slice(0, size))), String(size));
  for (const other of ["", "AA", toBase64Url(cbor("text")), toBase64Url(cbor(new Map([["fmt", "none"]])))]) {
    assert.throws(() => attestedKey(other), other);
  }
  assert.ok(fromBase64Url(attestedKey(toBase64Url(whole))).length > 64);
});
