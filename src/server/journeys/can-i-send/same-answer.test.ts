import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { assess } from "../../../policy/assess.ts";
import { parseFactFile } from "../../../policy/facts/parse-facts.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { councilPolicy } from "../../../testing/policy.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

const policy = councilPolicy().current;
assert.ok(policy);
const SENDER = "sam.sender@council.example";

/** Answers on the page beside the same facts as they stand in a file for `waybill assess`. */
const SAME = [
  {
    what: "a note to a colleague",
    page: { classification: "OFFICIAL", contents: "none", people: "", size: "small", kind: "member" },
    harm: ["none", "none"],
    facts: { personal: false, people: { count: 0, origin: "declared" }, bytes: 5_000_000 },
    recipient: { kind: "member", country: "GB", authentication: "account" },
  },
  {
    what: "bulk to chambers",
    page: {
      ...{ classification: "OFFICIAL-SENSITIVE", contents: ["personal", "offences", "namesWithAddresses"] },
      ...{ people: "1,200", size: "medium", kind: "third-party", address: "clerk@chambers.example", where: "home" },
    },
    harm: ["serious", "some"],
    facts: {
      ...{ personal: true, offences: true, namesWithAddresses: true, bytes: 20_000_000 },
      ...{ people: { count: 1200, origin: "declared" }, secret: { strength: 4 } },
    },
    recipient: {
      ...{ kind: "third-party", address: "clerk@chambers.example", country: "GB", authentication: "code-and-secret" },
    },
  },
  {
    what: "names with addresses alone, abroad",
    page: {
      ...{ classification: "OFFICIAL", contents: ["namesWithAddresses"], people: "100" },
      ...{ size: "small", kind: "supplier", address: "", where: "abroad" },
    },
    harm: ["some", "none"],
    facts: {
      ...{ personal: true, namesWithAddresses: true, bytes: 5_000_000 },
      ...{ people: { count: 100, origin: "declared" }, secret: { strength: 4 } },
    },
    recipient: { kind: "supplier", country: "FR", authentication: "code-and-secret" },
  },
  {
    what: "a special-category letter about one person to themselves",
    page: {
      ...{ classification: "OFFICIAL", contents: ["special"], people: "1", size: "letter" },
      ...{ kind: "public", address: "", where: "home" },
    },
    harm: ["serious", "none"],
    facts: {
      ...{ personal: true, special: true, pages: 50, people: { count: 1, origin: "declared" } },
      secret: { strength: 4 },
    },
    recipient: { kind: "public", country: "GB", authentication: "code-and-secret" },
  },
] as const;

let server: TestServer;
let visitor: Visitor;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const sender = await addMember(server, "Sam Sender");
  assert.equal(sender.address, SENDER);
  visitor = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

const NO = { personal: false, special: false, offences: false, sensitive: false, namesWithAddresses: false };

function fromFile({ page, harm, facts, recipient }: (typeof SAME)[number], more: object = {}) {
  const [individuals, organisation] = harm;
  const file = {
    ...{ ...NO, criminalJustice: false, classification: page.classification, ...facts, ...more },
    ...{
      impact: { individuals, organisation },
      sender: { address: SENDER },
      recipients: [{ name: "R", ...recipient }],
    },
  };
  assert.ok(policy);
  const read = parseFactFile(JSON.stringify(file), "uk-government");
  return assess(policy, read, { now: server.clock.now(), roles: "configured" });
}

const plain = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");

for (const same of SAME)
  test(`SDT-8: the page and a fact file have one answer for ${same.what}`, async () => {
    const [individuals = "", organisation = ""] = same.harm;
    const answers = { ...same.page, individuals, organisation } as Record<string, string | string[]>;
    const { text, status } = await visitor.page("/can-i-send", answers);
    assert.equal(status, 200);
    const items = (html: string) => [...html.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = ""]) => plain(item));
    const sections = new Map(
      [...text.matchAll(/<section class="wb-[\s\S]*?<h\d[^>]*>([\s\S]*?)<\/h\d>([\s\S]*?)<\/section>/g)].map(
        ([, head = "", body = ""]) => [plain(head), body] as const,
      ),
    );
    const [[, best = ""] = []] = sections;
    const common = items(best.slice(best.search(/What every method asks for first|Good to know, whatever/) >>> 0));
    const { methods } = fromFile(same);
    for (const { method, verdict, needs, advice } of methods.filter((each) => each.method !== "cjsm")) {
      const found = [...sections].find(([head]) => head.startsWith(METHOD_NAMES[method]));
      assert.ok(found, method);
      const own = found[1] === best ? items(best) : [...items(found[1]), ...common];
      for (const { says } of [...needs, ...advice])
        assert.ok(
          own.some((item) => item.startsWith(says)),
          `${method}: ${says}`,
        );
      assert.equal(own.length, needs.length + advice.length, `${method} asks for nothing else`);
      if (method !== "shared-space") assert.equal(/Not for this/.test(found[0]), verdict === "refused", method);
    }
  });

test("SIS-4: people beside “nothing personal” are counted in a fact file, and asked about on the page", async () => {
  const [note] = SAME;
  const [individuals, organisation] = note.harm;
  const { status } = await visitor.page("/can-i-send", { ...note.page, people: "2000", individuals, organisation });
  assert.equal(status, 422);
  const [first] = fromFile(note, { people: { count: 2000, origin: "declared" } }).methods;
  assert.ok(first?.needs.some(({ need }) => need === "approval:senior-manager"));
});
