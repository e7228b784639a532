import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ClientError } from "../../../client/error.ts";
import { enrolDevice, findDevice } from "../../../client/people/device.ts";
import { recover } from "../../../client/people/recover.ts";
import type { DeviceAnswer } from "../../../domain/wire/people.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { generateRecoveryCode } from "../../../seal/recovery.ts";
import { invite, join, linkInMail, memberAt } from "../../../testing/joining.ts";
import { type MemberBrowser, memberBrowser, setUp, signInWith } from "../../../testing/member-browser.ts";
import { addMember } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let ada: MemberBrowser;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  ada = await memberBrowser(server);
  await setUp(server, ada);
});
after(() => server.stop());

test("an invited colleague joins with the link from their work mailbox, once", async () => {
  const link = await invite(server, ada, "Bob Clerk", "Bob@Council.example");
  const mail = (await server.mail("bob@council.example")).at(-1);
  assert.match(mail?.text ?? "", /Ada Admin \(ada@council\.example\) invites you/);
  assert.match(mail?.text ?? "", /Example Council on the number that you find on its website, www\.council\.example/);
  const browser = await memberBrowser(server);
  assert.match((await browser.visitor.get(link)).text, /You join as <strong>bob@council\.example/);
  assert.equal((await browser.visitor.form(link, { name: "" })).status, 422);
  assert.equal((await browser.visitor.form(link, { name: "Bob B. Clerk" })).headers.get("location"), `${link}/keys`);
  assert.equal((await browser.visitor.get(`${link}/keys`)).status, 200);
  await join(server, link, browser);
  const bob = await memberAt(server, "bob@council.example");
  assert.deepEqual([bob.name, bob.state], ["Bob B. Clerk", "active"]);
  assert.match((await browser.visitor.get("/")).text, /Bob B. Clerk/);
  await signInWith(await memberBrowser(server, browser.passkey));

  for (const path of [link, `${link}/keys`]) assert.equal((await new Visitor(server).get(path)).status, 410, path);
  await assert.rejects(join(server, link), (error) => error instanceof ClientError && error.refusal?.status === 410);
});

test("a link ends after seven days, and when a newer one is sent; invented links get the same answer", async () => {
  const first = await invite(server, ada, "Cleo", "cleo@council.example");
  const { id } = await memberAt(server, "cleo@council.example");
  server.clock.advance(1000);
  await ada.visitor.form(`/people/${id}/invite`, {});
  const second = await linkInMail(server, "cleo@council.example");
  assert.notEqual(first, second);
  const answers = await Promise.all(
    [first, `/join/${"A".repeat(43)}`].map(async (path) => (await new Visitor(server).get(path)).status),
  );
  assert.deepEqual(answers, [410, 410]);
  assert.equal((await new Visitor(server).get(second)).status, 200);
  server.clock.advance(7 * 24 * 60 * 60_000);
  assert.equal((await new Visitor(server).get(second)).status, 410);
  await signInWith(ada);
  await ada.visitor.form(`/people/${id}/invite`, {});
  await join(server, await linkInMail(server, "cleo@council.example"));
  assert.equal((await ada.visitor.form(`/people/${id}/invite`, {})).status, 409, "who has joined is not invited");
});

