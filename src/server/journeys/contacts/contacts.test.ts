import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let ada: Member;
let visitor: Visitor;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  ada = await addMember(server, "Ada Clerk");
  visitor = await new Visitor(server).signIn(ada.id);
});
after(() => server.stop());

const ROBIN = {
  name: "Robin Clerk",
  organisation: "Example Chambers",
  addresses: "Clerk@Chambers.example",
  phones: "020 7946 0142",
  language: "en",
  preferred: "phone",
};

test("SDT-5, SDT-7, SIS-15: a contact is added with every field, and found again", async () => {
  const answer = await visitor.form("/contacts/new", {
    ...ROBIN,
    kind: "third-party",
    country: "IE",
    legitimateNeed: " Represents the claimant ",
    postal: " 1 Temple Gardens \r\n\r\nLondon ",
    dx: " DX 1 Chancery Lane ",
    language: "cy",
    team: "yes",
    preferred: "relay-uk",
    impossible: ["phone", "teams"],
  });
  assert.equal(answer.status, 303, answer.text);
  const contact = await server.records.read.contactByAddress("clerk@chambers.example");
  assert.deepEqual(contact && { ...contact, id: "", createdAt: "" }, {
    id: "",
    createdAt: "",
    createdBy: ada.id,
    kind: "third-party",
    country: "IE",
    legitimateNeed: "Represents the claimant",
    postal: "1 Temple Gardens\nLondon",
    dx: "DX 1 Chancery Lane",
    name: "Robin Clerk",
    organisation: "Example Chambers",
    addresses: [{ address: "clerk@chambers.example", verified: null }],
    phones: [{ kind: "telephone", number: "+442079460142", verified: null }],
    language: "cy",
    team: true,
    preferred: "relay-uk",
    impossible: ["phone", "teams"],
  });
  assert.match((await visitor.get("/contacts?q=chambers+robin")).text, /Robin Clerk/);
  assert.match((await visitor.get("/contacts?q=nobody")).text, /Nobody fits/);
  const page = (await visitor.get(answer.headers.get("location") ?? "")).text;
  assert.match(page, /Relay UK/);
  assert.match(page, /third party[\s\S]*Ireland[\s\S]*Represents the claimant/);
  const nowhere = await visitor.form("/contacts/new", { ...ROBIN, addresses: "other@chambers.example", country: "ZZ" });
  assert.equal(nowhere.status, 422);
  assert.match(nowhere.text, /Choose a country/);
});

test("OXM-8: how an address and a number were checked is kept: how, by whom, when; a changed number loses it", async () => {
  const contact = await addContact(server, ada, "Kim Post", "kim@post.example", {
    addresses: [{ address: "kim@post.example", verified: null }],
    phones: [{ kind: "telephone", number: "+442079460150", verified: null }],
  });
  const path = `/contacts/${contact.id}`;
  assert.match((await visitor.get(path)).text, /Not checked yet/);
  assert.match(
    (await visitor.get(`${path}/verify?value=%2B442079460150`)).text,
    /<p class="govuk-body-l">020 7946 0150<br>/,
  );
  const short = await visitor.form(`${path}/verify?value=%2B442079460150`, { value: "+442079460150", how: "rang" });
  assert.match(short.text, /in 5 characters or more/);
  assert.equal(
    (await visitor.form(`${path}/verify?value=%2B442079460150`, { value: "+442079460150", how: " " })).status,
    422,
  );
  assert.equal((await visitor.form(`${path}/verify`, { value: "+440000000000", how: "Letterhead" })).status, 404);
  await visitor.form(`${path}/verify`, { value: "+442079460150", how: "Listed on www.post.example, rang her" });
  await visitor.form(`${path}/verify`, { value: "kim@post.example", how: "On the letterhead" });
  const checked = await server.records.read.contact(contact.id);
  const at = server.clock.now().toISOString();
  assert.deepEqual(checked?.phones[0]?.verified, {
    how: "Listed on www.post.example, rang her",
    byMemberId: ada.id,
    at,
  });
  assert.equal(checked?.addresses[0]?.verified?.how, "On the letterhead");
  assert.match((await visitor.get(path)).text, /Listed on www\.post\.example, rang her \(Ada Clerk, 21 November 2026/);

  const edited = { ...ROBIN, name: "Kim Post", addresses: "kim@post.example", phones: "020 7946 0150\n020 7946 0199" };
  assert.equal((await visitor.form(`${path}/edit`, edited)).status, 303);
  const later = await server.records.read.contact(contact.id);
  assert.deepEqual(
    later?.phones.map(({ number, verified }) => [number, verified !== null]),
    [
      ["+442079460150", true],
      ["+442079460199", false],
    ],
  );
});

test("SIS-20, OXM-8: every number has a kind; what was checked as a telephone's is not checked as a fax machine's", async () => {
  const numbers = { phones: "020 7946 0161", mobiles: "07700 900461", faxes: "020 7946 0162" };
  const about = { ...ROBIN, name: "Fay Fax", addresses: "fay@fax.example" };
  const twice = await visitor.form("/contacts/new", { ...about, ...numbers, faxes: "020 7946 0161" });
  assert.equal(twice.status, 422);
  assert.match(twice.text, /020 7946 0161 stands under two kinds of number/);
  const added = await visitor.form("/contacts/new", { ...about, ...numbers });
  const path = added.headers.get("location") ?? "";
  for (const value of ["+442079460161", "+442079460162"])
    await visitor.form(`${path}/verify`, { value, how: "From their letterhead" });
  assert.match((await visitor.get(path)).text, /Mobile:[\s\S]*<dt[^>]*>Fax<\/dt><dd[^>]*>\s*020 7946 0162/);
  const kinds = async () => {
    const { phones = [] } = (await server.records.read.contactByAddress("fay@fax.example")) ?? {};
    return phones.map(({ kind, number, verified }) => [kind, number, verified !== null]);
  };
  assert.deepEqual(await kinds(), [
    ["telephone", "+442079460161", true],
    ["mobile", "+447700900461", false],
    ["fax", "+442079460162", true],
  ]);
  const swapped = { phones: "020 7946 0162", mobiles: "020 7946 0161", faxes: "07700 900461" };
  assert.equal((await visitor.form(`${path}/edit`, { ...about, ...swapped })).status, 303);
  assert.deepEqual(await kinds(), [
    ["telephone", "+442079460162", false],
    ["mobile", "+442079460161", true],
    ["fax", "+447700900461", false],
  ]);
});

test("OXM-15: a look-alike address is shown beside the known one, with the name, and needs a confirmation", async () => {
  await addContact(server, ada, "Lou Bench", "lou.bench@solicitors.example");
  const typed = { ...ROBIN, name: "Lou B", addresses: "lou.bemch@solicitors.example" };
  const warned = await visitor.form("/contacts/new", typed);
  assert.equal(warned.status, 422);
  assert.match(
    warned.text,
    /lou\.bemch@solicitors\.example[\s\S]*differs by a letter or two[\s\S]*lou\.bench@solicitors\.example<\/strong>, Lou Bench/,
  );
  assert.equal(await server.records.read.contactByAddress("lou.bemch@solicitors.example"), null);
  const shown = /name="confirmed" value="([^"]+)"/.exec(warned.text)?.[1] ?? "";
  const unticked = await visitor.form("/contacts/new", { ...typed, confirmed: shown });
  assert.match(unticked.text, /Compare the addresses/);
  const other = { ...typed, addresses: "lou.benchh@solicitors.example", confirmed: shown, confirm: "yes" };
  assert.equal((await visitor.form("/contacts/new", other)).status, 422, "the confirmation was for another address");
  assert.equal((await visitor.form("/contacts/new", { ...typed, confirmed: shown, confirm: "yes" })).status, 303);
});

