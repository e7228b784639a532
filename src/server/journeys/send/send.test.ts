import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enrol } from "../../../client/people/enrol.ts";
import type { Member } from "../../../domain/member.ts";
import type { SendingView } from "../../../domain/wire/sending.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { generateRecoveryCode } from "../../../seal/recovery.ts";
import { memberBrowser } from "../../../testing/member-browser.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { type Answer, Visitor } from "../../../testing/visitor.ts";

const SHORT = {
  recipients: "ben.other@council.example",
  purpose: "The rota for December",
  necessity: "Ben plans the shifts",
  recordCopy: "The case file",
  classification: "OFFICIAL",
  personal: "no",
  sensitive: "no",
  minimised: "yes",
  expiry: "14",
};

/** What the page about the information asks where it is personal. */
const INFORMATION = {
  special: "no",
  offences: "no",
  people: "40",
  namesWithAddresses: "no",
  individuals: "some",
  organisation: "none",
};

let server: TestServer;
let sender: Member;
let browser: Visitor;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
  const ben = await addMember(server, "Ben Other");
  await addMember(server, "Cai New", { state: "invited" });
  for (const { id } of [sender, ben]) await addKey(server, id, await generateKeyPair());
  await addContact(server, sender, "Clara Counsel", "clara@chambers.example");
  await addContact(server, sender, "Sam Same", "sam@one.example");
  await addContact(server, sender, "Sam Same", "sam@two.example");
  browser = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

/** The hidden fields and chosen values of a page, as its form would send them again. */
function carriedBy({ text }: Answer): Record<string, string> {
  const plain = (value: string) =>
    value.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const form = text.slice(text.indexOf("<form method"), text.indexOf("</form>", text.indexOf("<form method")));
  const fields = [...form.matchAll(/<input type="hidden" name="([^"_]+)" value="([^"]*)">/g)];
  return Object.fromEntries(fields.map(([, name, value]) => [name ?? "", plain(value ?? "")]));
}

function referenceIn(answer: Answer): string {
  assert.equal(answer.status, 303, answer.text);
  return /WB-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(answer.headers.get("location") ?? "")?.[0] ?? "";
}

test("OFFICIAL, nothing personal, colleagues only: after the first page come the files", async () => {
  const first = await browser.get("/send");
  assert.equal(first.status, 200);
  assert.doesNotMatch(first.text, /name="(classification|personal|sensitive)"[^>]* checked/, "SIS-36: never preset");
  const sent = await browser.page("/send", SHORT);
  const reference = referenceIn(sent);
  assert.equal(sent.headers.get("location"), `/transfers/${reference}/add`);
  assert.equal((await browser.get(`/transfers/${reference}/add`)).status, 200);
  assert.match((await browser.get("/send")).text, new RegExp(`href="/transfers/${reference}">The rota for December`));
  assert.equal(
    (await browser.get(`/transfers/${reference}/check`)).headers.get("location"),
    `/transfers/${reference}/add`,
  );
  const transfer = await server.records.read.transfer(reference);
  assert.equal(transfer?.facts.purpose, SHORT.purpose);
});

test("SDT-4: what is missing is said beside its field, and what was typed is kept", async () => {
  const answer = await browser.page("/send", { ...SHORT, necessity: "", recipients: "" });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /href="#necessity"/);
  assert.match(answer.text, /href="#recipients"[\s\S]*href="#necessity"/, "in the order of the fields");
  assert.match(answer.text, /The rota for December/);
  assert.match(answer.text, /<title[^>]*>\s*Error: Send something/);
});

