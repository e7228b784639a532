import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, test } from "node:test";
import { filesOf } from "../../src/cli/account/config-folder.ts";
import { enrolDevice, findDevice } from "../../src/client/people/device.ts";
import { memberAt } from "../../src/testing/joining.ts";
import { type MemberBrowser, memberBrowser, setUp } from "../../src/testing/member-browser.ts";
import { writeFalseKey } from "../../src/testing/own-keys.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { STATED } from "./council.ts";
import { Desk } from "./desk.ts";

let server: TestServer;
let browser: MemberBrowser;
let desk: Desk;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  browser = await memberBrowser(server);
  await setUp(server, browser);
  desk = await Desk.make();
});
after(async () => {
  await server.stop();
  await desk.remove();
});

const others: Desk[] = [];
afterEach(() => Promise.all(others.splice(0).map((each) => each.remove())));
async function anotherDesk(): Promise<Desk> {
  const made = await Desk.make();
  others.push(made);
  return made;
}

const CODE = /^ {4}([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})$/m;

/** Starts `waybill login` and waits until it shows its code. */
async function shown(at: Desk, url = server.url) {
  const login = at.start(["login", url, "--name", "Laptop", "--json"]);
  for (;;) {
    const code = CODE.exec(login.stderr())?.[1];
    if (code !== undefined) return { login, code };
    const ended = await Promise.race([login.ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    if (ended !== undefined) assert.fail(`It ended without a code: ${login.stderr()}`);
  }
}

test("login shows a code, a passkey confirms it in the browser, and this machine then keeps keys that only its owner reads", async () => {
  const { login, code } = await shown(desk);
  const found = await findDevice(browser.http, code.toLowerCase().replaceAll("-", " "));
  assert.equal(found.name, "Laptop");
  await enrolDevice(browser.http, browser.passkeys, found);
  const said = await login.ended;
  assert.equal(said.status, 0, said.stderr);
  assert.deepEqual(said.json(), { server: server.url, address: "ada@council.example", alreadyEnrolled: false });

  const { keys, state } = filesOf(desk.config, server.url);
  if (process.platform !== "win32") {
    for (const path of [keys, state]) assert.equal((await stat(path)).mode & 0o777, 0o600, path);
    assert.equal((await stat(desk.config)).mode & 0o777, 0o700);
  }
  const kept = JSON.parse(await readFile(keys, "utf8")) as { identities: string[]; seed: string };
  for (const secret of [kept.identities[0] ?? "", kept.seed]) {
    assert.ok(secret.length > 20 && !said.stdout.includes(secret) && !said.stderr.includes(secret));
  }
  const inbox = await desk.run(["inbox", "--json"]);
  assert.deepEqual(inbox.json(), { server: server.url, address: "ada@council.example", entries: [] });
});

test("login again says who it is, and makes no other keys", async () => {
  const { keys } = filesOf(desk.config, server.url);
  const before = await readFile(keys, "utf8");
  const again = await desk.run(["login", server.url]);
  assert.equal(again.status, 0, again.stderr);
  assert.match(again.stdout, /enrolled already: ada@council\.example/);
  assert.equal(await readFile(keys, "utf8"), before);
});

test("keys that others on the machine may read are not used", {
  skip: process.platform === "win32" && "no modes",
}, async () => {
  const { keys } = filesOf(desk.config, server.url);
  const { chmod } = await import("node:fs/promises");
  await chmod(keys, 0o644);
  const refused = await desk.run(["inbox"]);
  assert.equal(refused.status, 6);
  assert.match(refused.stderr, /others on this machine may read it/);
  await chmod(keys, 0o600);
});

test("a command line that was removed is told so at once, and login enrols it anew with its old keys kept for opening", async () => {
  const { keys } = filesOf(desk.config, server.url);
  const before = JSON.parse(await readFile(keys, "utf8")) as { keyId: string; identities: string[] };
  await browser.visitor.form("/account/devices/remove", { keyId: before.keyId });
  const refused = await desk.run(["inbox"]);
  assert.equal(refused.status, 13, refused.stderr);
  assert.match(refused.stderr, /does not accept this command line any more.*waybill login/s);

  const { login, code } = await shown(desk);
  await enrolDevice(browser.http, browser.passkeys, await findDevice(browser.http, code));
  assert.equal((await login.ended).status, 0);
  const after = JSON.parse(await readFile(keys, "utf8")) as { keyId: string; identities: string[] };
  assert.notEqual(after.keyId, before.keyId);
  assert.deepEqual(after.identities.slice(1), before.identities);
  assert.equal((await desk.run(["inbox"])).status, 0);
});

test("Ctrl-C while waiting ends cleanly and leaves no keys", async () => {
  const other = await anotherDesk();
  const { login } = await shown(other);
  login.kill("SIGINT");
  const said = await login.ended;
  assert.equal(said.status, 130, said.stderr);
  assert.match(said.stderr, /was not enrolled/);
  assert.deepEqual(await other.files(".config/waybill"), []);
});

test("a server that shows another code than that of these keys is found out", async () => {
  const answer = { id: "x", code: "AAAA-AAAA-AAAA", pollToken: "x", expires: "2026-11-21T10:15:00.000Z" };
  const liar = createServer((_, response) => response.writeHead(201).end(JSON.stringify(answer)));
  await new Promise<void>((resolve) => liar.listen(0, "localhost", resolve));
  const other = await anotherDesk();
  const said = await other.run(["login", `http://localhost:${(liar.address() as AddressInfo).port}`, "--json"]);
  liar.close();
  assert.equal(said.status, 11, said.stderr);
  assert.deepEqual(await other.files(".config/waybill"), []);
});

test("what is no Waybill, is not there, or is no address is told apart", async () => {
  const other = await anotherDesk();
  const stranger = createServer((_, response) => response.writeHead(404).end("<h1>Nothing</h1>"));
  await new Promise<void>((resolve) => stranger.listen(0, "localhost", resolve));
  const { port } = stranger.address() as AddressInfo;
  assert.equal((await other.run(["login", `http://localhost:${port}`])).status, 10);
  await new Promise((resolve) => stranger.close(resolve));
  const away = await other.run(["login", `http://localhost:${port}`]);
  assert.equal(away.status, 9, away.stderr);
  assert.equal((await other.run(["login", "http://waybill.example.gov.uk"])).status, 2);
  const none = await other.run(["inbox"]);
  assert.equal(none.status, 13);
  assert.match(none.stderr, /First: waybill login URL/);
});

test("SIS-23: a key that the operator writes in one's name is said on standard error, and stops sending with a code of its own before anything is begun", async () => {
  const calm = await desk.run(["inbox"]);
  assert.deepEqual(
    [calm.status, calm.stderr],
    [0, ""],
    "a command line that was removed and enrolled anew alarms nobody",
  );
  const line = await writeFalseKey(server, await memberAt(server, "ada@council.example"));
  const inbox = await desk.run(["inbox"]);
  assert.equal(inbox.status, 0, inbox.stderr);
  assert.match(inbox.stderr, /added in your name that none of your passkeys signed for: key of a command line/);
  await desk.write("a.txt", "A");
  const sent = await desk.run(["send", "a.txt", "--to", "olu@chambers.example", ...STATED]);
  assert.equal(sent.status, 22, sent.stderr);
  assert.match(sent.stderr, /none of your passkeys signed for.*Nothing was sent/);
  assert.deepEqual(await server.records.read.transfersOf(line.memberId, { limit: 9, offset: 0 }), []);
  await browser.visitor.form("/account/devices/remove", { keyId: line.id });
  const after = await desk.run(["send", "a.txt", "--to", "olu@chambers.example", ...STATED]);
  assert.notEqual(after.status, 22, "it is removed: nothing is sealed to it");
});

test("logout destroys the keys, after a yes", async () => {
  const refused = await desk.run(["logout"]);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /--yes/);
  assert.equal((await desk.run(["logout", "--yes"])).status, 0);
  assert.deepEqual(await desk.files(".config/waybill"), []);
});
