import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Assessment } from "../../src/domain/assessment.ts";
import { waybill } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-assess-"));
after(() => rmSync(folder, { recursive: true }));

const policies = fileURLToPath(new URL("../../policies", import.meta.url));
const configuration = join(policies, "configurations/justice.gov.uk.yaml");

/** The bundle for a parole board: bulk, OFFICIAL-SENSITIVE, to chambers under an agreement that stipulates two methods. */
const BUNDLE = {
  purpose: "Parole hearing bundle for the board",
  necessity: "The board must read it before the hearing",
  classification: "OFFICIAL-SENSITIVE",
  ...{ personal: true, special: false, offences: true, sensitive: true, namesWithAddresses: true },
  people: { count: 1200, origin: "declared" },
  ...{ bytes: 52_428_800, pages: 40, identityDocuments: false },
  impact: { individuals: "serious", organisation: "some" },
  ...{ criminalJustice: true, minimised: true },
  sender: { address: "sender@justice.gov.uk", device: "managed" },
  recipients: [
    {
      ...{ name: "Recipient", address: "recipient@example.org", kind: "third-party", organisation: "Example Chambers" },
      ...{ country: "GB", verified: true, authentication: "code-and-secret", expecting: true },
      ...{ legitimateNeed: "Represents the prisoner", shared: false },
    },
  ],
  agreement: { reference: "DSA-2026-014", methods: ["secure-link", "post"], expires: "2999-03-31" },
  destinationStorage: "Chambers' case system, encrypted",
  secret: { channel: "phone", numberVerified: true, strength: 4 },
  ...{ package: "none", subject: "WB-7F3K-Q2XV" },
  approvals: [{ role: "line-manager", by: "Line.Manager@justice.gov.uk" }],
  arrangement: null,
  reasons: { "removable-media": "The court has no network" },
  advice: { "operational-security": "answered", "privacy-team": "answered" },
  media: { registered: true, encrypted: true, hardware: false },
  carrier: "special-delivery",
  envelope: { addresseeOnly: true, returnAddress: true, marking: false, packed: true },
  fax: { numberConfirmed: true, recipientAttending: true, machineChecked: true, riskAssessed: true },
  phone: { identityConfirmed: true, minimum: true },
  handover: { identitySeen: true },
};

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const json = (args: readonly string[]) => {
  const { status, stdout, stderr } = waybill(["assess", ...args, "--json"]);
  return { status, stderr, answer: (stdout.length === 0 ? null : JSON.parse(stdout.toString())) as Assessment | null };
};

