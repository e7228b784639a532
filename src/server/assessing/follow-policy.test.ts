import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { addMember, foundOrganisation } from "../../testing/organisation.ts";
import { councilPolicy } from "../../testing/policy.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";
import { followPolicy } from "./follow-policy.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const SYSTEM = { kind: "system" } as const;
const changes = async () =>
  (await server.records.read.recentEvents(20)).filter(({ kind }) => kind === "policy-changed");

test("the first policy that decides is on the record with its digest, once", async () => {
  const { current } = councilPolicy();
  assert.ok(current);
  await followPolicy(server.parts, current, SYSTEM);
  assert.deepEqual(await changes(), [], "there is no organisation yet");
  await foundOrganisation(server);
  await followPolicy(server.parts, current, SYSTEM);
  await followPolicy(server.parts, current, SYSTEM);
  const [event, ...more] = await changes();
  assert.deepEqual(more, []);
  assert.deepEqual([event?.detail.digest, event?.detail.before], [current.digest, null]);
});

test("SDT-17: work domains and name of the records follow the configuration, and so does who is a colleague", async () => {
  await foundOrganisation(server);
  const sam = await addMember(server, "Sam Sender");
  const visitor = await new Visitor(server).signIn(sam.id);
  assert.equal((await visitor.get("/send")).status, 200);
  const { current: first } = councilPolicy();
  const { current: second } = councilPolicy("uk-government", (yaml) =>
    yaml
      .replace("organisation: Example Council", "organisation: New Council")
      .replace("workDomains: [ council.example ]", "workDomains: [ new.example ]"),
  );
  assert.ok(first && second);
  await followPolicy(server.parts, first, SYSTEM);
  await followPolicy(server.parts, second, SYSTEM);
  const organisation = await server.records.read.organisation();
  assert.deepEqual([organisation?.name, organisation?.workDomains], ["New Council", ["new.example"]]);
  assert.equal(organisation?.website, "www.council.example");
  assert.equal((await changes())[0]?.detail.before, first.digest);
  assert.equal((await visitor.get("/send")).status, 422, "no longer a colleague");
});

test("a policy that changed in nothing but a limit is on the record too", async () => {
  await foundOrganisation(server);
  const { current: first } = councilPolicy();
  const { current: second } = councilPolicy("uk-government", (yaml) => yaml.replace("people: 1000", "people: 999"));
  assert.ok(first && second);
  for (const each of [first, second]) await followPolicy(server.parts, each, SYSTEM);
  assert.deepEqual(
    (await changes()).map(({ detail }) => detail.digest),
    [second.digest, first.digest],
  );
});
