import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { councilPolicy } from "../../../testing/policy.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let sender: Member;
let browser: Visitor;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 }, policy: councilPolicy("university") });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Scholar");
  await addContact(server, sender, "Clara Counsel", "clara@chambers.example");
  browser = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

const TYPED = {
  ...{
    recipients: "clara@chambers.example",
    purpose: "Joint study",
    necessity: "They analyse it",
    recordCopy: "The case file",
  },
  ...{ personal: "yes", sensitive: "", expiry: "14" },
};

test("OXM-19: a university is asked by its own classifications, and nothing that only other rules use", async () => {
  const { text } = await browser.get("/send");
  const offered = [...text.matchAll(/name="classification" type="radio" value="([^"]+)"/g)].map(([, value]) => value);
  assert.deepEqual(offered, ["public", "internal", "confidential", "SECRET"]);
  assert.doesNotMatch(text, /Nothing goes in that they do not need/, "SDT-6 is of other rules");
  const inner = await browser.page("/send", { ...TYPED, sensitive: "no", classification: "internal" });
  assert.match(inner.text, /Is any of it special-category information\?/, "it makes it confidential in effect");
  const asked = await browser.page("/send", { ...TYPED, classification: "confidential" });
  assert.match(asked.text, /It is personal and sensitive: the classification says that it is sensitive\./);
  assert.doesNotMatch(asked.text, /special-category|criminal offences/, "it is confidential whatever the answer");
  assert.doesNotMatch(asked.text, /How many people is it about/, "SIS-4 is of other rules");
  assert.equal((await browser.page("/send", { ...TYPED, classification: "OFFICIAL-SENSITIVE" })).status, 422);
});

test("OXM-1, OXM-22: confidential information goes without a manager, with registering advised on the method page", async () => {
  const information = { individuals: "some", organisation: "some" };
  const typed = { ...TYPED, ...information, classification: "confidential", informationAsked: "yes" };
  const people = await browser.page("/send", typed);
  assert.doesNotMatch(people.text, /Why may Clara Counsel have it/, "SDT-7 is of other rules");
  const made = await browser.page("/send", { ...typed, seen: "clara@chambers.example" });
  const path = made.headers.get("location") ?? "";
  assert.match(path, /\/method$/);
  const { text } = await browser.get(path);
  const best = text.slice(0, text.indexOf("Other methods"));
  assert.match(
    best,
    /Secure link[\s\S]*Ready once 1 thing is done beside the rules[\s\S]*The rules ask for nothing first/,
  );
  assert.match(best, /Beside the rules[\s\S]*lawful basis/);
  assert.doesNotMatch(best, /Nothing has to be done first|>\s*Ready\s*</, "while something is asked beside the rules");
  assert.match(best, /invite the recipient to register first[\s\S]*OXM-22/);
  assert.doesNotMatch(best, /line manager|leave open/);
});

test("SECRET and above is refused with whom to ask first", async () => {
  const { text } = await browser.page("/send", { ...TYPED, classification: "SECRET" });
  assert.match(
    text,
    /ask the security team[\s\S]*>OXM-1<[\s\S]*>OXM-4<[\s\S]*as Waybill reads them: the guidance is about/,
  );
});
