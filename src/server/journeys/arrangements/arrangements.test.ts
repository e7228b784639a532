import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signArrangement } from "../../../client/agreeing/sign-arrangement.ts";
import { Http } from "../../../client/http.ts";
import { DAY } from "../../../domain/clock.ts";
import type { Member } from "../../../domain/member.ts";
import type { Waybill } from "../../../domain/waybill.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { type EnrolledPasskey, enrolPasskey } from "../../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";

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
  const { reference } = await signedTransfer(sender, [CLARA], undefined, { facts: PERSONAL });
  const released = await server.records.read.transfer(reference);
  assert.equal(released?.state, "released");
  assert.deepEqual((JSON.parse(released?.waybill?.text ?? "") as Waybill).needs, []);
  const [fixed] = await server.records.read.fixedWaybillsOf(reference);
  assert.match(fixed?.assessment ?? "", new RegExp(`"reference":"${id}"`));
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
    [{ recipients: "nobody@nowhere.example" }, /not one of your contacts/],
    [{ people: "many" }, /whole number/],
    [{ role: "" }, /Choose whose agreement/],
    [{ role: "senior-manager" }, /Nobody but you holds that role/],
  ] as const) {
    const answer = await sender.visitor.form("/arrangements/new", { ...FORM, ...lastDay(300), ...wrong });
    assert.equal(answer.status, 422);
    assert.match(answer.text, why);
    assert.match(answer.text, /The weekly list for chambers/);
  }
});
