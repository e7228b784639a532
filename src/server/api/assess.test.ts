import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Assessment } from "../../domain/assessment.ts";
import { METHODS } from "../../domain/facts.ts";
import { exampleFacts } from "../../policy/load-policy.ts";
import { addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";

let server: TestServer;
let visitor: Visitor;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const manager = await addMember(server, "Line Manager");
  await addMember(server, "Other Manager");
  await addMember(server, "Sefa Senior", { roles: ["senior-manager"] });
  const sam = await addMember(server, "Sam Sender", { lineManagerId: manager.id });
  visitor = await new Visitor(server).signIn(sam.id);
});
after(() => server.stop());

/** The fact file of the command line, from somebody here. */
function facts(changes: object = {}): object {
  const { policy } = server.parts;
  const sender = { address: "sam.sender@council.example", device: "managed" };
  const agreement = { reference: "DSA-2026-002", expires: "2027-03-31" };
  return { ...exampleFacts(policy.folder, "uk-government"), sender, agreement, approvals: [], ...changes };
}

async function needs(changes: object): Promise<readonly string[]> {
  const answer = (await visitor.api("POST", "/api/assess", facts(changes))).json<Assessment>();
  return answer.methods.find(({ method }) => method === "secure-link")?.needs.map(({ need }) => need) ?? [];
}

test("the fact file of the command line is assessed for all methods, under the running policy, with roles checked", async () => {
  const answer = await visitor.api("POST", "/api/assess", facts());
  assert.equal(answer.status, 200);
  const { policy, roles, methods } = answer.json<Assessment>();
  assert.equal(roles, "checked");
  assert.equal(policy.digest, server.parts.policy.current?.digest);
  assert.deepEqual(methods.map(({ method }) => method).toSorted(), [...METHODS].toSorted());
});

test("SDT-3: a stated approval counts only from somebody who holds that role towards that sender by the records", async () => {
  const by = (name: string, role = "line-manager") => ({ approvals: [{ role, by: `${name}@council.example` }] });
  assert.ok((await needs({})).includes("approval:line-manager"));
  assert.ok(!(await needs(by("line.manager"))).includes("approval:line-manager"));
  for (const [name, changes] of Object.entries({
    "another member": by("other.manager"),
    "the sender": by("sam.sender"),
    "somebody who is nobody here": by("line.manager.x"),
    "a senior manager": by("sefa.senior"),
    "the line manager of no member": { ...by("line.manager"), sender: { address: "nobody@council.example" } },
  }))
    assert.ok((await needs(changes)).includes("approval:line-manager"), name);
});

test("SDT-5: a colleague is somebody whose address is the organisation's, whatever the file calls them", async () => {
  const [recipient] = (facts() as { recipients: object[] }).recipients;
  const called = (address: string) => ({ agreement: null, recipients: [{ ...recipient, kind: "member", address }] });
  assert.ok((await needs(called("recipient@example.org"))).includes("declare:recipient-kind"));
  assert.ok(!(await needs(called("line.manager@council.example"))).includes("declare:recipient-kind"));
});

test("SIS-3: bulk needs the senior manager too, whom the records name", async () => {
  const bulk = { people: { count: 1000 } };
  const both = [
    { role: "line-manager", by: "line.manager@council.example" },
    { role: "senior-manager", by: "Sefa.Senior@Council.Example" },
  ];
  assert.ok((await needs({ ...bulk, approvals: both.slice(0, 1) })).includes("approval:senior-manager"));
  assert.ok(!(await needs({ ...bulk, approvals: both })).some((each) => each.startsWith("approval:")));
});

test("facts that do not parse are refused with 422, naming the field", async () => {
  const [recipient] = (facts() as { recipients: object[] }).recipients;
  for (const [changes, field] of [
    [{ classification: "RESTRICTED" }, "classification"],
    [{ classification: undefined }, "classification"],
    [{ colour: "red" }, "colour"],
    [{ recipients: [{ ...recipient, country: "Britain" }] }, "recipients[0].country"],
    [{ people: { count: -1 } }, "people.count"],
  ] as const) {
    const answer = await visitor.api("POST", "/api/assess", facts(changes));
    assert.equal(answer.status, 422, field);
    const { code, field: named, message } = answer.json<Record<string, string>>();
    assert.deepEqual([code, named], ["bad-facts", field]);
    assert.match(message ?? "", /Nothing was decided/);
  }
  const text = JSON.stringify(facts({ people: { count: 1200 } }));
  assert.equal((await visitor.apiText("POST", "/api/assess", `\uFEFF${text}`)).status, 200, "a byte order mark");
  for (const [body, field] of [
    [text.replace('"count":1200', '"count":1200,"count":2'), "people.count"],
    [`${text.slice(0, -1)},"people":{"count":2}}`, "people"],
    ["[]", "facts"],
    ["null", "facts"],
    ["{", "facts"],
  ] as const) {
    const answer = await visitor.apiText("POST", "/api/assess", body);
    assert.deepEqual([answer.status, answer.json<{ field: string }>().field], [422, field], body);
  }
});