test("SIS-4, SIS-5: about the information is asked where it is personal or sensitive, and not otherwise", async () => {
  const asked = await browser.page("/send", { ...SHORT, personal: "yes" });
  assert.equal(asked.status, 200);
  assert.match(asked.text, /what could happen to people\?/);
  assert.match(asked.text, /declared by you/);
  const carried = carriedBy(asked);
  assert.equal(carried.purpose, SHORT.purpose);
  assert.match(asked.text, /name="back"[^>]*>\s*Back/);
  assert.match((await browser.page("/send", { ...carried, back: "yes" })).text, /Who is it for\?/);
  const wrong = await browser.page("/send", { ...carried, ...INFORMATION, people: "a few", organisation: "" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /href="#people"[\s\S]*href="#organisation"/);
  assert.match(wrong.text, /value="a few"/, "what was typed is kept");
  const about = await browser.page("/send", { ...carried, ...INFORMATION, people: "1,200" });
  assert.match(about.text, /Why may Ben Other have it\?/, "SDT-7: also of a colleague");
  const reference = referenceIn(await browser.page("/send", carriedBy(about)));
  const { facts } = (await server.records.read.transfer(reference)) ?? {};
  assert.deepEqual(
    [facts?.impact, facts?.people, facts?.special, facts?.offences, facts?.namesWithAddresses, facts?.minimised],
    [{ individuals: "some", organisation: "none" }, 1200, false, false, false, true],
  );
});

test("SIS-4: what was said of people is asked about before “nothing personal” lets go of it, once", async () => {
  const wrong = await browser.page("/send", { ...SHORT, ...INFORMATION, people: "1,200", offences: "yes" });
  assert.equal(wrong.status, 422);
  assert.match(
    wrong.text,
    /href="#personal">You said before that it is about 1,200 people, and that it is about criminal/,
  );
  const again = carriedBy(wrong);
  assert.deepEqual([again.people, again.offences], ["", ""], "the same answer again is believed");
  const reference = referenceIn(await browser.page("/send", { ...SHORT, ...again }));
  assert.equal((await server.records.read.transfer(reference))?.facts.people, null);
  const none = await browser.page("/send", {
    ...SHORT,
    ...INFORMATION,
    personal: "yes",
    people: "0",
    informationAsked: "yes",
  });
  assert.match(none.text, /about 1 person at least/);
});

test("a page of describing has an address of its own: reloaded it sends nothing, it is nobody else's, and what became a draft is begun once", async () => {
  const wrong = await browser.form("/send", { ...SHORT, necessity: "" });
  const first = wrong.headers.get("location") ?? "";
  assert.match(first, /^\/send\?typed=/);
  assert.equal((await browser.get(first)).status, 422, "the mistake stands there too");
  const fields = { ...carriedBy(await browser.get(first)), ...SHORT, personal: "yes" };
  const asked = (await browser.form("/send", fields)).headers.get("location") ?? "";
  for (const time of ["once", "again"]) {
    const page = await browser.get(asked);
    assert.equal(page.status, 200);
    assert.match(page.text, /what could happen to people\?/, time);
    assert.equal(carriedBy(page).purpose, SHORT.purpose);
  }
  const other = await new Visitor(server).signIn((await addMember(server, "Nell Nosy")).id);
  assert.doesNotMatch((await other.get(asked)).text, /The rota/);
  const about = await browser.page("/send", { ...carriedBy(await browser.get(asked)), ...INFORMATION });
  server.clock.advance(1000); // drafts of one moment have no order, and the newest few are shown
  const reference = referenceIn(await browser.form("/send", carriedBy(about)));
  for (const before of [first, asked]) {
    const page = await browser.get(before);
    assert.match(page.text, new RegExp(`href="/transfers/${reference}"`), "what was begun, and no form to send again");
    assert.doesNotMatch(page.text, /Ben plans the shifts/);
  }
});

test("SET-3: whether it is for criminal justice is asked where somebody has a CJSM address, and stays on the record", async () => {
  await addContact(server, sender, "Lil Listing", "listing@crown.cjsm.net");
  const to = { ...SHORT, recipients: "listing@crown.cjsm.net" };
  const asked = await browser.page("/send", to);
  assert.match(asked.text, /Is it for criminal justice\?/);
  assert.doesNotMatch(asked.text, /How many people is it about/);
  const open = await browser.page("/send", carriedBy(asked));
  assert.equal(open.status, 422);
  assert.match(open.text, /Say whether it is for criminal justice/);
  const people = await browser.page("/send", { ...carriedBy(asked), criminalJustice: "yes" });
  const reference = referenceIn(await browser.form("/send", carriedBy(people)));
  const stated = async () => (await server.records.read.transfer(reference))?.facts.criminalJustice;
  assert.equal(await stated(), true);
  const method = await browser.get(`/transfers/${reference}/method`);
  assert.doesNotMatch(method.text, /Say whether this is for criminal justice/);
  await browser.form(`/transfers/${reference}/facts`, { minimised: "yes", criminalJustice: "no" });
  assert.equal(await stated(), false);
  assert.match(
    (await browser.get(`/transfers/${reference}/method`)).text,
    /CJSM is for criminal justice purposes only/,
  );
});

test("SIS-5: what is sensitive but not personal is asked for its impact alone, and a marking settles that it is sensitive", async () => {
  const asked = await browser.page("/send", { ...SHORT, classification: "OFFICIAL-SENSITIVE", sensitive: "" });
  assert.match(asked.text, /what could happen to people\?/);
  assert.match(asked.text, /It is sensitive: the classification says that it is sensitive\./);
  assert.doesNotMatch(asked.text, /How many people is it about/);
  const about = await browser.page("/send", { ...carriedBy(asked), individuals: "none", organisation: "some" });
  const reference = referenceIn(await browser.page("/send", carriedBy(about)));
  const { facts } = (await server.records.read.transfer(reference)) ?? {};
  assert.deepEqual([facts?.sensitive, facts?.personal, facts?.special], [true, false, null]);
});

test("SECRET is refused with whom to ask, and nothing of it is kept", async () => {
  const before = (await server.records.read.transfersOf(sender.id, { limit: 100, offset: 0 })).length;
  const page = await browser.page("/send", { ...SHORT, classification: "SECRET", purpose: "" });
  assert.equal(page.status, 200);
  assert.match(page.text, /ask the security team \(security@council\.example\)/);
  assert.match(page.text, /href="\/rules\/clauses\/SIS-36"/);
  assert.doesNotMatch(page.text, /Continue/);
  assert.equal((await server.records.read.transfersOf(sender.id, { limit: 100, offset: 0 })).length, before);
  const again = await browser.page("/send", { ...carriedBy(page), back: "yes" });
  assert.match(again.text, /ben\.other@council\.example/);
});

test("SDT-7, SIS-13: why each may have it is preset from their contact, whether they expect it never is, and both are kept", async () => {
  const clara = { ...SHORT, recipients: "clara@chambers.example", personal: "yes", sensitive: "yes" };
  const asked = await browser.page("/send", { ...clara, ...INFORMATION, informationAsked: "yes" });
  assert.match(asked.text, /Instructed in the case<\/textarea>/);
  assert.match(asked.text, /Is Clara Counsel expecting it\?/);
  assert.doesNotMatch(asked.text, /name="expecting-[^>]* checked/);
  const long = await browser.page("/send", { ...carriedBy(asked), "need-clara@chambers.example": "x".repeat(2001) });
  assert.equal(long.status, 422);
  assert.match(long.text, /href="#need-of-1"/);
  const said = { "need-clara@chambers.example": "Acts for the mother", "expecting-clara@chambers.example": "yes" };
  const reference = referenceIn(await browser.page("/send", { ...carriedBy(asked), ...said }));
  const [row] = await server.records.read.recipients(reference);
  assert.deepEqual([row?.legitimateNeed, row?.expecting], ["Acts for the mother", true]);
  const again = await browser.get(`/transfers/${reference}/describe`);
  const kept = carriedBy(again);
  assert.equal(kept["need-clara@chambers.example"], "Acts for the mother");
  assert.equal(kept["expecting-clara@chambers.example"], "yes");
});

test("OXM-15: outsiders are shown with name and address before anything is sealed, and again when they are others", async () => {
  const asked = await browser.page("/send", { ...SHORT, recipients: "Clara Counsel\nBen Other" });
  assert.match(asked.text, /Clara Counsel<br><span[^>]*>clara@chambers.example/);
  const carried = carriedBy(asked);
  const swapped = await browser.page("/send", { ...carried, recipients: "sam@one.example" });
  assert.equal(swapped.status, 200);
  assert.match(swapped.text, /sam@one.example/);
  const reference = referenceIn(await browser.page("/send", carried));
  const named = await server.records.read.recipients(reference);
  assert.deepEqual(
    named.map(({ address, access }) => [address, access]),
    [
      ["clara@chambers.example", "words"],
      ["ben.other@council.example", "account"],
    ],
  );
});

test("OXM-15: a pasted list is matched to people, and whoever fits nobody or several is not guessed", async () => {
  const pasted = "Clara Counsel <CLARA@chambers.example>; ben.other@council.example, clara@chambers.example";
  const shown = await browser.page("/send", { ...SHORT, recipients: pasted });
  assert.equal([...shown.text.matchAll(/class="wb-address"/g)].length, 2);
  const named = await browser.page("/send", {
    ...SHORT,
    recipients: "Clara Counsel <clara@chambers.example>, Ben Other",
  });
  assert.equal([...named.text.matchAll(/class="wb-address"/g)].length, 2, "a name after an address");
  const surname = await browser.page("/send", { ...SHORT, recipients: "Counsel, Clara <clara@chambers.example>" });
  assert.equal([...surname.text.matchAll(/class="wb-address"/g)].length, 1, "a comma in a name");
  for (const [typed, why] of [
    ["Sam Same", /sam@one.example or sam@two.example/],
    ["clara@chambers.exmaple", /is not one of your contacts/],
    ["Nobody Atall", /is no colleague or contact/],
    ["gone@council.example", /No colleague has the address/],
  ] as const) {
    const answer = await browser.page("/send", { ...SHORT, recipients: `${typed}\nBen Other` });
    assert.equal(answer.status, 422, typed);
    assert.match(answer.text, why);
  }
  const unknown = await browser.page("/send", { ...SHORT, recipients: "Clara@Chambers.exmaple" });
  const link = /href="(\/contacts\/new\?address=[^"]*)"/.exec(unknown.text)?.[1] ?? "";
  assert.match((await browser.get(link)).text, /<textarea[^>]*name="addresses"[^>]*>clara@chambers.exmaple</);
});

