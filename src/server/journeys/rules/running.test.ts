import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startPolicy } from "../../../policy/running-policy.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { councilConfiguration } from "../../../testing/policy.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

const SHIPPED = fileURLToPath(new URL("../../../../policies", import.meta.url));

let folder: string;
let file: string;
let server: TestServer;
let administrator: Visitor;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-rules-"));
  cpSync(SHIPPED, join(folder, "policies"), { recursive: true });
  file = join(folder, "policy.yaml");
  writeFileSync(file, councilConfiguration("uk-government"));
  server = await startServer({ policy: startPolicy(join(folder, "policies"), file) });
  await foundOrganisation(server);
  const ada = await addMember(server, "Ada Admin", { roles: ["administrator"] });
  administrator = await new Visitor(server).signIn(ada.id);
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const edit = (change: (yaml: string) => string) => writeFileSync(file, change(readFileSync(file, "utf8")));
const readAgain = () => administrator.form("/rules/running", {});
const digest = () => server.parts.policy.current?.digest;

test("the rules are read again at a press: they decide from then on, and the record has both digests and by whom", async () => {
  assert.equal((await readAgain()).status, 303);
  const before = digest();
  edit((yaml) => yaml.replace("people: 1000", "people: 500"));
  assert.match((await administrator.get("/rules")).text, /1,000 people/, "a changed file decides nothing by itself");
  assert.equal((await readAgain()).headers.get("location"), "/rules/running");
  assert.match((await administrator.get("/rules")).text, /500 people/);
  const event = await server.records.read.lastEvent("policy-changed");
  assert.deepEqual([event?.detail.before, event?.detail.digest], [before, digest()]);
  assert.notEqual(before, digest());
  assert.match((await administrator.get("/rules/running")).text, /read by Ada Admin/);
  const count = (await server.records.read.recentEvents(99)).length;
  assert.equal((await readAgain()).status, 303);
  assert.equal((await server.records.read.recentEvents(99)).length, count, "nothing changed, so nothing is recorded");
});

test("a configuration that does not parse is refused with file, line and reason, and the rules that run go on", async () => {
  const before = digest();
  edit((yaml) => yaml.replace("people: 1000", "people: many"));
  const line = readFileSync(file, "utf8").split("\n").indexOf("  people: many") + 1;
  const answer = await readAgain();
  assert.equal(answer.status, 422);
  assert.ok(answer.text.includes(`${file}:${line}: bulk.people must be a whole number`), answer.text);
  assert.match(answer.text, /those that ran before go on/);
  assert.equal(digest(), before);
  assert.equal(await server.records.read.lastEvent("policy-changed"), null);
});

test("a rule that does not pass its cases is refused too, naming the case", async () => {
  const rules = join(folder, "policies/rules/uk-government/approvals.cedar");
  writeFileSync(rules, readFileSync(rules, "utf8").replace("when { context.bulk }", "when { !context.bulk }"));
  const answer = await readAgain();
  assert.equal(answer.status, 422);
  assert.match(answer.text, /policies\/cases\/[a-z-]+\/(?:ALLOW|DENY)\/[^:]+:1: The case /);
});

test("SDT-17: work domains that would lock out whoever reads them again are refused; others are followed", async () => {
  edit((yaml) => yaml.replace("workDomains: [ council.example ]", "workDomains: [ other.example ]"));
  const answer = await readAgain();
  assert.equal(answer.status, 422);
  assert.match(
    answer.text,
    /\.yaml:\d+: The work domains[\s\S]*your own address, ada\.admin@council\.example, is in none of them/,
  );
  assert.deepEqual((await server.records.read.organisation())?.workDomains, ["council.example"]);
  edit((yaml) => yaml.replace("[ other.example ]", "[ council.example, other.example ]"));
  assert.equal((await readAgain()).status, 303);
  assert.deepEqual((await server.records.read.organisation())?.workDomains, ["council.example", "other.example"]);
});

test("only an administrator reads the rules again or tries a draft", async () => {
  const sam = await new Visitor(server).signIn((await addMember(server, "Sam Sender")).id);
  assert.equal((await sam.get("/rules")).status, 200);
  assert.doesNotMatch((await sam.get("/rules")).text, /rules\/running/);
  assert.equal((await sam.get("/rules/running")).status, 403);
  assert.equal((await sam.form("/rules/running", {})).status, 403);
  assert.equal((await sam.form("/rules/replay", { configuration: "" })).status, 403);
});
