import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import { type Answer, Visitor } from "../../src/testing/visitor.ts";
import { nameOf, partsOf, pathOf } from "./requests.ts";
import { VALID } from "./valid-bodies.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.server.stop());

const forms = rows.filter(({ method, path, body }) => method === "POST" && body !== null && !path.startsWith("/api/"));

/** A form with a mistake in it. What is typed stands on the page that says so; null where nothing of it is shown again. */
interface Mistake {
  readonly body: object;
  readonly typed: string | null;
  /** What the form's address asks for, where it is about something that the path does not name. */
  readonly query?: (world: World) => string;
}

const LONG = "It is one letter, and ".repeat(200);
const wrong = (body: object, typed: string | null = null, query?: (world: World) => string): Mistake =>
  query ? { body, typed, query } : { body, typed };

/** Of every page of sending and carrying, and of every other form whose page says what is wrong with what was typed. */
const MISTAKES: Readonly<Record<string, Mistake>> = {
  "POST /send": wrong({ recipients: "nobody", purpose: "The hearing of 4 March" }, "The hearing of 4 March"),
  "POST /transfers/:ref/describe": wrong({ recipients: "nobody", purpose: "The hearing of May" }, "The hearing of May"),
  "POST /transfers/:ref/facts": wrong({ people: "about twelve" }, "about twelve"),
  "POST /transfers/:ref/who": wrong({ "need-rhys@chambers.example": LONG }, "It is one letter, and"),
  "POST /transfers/:ref/secret": wrong({ channel: "owl" }),
  "POST /transfers/:ref/agreement": wrong({ agreement: "none", why: LONG }, "It is one letter, and"),
  "POST /transfers/:ref/lawful-basis": wrong({ basis: "" }),
  "POST /transfers/:ref/destination": wrong({ storage: LONG }, "It is one letter, and"),
  "POST /transfers/:ref/advice": wrong({ adviser: "nobody", question: "May it go abroad?" }, "May it go abroad?"),
  "POST /transfers/:ref/carriage": wrong({ items: "two or three", pages: "4" }, "two or three"),
  "POST /transfers/:ref/carry": wrong({ tracking: "AB 1234" }, "AB 1234"),
  "POST /transfers/:ref/carry/attempt": wrong({ what: "", tracking: "AB 1234" }, "AB 1234"),
  "POST /transfers/:ref/carried/:recipient/arrival": wrong({ by: "nobody" }),
  "POST /transfers/:ref/carried/:recipient/password": wrong({ way: "owl" }),
  "POST /transfers/:ref/carried/:recipient/receipt": wrong({ by: "nobody" }),
  "POST /transfers/:ref/fax-report/paper": wrong({ where: " ", replaces: "" }),
  "POST /transfers/:ref/recipients/:recipient/confirmation": wrong({ how: "owl", "on-day": "37" }, "37"),
  "POST /transfers/:ref/words/:recipient": wrong({ way: "owl", answer: "told" }),
  "POST /transfers/:ref/expiry": wrong({ days: "4000" }),
  "POST /can-i-send": wrong({ classification: "OFFICIAL", people: "a dozen" }, "a dozen"),
  "POST /rules/try": wrong({ base: "", "people.count": "lots" }, "lots"),
  "POST /rules/replay": wrong({ configuration: "rules: navy", rules: "" }, "rules: navy"),
  "POST /account/phone": wrong({ phone: "020 not a number" }, "020 not a number"),
  "POST /account/passkey": wrong({ id: "passkey-of-paul", name: " " }, null, () => "id=passkey-of-paul"),
  "POST /people/invite": wrong({ name: "Zebedee Quill", address: "no address" }, "Zebedee Quill"),
  "POST /join/:token": wrong({ name: " " }),
  "POST /contacts/new": wrong({ name: "Nia Newcomer", addresses: "none" }, "Nia Newcomer"),
  "POST /contacts/:id/edit": wrong({ name: "Nia Newcomer", addresses: "none" }, "Nia Newcomer"),
  "POST /contacts/:id/verify": wrong(
    { value: "rhys@chambers.example", how: "ask" },
    "ask",
    () => "value=rhys%40chambers.example",
  ),
  "POST /agreements/new": wrong({ reference: "DSA-TYPED-1", organisation: "" }, "DSA-TYPED-1"),
  "POST /agreements/:id/edit": wrong({ reference: "DSA-TYPED-1", organisation: "" }, "DSA-TYPED-1"),
  "POST /arrangements/new": wrong({ purpose: "The list of May", method: "owl" }, "The list of May"),
  "POST /governance/holds/new": wrong({ on: "person", address: "no address" }, "no address"),
  "POST /governance/holds/:id/lift": wrong({ reason: LONG }, "It is one letter, and"),
  "POST /governance/retention/set": wrong({ transfers: "for ever" }),
  "POST /governance/access-requests": wrong({ address: "no address" }, "no address"),
  "POST /advice/:id": wrong(
    { verdict: "", answer: "It may go to France", impactAssessment: "" },
    "It may go to France",
  ),
  "POST /incidents/:id/note": wrong({ text: " " }),
  "POST /incidents/:id/owner": wrong({ owner: "nobody" }),
  "POST /incidents/:id/action": wrong({ what: "Ring the recipient", who: "nobody" }, "Ring the recipient"),
  "POST /incidents/:id/personal": wrong({}),
  "POST /incidents/:id/authority": wrong({ tell: "", reason: "Nobody was harmed" }, "Nobody was harmed"),
  "POST /incidents/:id/people": wrong({ tell: "", reason: "Nobody was harmed" }, "Nobody was harmed"),
  "POST /incidents/:id/link": wrong({ reference: "WB-NONE" }, "WB-NONE"),
  "POST /incidents/:id/access": wrong({ recipient: "nobody", reason: "They rang us" }, "They rang us"),
  "POST /incidents/:id/close": wrong({ lessons: " " }),
  "POST /incidents/:id/reopen": wrong({ reason: " " }),
  "POST /report": wrong({ kind: "", words: "Page 3 is not there" }, "Page 3 is not there"),
  "POST /report/more": wrong({ adding: "none", words: LONG }, "It is one letter, and"),
  "POST /r/:id/prove": wrong({ code: "00000000" }),
  "POST /r/:id/problem": wrong({ kind: "", detail: "Page 3 is not there" }, "Page 3 is not there"),
  "POST /continue": wrong({ code: "0000 0000" }),
  "POST /genuine": wrong({ reference: "WB-NONE", address: "no address" }, "WB-NONE"),
  "POST /arrived": wrong({ reference: "WB-NONE", code: "K7QX-2MPA" }, "WB-NONE"),
  "POST /arrived/arrival": wrong({ reference: "WB-NONE", code: "K7QX-2MPA" }, "WB-NONE"),
  "POST /arrived/receipt": wrong({ reference: "WB-NONE", code: "K7QX-2MPA" }, "WB-NONE"),
  "POST /media/new": wrong({ owner: "Court support of Wales", serial: "" }, "Court support of Wales"),
  "POST /media/:id/edit": wrong({ owner: "Court support of Wales", kind: "" }, "Court support of Wales"),
  "POST /media/:id/issue": wrong({ to: "nobody", day: "37" }, "37"),
  "POST /media/:id/erased": wrong({ how: " " }),
  "POST /media/:id/reviewed": wrong({ day: "37" }, "37"),
  "POST /media/:id/lost": wrong({ what: " " }),
  "POST /media/:id/destroyed": wrong({ method: " " }),
  "POST /fax-machines/new": wrong({ number: "no number", location: "Room 2.14" }, "no number"),
  "POST /fax-machines/:id": wrong({ number: "no number", location: "Room 2.14" }, "no number"),
  "POST /fax-machines/:id/check": wrong({ seen: [] }),
  "POST /post-room": wrong({ reference: "WB-NONE" }, "WB-NONE"),
  "POST /post-room/handed-over": wrong({ reference: "WB-NONE", tracking: "AB 1234" }, "WB-NONE"),
  "POST /post-room/incoming": wrong({ reference: "#TYPED" }, "#TYPED"),
  "POST /post-room/incoming/taken": wrong({ reference: "", addressee: "Nia Newcomer" }, "Nia Newcomer"),
  "POST /to-agree/:id/question": wrong({ question: " " }),
  "POST /deputies": wrong({ principal: "nobody" }),
};

