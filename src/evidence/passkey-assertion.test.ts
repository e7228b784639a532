import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { test } from "node:test";
import { toBase64Url } from "../bytes/base64.ts";
import { type Statement, statementChallenge } from "../log/statement.ts";
import { whyNotSigned } from "./passkey-assertion.ts";

const ORIGIN = "https://waybill.example.gov.uk";
const RP_ID = "waybill.example.gov.uk";
const statement: Statement = {
  ...{ version: 1, kind: "approve", digest: "a".repeat(64), role: "line-manager", answer: "" },
  ...{ signer: "lena@council.example", rpId: RP_ID, nonce: "bm9uY2U" },
};

const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const part = (key: KeyObject, name: "x" | "y" | "n" | "e") =>
  Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url");
const hex = (text: string) => Buffer.from(text, "hex");
/** COSE_Key by hand (RFC 9053): {1: 2, 3: -7, -1: 1, -2: x, -3: y} and {1: 3, 3: -257, -1: n, -2: e}. */
const es256 = Buffer.concat([
  ...[hex("a5010203262001215820"), part(p256.publicKey, "x"), hex("225820"), part(p256.publicKey, "y")],
]);
const rs256 = Buffer.concat([
  ...[hex("a401030339010020590100"), part(rsa.publicKey, "n"), hex("2143"), part(rsa.publicKey, "e")],
]);

/** What an authenticator and a browser make, unless changed. */
async function made(
  changes: { client?: object; rpId?: string; flags?: number; over?: Statement } = {},
  [publicKey, secret]: readonly [Buffer, KeyObject] = [es256, p256.privateKey],
) {
  const challenge = toBase64Url(await statementChallenge(changes.over ?? statement));
  const client = Buffer.from(
    JSON.stringify({ type: "webauthn.get", challenge, origin: ORIGIN, crossOrigin: false, ...changes.client }),
  );
  const rpIdHash = createHash("sha256")
    .update(changes.rpId ?? RP_ID)
    .digest();
  const data = Buffer.concat([rpIdHash, Uint8Array.of(changes.flags ?? 0x05), new Uint8Array(4)]);
  const signed = sign("sha256", Buffer.concat([data, createHash("sha256").update(client).digest()]), secret);
  return {
    publicKey: toBase64Url(publicKey),
    signature: toBase64Url(signed),
    clientDataJSON: toBase64Url(client),
    authenticatorData: toBase64Url(data),
  };
}

test("signatures by ES256 and RS256 keys count, a hundred times, whatever the length of their numbers", async () => {
  for (let time = 0; time < 100; time++) assert.equal(await whyNotSigned(statement, ORIGIN, await made()), null);
  assert.equal(await whyNotSigned(statement, ORIGIN, await made({}, [rs256, rsa.privateKey])), null);
});

test("SPG-2: type, challenge, origin, rpId, presence, verification and key: each has to be right", async () => {
  const cases = [
    [{ client: { type: "webauthn.create" } }, /not made as an assertion/],
    [{ over: { ...statement, kind: "refuse" } }, /another statement/],
    [{ over: { ...statement, role: "senior-manager" } }, /another statement/],
    [{ client: { origin: "https://elsewhere.example" } }, /not made at/],
    [{ client: { crossOrigin: true } }, /not made at/],
    [{ rpId: "elsewhere.example" }, /not one of/],
    [{ flags: 0x04 }, /nobody was present/],
    [{ flags: 0x01 }, /did not verify/],
  ] as const;
  for (const [changes, why] of cases) {
    assert.match((await whyNotSigned(statement, ORIGIN, await made(changes))) ?? "", why);
  }
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
  assert.match((await whyNotSigned(statement, ORIGIN, await made({}, [es256, other.privateKey]))) ?? "", /not by that/);
});

test("what is malformed counts for nothing, and breaks nothing", async () => {
  const good = await made();
  for (const name of ["publicKey", "signature", "clientDataJSON", "authenticatorData"] as const) {
    for (const bad of ["", "!", "AAAA", good[name].slice(4), `${good[name]}AAAA`]) {
      assert.notEqual(await whyNotSigned(statement, ORIGIN, { ...good, [name]: bad }), null, `${name} ${bad}`);
    }
  }
});
