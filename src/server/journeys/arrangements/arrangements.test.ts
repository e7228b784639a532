import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signArrangement } from "../../../client/agreeing/sign-arrangement.ts";
import { Http } from "../../../client/http.ts";
import { DAY } from "../../../domain/clock.ts";
import { lapseArrangement, remindArrangement } from "../../../domain/lifecycle/arrangement-arrows.ts";
import type { Member } from "../../../domain/member.ts";
import type { Waybill } from "../../../domain/waybill.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { type EnrolledPasskey, enrolPasskey } from "../../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { arrangementNews } from "../../arrangements/arrangement-news.ts";
import { formatDate } from "../../format.ts";

const CLARA = "clara@chambers.example";
const FORM = {
  role: "line-manager",
  purpose: "The weekly list for chambers",
  recipients: "Clara Counsel",
  classification: "OFFICIAL",
  people: "50",
  megabytes: "5",
  method: "secure-link",
};
const PERSONAL = { personal: true, special: false, offences: false, people: 40 };

let server: TestServer;
let sender: SigningSender;
let manager: { readonly member: Member; readonly visitor: Visitor; readonly passkey: EnrolledPasskey };

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const boss = await addMember(server, "Lena Line");
  const member = await addMember(server, "Ada Clerk", { lineManagerId: boss.id });
  await addKey(server, member.id, await generateKeyPair());
  await addContact(server, member, "Clara Counsel", CLARA);
  await addContact(server, member, "Otto Other", "otto@other.example");
  const signIn = ({ id }: Member) => new Visitor(server).signIn(id);
  manager = { member: boss, visitor: await signIn(boss), passkey: await enrolPasskey(server, boss) };
  sender = { member, visitor: await signIn(member), passkey: await enrolPasskey(server, member) };
});
after(() => server.stop());

/** The section of a page under a heading. */
function part(page: string, heading: string): string {
  return new RegExp(`aria-labelledby="${heading}"[\\s\\S]*?</section>`).exec(page)?.[0] ?? "";
}

function lastDay(days: number) {
  const [year = "", month = "", day = ""] = new Date(server.clock.now().getTime() + days * DAY)
    .toISOString()
    .slice(0, 10)
    .split("-");
  return { "ends-day": day, "ends-month": month, "ends-year": year };
}

async function asked(changes: Partial<typeof FORM> = {}): Promise<string> {
  const answer = await sender.visitor.form("/arrangements/new", { ...FORM, ...lastDay(300), ...changes });
  assert.equal(answer.status, 303, answer.text);
  return /\/arrangements\/([\w-]+)/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";
}

/** Answers as the page's script does, on what the page shows. */
async function answers(id: string, answer: "approve" | "refuse", by = manager, lie = (text: string) => text) {
  const { text } = await by.visitor.get(`/arrangements/${id}`);
  const plain = (html: string) => html.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  const lines = [...text.matchAll(/data-line="([^"]*)">([^<]*)</g)];
  const token = await by.visitor.token();
  const headers = () => ({ cookie: by.visitor.cookies(), "x-waybill-token": token });
  await signArrangement(
    answer,
    answer === "refuse" ? "Too many people" : "",
    {
      id,
      role: "line-manager",
      signer: by.member.address,
      text: lie(plain(/id="arrangement-text"[^>]*>([^<]*)</.exec(text)?.[1] ?? "")),
      lines: new Map(lines.map(([, name = "", value = ""]) => [plain(name), plain(value)])),
    },
    {
      http: new Http({ origin: server.url, fetch, headers }),
      rpId: "localhost",
      passkeys: {
        create: () => Promise.reject(new Error("not here")),
        get: async (statement) => ({ signature: await by.passkey.sign(statement), prf: null }),
      },
    },
  );
}