/** Forms that have no page which says what is wrong with them, or none in this world, and why. */
const NONE: Readonly<Record<string, string>> = {
  "POST /controls/report": "a file is the answer; other formats are not on the page",
  "POST /controls/review": "there is a box to tick and a free line",
  "POST /records/search": "anything may be sought",
  "POST /records/search/:id/export": "a file is the answer; other formats are not on the page",
  "POST /people/:id": "boxes to tick and people to choose from",
  "POST /account/devices/remove": "a button",
  "POST /incidents/:id/done": "a button",
  "POST /transfers/:ref/method": "methods to choose from: the page offers no other",
  "POST /transfers/:ref/answer":
    "the request is named by the page; what is wrong with the question is said by the refusal",
  "POST /transfers/:ref/add": "nothing is to be packed in this world: the test of media looks at it",
  "POST /transfers/:ref/paper": "it went in this world: the test of checklists on paper looks at it",
  "POST /transfers/:ref/carried/:recipient/signature":
    "nothing was handed to anybody in this world: the test of handing over looks at it",
  "POST /post-room/incoming/:id/handed":
    "nothing waits in the post room of this world: the test of what comes in looks at it",
  "POST /advice/:id/followed":
    "of its sender alone, once an impact assessment is needed: the test of advice looks at it",
  "POST /set-up": "it is set up in this world: the test of setting up looks at it, and at the five below",
  "POST /set-up/organisation": "as above",
  "POST /set-up/administrator": "as above",
  "POST /set-up/rules": "as above",
  "POST /set-up/contacts": "as above",
  "POST /set-up/records": "as above",
};

