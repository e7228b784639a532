import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ClientError } from "../../../client/error.ts";
import {
  type Account,
  addPasskey,
  loadMyKeys,
  removePasskey,
  renewRecoveryCode,
  sealToPasskey,
  unlockKeys,
} from "../../../client/people/account.ts";
import { waysInStatement } from "../../../client/people/passkeys.ts";
import { checkRecovery, recover } from "../../../client/people/recover.ts";
import { passkeysOf } from "../../../demo/passkeys-of.ts";
import type { Member } from "../../../domain/member.ts";
import type { EnrolOptions } from "../../../domain/wire/people.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { generateRecoveryCode } from "../../../seal/recovery.ts";
import {
  type MemberBrowser,
  memberBrowser,
  setUp,
  severalPasskeys,
  signInWith,
} from "../../../testing/member-browser.ts";
import { addKey, addMember } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { softwarePasskey } from "../../../testing/software-passkey.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let ada: MemberBrowser;
let member: Member;
let recoveryCode: string;
let words = "";

beforeEach(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  ada = await memberBrowser(server);
  ({ recoveryCode } = await setUp(server, ada));
  const [first] = await server.records.read.members();
  assert.ok(first);
  member = first;
});
afterEach(() => server.stop());

function account(passkeys = ada.passkeys): Account {
  return { http: ada.http, passkeys, askPassphrase: async () => words };
}

async function identities(passkeys = ada.passkeys): Promise<readonly string[]> {
  return (await unlockKeys(account(passkeys), await loadMyKeys(ada.http), "AAAA")).map(({ identity }) => identity);
}

async function credentialIds(): Promise<readonly string[]> {
  return (await server.records.read.credentialsOf(member.id)).map(({ id }) => id);
}

test("a passkey opens the member’s own key, and the server keeps it sealed only", async () => {
  const [identity] = await identities();
  assert.match(identity ?? "", /^AGE-SECRET-KEY-PQ-1/);
  const kept = JSON.stringify([await server.records.read.wrapsOf(member.id), await server.records.read.keyLog()]);
  assert.ok(!kept.includes(identity ?? "-"));
});

test("a second passkey opens the same key; each alone signs in", async () => {
  const [before] = await identities();
  const phone = softwarePasskey();
  await addPasskey(account(severalPasskeys(server, [ada.passkey, phone])), "Phone");
  assert.equal((await credentialIds()).length, 2);
  for (const alone of [ada.passkey, phone]) {
    const browser = await memberBrowser(server, alone);
    await signInWith(browser);
    assert.deepEqual(await identities(browser.passkeys), [before]);
  }
});

test("removing a lost passkey rotates the key pair: the rest goes on, the lost one opens and signs nothing", async () => {
  const [before] = await identities();
  const [phone, tablet] = [softwarePasskey(), softwarePasskey()];
  await addPasskey(account(severalPasskeys(server, [ada.passkey, phone])), "Phone");
  await addPasskey(account(severalPasskeys(server, [ada.passkey, tablet])), "Tablet");
  const [laptopId, phoneId, tabletId] = [ada.passkey, phone, tablet].map((each) => each.save()[0]?.id ?? "");
  assert.ok(laptopId && phoneId && tabletId);
  const onlyTablet = passkeysOf(tablet, server.url);
  const newCode = await generateRecoveryCode();
  server.clock.advance(1000);
  await removePasskey(account(), phoneId, newCode);
  assert.deepEqual((await credentialIds()).toSorted(), [laptopId, tabletId].toSorted());
  const log = (await server.records.read.keyLog()).filter(({ memberId }) => memberId === member.id);
  assert.deepEqual(
    log.map(({ version, removedAt }) => [version, removedAt === null]),
    [
      [1, false],
      [2, true],
    ],
  );
  const ring = await identities();
  assert.equal(ring.length, 2);
  assert.equal(ring[1], before, "what was sealed to the earlier key still opens");
  const lost = await memberBrowser(server, phone);
  await assert.rejects(signInWith(lost), (error) => error instanceof ClientError && error.refusal?.status === 403);
  assert.ok((await server.records.read.wrapsOf(member.id)).every(({ credentialId }) => credentialId !== phoneId));

  assert.deepEqual(await identities(onlyTablet), [before], "not finished yet: earlier things only");
  await sealToPasskey(account(severalPasskeys(server, [ada.passkey, tablet])), tabletId);
  assert.deepEqual(await identities(onlyTablet), ring);

  const old = { address: member.address, code: recoveryCode, newCode: await generateRecoveryCode(), name: "New" };
  const anew = await memberBrowser(server);
  await assert.rejects(recover(anew.http, anew.passkeys, old), ClientError, "the earlier recovery code ended");
  await recover(anew.http, anew.passkeys, { ...old, code: newCode });
});

