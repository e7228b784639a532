import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { toBase64Url } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { checkOwnKeys, type OwnKeys } from "../../client/keys/own-keys.ts";
import { ownKeysFirst } from "../../client/keys/own-keys-first.ts";
import { remembering } from "../../client/keys/own-memory.ts";
import { addPasskey, removePasskey } from "../../client/people/account.ts";
import type { Member } from "../../domain/member.ts";
import { deviceDigest } from "../../log/device-keys.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { generateRecoveryCode } from "../../seal/recovery.ts";
import { invite, join, memberAt } from "../../testing/joining.ts";
import { setUp, severalPasskeys, signInWith } from "../../testing/member-browser.ts";
import {
  addDevice,
  copyOf,
  lying,
  pinsInMemory,
  type RememberingBrowser,
  rememberingBrowser,
  signedInTheirName,
  type Written,
  writeEvent,
  writeFalseKey,
} from "../../testing/own-keys.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { softwarePasskey } from "../../testing/software-passkey.ts";

// What whoever runs the server does with an account and a passkey of their own, and the key with which events are appended.

const LENA = "lena@council.example";
let server: TestServer;
let lena: RememberingBrowser;
let member: Member;
let operator: RememberingBrowser;
/** The operator's passkey: its COSE key, base64url. */
let theirs: string;

beforeEach(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  const admin = await rememberingBrowser(server);
  await setUp(server, admin);
  lena = await rememberingBrowser(server);
  await join(server, await invite(server, admin, "Lena Line", LENA), lena);
  member = await memberAt(server, LENA);
  operator = await rememberingBrowser(server);
  await join(server, await invite(server, admin, "Service Desk", "desk@council.example"), operator);
  const [added] = await server.records.read.enrolmentsOf((await memberAt(server, "desk@council.example")).id);
  theirs = String(added?.detail.signedBy);
});
afterEach(() => server.stop());

/** Adds the operator's passkey in somebody's name, which nobody agreed to. */
async function addTheirs(signer: string, { id }: { readonly id: string }): Promise<void> {
  const mainKey = "ab".repeat(32);
  const own = await signedInTheirName(server, operator, theirs, { signer, role: "member", digest: mainKey });
  const publicKey = await sha256Hex(utf8(theirs));
  await writeEvent(server, { id }, "passkey-added", {
    ...{ credentialId: "theirs", prf: true, publicKey, mainKey, ...own, agreedBy: "" },
  });
}

/** A command line's key in somebody's name that a passkey signed for: the operator's, if no other is given. */
async function addKeyOfTheirs(to: { id: string; address: string }, by = operator, key = theirs) {
  const { recipient } = await generateKeyPair();
  const signing = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const about = { signer: to.address, role: "device", digest: await deviceDigest({ recipient, signing }) };
  return writeFalseKey(server, to, await signedInTheirName(server, by, key, about), { recipient, signing });
}

const standings = ({ keys }: OwnKeys) => keys.map(({ kind, standing }) => `${kind} ${standing}`).sort();

test("SIS-23: a second publication of a command line's key, signed by another passkey, makes that passkey nobody's", async () => {
  const device = await addDevice(lena, LENA);
  const line = { http: lena.http, pins: pinsInMemory(), device };
  await checkOwnKeys(line);
  await addTheirs(LENA, member);
  await addKeyOfTheirs(member);
  const mine = (await server.records.read.keysOf(member.id)).find(({ recipient }) => recipient === device.recipient);
  const digest = await deviceDigest(device);
  const [first] = (await server.records.read.enrolmentsOf(member.id)).filter(({ detail }) => detail.keyId === mine?.id);
  const again: Written = {
    ...{ keyId: mine?.id ?? "", kind: "device", version: 1, digest, address: LENA },
    ...(await signedInTheirName(server, operator, theirs, { signer: LENA, role: "device", digest })),
  };
  await writeEvent(server, member, "key-published", again);
  await assert.rejects(checkOwnKeys(line), { code: "lying-server" });
  await assert.rejects(checkOwnKeys(lena), { code: "lying-server" });
  const withheld = lying(server, lena, (answer) => ({
    ...answer,
    proofs: answer.proofs.filter(({ event }) => event.seq !== first?.seq),
  }));
  await assert.rejects(checkOwnKeys({ ...line, http: withheld.http }), { code: "lying-server" });
});

