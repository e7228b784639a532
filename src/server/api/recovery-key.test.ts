import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { type AdministratorParts, signRecoveryAct } from "../../client/people/recovery-key.ts";
import { passkeysOf } from "../../demo/passkeys-of.ts";
import type { Member } from "../../domain/member.ts";
import type { KeyLogAnswer } from "../../domain/wire/people.ts";
import type { SendingView, SigningOptions } from "../../domain/wire/sending.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { type EnrolledPasskey, enrolPasskey } from "../../testing/enrolled-passkey.ts";
import { visitorHttp } from "../../testing/member-browser.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { addRecoveryKey } from "../../testing/recovery-key.ts";
import { sampleFacts } from "../../testing/samples.ts";
import { sealTransfer } from "../../testing/sealed-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { sendStatement, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";
import { textDigest } from "../passkeys/statements.ts";

const CLARA = "clara@chambers.example";

interface Person {
  readonly member: Member;
  readonly visitor: Visitor;
  readonly passkey: EnrolledPasskey;
  readonly parts: AdministratorParts;
}

let server: TestServer;
let ada: Person;
let ann: Person;
let sam: Person;
let key: string;

async function person(name: string, roles: Member["roles"]): Promise<Person> {
  const member = await addMember(server, name, { roles });
  await addKey(server, member.id, await generateKeyPair());
  const passkey = await enrolPasskey(server, member);
  const visitor = await new Visitor(server).signIn(member.id);
  const http = await visitorHttp(server, visitor);
  return {
    member,
    visitor,
    passkey,
    parts: { http, passkeys: passkeysOf(passkey.passkey, server.url), rpId: "localhost" },
  };
}

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  ada = await person("Ada Admin", ["administrator"]);
  ann = await person("Ann Admin", ["administrator"]);
  sam = await person("Sam Sender", []);
  await addContact(server, sam.member, "Clara Counsel", CLARA);
});
after(() => server.stop());
beforeEach(async () => {
  key = (await generateKeyPair()).recipient;
});

async function keyLog(by: Visitor): Promise<KeyLogAnswer> {
  return (await by.get("/api/keys")).json<KeyLogAnswer>();
}

async function active(): Promise<string | null> {
  const lines = (await keyLog(sam.visitor)).recovery;
  return lines.find(({ removedAt }) => removedAt === null)?.recipient ?? null;
}

/** Whatever an earlier test left: none, and nothing that waits. */
async function without(): Promise<void> {
  await ada.visitor.form("/recovery-key/withdraw", {});
  const recipient = await active();
  if (recipient === null) return;
  await signRecoveryAct({ half: "propose", act: "remove", recipient }, ada.parts);
  await signRecoveryAct({ half: "confirm", act: "remove", recipient }, ann.parts);
}

test("a recovery key is in the key log only once a second administrator's passkey has confirmed it, with both addresses", async () => {
  await without();
  await signRecoveryAct({ half: "propose", act: "enrol", recipient: key }, ada.parts);
  assert.equal(await active(), null);
  await assert.rejects(signRecoveryAct({ half: "confirm", act: "enrol", recipient: key }, ada.parts), {
    code: "refused",
    message: /You proposed this yourself/,
  });
  const other = (await generateKeyPair()).recipient;
  await assert.rejects(signRecoveryAct({ half: "confirm", act: "enrol", recipient: other }, ann.parts), {
    code: "refused",
  });
  assert.equal(await active(), null);
  await signRecoveryAct({ half: "confirm", act: "enrol", recipient: key }, ann.parts);
  const line = (await keyLog(sam.visitor)).recovery.at(-1);
  assert.deepEqual([line?.recipient, line?.removedAt], [key, null]);
  assert.deepEqual(line?.enrolledBy, [ada.member.address, ann.member.address]);
});

