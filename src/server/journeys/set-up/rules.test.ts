import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ClientError } from "../../../client/error.ts";
import { enrol } from "../../../client/people/enrol.ts";
import { startPolicy } from "../../../policy/running-policy.ts";
import { generateRecoveryCode } from "../../../seal/recovery.ts";
import {
  type MemberBrowser,
  memberBrowser,
  setUp,
  TYPED_CONTACTS,
  TYPED_KEEPING,
} from "../../../testing/member-browser.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { newSetUpCode } from "./set-up-code.ts";

const POLICIES = fileURLToPath(new URL("../../../../policies", import.meta.url));
const ORGANISATION = { name: "Example Council", website: "www.council.example", phone: "020 7946 0000" };

let folder: string;
let file: string;
let server: TestServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-set-up-"));
  file = join(folder, "there", "policy.yaml");
  await mkdir(join(folder, "there"));
  server = await startServer({ policy: startPolicy(POLICIES, file) });
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** A browser that has got as far as the rules. */
async function atTheRules(): Promise<MemberBrowser> {
  const browser = await memberBrowser(server);
  const { visitor } = browser;
  await visitor.form("/set-up", { code: (await newSetUpCode(server.parts)) ?? "" });
  await visitor.form("/set-up/organisation", { ...ORGANISATION, workDomains: "council.example" });
  const administrator = { administratorName: "Ada", administratorAddress: "ada@council.example" };
  const answer = await visitor.form("/set-up/administrator", administrator);
  assert.equal(answer.headers.get("location"), "/set-up/rules");
  return browser;
}

const enrolIn = async ({ http, passkeys }: MemberBrowser) =>
  enrol(http, passkeys, "/api/set-up", await generateRecoveryCode(), "Laptop");

test("set-up writes the configuration that was chosen, records its digest, and it decides after a restart too", async () => {
  const { visitor } = await setUpAs("university");
  const { current } = server.parts.policy;
  assert.equal(current?.settings.rules, "university");
  assert.deepEqual(current?.settings.workDomains, ["council.example"]);
  assert.equal(current?.settings.organisation, "Example Council");
  const { contacts } = current?.settings ?? {};
  assert.deepEqual(contacts?.["service-desk"], {
    name: "the service desk",
    address: "help@council.example",
    phone: null,
    copy: null,
  });
  assert.equal(contacts?.["information-compliance"].copy, "breaches@council.example"); // OXM-3
  assert.deepEqual(contacts?.["privacy-team"], contacts?.["security-team"], "was ticked to be the same");
  const event = await server.records.read.lastEvent("policy-changed");
  assert.equal(event?.detail.digest, current?.digest);
  assert.equal(event?.detail.before, null);
  assert.equal(startPolicy(POLICIES, file).current?.digest, current?.digest);
  assert.equal((await visitor.get("/")).status, 200);
});

async function setUpAs(rules: string): Promise<MemberBrowser> {
  const browser = await atTheRules();
  await browser.visitor.form("/set-up/rules", { rules });
  const { "service-desk-same": _, ...others } = TYPED_CONTACTS;
  const desk = { "service-desk-name": "the service desk", "service-desk-address": "help@council.example" };
  const copy = { "information-compliance-copy": "breaches@council.example" };
  const answer = await browser.visitor.form("/set-up/contacts", { ...others, ...desk, ...copy });
  assert.equal(answer.headers.get("location"), "/set-up/records");
  await browser.visitor.form("/set-up/records", TYPED_KEEPING);
  await enrolIn(browser);
  return browser;
}

test("neither rules nor contacts are chosen beforehand, and no page can be left out", async () => {
  const { visitor } = await atTheRules();
  const page = await visitor.get("/set-up/rules");
  assert.match(page.text, /Set-up, step 3 of 6/);
  assert.doesNotMatch(page.text, /" checked/);
  assert.equal((await visitor.get("/set-up/contacts")).headers.get("location"), "/set-up/rules");
  assert.equal((await visitor.get("/set-up/keys")).headers.get("location"), "/set-up/rules");
  for (const rules of ["", "navy"]) assert.equal((await visitor.form("/set-up/rules", { rules })).status, 422, rules);
  assert.equal((await visitor.form("/set-up/rules", {})).status, 422);
  await visitor.form("/set-up/rules", { rules: "uk-government" });
  assert.match((await visitor.get("/set-up/rules")).text, /value="uk-government" checked/);
  const contacts = await visitor.get("/set-up/contacts");
  assert.match(contacts.text, /can be the same people/);
  assert.doesNotMatch(contacts.text, /" checked|@council\.example/);
  assert.equal((await visitor.get("/set-up/keys")).headers.get("location"), "/set-up/rules");
});

test("SDT-17: contacts have work addresses; what is wrong is said by team, and what was typed stays", async () => {
  const { visitor } = await atTheRules();
  await visitor.form("/set-up/rules", { rules: "uk-government" });
  const typed = { ...TYPED_CONTACTS, "security-team-address": "security@gmail.com", "service-desk-same": "" };
  const answer = await visitor.form("/set-up/contacts", typed);
  assert.equal(answer.status, 422);
  assert.match(answer.text, /Security team: Enter a work address. It ends in @council.example/);
  assert.match(answer.text, /Service desk: enter what people call them/);
  assert.match(answer.text, /value="security@gmail.com"/);
  assert.doesNotMatch(answer.text, /Privacy team: /);
});

test("a configuration that cannot be written is said with its place; nothing is saved, and set-up goes on once it can", async () => {
  const browser = await atTheRules();
  await browser.visitor.form("/set-up/rules", { rules: "uk-government" });
  await browser.visitor.form("/set-up/contacts", TYPED_CONTACTS);
  await browser.visitor.form("/set-up/records", TYPED_KEEPING);
  await rm(join(folder, "there"), { recursive: true });
  await assert.rejects(enrolIn(browser), (error) => {
    assert.ok(error instanceof ClientError);
    assert.equal(error.refusal?.status, 503);
    assert.match(error.message, /cannot be written to .*policy\.yaml \(ENOENT\)\. Nothing was saved/);
    return true;
  });
  assert.equal(await server.records.read.organisation(), null);
  await mkdir(join(folder, "there"));
  await enrolIn(browser);
  assert.ok(existsSync(file));
  assert.equal((await server.records.read.organisation())?.name, "Example Council");
});

test("where a configuration was there before, set-up takes it, asks for no other, and must agree with it", async () => {
  await setUp(server, await memberBrowser(server));
  const before = readFileSync(file, "utf8");
  const other = await startServer({ policy: startPolicy(POLICIES, file) });
  try {
    const { visitor } = await memberBrowser(other);
    await visitor.form("/set-up", { code: (await newSetUpCode(other.parts)) ?? "" });
    const page = await visitor.get("/set-up/organisation");
    assert.match(page.text, /The rules were chosen before: .*policy\.yaml applies the uk-government rules/);
    assert.match(page.text, /Set-up, step 1 of 4/);
    assert.match(page.text, /value="Example Council"/);
    const wrong = { ...ORGANISATION, name: "Another", workDomains: "another.example" };
    const refused = await visitor.form("/set-up/organisation", wrong);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Enter Example Council, as in/);
    assert.match(refused.text, /Enter council\.example, as in/);
    await setUp(other, await memberBrowser(other));
    assert.equal(readFileSync(file, "utf8"), before);
    assert.equal(
      (await other.records.read.lastEvent("policy-changed"))?.detail.digest,
      other.parts.policy.current?.digest,
    );
  } finally {
    await other.stop();
  }
});