test("OXM-15: look-alikes of colleagues and of the organisation’s own domain warn too", async () => {
  for (const addresses of ["ada.clerk@counci1.example", "anyone@councll.example", "ada.clerk@gmail.com"]) {
    const answer = await visitor.form("/contacts/new", { ...ROBIN, addresses });
    assert.match(answer.text, /Check the address/, addresses);
  }
});

test("mistakes are told beside their fields, and what was typed is kept", async () => {
  const wrong: [Record<string, string | string[]>, RegExp][] = [
    [{ name: "" }, /Enter a name/],
    [{ addresses: "" }, /Enter an email address/],
    [{ addresses: "not an address" }, /is not an email address/],
    [{ phones: "12345" }, /is not a telephone number/],
    [{ preferred: "email" }, /Choose how/],
    [{ preferred: "phone", impossible: ["phone"] }, /not marked as impossible/],
    [{ addresses: "clerk@chambers.example" }, /Robin Clerk has clerk@chambers\.example already/],
    [{ addresses: "ada.clerk@council.example" }, /is a colleague/],
  ];
  for (const [changes, message] of wrong) {
    const answer = await visitor.form("/contacts/new", { ...ROBIN, addresses: "new@elsewhere.example", ...changes });
    assert.equal(answer.status, 422, JSON.stringify(changes));
    assert.match(answer.text, message);
    assert.match(answer.text, /Example Chambers/);
  }
});

test("contacts are for members alone", async () => {
  const [contact] = await server.records.read.contacts();
  const stranger = new Visitor(server);
  for (const path of ["/contacts", "/contacts/new", `/contacts/${contact?.id}`, `/contacts/${contact?.id}/edit`]) {
    assert.equal((await stranger.get(path)).status, 303, path);
  }
  assert.equal((await stranger.form("/contacts/new", ROBIN)).status, 401);
  assert.equal((await visitor.get("/contacts/AAAA")).status, 404);
});

test("a contact whose words need a number, and who has none, is not said to be reached without one", async () => {
  const bare = { addresses: [{ address: "sms@post.example" as const, verified: null }], phones: [] };
  const texted = await addContact(server, ada, "Tecstio Tomos", "sms@post.example", { ...bare, preferred: "sms" });
  assert.match((await visitor.get(`/contacts/${texted.id}`)).text, /which needs one: add it, and check it/);
  const met = await addContact(server, ada, "Met Mair", "met@post.example", { phones: [], preferred: "in-person" });
  assert.match((await visitor.get(`/contacts/${met.id}`)).text, /The six words go another way/);
});
