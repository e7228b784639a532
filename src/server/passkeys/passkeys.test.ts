import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromBase64Url, toBase64Url } from "../../bytes/base64.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Member } from "../../domain/member.ts";
import { type Statement, type StatementKind, statementBytes } from "../../log/statement.ts";
import { type EnrolledPasskey, enrolPasskey, signWith } from "../../testing/enrolled-passkey.ts";
import { addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { softwarePasskey } from "../../testing/software-passkey.ts";
import { newNonce, takeNonce } from "./nonce.ts";
import { verifyDeviceStatement } from "./verify-device.ts";
import { verifyPasskeyStatement } from "./verify-passkey.ts";

const REFUSED = { name: "ServerError", code: "bad-signature" };
let server: TestServer;
let member: Member;
let enrolled: EnrolledPasskey;

before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  member = await addMember(server, "Ada Clerk");
  enrolled = await enrolPasskey(server, member);
});
after(() => server.stop());

function statement(changes: Partial<Statement> = {}): Statement {
  const about = { digest: "ab".repeat(32), role: "sender", answer: "", signer: member.address };
  return { version: 1, kind: "send", ...about, rpId: "localhost", nonce: "n0", ...changes };
}

test("SPG-2: a passkey signature over exactly the statement is accepted, and gives the counter to keep", async () => {
  const credential = await verifyPasskeyStatement(server.parts, statement(), await enrolled.sign(statement()), [
    enrolled.credential,
  ]);
  assert.equal(credential.id, enrolled.credential.id);
  assert.ok(credential.counter > enrolled.credential.counter);
});

test("a signature for one kind, digest, role, answer, signer or nonce is refused for every other", async () => {
  const signature = await enrolled.sign(statement());
  const kinds: StatementKind[] = ["sign-in", "enrol", "approve", "refuse", "recall", "arrive", "receive", "destroy"];
  const others = [
    ...kinds.map((kind) => statement({ kind })),
    statement({ digest: "cd".repeat(32) }),
    statement({ role: "recipient" }),
    statement({ answer: "complete" }),
    statement({ signer: "other@council.example" }),
    statement({ nonce: "n1" }),
  ];
  for (const other of others) {
    const checked = verifyPasskeyStatement(server.parts, other, signature, [enrolled.credential]);
    await assert.rejects(checked, REFUSED, JSON.stringify(other));
  }
});

test("a sign-in signature is no `send`, and a `send` signature signs nobody in", async () => {
  const signIn = statement({ kind: "sign-in", digest: "", role: "member", signer: "" });
  const cases = [
    [signIn, statement()],
    [statement(), signIn],
  ] as const;
  for (const [signed, wanted] of cases) {
    const signature = await enrolled.sign(signed);
    await assert.rejects(verifyPasskeyStatement(server.parts, wanted, signature, [enrolled.credential]), REFUSED);
  }
});

test("another site's origin, a forged signature, an old counter and an absent user verification are refused", async () => {
  const allowed = [enrolled.credential];
  const elsewhere = await signWith(
    server,
    enrolled.passkey,
    statement(),
    enrolled.credential.id,
    server.url.replace(/:\d+$/, ":1"),
  );
  await assert.rejects(verifyPasskeyStatement(server.parts, statement(), elsewhere, allowed), REFUSED);

  const good = await enrolled.sign(statement());
  const bytes = fromBase64Url(good.signature);
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  const forged = { ...good, signature: toBase64Url(bytes) };
  await assert.rejects(verifyPasskeyStatement(server.parts, statement(), forged, allowed), REFUSED);

  const ahead = [{ ...enrolled.credential, counter: 1_000_000 }];
  await assert.rejects(verifyPasskeyStatement(server.parts, statement(), good, ahead), REFUSED);

  const blind = softwarePasskey({ credentials: enrolled.passkey.save(), verifiesUser: false });
  const unverified = await signWith(server, blind, statement(), enrolled.credential.id);
  await assert.rejects(verifyPasskeyStatement(server.parts, statement(), unverified, allowed), REFUSED);
});

test("a passkey that is removed or not allowed here, and a foreign user handle, are refused", async () => {
  const signature = await enrolled.sign(statement());
  const removed = [{ ...enrolled.credential, removedAt: "2026-11-21T10:00:00.000Z" }];
  await assert.rejects(verifyPasskeyStatement(server.parts, statement(), signature, removed), REFUSED);
  await assert.rejects(verifyPasskeyStatement(server.parts, statement(), signature, []), REFUSED);
  const foreign = { ...signature, userHandle: toBase64Url(utf8("someone else")) };
  await assert.rejects(verifyPasskeyStatement(server.parts, statement(), foreign, [enrolled.credential]), REFUSED);
});

test("a nonce is good once, for its owner, for five minutes", async () => {
  const nonce = await newNonce(server.parts, "me");
  await takeNonce(server.parts, nonce, "me");
  await assert.rejects(takeNonce(server.parts, nonce, "me"), REFUSED);
  await assert.rejects(takeNonce(server.parts, await newNonce(server.parts, "me"), "you"), REFUSED);
  const late = await newNonce(server.parts, "me");
  server.clock.advance(5 * 60_000);
  await assert.rejects(takeNonce(server.parts, late, "me"), REFUSED);
});

test("a command line's key signs statements; a removed key, another's and a main key do not", async () => {
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  const signing = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  const key = await addKey(server, member.id, { recipient: "age1pq1", signing });
  const bytes = await crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, statementBytes(statement()));
  const given = { keyId: key.id, signature: toBase64Url(new Uint8Array(bytes)) };
  const check = (about: Statement, keys = [key]) => verifyDeviceStatement(server.parts, about, given, keys);
  assert.equal((await check(statement())).id, key.id);
  await assert.rejects(check(statement({ kind: "receive" })), REFUSED);
  await assert.rejects(check(statement(), []), REFUSED);
  await assert.rejects(check(statement(), [{ ...key, removedAt: key.createdAt }]), REFUSED);
  await assert.rejects(check(statement(), [{ ...key, kind: "main" }]), REFUSED);
  await assert.rejects(check(statement(), [{ ...key, signing: toBase64Url(new Uint8Array(32)) }]), REFUSED);
});