test("OXM-22: a recipient who has to register first is waited for, and the page says for whom", async () => {
  const asked = await browser.page("/send", { ...SHORT, recipients: "clara@chambers.example\nCai New" });
  const reference = referenceIn(
    await browser.page("/send", { ...carriedBy(asked), register: "clara@chambers.example" }),
  );
  const page = await browser.get(`/transfers/${reference}`);
  assert.match(page.text, /It waits until 2 people have registered/);
  assert.equal((await browser.get(`/transfers/${reference}/add`)).headers.get("location"), `/transfers/${reference}`);
});

test("OXM-22, SDT-2: an outsider who was invited registers from the link, and gets in with their own key once the sender has confirmed it", async () => {
  const verified = { how: "Their letterhead", byMemberId: sender.id, at: server.clock.now().toISOString() };
  const phones = [{ kind: "telephone", number: "+441134960042", verified }] as const;
  await addContact(server, sender, "Dewi Davies", "dewi@siambrau.example", { language: "cy", phones });
  const asked = await browser.page("/send", { ...SHORT, recipients: "dewi@siambrau.example" });
  const reference = referenceIn(
    await browser.page("/send", { ...carriedBy(asked), register: "dewi@siambrau.example" }),
  );
  const [mail] = await server.mail("dewi@siambrau.example");
  assert.match(mail?.text ?? "", /Ada Clerk[\s\S]*Example Council[\s\S]*I gofrestru/);
  assert.match((await browser.get("/")).text, new RegExp(`${reference}. It waits until Dewi Davies has registered`));
  const path = new URL(/http\S+\/join\/\S+/.exec(mail?.text ?? "")?.[0] ?? "").pathname;
  const dewi = await memberBrowser(server);
  await enrol(dewi.http, dewi.passkeys, `/api${path}`, await generateRecoveryCode(), "Laptop");
  const told = (await server.mail(sender.address)).at(-1);
  assert.equal(told?.subject, `${reference}: a recipient has registered`);
  assert.match(told?.text ?? "", /Nothing is sealed to their key before you have checked/);
  const waiting = (await browser.get(`/api/transfers/${reference}`)).json<SendingView>();
  assert.deepEqual(
    waiting.recipients.map(({ keys }) => keys.length),
    [0],
    "a link in the mailbox alone is not enough",
  );
  assert.equal((await browser.get(`/transfers/${reference}/add`)).status, 303);
  assert.match((await browser.get(`/transfers/${reference}`)).text, /Somebody has registered as Dewi Davies/);
  const home = (await browser.get("/")).text;
  assert.match(home, new RegExp(`Somebody has registered as Dewi Davies for ${reference}`));
  assert.ok(home.includes(`href="/transfers/${reference}/check-people"`), "SDT-2: the number is to be compared");
  const check = await browser.get(`/transfers/${reference}/check-people`);
  const number = /\d{4}( \d{4}){5}/.exec(check.text)?.[0] ?? "none";
  assert.match(check.text, /by a link in their mailbox only/);
  assert.match(check.text, /on 0113 496 0042, the number that was checked/);
  const account = await dewi.visitor.get("/account");
  assert.ok(account.text.includes(number), "both see the same number");
  assert.match(account.text, /lang="cy"[\s\S]*Rhif eich allwedd/);
  const { id: dewiId } = (await server.records.read.memberByAddress("dewi@siambrau.example")) ?? { id: "" };
  const fields = carriedBy(check);
  assert.equal((await browser.page(`/transfers/${reference}/describe`, fields)).status, 422, "it is not passed over");
  await browser.page(`/transfers/${reference}/describe`, { ...fields, [`offer-${dewiId}`]: "confirm" });
  const view = (await browser.get(`/api/transfers/${reference}`)).json<SendingView>();
  assert.deepEqual(
    view.recipients.map(({ name, access, keys }) => [name, access, keys.length]),
    [["Dewi Davies", "account", 1]],
  );
  assert.equal((await browser.get(`/transfers/${reference}/add`)).status, 200);
  for (const path of ["/send", "/contacts", "/contacts/new"]) {
    assert.equal((await dewi.visitor.get(path)).status, 422, `SDT-17: they receive, and never send: ${path}`);
  }
  assert.equal((await dewi.visitor.page("/send", SHORT)).status, 422);
});