test("both halves are events with the statement and the signature, over the key itself", async () => {
  await without();
  await signRecoveryAct({ half: "propose", act: "enrol", recipient: key }, ann.parts);
  await signRecoveryAct({ half: "confirm", act: "enrol", recipient: key }, ada.parts);
  const [confirmed, proposed] = await server.records.read.recentEvents(2);
  assert.deepEqual([proposed?.kind, confirmed?.kind], ["recovery-key-proposed", "recovery-key-enrolled"]);
  for (const [event, by] of [
    [proposed, ann],
    [confirmed, ada],
  ] as const) {
    const statement = JSON.parse(String(event?.detail.statement)) as Record<string, unknown>;
    assert.equal(statement.kind, "enrol");
    assert.equal(statement.role, "recovery-key");
    assert.equal(statement.answer, "enrol");
    assert.equal(statement.digest, await textDigest(key));
    assert.equal(statement.signer, by.member.address);
    assert.ok(event?.detail.signature && event.detail.clientDataJSON && event.detail.authenticatorData);
  }
});

test("replacing and removing take two as well; what was removed stays in the key log", async () => {
  await without();
  await addRecoveryKey(server, key, [ada.member, ann.member]);
  const next = (await generateKeyPair()).recipient;
  await signRecoveryAct({ half: "propose", act: "replace", recipient: next }, ada.parts);
  assert.equal(await active(), key);
  await signRecoveryAct({ half: "confirm", act: "replace", recipient: next }, ann.parts);
  assert.equal(await active(), next);
  await signRecoveryAct({ half: "propose", act: "remove", recipient: next }, ann.parts);
  assert.equal(await active(), next);
  await signRecoveryAct({ half: "confirm", act: "remove", recipient: next }, ada.parts);
  assert.equal(await active(), null);
  const kept = (await keyLog(sam.visitor)).recovery.map(({ recipient }) => recipient);
  assert.ok(kept.includes(key) && kept.includes(next));
});

test("nobody but administrators may, and somebody else's or another statement's signature does not count", async () => {
  await without();
  const denied = await sam.visitor.api("POST", "/api/recovery-key/options", {});
  assert.equal(denied.status, 403);
  const options = async () =>
    (await ada.visitor.api("POST", "/api/recovery-key/options", {})).json<{ nonce: string; rpId: string }>();
  const about = {
    version: 1,
    kind: "enrol",
    role: "recovery-key",
    signer: ada.member.address,
    rpId: "localhost",
  } as const;
  const digest = await textDigest(key);
  const wrong = [
    { signer: ann, changes: {} },
    { signer: ada, changes: { kind: "sign-in" } },
    { signer: ada, changes: { role: "member" } },
    { signer: ada, changes: { answer: "remove" } },
    { signer: ada, changes: { digest: await textDigest(`${key}q`) } },
  ] as const;
  for (const { signer, changes } of wrong) {
    const { nonce } = await options();
    const by = await signer.passkey.sign({ ...about, answer: "enrol", digest, nonce, ...changes });
    const body = { half: "propose", act: "enrol", recipient: key, nonce, by };
    assert.equal((await ada.visitor.api("POST", "/api/recovery-key", body)).status, 403, JSON.stringify(changes));
  }
  const invented = "A".repeat(43);
  const unasked = await ada.passkey.sign({ ...about, answer: "enrol", digest, nonce: invented });
  const replayed = { half: "propose", act: "enrol", recipient: key, nonce: invented, by: unasked };
  assert.equal((await ada.visitor.api("POST", "/api/recovery-key", replayed)).status, 403, "a nonce of the server's");
  const { nonce } = await options();
  const by = await ada.passkey.sign({ ...about, answer: "enrol", digest, nonce });
  const body = { half: "propose", act: "enrol", recipient: key, nonce, by };
  assert.equal((await ada.visitor.api("POST", "/api/recovery-key", body)).status, 200);
  assert.equal((await ada.visitor.api("POST", "/api/recovery-key", body)).status, 403, "a nonce serves once");
});

test("a proposal can be withdrawn by either, and then cannot be confirmed", async () => {
  await without();
  await signRecoveryAct({ half: "propose", act: "enrol", recipient: key }, ada.parts);
  assert.equal((await ann.visitor.form("/recovery-key/withdraw", {})).status, 303);
  await assert.rejects(signRecoveryAct({ half: "confirm", act: "enrol", recipient: key }, ann.parts), {
    code: "refused",
  });
  assert.equal(await active(), null);
});

