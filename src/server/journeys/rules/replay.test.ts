import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { generateKeyPair } from "../../../seal/keys.ts";
import { enrolPasskey } from "../../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { councilConfiguration, councilPolicy } from "../../../testing/policy.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { signedTransfer } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { replay } from "../../assessing/replay.ts";

const CLARA = "clara@chambers.example";
const CONFIGURATION = councilConfiguration("uk-government");
const OWN_RULE = `@id("ours-no-third-days")
@clause("SIS-35")
@needs("approval:information-asset-owner")
@says("The asset owner must agree to everything.")
forbid (principal, action, resource)
unless { context.approved.contains("information-asset-owner") };
`;

let server: TestServer;
let administrator: Visitor;
let small: string;
let large: string;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const ada = await addMember(server, "Ada Admin", { roles: ["administrator"] });
  administrator = await new Visitor(server).signIn(ada.id);
  const manager = await addMember(server, "Line Manager");
  const member = await addMember(server, "Sam Sender", { lineManagerId: manager.id });
  await addKey(server, member.id, await generateKeyPair());
  await addContact(server, member, "Clara Counsel", CLARA);
  const visitor = await new Visitor(server).signIn(member.id);
  const sender = { member, visitor, passkey: await enrolPasskey(server, member) };
  const personal = { personal: true, special: false, offences: false, namesWithAddresses: false };
  const about = (people: number) => ({ facts: { ...personal, people }, expecting: true, legitimateNeed: "Instructed" });
  small = (await signedTransfer(sender, [CLARA], undefined, about(40))).reference;
  large = (await signedTransfer(sender, [CLARA], undefined, about(400))).reference;
});
after(() => server.stop());

const tryDraft = (configuration: string, rules = "") => administrator.form("/rules/replay", { configuration, rules });

test("the running configuration as a draft changes nothing", async () => {
  const { text } = await tryDraft(CONFIGURATION);
  assert.match(text, /This is what decides now/);
  assert.match(text, /All 2 signed waybills would have been answered the same/);
});

test("a lower threshold is shown with the transfers that would have waited for somebody else, and nothing is saved", async () => {
  const events = (await server.records.read.recentEvents(999)).length;
  const { digest } = server.parts.policy.current ?? {};
  const { text, status } = await tryDraft(CONFIGURATION.replace("people: 1000", "people: 200"));
  assert.equal(status, 200);
  assert.match(text, /Of the 2 signed waybills, 1 would have been answered otherwise/);
  assert.ok(text.includes(large) && !text.includes(small));
  assert.match(text, /<\/span>, secure link, signed/, "asked about by its own method");
  assert.match(text, /the oldest was signed on/);
  assert.match(text, /Would be needed:[\s\S]*A senior manager must agree to a bulk transfer/);
  assert.doesNotMatch(text, /A hearing|Clara|clara@/, "whose transfer it is and what it was for is not shown");
  assert.equal((await server.records.read.recentEvents(999)).length, events);
  assert.equal(server.parts.policy.current?.digest, digest);
});

test("SIS-35: a pasted rule of an organisation’s own is tried; one that permits is refused with its line", async () => {
  const { text } = await tryDraft(CONFIGURATION, OWN_RULE);
  assert.match(text, /Of the 2 signed waybills, 2 would have been answered otherwise/);
  assert.match(text, /Rules that the draft adds[\s\S]*The asset owner must agree to everything/);
  const refused = await tryDraft(
    CONFIGURATION,
    `${OWN_RULE}\n@id("anything")\npermit (principal, action, resource);\n`,
  );
  assert.equal(refused.status, 422);
  assert.match(refused.text, /pasted rules:8: The policy anything permits: local rules may only tighten/);
  assert.match(refused.text, /@id\(&quot;ours-no-third-days&quot;\)/, "what was typed stays");
});

test("a draft that does not parse is refused with its line; one that names folders of the server is too", async () => {
  const wrong = await tryDraft(CONFIGURATION.replace("limitBytes: 20000000", "limitBytes: much"));
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /draft\.yaml:\d+: email\.limitBytes must be a whole number/);
  const folders = await tryDraft(CONFIGURATION.replace("localRules: []", "localRules: [ /etc ]"));
  assert.equal(folders.status, 422);
  assert.match(folders.text, /draft\.yaml:\d+: localRules\[0\] names \/etc, which the running configuration does not/);
});

test("under the other set of rules, facts that it cannot read are said to be refused", async () => {
  const { current } = councilPolicy("university");
  assert.ok(current);
  const { asked, differences } = await replay(server.records.read, current, 10);
  assert.equal(asked, 2);
  assert.deepEqual(new Set(differences.map(({ reference }) => reference)), new Set([large, small])); // sent at the same moment
  assert.ok(differences.every(({ after }) => after === null));
  assert.match(differences[0]?.why ?? "", /classification/);
});