test("OXM-21: only the days that the page offers are taken, and the date stays when a draft is changed without it", async () => {
  assert.equal((await browser.page("/send", { ...SHORT, expiry: "1000" })).status, 422);
  assert.equal((await browser.page("/send", { ...SHORT, expiry: "keep it" })).status, 422);
  const reference = referenceIn(await browser.page("/send", { ...SHORT, expiry: "3" }));
  const before = (await server.records.read.transfer(reference))?.expiresAt;
  server.clock.advance(60_000);
  const changed = { ...SHORT, expiry: "keep", purpose: "The rota for January" };
  assert.equal((await browser.page(`/transfers/${reference}/describe`, changed)).status, 303);
  const after = await server.records.read.transfer(reference);
  assert.deepEqual([after?.expiresAt, after?.facts.purpose], [before, "The rota for January"]);
});

test("another member finds neither the pages of a draft nor that it exists", async () => {
  const reference = referenceIn(await browser.page("/send", SHORT));
  const ben = await server.records.read.memberByAddress("ben.other@council.example");
  const other = await new Visitor(server).signIn(ben?.id ?? "");
  for (const page of ["", "/add", "/check", "/describe", "/take-back", "/expiry"]) {
    const theirs = await other.get(`/transfers/${reference}${page}`);
    assert.equal(theirs.status, 404, page);
  }
  for (const page of ["/describe", "/take-back", "/expiry"]) {
    assert.equal((await other.form(`/transfers/${reference}${page}`, SHORT)).status, 404, page);
  }
  assert.equal((await server.records.read.transfer(reference))?.state, "draft");
});

test("SDT-17: somebody without a work address is told why they cannot send", async () => {
  const outsider = await addMember(server, "Out Sider", { address: "out@elsewhere.example" });
  const page = await (await new Visitor(server).signIn(outsider.id)).get("/send");
  assert.equal(page.status, 422);
  assert.match(page.text, /Only people with a work address/);
});