test("a key that is not post-quantum, or has a wrong letter, is refused before anything is signed", async () => {
  await without();
  const classic = (await generateKeyPair("classic")).recipient;
  const slip = `${key.slice(0, -1)}${key.endsWith("q") ? "p" : "q"}`;
  for (const recipient of [classic, slip, "AGE-SECRET-KEY-PQ-1QQQ"]) {
    await assert.rejects(signRecoveryAct({ half: "propose", act: "enrol", recipient }, ada.parts), {
      name: "SealError",
    });
  }
  const keys = await server.records.read.recoveryKeys();
  assert.ok(!keys.some(({ state }) => state === "proposed"));
});

test("what is not sealed to the recovery key that there is, or to one where there is none, is refused", async () => {
  await without();
  const recipients = [{ address: CLARA }];
  const started = await sam.visitor.api("POST", "/api/transfers", { facts: sampleFacts(), recipients });
  const { reference } = started.json<{ reference: string }>();
  const path = `/api/transfers/${reference}`;
  const stored = async (to: string | null) => {
    const view = (await sam.visitor.get(path)).json<SendingView>();
    const sealed = await sealTransfer(view, "a.txt", "Witness statement", to);
    await sam.visitor.api("PUT", `${path}/sender-grant`, { grant: sealed.senderGrant });
    const made = await sam.visitor.api("POST", `${path}/upload`, { size: sealed.body.length });
    const headers = {
      "tus-resumable": "1.0.0",
      "content-type": "application/offset+octet-stream",
      "upload-offset": "0",
      "x-waybill-token": await sam.visitor.token(),
    };
    await sam.visitor.ask("PATCH", made.json<{ url: string }>().url, headers, sealed.body);
    return sam.visitor.api("PUT", `${path}/content`, sealed.content);
  };
  assert.equal((await stored(key)).status, 409);
  await addRecoveryKey(server, key, [ada.member, ann.member]);
  assert.equal((await stored(null)).status, 409);
  assert.equal((await stored((await generateKeyPair()).recipient)).status, 409);
  assert.equal((await stored(key)).status, 200);
  const signing = (await sam.visitor.api("POST", `${path}/sign/options`, {})).json<SigningOptions>();
  assert.equal((JSON.parse(signing.waybill) as { recovery: unknown }).recovery, await textDigest(key));
  assert.match(
    (await sam.visitor.get(`/transfers/${reference}/check`)).text,
    /id="with-recovery">Example Council can open it too/,
  );

  await addRecoveryKey(server, (await generateKeyPair()).recipient, [ada.member, ann.member]);
  const passkey = await sam.passkey.sign(await sendStatement(signing));
  const signed = await sam.visitor.api("POST", `${path}/sign`, { nonce: signing.nonce, passkey });
  assert.equal(signed.status, 409, "the recovery key was changed between sealing and signing");
  assert.match(signed.text, /recovery key was changed since/);
  const check = await sam.visitor.get(`/transfers/${reference}/check`);
  assert.equal(check.headers.get("location"), `/transfers/${reference}/add`);
  assert.match((await sam.visitor.get(`/transfers/${reference}/add`)).text, /Add them again: they are sealed anew/);
});

test("sender, recipients and members are told plainly; without a recovery key nothing is said but that there is none", async () => {
  await without();
  const plain = await signedTransfer(sam, [CLARA]);
  const [before] = await server.records.read.recipients(plain.reference);
  assert.doesNotMatch((await sam.visitor.get(`/transfers/${plain.reference}`)).text, /recovery key/);
  assert.match((await new Visitor(server).get(`/r/${before?.id}?lang=en`)).text, /data-recovery hidden>/);
  assert.doesNotMatch((await sam.visitor.get("/account")).text, /recovery key/);

  await addRecoveryKey(server, key, [ada.member, ann.member]);
  const { reference } = await signedTransfer(sam, [CLARA], undefined, { recoveryKey: key });
  const [recipient] = await server.records.read.recipients(reference);
  assert.match(
    (await sam.visitor.get(`/transfers/${reference}`)).text,
    /Example Council, with a recovery key kept offline/,
  );
  const link = `/r/${recipient?.id}`;
  assert.match(
    (await new Visitor(server).get(`${link}?lang=en`)).text,
    /data-recovery>Example Council can open this package too/,
  );
  assert.match(
    (await new Visitor(server).get(`${link}?lang=cy`)).text,
    /data-recovery>Gall Example Council agor y pecyn hwn hefyd/,
  );
  assert.match((await sam.visitor.get("/account")).text, /can open what is sent from here, with a recovery key/);
});