test("SDT-3: what stays within an arrangement that the line manager agreed to needs no new agreement, and the record says so", async () => {
  const id = await asked();
  const [mail] = await server.mail(manager.member.address);
  assert.ok(mail?.text.includes(`/arrangements/${id}`));
  assert.doesNotMatch(mail?.text ?? "", /weekly list|Clara/, "nothing of what it is");
  const before = await signedTransfer(sender, [CLARA], undefined, { facts: PERSONAL });
  assert.equal((await server.records.read.transfer(before.reference))?.state, "requested", "asked is not agreed");
  await answers(id, "approve");
  const other = await asked({ people: "5", purpose: "The short list" });
  await answers(other, "approve");
  const { reference } = await signedTransfer(sender, [CLARA], undefined, { facts: PERSONAL });
  const released = await server.records.read.transfer(reference);
  assert.equal(released?.state, "released");
  assert.deepEqual((JSON.parse(released?.waybill?.text ?? "") as Waybill).needs, []);
  const [fixed] = await server.records.read.fixedWaybillsOf(reference);
  assert.match(fixed?.assessment ?? "", new RegExp(`"reference":"${id}"`));
  const page = (await sender.visitor.get(`/transfers/${reference}`)).text;
  const [advance, history] = [part(page, "arranged-heading"), page.slice(page.indexOf(">History<"))];
  const agreed =
    "Lena Line \\(lena\\.line@council\\.example\\) agreed to it in advance as line manager on \\d+ November 2026";
  assert.match(advance, new RegExp(`href="/arrangements/${id}">The weekly list for chambers</a>\\. ${agreed}`));
  assert.match(history, new RegExp(`Within the standing arrangement “The weekly list for chambers”: ${agreed}`));
  assert.doesNotMatch(page, new RegExp(other), "what was agreed to in advance but does not cover it is not named");
  const waits = (await sender.visitor.get(`/transfers/${before.reference}`)).text;
  assert.doesNotMatch(waits, /standing arrangement/);
  for (const outside of [
    { to: CLARA, facts: { ...PERSONAL, people: 51 } },
    { to: CLARA, facts: { ...PERSONAL, classification: "OFFICIAL-SENSITIVE" } },
    { to: "otto@other.example", facts: PERSONAL },
  ] as const) {
    const more = { facts: outside.facts, expecting: true };
    const beyond = await signedTransfer(sender, [outside.to], undefined, more);
    assert.equal((await server.records.read.transfer(beyond.reference))?.state, "requested", JSON.stringify(outside));
  }
  assert.equal((await manager.visitor.form(`/arrangements/${id}/end`, {})).status, 303);
  const ended = await signedTransfer(sender, [CLARA], undefined, { facts: PERSONAL });
  assert.equal((await server.records.read.transfer(ended.reference))?.state, "requested");
});

test("SDT-3: what nobody answers says when it was reminded of and when it ends, and at last that it has", async () => {
  const id = await asked({ purpose: "What nobody answers" });
  const at = () => server.clock.now().toISOString();
  const moment = async (what: "reminded" | "lapsed", arrow: typeof remindArrangement) => {
    await server.records.write(async (tx) => {
      const found = await tx.arrangement(id);
      assert.ok(found);
      const step = arrow(found, { at: at(), by: { kind: "system" } });
      await tx.saveArrangement(step.arrangement);
      await tx.append(step.event);
      for (const mail of await arrangementNews(tx, step.arrangement, what, server.parts.place, at()))
        await tx.post(mail);
    });
  };
  const mailed = async (address: string, says: RegExp) => {
    const found = (await server.mail(address)).filter(({ text }) => text.includes(id) && says.test(text));
    assert.equal(found.length, 1);
    assert.doesNotMatch(found[0]?.text ?? "", /nobody answers/, "nothing of what it is");
  };
  const days = (count: number) => formatDate(new Date(server.clock.now().getTime() + count * DAY).toISOString());
  const first = (await manager.visitor.get(`/arrangements/${id}`)).text;
  assert.match(first, new RegExp(`Without an answer the request ends on ${days(30)}`));
  assert.match(first, new RegExp(`data-line="ends">${days(300)}<`), "a day as it is written everywhere");
  await moment("reminded", remindArrangement);
  await mailed(
    manager.member.address,
    /Ada Clerk \(ada\.clerk@council\.example\) still waits for your answer, as line manager/,
  );
  const waits = (await sender.visitor.get(`/arrangements/${id}`)).text;
  assert.match(waits, new RegExp(`reminded on ${days(0)}[^<]*Without an answer it ends on ${days(30)}`));
  await assert.rejects(moment("reminded", remindArrangement), { message: /reminded already/ });
  await moment("lapsed", lapseArrangement);
  await mailed(sender.member.address, /Nobody answered as line manager within 30 days/);
  const over = (await sender.visitor.get(`/arrangements/${id}`)).text;
  assert.match(over, /Nobody answered as line manager within 30 days[\s\S]*href="\/arrangements\/new"/);
  assert.match(
    (await sender.visitor.get("/arrangements")).text,
    /What nobody answers<\/a>[^<]*<strong[^>]*>\s*Nobody answered/,
  );
  await assert.rejects(answers(id, "approve"), { message: /wait for an answer any more/ });
});