test("the recovery code makes a new passkey and rotates the keys; passkeys, sessions and the code itself end", async () => {
  const [before] = await identities();
  const newCode = await generateRecoveryCode();
  const fresh = await memberBrowser(server);
  const typed = recoveryCode.toLowerCase().replaceAll("-", " ");
  await recover(fresh.http, fresh.passkeys, { address: " ADA@council.example", code: typed, newCode, name: "New" });
  assert.equal((await ada.visitor.get("/")).headers.get("location"), "/sign-in", "signed out everywhere");
  assert.match((await fresh.visitor.get("/")).text, /Ada Admin/);
  const mine = await loadMyKeys(fresh.http);
  const opened = await unlockKeys({ passkeys: fresh.passkeys, askPassphrase: async () => "" }, mine, "AAAA");
  assert.deepEqual([opened.length, opened[1]?.identity], [2, before]);
  assert.notEqual(opened[0]?.identity, before);
  assert.deepEqual(
    mine.keys.map(({ version }) => version),
    [2, 1],
  );
  await assert.rejects(signInWith(await memberBrowser(server, ada.passkey)), ClientError);
  const again = await memberBrowser(server);
  const used = { address: member.address, code: recoveryCode, newCode, name: "Thief" };
  await assert.rejects(checkRecovery(again.http, used), ClientError, "told before a new code is made");
  await checkRecovery(again.http, { ...used, code: newCode });
  const told = (await server.mail(member.address)).filter(({ subject }) => subject === "Your recovery code was used");
  assert.ok(told.length > 0, "the owner is told");
  await assert.rejects(recover(again.http, again.passkeys, used), ClientError);
});

test("a wrong code and an unknown address get the same answers", async () => {
  await addMember(server, "Bob Without Code");
  const code = await generateRecoveryCode();
  const said: string[] = [];
  for (const address of [member.address, "nobody@council.example", "bob.without.code@council.example"]) {
    const browser = await memberBrowser(server);
    const given = { address, code, newCode: await generateRecoveryCode(), name: "X" };
    const failure = await recover(browser.http, browser.passkeys, given).catch((error: unknown) => error);
    assert.ok(failure instanceof ClientError);
    said.push(JSON.stringify([failure.refusal?.status, failure.refusal?.code, failure.message]));
  }
  assert.equal(new Set(said).size, 1, said.join());
});

test("a renewed recovery code replaces the old one, and rotates nothing", async () => {
  const newCode = await generateRecoveryCode();
  await renewRecoveryCode(account(), newCode);
  assert.equal((await server.records.read.keysOf(member.id))[0]?.version, 1);
  const browser = await memberBrowser(server);
  const given = { address: member.address, code: recoveryCode, newCode: await generateRecoveryCode(), name: "X" };
  await assert.rejects(recover(browser.http, browser.passkeys, given), ClientError);
  await recover(browser.http, browser.passkeys, { ...given, code: newCode });
});

test("an authenticator without PRF gets a generated passphrase, which opens the key; wrong words do not", async () => {
  const plain = softwarePasskey({ prf: false });
  const [before] = await identities();
  const created = passkeysOf(plain, server.url);
  const mixed = severalPasskeys(server, [ada.passkey, plain]);
  const { passphrase } = await addPasskey(account(mixed), "Old key");
  assert.match(passphrase ?? "", /^[a-z-]+( [a-z-]+){5}$/);
  words = passphrase ?? "";
  assert.deepEqual(await identities(created), [before]);
  words = "abacus abdomen abdominal abide abiding ability";
  await assert.rejects(identities(created), { name: "SealError", code: "wrong-secret" });
});

