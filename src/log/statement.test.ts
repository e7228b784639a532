import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUtf8 } from "../bytes/text.ts";
import { type Statement, type StatementKind, standingInFor, statementBytes, statementChallenge } from "./statement.ts";
import {
  arrivalPublicKey,
  newArrivalKey,
  signWithArrivalKey,
  verifyWithArrivalKey,
  verifyWithEd25519,
} from "./statement-keys.ts";

const statement: Statement = {
  version: 1,
  kind: "receive",
  digest: "ab".repeat(32),
  role: "recipient",
  answer: "complete",
  signer: "clerk@chambers.example",
  rpId: "localhost",
  nonce: "AAAA",
};
const KINDS: StatementKind[] = [
  "sign-in",
  "enrol",
  "send",
  "approve",
  "refuse",
  "recall",
  "arrive",
  "receive",
  "problem",
  "destroy",
];

test("the signed bytes are canonical JSON of exactly the eight fields", () => {
  const withMore = { ...statement, smuggled: "x" };
  assert.equal(
    fromUtf8(statementBytes(withMore)),
    `{"answer":"complete","digest":"${"ab".repeat(32)}","kind":"receive","nonce":"AAAA","role":"recipient","rpId":"localhost","signer":"clerk@chambers.example","version":1}`,
  );
});

test("what a deputy signs says in whose place, in version 2; whoever answers in their own right signs what version 1 has", () => {
  const stead = { ...statement, ...standingInFor("lena@council.example") };
  assert.match(fromUtf8(statementBytes(stead)), /"inPlaceOf":"lena@council.example",.*"version":2}$/);
  assert.deepEqual(statementBytes({ ...statement, ...standingInFor("") }), statementBytes(statement));
});

test("a signature of one kind, for one digest, role, answer, signer or host is accepted for no other", async () => {
  const key = await newArrivalKey();
  const spki = await arrivalPublicKey(key);
  const signature = await signWithArrivalKey(key.privateKey, statement);
  assert.equal(await verifyWithArrivalKey(spki, signature, statement), true);
  const others: Statement[] = [
    ...KINDS.filter((kind) => kind !== statement.kind).map((kind) => ({ ...statement, kind })),
    { ...statement, digest: "cd".repeat(32) },
    { ...statement, role: "sender" },
    { ...statement, answer: "damaged" },
    { ...statement, signer: "other@chambers.example" },
    { ...statement, rpId: "example.org" },
    { ...statement, nonce: "BBBB" },
    { ...statement, ...standingInFor("lena@council.example") },
    { ...statement, ...standingInFor("sefa@council.example") },
  ];
  for (const other of others)
    assert.equal(await verifyWithArrivalKey(spki, signature, other), false, JSON.stringify(other));
  const challenges = await Promise.all(
    [statement, ...others].map(async (each) => Buffer.from(await statementChallenge(each)).toString("hex")),
  );
  assert.equal(new Set(challenges).size, challenges.length);
});

test("Ed25519 signatures verify with their own key alone, and a malformed key is not an error but a no", async () => {
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const signature = new Uint8Array(
    await crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, statementBytes(statement)),
  );
  assert.equal(await verifyWithEd25519(raw, signature, statement), true);
  assert.equal(await verifyWithEd25519(raw, signature, { ...statement, kind: "send" }), false);
  assert.equal(await verifyWithEd25519(raw.slice(1), signature, statement), false);
  assert.equal(await verifyWithArrivalKey(raw, signature, statement), false);
});