test("SDT-3: nobody agrees to their own, a stranger finds nothing, and a refusal gives its reason", async () => {
  const id = await asked();
  const token = await sender.visitor.api("POST", `/api/arrangements/${id}/options`, {});
  assert.equal(token.status, 403);
  const other = await new Visitor(server).signIn((await addMember(server, "Paul Plain")).id);
  assert.equal((await other.get(`/arrangements/${id}`)).status, 404);
  assert.equal((await other.form(`/arrangements/${id}/end`, {})).status, 404);
  await answers(id, "refuse");
  assert.match((await sender.visitor.get(`/arrangements/${id}`)).text, /refused it on [\s\S]*Too many people/);
  await assert.rejects(answers(id, "approve"), { message: /wait for an answer any more/ });
  assert.equal((await server.records.read.arrangement(id))?.state, "refused");
});

test("the manager's browser signs only what the page shows, and the server takes only a signature over exactly that", async () => {
  const id = await asked();
  const lie = (text: string) => text.replace('"people":50', '"people":5000');
  await assert.rejects(answers(id, "approve", manager, lie), { code: "changed-record" });
  const impostor = { ...manager, passkey: sender.passkey };
  await assert.rejects(answers(id, "approve", impostor), { message: /signature does not belong/ });
  const other = await asked({ people: "60" });
  const given = (await manager.visitor.api("POST", `/api/arrangements/${other}/options`, {})).json<{ nonce: string }>();
  const stolen = { answer: "approve", reason: "", nonce: given.nonce };
  const statement = { version: 1, kind: "approve", digest: "00".repeat(32), role: "line-manager" } as const;
  const about = { answer: "", signer: manager.member.address, rpId: "localhost", nonce: given.nonce };
  const passkey = await manager.passkey.sign({ ...statement, ...about });
  assert.equal((await manager.visitor.api("POST", `/api/arrangements/${id}`, { ...stolen, passkey })).status, 403);
  assert.equal((await server.records.read.arrangement(id))?.state, "asked");
});

test("what is missing or too long is said beside its field, and what was typed is kept", async () => {
  for (const [wrong, why] of [
    [lastDay(400), /at most a year away/],
    [lastDay(-1), /a last day that is not over yet/],
    [{ ...lastDay(300), "ends-month": "13" }, /Enter the last day, such as/],
    [{ recipients: "nobody@nowhere.example" }, /not one of your contacts/],
    [{ people: "many" }, /whole number/],
    [{ people: "1,5" }, /whole number/],
    [{ megabytes: "0,001" }, /whole number of megabytes/],
    [{ role: "" }, /Choose whose agreement/],
    [{ role: "senior-manager" }, /Nobody but you holds that role/],
  ] as const) {
    const answer = await sender.visitor.form("/arrangements/new", { ...FORM, ...lastDay(300), ...wrong });
    assert.equal(answer.status, 422);
    assert.match(answer.text, why);
    assert.match(answer.text, /The weekly list for chambers/);
  }
});