test("a session alone changes no way in: each change needs a passkey’s signature over exactly what is enrolled", async () => {
  const stolen = await new Visitor(server).signIn(member.id);
  const options = async () => (await stolen.api("POST", "/api/account/options", {})).json<EnrolOptions>();
  const thief = await memberBrowser(server);
  const given = await options();
  const about = { signer: member.address, rpId: given.rpId, nonce: given.nonce };
  const registration = await thief.passkeys.create(
    waysInStatement("enrol", { ...about, role: "passkey", digest: "" }),
    given,
  );
  const own = waysInStatement("enrol", { ...about, role: "member", digest: "" });
  const { signature } = await thief.passkeys.get(own, [registration]);
  const passkey = { registration, signature, prf: false, name: "Thief" };
  const body = { nonce: given.nonce, passkey, by: signature, wraps: [] };
  assert.equal((await stolen.api("POST", "/api/account/passkeys", body)).status, 403);

  // A sign-in signature of the member themselves does not count either.
  const nonce = (await options()).nonce;
  const signIn = waysInStatement("sign-in", { role: "member", digest: "", signer: "", rpId: "localhost", nonce });
  const by = (await ada.passkeys.get(signIn, [])).signature;
  const wraps = (await server.records.read.wrapsOf(member.id)).map(
    ({ keyId, kind, credentialId, sealed, signIn: key }) => ({
      keyId,
      kind,
      credentialId,
      sealed,
      signIn: key,
    }),
  );
  const [credentialId = ""] = await credentialIds();
  const recipient = (await server.records.read.keysOf(member.id))[0]?.recipient;
  for (const path of ["recovery", "passkeys/wraps", "passkeys/remove"]) {
    const fresh = await options();
    const forged = { nonce: fresh.nonce, by, wraps, credentialId, recipient };
    assert.equal((await stolen.api("POST", `/api/account/${path}`, forged)).status, 403, path);
  }
  assert.deepEqual(await credentialIds(), [credentialId]);
});

test("the last passkey cannot remove itself", async () => {
  const [only = ""] = await credentialIds();
  await assert.rejects(removePasskey(account(), only, await generateRecoveryCode()));
  assert.deepEqual(await credentialIds(), [only]);
});

test("sign out everywhere ends every session, and says where a command line is stopped, which signs in again by itself", async () => {
  assert.ok(!(await ada.visitor.get("/account")).text.includes("Command lines have keys of their own"));
  const ownId = (await server.records.read.memberByAddress("ada@council.example"))?.id ?? "";
  const device = await addKey(server, ownId, { ...(await generateKeyPair()), signing: "A".repeat(43) });
  const said = /Command lines have keys of their own[^<]*<a class="govuk-link" href="\/account\/devices">remove it/;
  assert.match((await ada.visitor.get("/account")).text, said);
  await ada.visitor.form("/account/devices/remove", { keyId: device.id });
  const other = await memberBrowser(server, ada.passkey);
  await signInWith(other);
  await ada.visitor.form("/account/sign-out-everywhere", {});
  assert.equal((await other.visitor.get("/account")).headers.get("location"), "/sign-in?next=%2Faccount");
});

test("another member sees neither the passkeys nor the keys of the first", async () => {
  const bob = await new Visitor(server).signIn((await addMember(server, "Bob")).id);
  const [id = ""] = await credentialIds();
  assert.equal((await bob.get(`/account/passkey?id=${id}`)).status, 404);
  assert.equal((await bob.form("/account/passkey", { id, name: "Mine" })).status, 404);
  const keys = (await bob.get("/api/account/keys")).json<{ wraps: unknown[]; credentials: unknown[] }>();
  assert.deepEqual([keys.wraps, keys.credentials], [[], []]);
  for (const path of [
    "/account",
    "/account/passkey",
    "/account/devices",
    "/enrol-device",
    "/api/account/keys",
    "/api/keys",
  ])
    assert.ok([303, 401].includes((await new Visitor(server).get(path)).status), path);
});

test("the account pages show the passkeys, and rename them", async () => {
  const [id = ""] = await credentialIds();
  assert.match((await ada.visitor.get("/account")).text, /Laptop<\/a>, made on 21 November 2026/);
  assert.match((await ada.visitor.get(`/account/passkey?id=${id}`)).text, /your only passkey/);
  await ada.visitor.form("/account/passkey", { id, name: "  Work laptop " });
  assert.match((await ada.visitor.get("/account")).text, /Work laptop/);
  for (const path of ["/account/add-passkey", "/account/recovery", "/account/devices", "/enrol-device"])
    assert.equal((await ada.visitor.get(path)).status, 200, path);
  assert.equal((await ada.visitor.form("/account/phone", { phone: "12" })).status, 422);
  await ada.visitor.form("/account/phone", { phone: "020 7946 0001" });
  assert.equal((await server.records.read.member(member.id))?.phone, "+442079460001");
});