const visitors = new Map<Row["who"], Visitor>();
async function visitorFor({ who }: Row): Promise<Visitor> {
  const visitor = visitors.get(who) ?? (await world.rightful(who));
  visitors.set(who, visitor);
  await visitor.token();
  return visitor;
}

/** As a browser does, without following where it leads: what a form's parser makes is another object than what JSON's does. */
async function sendForm(visitor: Visitor, path: string, body: object): Promise<Answer> {
  const form = new URLSearchParams({ _token: await visitor.token() });
  for (const [name, value] of Object.entries(body)) for (const each of [value].flat()) form.append(name, String(each));
  return visitor.ask("POST", path, { "content-type": "application/x-www-form-urlencoded" }, form.toString());
}

const leadsToMistakes = ({ status, headers }: Answer) =>
  status === 303 && /[?&](mistakes|typed)=/.test(headers.get("location") ?? "");

describe("A form with a mistake in it", () => {
  test("there is one for each, or a reason why there is none", () => {
    assert.deepEqual([...Object.keys(MISTAKES), ...Object.keys(NONE)].toSorted(), forms.map(nameOf).toSorted());
  });

  for (const row of forms.filter((each) => nameOf(each) in MISTAKES)) {
    test(`${nameOf(row)}: its page has an address of its own, which a reload shows again with what was typed`, async () => {
      const { body, typed, query } = MISTAKES[nameOf(row)] ?? assert.fail();
      const visitor = await visitorFor(row);
      const path = `${pathOf(row, world)}${query ? `?${query(world)}` : ""}`;
      const sent = await sendForm(visitor, path, { ...VALID[nameOf(row)]?.(world).body, ...body });
      assert.ok(leadsToMistakes(sent), `${sent.status} ${sent.headers.get("location")} ${sent.text.slice(0, 200)}`);
      const address = sent.headers.get("location") ?? "";
      const page = await visitor.get(address);
      assert.equal(page.status, 422, `${address} leads to ${page.headers.get("location")}`);
      assert.match(page.text, /govuk-error-summary|govuk-error-message/);
      if (typed !== null) assert.ok(page.text.includes(typed), "what was typed is not on it");
      const again = await visitor.get(address);
      assert.equal(again.text, page.text, "the same again");
      const stranger = await new Visitor(world.server).get(address);
      if (typed !== null) assert.ok(!stranger.text.includes(typed), "it is for whoever typed it");
    });
  }

  test("no form answers a mistake with a page, whatever is left out or too much", async () => {
    for (const row of forms.filter(({ path }) => !path.startsWith("/set-up"))) {
      const visitor = await visitorFor(row);
      const valid = VALID[nameOf(row)]?.(world).body ?? {};
      const names = partsOf(row).names;
      const bodies = [{}, ...names.map((name) => ({ ...valid, [name]: "" }))];
      for (const body of bodies) {
        const answer = await sendForm(visitor, pathOf(row, world), body);
        assert.notEqual(answer.status, 422, `${nameOf(row)} with ${JSON.stringify(body).slice(0, 300)}`);
        if (NONE[nameOf(row)]?.includes("this world") === false)
          assert.ok(!leadsToMistakes(answer), `${nameOf(row)} has a page that says what is wrong`);
      }
    }
  });
});