test("of two browsers with one link, one joins", async () => {
  const link = await invite(server, ada, "Twin", "twin@council.example");
  const both = await Promise.allSettled([join(server, link), join(server, link)]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  const { id } = await memberAt(server, "twin@council.example");
  assert.equal((await server.records.read.credentialsOf(id)).length, 1);
});

test("SDT-17, SET-4: only work addresses are invited, never webmail, each once", async () => {
  for (const address of [
    "eve@gmail.com",
    "eve@council.example.evil.example",
    "eve@notcouncil.example",
    "not an address",
    "ada@council.example",
  ]) {
    const answer = await ada.visitor.form("/people/invite", { name: "Eve", address });
    assert.equal(answer.status, 422, address);
    assert.match(answer.text, /value="Eve"/);
  }
  assert.deepEqual(await server.mail("eve@gmail.com"), []);
  assert.match(
    (await ada.visitor.form("/people/invite", { name: "Eve", address: " " })).text,
    /Enter an email address/,
  );
});

test("OXM-15: an address that looks like a colleague's is shown beside it before anybody is invited", async () => {
  await addMember(server, "Sam Sender");
  const typed = { name: "Sam Sender", address: "sam.sendar@council.example" };
  const warned = await ada.visitor.form("/people/invite", typed);
  assert.equal(warned.status, 422);
  assert.match(warned.text, /differs by a letter or two from<br><strong>sam\.sender@council\.example/);
  const unsure = await ada.visitor.form("/people/invite", { ...typed, confirmed: typed.address });
  assert.match(unsure.text, /Compare the addresses, then say that the new one is right/);
  const other = { ...typed, confirmed: "sam.sander@council.example", confirm: "yes" };
  assert.equal((await ada.visitor.form("/people/invite", other)).status, 422, "another address was confirmed");
  assert.deepEqual(await server.mail(typed.address), []);
  const sure = { ...typed, confirmed: typed.address, confirm: "yes" };
  assert.equal((await ada.visitor.form("/people/invite", sure)).status, 303);
  assert.equal((await server.mail(typed.address)).length, 1);
});

test("only an administrator sees people, invites, changes roles and deactivates", async () => {
  const plain = await addMember(server, "Plain Member", { roles: ["senior-manager", "auditor"] });
  const visitors = [
    [await new Visitor(server).signIn(plain.id), 403],
    [new Visitor(server), 401],
  ] as const;
  for (const [visitor, status] of visitors) {
    for (const path of ["/people", "/people/invite", `/people/${plain.id}`, `/people/${plain.id}/deactivate`])
      assert.ok([status, 303].includes((await visitor.get(path)).status), path);
    for (const path of [
      "/people/invite",
      `/people/${plain.id}`,
      `/people/${plain.id}/deactivate`,
      `/people/${plain.id}/invite`,
    ])
      assert.equal((await visitor.form(path, { name: "x", address: "x@council.example" })).status, status, path);
  }
  assert.equal((await memberAt(server, plain.address)).state, "active");
});

test("an administrator changes roles and line manager; the last administrator stays one", async () => {
  const person = await addMember(server, "Dora");
  const boss = await addMember(server, "Boss");
  const gone = await addMember(server, "Gone", { state: "deactivated" });
  const path = `/people/${person.id}`;
  await ada.visitor.form(path, { roles: ["line-manager", "auditor", "emperor"], lineManagerId: boss.id });
  const changed = await memberAt(server, person.address);
  assert.deepEqual([changed.roles, changed.lineManagerId], [["auditor", "line-manager"], boss.id]);
  for (const lineManagerId of [gone.id, person.id, "nobody"])
    assert.equal((await ada.visitor.form(path, { lineManagerId })).status, 400, lineManagerId);
  const admin = await memberAt(server, "ada@council.example");
  assert.equal((await ada.visitor.form(`/people/${admin.id}`, { roles: ["auditor"] })).status, 409);
  assert.equal((await ada.visitor.form(`/people/${admin.id}/deactivate`, {})).status, 409);
  assert.deepEqual((await memberAt(server, admin.address)).roles, ["administrator"]);
});

test("deactivating a leaver ends session, passkey, recovery code, command line, keys and invitation at once", async () => {
  const { browser, recoveryCode } = await join(server, await invite(server, ada, "Lee Leaver", "lee@council.example"));
  const lee = await memberAt(server, "lee@council.example");
  const minion = await addMember(server, "Minion", { lineManagerId: lee.id });
  const { recipient } = await generateKeyPair();
  const signing = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  const offered = await browser.visitor.api("POST", "/api/devices", { name: "CLI", recipient, signing });
  const device = await findDevice(browser.http, offered.json<DeviceAnswer & Record<string, unknown>>().code);
  await enrolDevice(browser.http, browser.passkeys, device);
  assert.equal((await server.records.read.keysOf(lee.id)).length, 2);
  assert.equal((await browser.visitor.get("/")).status, 200);

  await ada.visitor.form(`/people/${lee.id}/deactivate`, {});
  assert.equal((await browser.visitor.get("/")).headers.get("location"), "/sign-in");
  assert.equal((await browser.visitor.get("/api/keys")).status, 401);
  await assert.rejects(signInWith(await memberBrowser(server, browser.passkey)), ClientError);
  const given = { address: lee.address, code: recoveryCode, newCode: await generateRecoveryCode(), name: "x" };
  const again = await memberBrowser(server);
  await assert.rejects(recover(again.http, again.passkeys, given), ClientError);
  assert.deepEqual(await server.records.read.keysOf(lee.id), []);
  assert.deepEqual(await server.records.read.credentialsOf(lee.id), []);
  assert.deepEqual(await server.records.read.wrapsOf(lee.id), []);
  assert.equal((await memberAt(server, minion.address)).lineManagerId, null);

  const link = await invite(server, ada, "Never Joined", "never@council.example");
  await ada.visitor.form(`/people/${(await memberAt(server, "never@council.example")).id}/deactivate`, {});
  assert.equal((await new Visitor(server).get(link)).status, 410);

  server.clock.advance(1000);
  await ada.visitor.form(`/people/${lee.id}/invite`, {});
  await join(server, await linkInMail(server, lee.address));
  const [key] = await server.records.read.keysOf(lee.id);
  assert.equal(key?.version, 2, "who comes back makes new keys");
});

test("no log line holds an address, a name or a link", async () => {
  const logged = server.logged.join("");
  assert.ok(server.logged.length > 50);
  const links = (await server.mail()).flatMap(({ text }) => /\/join\/(\S+)/.exec(text)?.[1] ?? []);
  assert.ok(links.length > 3);
  for (const secret of ["council.example", "Lee Leaver", "Ada Admin", ...links])
    assert.ok(!logged.includes(secret), secret);
});

test("SDT-17: somebody who registered from outside is given no role, and administers nothing even with one", async () => {
  const outsider = await addMember(server, "Olu Outside", { address: "olu@chambers.example" });
  const refused = await ada.visitor.form(`/people/${outsider.id}`, { roles: ["administrator"] });
  assert.equal(refused.status, 400);
  assert.deepEqual((await memberAt(server, "olu@chambers.example")).roles, []);
  const other = await addMember(server, "Odd One", { address: "odd@chambers.example", roles: ["administrator"] });
  assert.equal((await (await new Visitor(server).signIn(other.id)).get("/people")).status, 422);
});

test("SDT-17: who registered from outside is listed apart, and is nobody's line manager", async () => {
  const outsider = await addMember(server, "Una Outside", { address: "una@chambers.example" });
  const inside = await addMember(server, "Ivo Inside");
  await signInWith(ada);
  const [colleagues = "", outside = ""] = (await ada.visitor.get("/people")).text.split(">Outside</h2>");
  assert.match(colleagues, /Ivo Inside/);
  assert.doesNotMatch(colleagues, /Una Outside/);
  assert.match(outside, /Una Outside/);
  assert.doesNotMatch((await ada.visitor.get(`/people/${inside.id}`)).text, /Una Outside/);
  const refused = await ada.visitor.form(`/people/${inside.id}`, { lineManagerId: outsider.id });
  assert.equal(refused.status, 400);
  const page = (await ada.visitor.get(`/people/${outsider.id}`)).text;
  assert.match(page, /registered from outside/);
  assert.doesNotMatch(page, /may send and receive/);
});

test("the list is by name, is searched without JavaScript, and says where it stops", async () => {
  await addMember(server, "Zoe Last");
  await addMember(server, "Amy First", { roles: ["auditor"] });
  const names = (html: string) => [...html.matchAll(/href="\/people\/[\w-]+">([^<]+)</g)].map(([, name]) => name);
  const all = (await ada.visitor.get("/people")).text;
  const [inside = ""] = all.split("Outside</h2>");
  assert.equal(names(inside)[0], "Ada Admin");
  assert.equal(names(inside)[1], "Amy First");
  assert.equal(names(inside).at(-1), "Zoe Last");
  const found = (await ada.visitor.get("/people?q=FIRST+amy")).text;
  assert.deepEqual(names(found), ["Amy First"]);
  assert.match(found, /1 found/);
  assert.ok(names((await ada.visitor.get("/people?q=auditor")).text).includes("Amy First"));
  assert.match((await ada.visitor.get("/people?q=nobody+so")).text, /Nobody fits “nobody so”/);
  const before = names(all).length;
  for (let at = 0; at < 200; at++) await addMember(server, `Many ${at}`);
  const many = (await ada.visitor.get("/people")).text;
  assert.equal(names(many).length, 200);
  assert.match(many, new RegExp(`The first 200 of ${200 + before}, by name`));
});
