import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromHex, toHex } from "../../src/bytes/hex.ts";
import { bech32 } from "../../src/seal/bech32.ts";
import { PASSKEY_INFO } from "../../src/seal/bundle.ts";
import { identityFromSecret } from "../../src/seal/keys.ts";
import { recoveryKeys } from "../../src/seal/recovery.ts";

interface DerivedKeys {
  readonly recoveryCodes: readonly { secret: string; code: string; signInSeed: string; identity: string }[];
  readonly passkeys: readonly { prf: string; identity: string }[];
}

const vectors = JSON.parse(readFileSync(new URL("derived-keys.json", import.meta.url), "utf8")) as DerivedKeys;

/** What docs/encryption.md says, in OpenSSL's HKDF. */
function derived(secret: string, info: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", fromHex(secret), new Uint8Array(0), info, 32));
}

test("recovery codes give the keys that are written down, and OpenSSL derives the same", async () => {
  for (const { secret, code, signInSeed, identity } of vectors.recoveryCodes) {
    const keys = await recoveryKeys(code);
    assert.deepEqual({ signInSeed: toHex(keys.signIn), identity: keys.identity }, { signInSeed, identity });
    assert.equal(toHex(derived(secret, "waybill/v1/recovery/sign-in")), signInSeed);
    const sealing = derived(secret, "waybill/v1/recovery/seal");
    assert.equal(bech32("age-secret-key-pq-", sealing).toUpperCase(), identity);
  }
});

test("passkey outputs give the keys that are written down", () => {
  for (const { prf, identity } of vectors.passkeys) {
    assert.equal(identityFromSecret(fromHex(prf), PASSKEY_INFO), identity);
  }
});
