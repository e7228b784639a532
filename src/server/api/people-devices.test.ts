import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { toBase64Url } from "../../bytes/base64.ts";
import { enrolDevice, findDevice } from "../../client/people/device.ts";
import { waysInStatement } from "../../client/people/passkeys.ts";
import type { DeviceAnswer, DeviceNonceAnswer, EnrolOptions, KeyLogAnswer } from "../../domain/wire/people.ts";
import { deviceCode, deviceDigest } from "../../log/device-keys.ts";
import { statementBytes } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { type MemberBrowser, memberBrowser, setUp } from "../../testing/member-browser.ts";
import { addMember } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";

let server: TestServer;
let ada: MemberBrowser;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  ada = await memberBrowser(server);
  await setUp(server, ada);
});
after(() => server.stop());

/** A command line: no cookies, no page, its own keys. */
async function commandLine() {
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  const signing = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  const { recipient } = await generateKeyPair();
  const ask = async <T>(method: string, path: string, body?: unknown, bearer?: string) => {
    const headers = { "content-type": "application/json", ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(new URL(path, server.url), { ...init, redirect: "manual" });
    const text = await response.text();
    return { status: response.status, body: (text.startsWith("{") ? JSON.parse(text) : {}) as T };
  };
  const offer = () => ask<DeviceAnswer>("POST", "/api/devices", { name: "Desk computer", recipient, signing });
  const signIn = async (keyId: string, role = "device") => {
    const { nonce, rpId } = (await ask<DeviceNonceAnswer>("POST", "/api/devices/sign-in/nonce", { keyId })).body;
    const statement = waysInStatement("sign-in", { role, digest: "", signer: "", rpId, nonce });
    const bytes = await crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, statementBytes(statement));
    const body = { keyId, nonce, signature: toBase64Url(new Uint8Array(bytes)) };
    return { ...(await ask<{ token: string }>("POST", "/api/devices/sign-in", body)), sent: body };
  };
  return { recipient, signing, ask, offer, signIn };
}

test("a command line is enrolled by a passkey after matching codes, signs in, and ends at once when it is removed", async () => {
  const line = await commandLine();
  const { status, body: offer } = await line.offer();
  assert.equal(status, 201);
  assert.equal(offer.code, await deviceCode(line));
  const poll = () => line.ask("GET", "/api/devices/poll", undefined, offer.pollToken);
  assert.deepEqual((await poll()).body, { state: "pending" });

  const found = await findDevice(ada.http, offer.code.toLowerCase().replaceAll("-", ""));
  assert.equal(found.name, "Desk computer");
  await enrolDevice(ada.http, ada.passkeys, found);
  const enrolled = (await poll()).body as { keyId: string; address: string };
  assert.equal(enrolled.address, "ada@council.example");

  const signedIn = await line.signIn(enrolled.keyId);
  assert.equal(signedIn.status, 200);
  const { token } = signedIn.body;
  const log = await line.ask<KeyLogAnswer>("GET", "/api/keys", undefined, token);
  const lines = log.body.lines.filter(({ kind }) => kind === "device");
  assert.deepEqual(
    lines.map(({ id, recipient, signing }) => ({ id, recipient, signing })),
    [{ id: enrolled.keyId, recipient: line.recipient, signing: line.signing }],
  );

  assert.equal((await line.ask("GET", "/people", undefined, token)).status, 403, "it administers nothing");
  const told = (await server.mail("ada@council.example")).at(-1)?.text ?? "";
  assert.match(told, /A key was added to your account.*If this was not you, ring/s);

  assert.match((await ada.visitor.get("/account/devices")).text, /Desk computer/);
  await ada.visitor.form("/account/devices/remove", { keyId: enrolled.keyId });
  assert.equal((await line.ask("GET", "/api/keys", undefined, token)).status, 401, "its session ended with its key");
  assert.equal((await line.signIn(enrolled.keyId)).status, 403);
  assert.equal((await ada.visitor.get("/account/devices")).status, 200, "the browser’s own session did not");
});

test("an offer is enrolled once, by a passkey’s signature over exactly its keys, within fifteen minutes", async () => {
  const line = await commandLine();
  const { body: offer } = await line.offer();
  const options = (await ada.visitor.api("POST", "/api/account/options", {})).json<EnrolOptions>();
  const about = { role: "device", signer: "ada@council.example", rpId: options.rpId, nonce: options.nonce };
  const other = await deviceDigest({ ...line, signing: toBase64Url(new Uint8Array(32)) });
  const by = (await ada.passkeys.get(waysInStatement("enrol", { ...about, digest: other }), [])).signature;
  const forged = await ada.visitor.api("POST", "/api/account/devices", { id: offer.id, nonce: options.nonce, by });
  assert.equal(forged.status, 403);
  const found = await findDevice(ada.http, offer.code);
  await enrolDevice(ada.http, ada.passkeys, found);
  await assert.rejects(enrolDevice(ada.http, ada.passkeys, found), { code: "refused" });

  const late = (await (await commandLine()).offer()).body;
  server.clock.advance(15 * 60_000);
  await assert.rejects(findDevice(ada.http, late.code), { code: "refused" });
});

test("a server that shows other keys under the code is found out by the browser", async () => {
  const line = await commandLine();
  const { body: offer } = await line.offer();
  const swapped = { send: async () => ({ id: offer.id, name: "x", recipient: line.recipient, signing: "AAAA" }) };
  await assert.rejects(findDevice(swapped as unknown as typeof ada.http, offer.code), { code: "lying-server" });
});

test("signing in as a device: replays, other roles, unknown keys and leavers get the same refusal", async () => {
  const line = await commandLine();
  const { body: offer } = await line.offer();
  await enrolDevice(ada.http, ada.passkeys, await findDevice(ada.http, offer.code));
  const { keyId } = (await line.ask<{ keyId: string }>("GET", "/api/devices/poll", undefined, offer.pollToken)).body;
  const good = await line.signIn(keyId);
  const refused = [
    await line.ask("POST", "/api/devices/sign-in", good.sent),
    await line.signIn(keyId, "member"),
    await line.signIn("AAAA"),
    await (await commandLine()).signIn(keyId),
  ];
  assert.deepEqual([...new Set(refused.map(({ status }) => status))], [403]);
});

test("nobody enrols anything without a session, and another page’s request is refused", async () => {
  const line = await commandLine();
  const { body: offer } = await line.offer();
  const stranger = new Visitor(server);
  assert.equal((await stranger.api("POST", "/api/account/devices/find", { code: offer.code })).status, 401);
  assert.equal((await line.ask("GET", "/api/devices/poll", undefined, "A".repeat(43))).status, 410);
  const headers = { origin: "https://evil.example", "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify({ name: "x", ...line }) };
  assert.equal((await fetch(`${server.url}/api/devices`, init)).status, 403);
  const bob = await addMember(server, "Bob");
  const bobs = await new Visitor(server).signIn(bob.id);
  const nonce = (await bobs.api("POST", "/api/account/options", {})).json<EnrolOptions>().nonce;
  const about = { role: "device", signer: bob.address, rpId: "localhost", nonce, digest: await deviceDigest(line) };
  const by = (await ada.passkeys.get(waysInStatement("enrol", about), [])).signature;
  const answer = await bobs.api("POST", "/api/account/devices", { id: offer.id, nonce, by });
  assert.equal(answer.status, 403, "another member’s passkey signs nothing for Bob");
});