test("SIS-23: the passkey that signed for a command line is taken at its first look, and from no publication that is shown later", async () => {
  const device = await addDevice(lena, LENA);
  const mine = (await server.records.read.keysOf(member.id)).find(({ recipient }) => recipient === device.recipient);
  const line = { http: lena.http, pins: pinsInMemory(), device };
  const blank = lying(server, lena, (answer) => ({
    ...answer,
    proofs: answer.proofs.filter(({ event }) => event.detail.keyId !== mine?.id),
  }));
  const standing = async (http: typeof line.http) =>
    (await checkOwnKeys({ ...line, http })).keys.find(({ kind }) => kind === "passkey")?.standing;
  assert.equal(await standing(blank.http), "other-passkey", "nothing shows who signed for it");
  assert.equal(await standing(lena.http), "other-passkey", "nor is it learnt from what is shown afterwards");
});

test("SIS-23: a copy of the event in which a passkey was added makes it no younger, whether or not the first is withheld", async () => {
  await checkOwnKeys(lena);
  const [first] = await server.records.read.enrolmentsOf(member.id);
  await addTheirs(LENA, member);
  await addKeyOfTheirs(member);
  const fresh = { ...lena, pins: await copyOf(lena.pins, LENA) };
  const alarm = ["device recovered", "main known", "passkey recovered", "passkey signed"];
  assert.deepEqual(standings(await checkOwnKeys(fresh)), alarm);
  await writeEvent(server, member, "passkey-added", (first?.detail ?? {}) as Written);
  await assert.rejects(checkOwnKeys(lena), { code: "lying-server" }, "twice");
  const withheld = lying(server, lena, (answer) => ({
    ...answer,
    proofs: answer.proofs.filter(({ event }) => event.seq !== first?.seq),
  }));
  await assert.rejects(checkOwnKeys(withheld), { code: "lying-server" }, "elsewhere in the log than before");
});

test("SIS-23: a passkey of an early version lends its standing to none that was added later", async () => {
  const earl = { ...member, id: "earlier", address: "earl@council.example" as Member["address"] };
  await server.records.write(async (tx) => {
    await tx.saveMember(earl);
    await tx.append({
      ...{ kind: "member-joined", at: member.createdAt, actor: { kind: "system" } },
      ...{ reference: null, recipientId: null, detail: {} },
    });
  });
  const browser = await rememberingBrowser(server);
  await browser.visitor.signIn("earlier");
  await writeEvent(server, earl, "passkey-added", { credentialId: "old", prf: true });
  assert.deepEqual(standings(await checkOwnKeys(browser)), ["passkey earlier"]);
  await addTheirs(earl.address, earl);
  const line = await addKeyOfTheirs(earl);
  const { keys } = await checkOwnKeys(browser);
  assert.ok(!keys.some(({ id, standing }) => standing === "earlier" && (id === line.id || id === "theirs")));
  assert.deepEqual(
    standings({ keys } as OwnKeys).filter((each) => each.endsWith("earlier")),
    ["passkey earlier"],
  );
});

test("SIS-23: a passkey that was removed as lost vouches for nothing that was added afterwards; what it signed before stays", async () => {
  const phone = softwarePasskey();
  const passkeys = remembering(severalPasskeys(server, [lena.passkey, phone]), lena.pins);
  const account = { http: lena.http, passkeys, askPassphrase: () => Promise.reject(new Error("not asked")) };
  await addPasskey(account, "Phone");
  const thief = await rememberingBrowser(server, phone);
  await signInWith(thief);
  await addDevice(thief, LENA);
  await checkOwnKeys(lena);
  const [saved] = phone.save();
  const held = await server.records.read.credentialsOf(member.id);
  const key = String(held.find(({ id }) => id === saved?.id)?.publicKey);
  const code = await generateRecoveryCode();
  await removePasskey({ ...account, passkeys: lena.passkeys }, saved?.id ?? "", code);
  assert.deepEqual((await checkOwnKeys(lena)).false, []);
  const line = await addKeyOfTheirs(member, thief, key);
  const own = await checkOwnKeys(lena);
  assert.deepEqual(
    own.false.map(({ id }) => id),
    [line.id],
  );
  await assert.rejects(ownKeysFirst({ ...lena, confirm: async () => true })([]), { code: "false-key" });
});