test("the answer has exactly the members that are documented, and only what is still to do", () => {
  const { status, answer } = json([file("bundle.json", BUNDLE)]);
  assert.equal(status, 0);
  assert.ok(answer);
  assert.deepEqual(Object.keys(answer), ["policy", "roles", "people", "methods"]);
  assert.match(answer.policy.digest, /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual({ ...answer.policy, digest: "" }, { rules: "uk-government", digest: "" });
  assert.equal(answer.roles, "unchecked");
  assert.deepEqual(answer.people, { bulk: true, threshold: 1000 });
  assert.deepEqual(
    answer.methods.map(({ rank }) => rank),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  const needs = [
    {
      rule: "bulk-senior-manager",
      clauses: ["SIS-3", "SIS-4"],
      need: "approval:senior-manager",
      says: "A senior manager must agree to a bulk transfer.",
    },
  ];
  const says = "Microsoft Teams and SharePoint may serve better where every recipient can sign in to it.";
  assert.deepEqual(answer.methods[0], {
    ...{ method: "secure-link", rank: 1, verdict: "needs", needs },
    advice: [{ clauses: ["SDT2-9"], says }],
  });
});

test("--method answers for one method: 0 when it is ready, 3 when something is to do or it is refused", () => {
  const facts = file("one.json", BUNDLE);
  const to = (method: string) => json([facts, "--method", method]);
  const link = to("secure-link");
  assert.deepEqual([link.status, link.answer?.methods.map(({ method }) => method)], [3, ["secure-link"]]);
  assert.match(link.stderr, /secure-link is not ready: something is still to do/);
  assert.match(to("email").stderr, /email is not ready: it is refused/);
  const senior = { role: "senior-manager", by: "senior.manager@justice.gov.uk" };
  const agreed = file("agreed.json", { ...BUNDLE, approvals: [...BUNDLE.approvals, senior] });
  const ready = json([agreed, "--method", "secure-link", "--asked"]);
  assert.equal(ready.status, 0);
  const asked = ready.answer?.methods[0]?.asked?.find(({ rule }) => rule === "agreement-or-reason");
  assert.deepEqual([asked?.clauses, asked?.weight, asked?.met], [["SDT-5"], "need", true], "what the facts met, too");
  assert.equal(json([facts, "--method", "pigeon"]).status, 2);
});

test("without a configuration a stated role counts as held, with one it is checked", () => {
  const approvals = [
    { role: "line-manager", by: "anyone@justice.gov.uk" },
    { role: "senior-manager", by: "senior.manager@justice.gov.uk" },
  ];
  const facts = file("claimed.json", { ...BUNDLE, approvals });
  const unchecked = json([facts, "--method", "secure-link"]);
  assert.deepEqual([unchecked.status, unchecked.answer?.roles], [0, "unchecked"]);
  const checked = json([facts, "--config", configuration, "--method", "secure-link"]);
  assert.deepEqual([checked.status, checked.answer?.roles], [3, "checked"]);
  assert.deepEqual(
    checked.answer?.methods[0]?.needs.map(({ rule }) => rule),
    ["line-manager-consents"],
  );
});

test("a fact file that does not parse ends with 2 and names the field", () => {
  const refused = (content: unknown, field: RegExp) => {
    const { status, stderr, answer } = json([file("wrong.json", content)]);
    assert.deepEqual([status, answer], [2, null]);
    assert.match(stderr, field);
  };
  refused({ ...BUNDLE, classification: "RESTRICTED" }, /classification: is “RESTRICTED”/);
  refused({ ...BUNDLE, recipients: [{ ...BUNDLE.recipients[0], colour: "red" }] }, /recipients\[0\]\.colour/);
  refused({ ...BUNDLE, classification: undefined }, /classification/);
  refused("{", /facts: the file is not JSON/);
  assert.equal(waybill(["assess", join(folder, "nowhere.json")]).status, 6);
  assert.equal(waybill(["assess"]).status, 2);
});

test("the university's rules are asked for, or come with the configuration; the two must agree", () => {
  const facts = readFileSync(join(policies, "examples/university.json"), "utf8");
  const path = file("share.json", facts);
  const asked = json([path, "--rules", "university"]);
  assert.deepEqual([asked.status, asked.answer?.policy.rules], [0, "university"]);
  const configured = json([path, "--config", join(policies, "configurations/ox.ac.uk.yaml")]);
  assert.deepEqual([configured.status, configured.answer?.policy], [0, asked.answer?.policy]);
  assert.equal(json([path, "--config", configuration, "--rules", "university"]).status, 2);
  assert.equal(json([path]).status, 2, "its classification is none of the department's");
});

test("a configuration that is refused ends with 2, with file, line and reason", () => {
  const text = readFileSync(configuration, "utf8").replace("homeCountries: [GB]", "homeCountries: [Britain]");
  const ours = file("ours.yaml", text);
  const { status, stderr } = waybill(["assess", file("any.json", BUNDLE), "--config", ours]);
  assert.equal(status, 2);
  assert.match(stderr, /ours\.yaml:11: homeCountries\[0\] is “Britain”/);
});

test("people read the best method first, with what is still to do, its clauses and the counts as declared", () => {
  const marked = Buffer.from(`\uFEFF${JSON.stringify(BUNDLE)}`); // as some editors save it
  const { status, stdout } = waybill(["assess", "-"], { input: marked });
  const text = stdout.toString();
  assert.equal(status, 0);
  assert.match(text, /^Parole hearing bundle for the board\nAbout 1,200 people, as declared: bulk/);
  assert.match(
    text,
    /\n1\. Secure link: ready once this is done\n {3}- A senior manager must agree to a bulk transfer\. \[SIS-3 SIS-4\]\n/,
  );
  assert.match(text, /\n {3}- The agreement stipulates another method\. \[SDT-5\] Use instead: Secure link\.\n/);
  const secret = { ...BUNDLE, classification: "SECRET", purpose: "a\u001b[31mb" };
  const refused = waybill(["assess", file("secret.json", secret)]);
  assert.equal(refused.status, 0);
  assert.equal(refused.stdout.toString().match(/: refused\n/g)?.length, 9);
  assert.match(
    refused.stdout.toString(),
    /ask the security team \(security@justice\.gov\.uk\)\. \[SIS-36, as Waybill reads it: the guidance gives methods for OFFICIAL/,
  );
  assert.ok(!refused.stdout.toString().includes("\u001b"));
});
