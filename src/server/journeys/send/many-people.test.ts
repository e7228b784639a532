import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { type Answer, Visitor } from "../../../testing/visitor.ts";

const FIRST = {
  purpose: "The minutes",
  necessity: "They were there",
  recordCopy: "The case file",
  classification: "OFFICIAL",
  personal: "no",
  sensitive: "no",
  minimised: "yes",
  individuals: "none",
  organisation: "none",
  expiry: "14",
};
const PEOPLE = Array.from({ length: 33 }, (_, at) => `person-${at + 1}@many.example`);

let server: TestServer;
let browser: Visitor;

before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  const sender = await addMember(server, "Ada Clerk");
  for (const [at, address] of PEOPLE.entries()) {
    await addContact(server, sender, `Number ${at + 1}`, address, {
      phones: [],
      legitimateNeed: "",
      addresses: [{ address, verified: null }],
    });
  }
  browser = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

/** Every hidden field, as the browser sends it on. */
function hidden(page: Answer): Record<string, string> {
  const form = page.text.slice(page.text.indexOf("novalidate"), page.text.indexOf("These are the right people"));
  const fields = [...form.matchAll(/<input type="hidden" name="([^"_]+)" value="([^"]*)">/g)];
  return Object.fromEntries(
    fields.map(([, name = "", value = ""]) => [name, value.replaceAll("&lt;", "<").replaceAll("&gt;", ">")]),
  );
}

test("OXM-15: what 33 people are warned of is said once for each kind, and everybody stands there with name and address", async () => {
  const pasted = `Name\tEmail\n${PEOPLE.map((address, at) => `Number ${at + 1}\t${address}`).join("\n")}`;
  const page = await browser.page("/send", { ...FIRST, recipients: pasted });
  assert.equal(page.status, 200, page.text);
  assert.match(page.text, /All 33 have an address of which nobody has recorded how it was checked\./);
  assert.match(page.text, /All 33 have no checked telephone number/);
  assert.equal([...page.text.matchAll(/class="govuk-table__cell wb-address"/g)].length, 33);
  assert.equal([...page.text.matchAll(/govuk-warning-text__text/g)].length, 2, "of the words, and of look-alikes");
  assert.match(page.text, /Addresses of 33 of them are easily taken for another\./);
  assert.doesNotMatch(page.text, /<div class="govuk-summary-card">/);
  assert.doesNotMatch(page.text, /It is personal or sensitive/);
});

test("OXM-22: one choice invites all to register first, and is shown as one when they are looked at again", async () => {
  const page = await browser.page("/send", { ...FIRST, recipients: PEOPLE.join("\n") });
  const sent = await browser.page("/send", { ...hidden(page), registerAll: "yes" });
  assert.equal(sent.status, 303, sent.text);
  const reference = /WB-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent.headers.get("location") ?? "")?.[0] ?? "";
  const rows = await server.records.read.recipients(reference);
  assert.deepEqual([rows.length, rows.every(({ registerFirst }) => registerFirst)], [33, true]);
  const again = await browser.get(`/transfers/${reference}/check-people`);
  assert.match(again.text, /name="registerAll"[^>]* checked/);
  assert.doesNotMatch(again.text, /name="register" [^>]* checked/);
});

test("SDT-7, SIS-13: of personal and sensitive information it is said that addresses are checked before, and one answer serves for all who have no other", async () => {
  const about = {
    special: "no",
    offences: "no",
    people: "33",
    namesWithAddresses: "no",
    criminalJustice: "no",
    informationAsked: "yes",
  };
  const list = PEOPLE.slice(0, 6).join("\n");
  const page = await browser.page("/send", {
    ...FIRST,
    ...about,
    personal: "yes",
    sensitive: "yes",
    individuals: "some",
    recipients: list,
  });
  assert.match(page.text, /It is personal or sensitive, so it is not sent before/);
  const [first = "", second = ""] = PEOPLE;
  const said = {
    needAll: "They sat on the panel",
    expectingAll: "yes",
    [`need-${first}`]: "She chaired it",
    [`expecting-${second}`]: "no",
  };
  const sent = await browser.page("/send", { ...hidden(page), ...said });
  const reference = /WB-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent.headers.get("location") ?? "")?.[0] ?? "";
  const rows = await server.records.read.recipients(reference);
  assert.deepEqual(
    rows.slice(0, 3).map(({ legitimateNeed, expecting }) => [legitimateNeed, expecting]),
    [
      ["She chaired it", true],
      ["They sat on the panel", false],
      ["They sat on the panel", true],
    ],
  );
});
