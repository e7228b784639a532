import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes } from "../../bytes/random.ts";
import type { AnswerOptions } from "../../domain/wire/agreeing.ts";
import { type Evidence, NAMES } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { sayProved } from "../../evidence/say.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { signerOf } from "../../log/keys.ts";
import { type Statement, standingInFor } from "../../log/statement.ts";
import { addSigner, answerRequest } from "../../testing/approver.ts";
import { type ApprovingDesk, openApprovingDesk } from "../../testing/approving-desk.ts";
import { forgedPack } from "../../testing/forged-pack.ts";
import { readPdf } from "../../testing/read-pdf.ts";
import type { SigningSender } from "../../testing/signed-transfer.ts";

let desk: ApprovingDesk;
let dee: SigningSender;
before(async () => {
  desk = await openApprovingDesk();
  dee = await addSigner(desk.server, "Dee Deputy");
  await desk.deputise(desk.line.member.id, dee.member.id, desk.line.member.id);
});
after(() => desk.stop());

/** Signs what the server asks for with `changes`, and answers the status. */
async function signed(who: SigningSender, id: string, changes: (options: AnswerOptions) => Partial<Statement>) {
  const path = `/api/to-agree/${id}`;
  const options = (await who.visitor.api("POST", `${path}/options`, {})).json<AnswerOptions>();
  const { nonce, role, signer, rpId } = options;
  const { digest = "" } = (await desk.server.records.read.approval(id)) ?? {};
  const plain = { version: 1, kind: "approve", digest, role, answer: "", signer, rpId, nonce } as const;
  const passkey = await who.passkey.sign({ ...plain, ...changes(options) });
  return (await who.visitor.api("POST", path, { answer: "approve", reason: "", nonce, passkey })).status;
}

test("SIS-37, SDT-3: a deputy signs in whose place, and nothing else counts; nobody else signs in anybody's place", async () => {
  const { line, senior } = desk;
  const id = await desk.idOf(await desk.sent(), "line-manager");
  const before = await desk.server.records.read.approval(id);
  assert.equal(await signed(dee, id, () => ({})), 403, "what the line manager signs");
  assert.equal(await signed(dee, id, () => standingInFor(senior.member.address)), 403, "in another's place");
  assert.equal(await signed(dee, id, () => standingInFor(dee.member.address)), 403, "in their own");
  assert.equal(await signed(line, id, () => standingInFor(line.member.address)), 403, "the line manager, as a deputy");
  assert.equal(await signed(line, id, () => standingInFor(senior.member.address)), 403);
  assert.deepEqual(await desk.server.records.read.approval(id), before, "nothing was recorded");
  const page = (await dee.visitor.get(`/to-agree/${id}`)).text;
  assert.match(page, /in the place of Lena Line/);
  const lied = answerRequest(desk.server, dee, id, "approve", "", (shown) => ({ ...shown, inPlaceOf: "" }));
  await assert.rejects(lied, { code: "lying-server" }, "the browser signs what its page says, or nothing");

  assert.equal(await signed(dee, id, ({ inPlaceOf }) => standingInFor(inPlaceOf)), 200);
  const kept = await desk.server.records.read.approval(id);
  const statement = JSON.parse(kept?.proof?.statement ?? "") as Statement;
  assert.deepEqual([statement.version, statement.inPlaceOf], [2, line.member.address]);
  assert.match((await dee.visitor.get(`/to-agree/${id}`)).text, /as line manager, in the place of Lena Line/);
});

test("SIS-23, SIS-37: evidence says in whose place a deputy signed, who is among its people; another's place is found, and an earlier version's answer is said as such", async () => {
  const { line, senior, sender } = desk;
  const reference = await desk.sent();
  await desk.give(reference, dee, "line-manager");
  await desk.give(reference, senior, "senior-manager");
  const { bytes } = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  const verified = await verifyPack(bytes, { log: desk.server.parts.log.keeper.key, witnesses: [] });
  const { proved } = sayProved(verified);
  assert.match(proved.join("\n"), /Dee Deputy \(.+\) agreed to it as line-manager in the place of Lena Line \(/);
  assert.match(
    proved.join("\n"),
    /had agreed to exactly that waybill: line-manager \(\S+ in the place of Lena Line \(/,
  );
  assert.ok(verified.evidence.people.some(({ id }) => id === line.member.id));
  const files = await readPack(bytes);
  assert.match((await readPdf(files.get(NAMES.paper) ?? assert.fail())).packed, /intheplaceofLenaLine/);

  const { evidence } = verified;
  const forger = await signerOf("waybill.example/log", "note", randomBytes(32));
  const policies = new Map([...files].filter(([name]) => name.startsWith("policies/")));
  const made = async (changes: Partial<Evidence>) =>
    verifyPack(await forgedPack({ ...evidence, ...changes }, forger, policies), { log: forger.key, witnesses: [] });
  const withDetail = (change: Readonly<Record<string, string | null>>) => ({
    events: evidence.events.map((each) =>
      each.kind === "approval-given" && each.actor.id === dee.member.id
        ? { ...each, detail: { ...each.detail, ...change } }
        : each,
    ),
  });
  await made({});
  const wrong = { code: "wrong-statement", message: /in the place of lena/i };
  await assert.rejects(made(withDetail({ inPlaceOf: null })), wrong);
  await assert.rejects(made(withDetail({ inPlaceOf: senior.member.id })), wrong);
  const { people } = evidence;
  await assert.rejects(made({ people: people.filter(({ id }) => id !== line.member.id) }), wrong);

  const ofSenior = evidence.events.map((each) =>
    each.kind === "approval-given" && each.actor.id === senior.member.id
      ? { ...each, detail: { ...each.detail, inPlaceOf: line.member.id } }
      : each,
  );
  const earlier = sayProved(await made({ events: ofSenior })); // as earlier versions had a deputy sign
  assert.match(earlier.notProved.join("\n"), /answered in the place of Lena Line .+: the organisation's records alone/);
  assert.doesNotMatch(earlier.proved.join("\n"), /senior-manager in the place/);
});
