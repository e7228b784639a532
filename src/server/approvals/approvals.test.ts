import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY } from "../../domain/clock.ts";
import type { ApproverRole } from "../../domain/facts.ts";
import { askArrangement } from "../../domain/lifecycle/arrangement-arrows.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor, shownRequest, signDraft } from "../../testing/approver.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

const CLARA = "clara@chambers.example";
const RIGHT = "clara.counsel@chambers.example";

let server: TestServer;
let line: SigningSender;
let senior: SigningSender;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  await addContact(server, sender.member, "Clara Counsel", RIGHT);
});
after(() => server.stop());

async function sent(): Promise<string> {
  return (await signedTransfer(sender, [CLARA], undefined, BULK)).reference;
}

const stateOf = async (reference: string) => (await server.records.read.transfer(reference))?.state;
const idOf = (reference: string, role: ApproverRole) => requestFor(server, reference, role);
const mailsAbout = async (reference: string, to: string) =>
  (await server.mail(to)).filter((each) => each.reference === reference);
/** Mails of the same moment have no order. */
async function mailAbout(reference: string, to: string, subject: RegExp): Promise<string> {
  const found = (await mailsAbout(reference, to)).find((each) => subject.test(each.subject));
  assert.ok(found, `no mail ${subject} to ${to}`);
  return `${found.subject}\n${found.text}`;
}

async function give(reference: string, who: SigningSender, role: ApproverRole, reason = ""): Promise<void> {
  const answer = reason === "" ? "approve" : "refuse";
  await answerRequest(server, who, await idOf(reference, role), answer, reason);
}

test("SDT-3, SIS-3: it is released once the line manager and the senior manager have both agreed, and not before", async () => {
  const reference = await sent();
  await give(reference, line, "line-manager");
  assert.equal(await stateOf(reference), "requested");
  assert.deepEqual(await mailsAbout(reference, CLARA), []);
  await give(reference, senior, "senior-manager");
  assert.equal(await stateOf(reference), "released");
  assert.equal((await mailsAbout(reference, CLARA)).length, 1);
  await mailAbout(reference, sender.member.address, /agreed to and sent/);
  const { text: after } = await sender.visitor.get(`/transfers/${reference}`);
  assert.match(after, /Who agreed[\s\S]*Line manager[\s\S]*Lena Line[\s\S]*Senior manager[\s\S]*Sefa Senior/);
  const given = (await server.records.read.eventsOf(reference)).filter(({ kind }) => kind === "approval-given");
  assert.deepEqual(
    given.map(({ actor, detail }) => [actor, detail.role]),
    [
      [{ kind: "member", id: line.member.id }, "line-manager"],
      [{ kind: "member", id: senior.member.id }, "senior-manager"],
    ],
  );
  const [credential] = await server.records.read.credentialsOf(senior.member.id);
  assert.ok(credential && credential.counter > senior.passkey.credential.counter, "the passkey's counter is kept");
});

test("SDT-3, SIS-3: refused by one, it is changed, shown with what changed, agreed to again by both, and released", async () => {
  const reference = await sent();
  await give(reference, line, "line-manager");
  await give(reference, senior, "senior-manager", "The annex names people who are not parties");
  assert.equal(await stateOf(reference), "refused");
  const mail = await mailAbout(reference, sender.member.address, /not agreed to/);
  assert.match(mail, new RegExp(`refused by the senior manager[\\s\\S]*/transfers/${reference}`));
  assert.doesNotMatch(mail, /annex|parties|hearing|Clara|SENSITIVE/i);
  const page = await sender.visitor.get(`/transfers/${reference}`);
  assert.match(page.text, /Sefa Senior refused it as senior manager: The annex names people who are not parties/);
  assert.match(page.text, new RegExp(`<form method="post" action="/transfers/${reference}/change"`));

  const before = await server.records.read.transfer(reference);
  const changed = await sender.visitor.form(`/transfers/${reference}/change`, {});
  assert.equal(changed.headers.get("location"), `/transfers/${reference}/describe`);
  assert.deepEqual((await server.records.read.transfer(reference))?.sealed, before?.sealed, "what was sealed stays");
  await server.records.write(async (tx) => {
    const draft = await tx.transfer(reference);
    assert.ok(draft);
    await tx.saveTransfer({ ...draft, facts: { ...draft.facts, purpose: "The hearing, without the annex" } });
    await tx.append({
      ...{ kind: "transfer-changed", at: draft.createdAt, actor: { kind: "system" }, reference },
      ...{ recipientId: null, detail: {} },
    });
  });
  assert.equal(await signDraft(sender, reference), 200);
  assert.equal(await stateOf(reference), "requested", "the line manager's earlier agreement does not count");
  const again = await line.visitor.get(`/to-agree/${await idOf(reference, "line-manager")}`);
  const since = /What changed since last time[\s\S]*?<\/section>/.exec(again.text)?.[0] ?? "";
  assert.match(since, /Sefa Senior refused an earlier version/);
  assert.match(since, /The hearing, without the annex[\s\S]*Before: A hearing/);
  assert.doesNotMatch(since, /OFFICIAL-SENSITIVE|chambers/, "only what changed");
  const whole = /<details class="govuk-details" id="whole">[\s\S]*?<\/details>/.exec(again.text)?.[0] ?? "";
  assert.match(whole, /The whole transfer[\s\S]*data-line="purpose"[\s\S]*data-line="people"/, "folded, and there");
  assert.doesNotMatch(again.text.replace(whole, "").split("The record itself<")[0] ?? "", /data-line/);
  await give(reference, line, "line-manager");
  await give(reference, senior, "senior-manager");
  assert.equal(await stateOf(reference), "released");
});

test("SDT-7, SIS-13, SIS-4: whoever is asked sees every condition that was met, with its clause and what met it", async () => {
  const reference = await sent();
  const { text } = await line.visitor.get(`/to-agree/${await idOf(reference, "line-manager")}`);
  const met = /<dl[^>]*id="met">[\s\S]*?<\/dl>/.exec(text)?.[0] ?? "";
  assert.match(met, /SIS-13<\/a>[\s\S]*?Clara Counsel: knows that it is coming/);
  assert.match(met, /SDT-7<\/a>/);
  assert.match(met, /About 1,200 people, declared by the sender/);
  assert.doesNotMatch(met, /approval|senior manager/i, "what is still to be agreed is no condition that was met");
});

test("a request of an earlier version, or of a transfer that was taken back, is refused clearly, and leads to the one that waits", async () => {
  const reference = await sent();
  const old = await idOf(reference, "line-manager");
  const shown = await shownRequest(line, old);
  await sender.visitor.form(`/transfers/${reference}/change`, {});
  assert.equal(await signDraft(sender, reference), 200);
  const page = await line.visitor.get(`/to-agree/${old}`);
  assert.match(page.text, /It needs no answer any more/);
  assert.match(page.text, new RegExp(`/to-agree/${await idOf(reference, "line-manager")}"`));
  const options = await line.visitor.api("POST", `/api/to-agree/${old}/options`, {});
  assert.equal(options.status, 409);
  assert.match(options.text, /does not wait for your answer any more/);
  assert.equal(shown.id, old);
  await sender.visitor.form(`/transfers/${reference}/take-back`, {});
  const requests = await server.records.read.approvalsOf(reference);
  assert.ok(
    requests.every(({ state }) => state === "superseded"),
    "nothing waits any more",
  );
});

test("SIS-3: nobody answers as both managers, and the sender's line manager is that", async () => {
  const both = await addSigner(server, "Bo Both", { roles: ["senior-manager"] });
  const clerk = await addSigner(server, "Cy Clerk", { lineManagerId: both.member.id });
  await addKey(server, clerk.member.id, await generateKeyPair());
  const { reference } = await signedTransfer(clerk, [CLARA], undefined, BULK);
  const asSenior = await idOf(reference, "senior-manager");
  const asked = (await mailsAbout(reference, both.member.address)).map(({ text }) => text);
  assert.equal(asked.length, 1);
  assert.match(asked[0] ?? "", /as line manager/);
  const refused = async (who: SigningSender, id: string, why: RegExp) => {
    const options = await who.visitor.api("POST", `/api/to-agree/${id}/options`, {});
    assert.equal(options.status, 409);
    assert.match(options.text, why);
    assert.match((await who.visitor.get(`/to-agree/${id}`)).text, why);
  };
  await refused(both, asSenior, /line manager and answer as that, so the senior manager has to be somebody else/);
  await deputise(both.member.id, senior.member.id, both.member.id);
  await answerRequest(server, senior, await idOf(reference, "line-manager"), "approve");
  await refused(senior, asSenior, /You agreed to this as line manager, so somebody else/);
  assert.equal(await stateOf(reference), "requested");
});

async function deputise(principalId: string, deputyId: string, appointedBy: string, days = 2): Promise<void> {
  const at = server.clock.now();
  const until = new Date(at.getTime() + days * DAY).toISOString();
  await server.records.write(async (tx) => {
    const time = { from: at.toISOString(), until, createdAt: at.toISOString(), endedAt: null };
    await tx.saveDeputy({
      id: `${principalId} ${deputyId} ${appointedBy}`,
      principalId,
      deputyId,
      appointedBy,
      ...time,
    });
    await tx.append({
      ...{ kind: "deputy-named", at: at.toISOString(), actor: { kind: "system" } },
      ...{ reference: null, recipientId: null, detail: {} },
    });
  });
}

test("SDT-3: to the sender and to anybody else there is no such request; a deputy has it for their time, and none whom the sender named", async () => {
  const reference = await sent();
  const id = await idOf(reference, "line-manager");
  const dee = await addSigner(server, "Dee Deputy");
  const friend = await addSigner(server, "Fay Friend");
  const before = await server.records.read.approval(id);
  for (const who of [sender, senior, dee]) {
    assert.equal((await who.visitor.get(`/to-agree/${id}`)).status, 404, who.member.name);
    assert.equal((await who.visitor.api("POST", `/api/to-agree/${id}/options`, {})).status, 404);
  }
  await deputise(line.member.id, dee.member.id, line.member.id);
  await deputise(line.member.id, friend.member.id, sender.member.id);
  assert.equal((await friend.visitor.get(`/to-agree/${id}`)).status, 404, "a deputy whom the sender named");
  assert.match((await dee.visitor.get("/to-agree")).text, /in place of Lena Line/);
  assert.match(
    (await dee.visitor.get("/")).text,
    /To agree \(\d+\)[\s\S]*Agree or refuse: WB-\S+ from Ada Clerk, in place of Lena Line/,
  );
  server.clock.advance(2 * DAY);
  const late = await new Visitor(server).signIn(dee.member.id);
  assert.equal((await late.get(`/to-agree/${id}`)).status, 404, "the time of the deputy has ended");
  assert.deepEqual(await server.records.read.approval(id), before);
  for (const who of [line, senior, sender]) await who.visitor.signIn(who.member.id); // the clock ended their sessions
});

test("SIS-3: a deputy's answer says in whose place, and stays good when their time ends", async () => {
  const reference = await sent();
  const dee = await addSigner(server, "Dot Deputy");
  await deputise(line.member.id, dee.member.id, line.member.id, 1);
  await give(reference, dee, "line-manager");
  server.clock.advance(DAY);
  for (const who of [line, senior, sender]) await who.visitor.signIn(who.member.id);
  await give(reference, senior, "senior-manager");
  assert.equal(await stateOf(reference), "released");
  const [given] = (await server.records.read.approvalsOf(reference)).filter(({ role }) => role === "line-manager");
  assert.deepEqual([given?.decidedBy, given?.inPlaceOf], [dee.member.id, line.member.id]);
});

test("a question and its answer stand on the record; the asker is told, and the request goes on waiting", async () => {
  const reference = await sent();
  const id = await idOf(reference, "senior-manager");
  assert.equal((await senior.visitor.form(`/to-agree/${id}/question`, { question: " " })).status, 422);
  assert.equal((await senior.visitor.form(`/to-agree/${id}/question`, { question: "Why 1,200?" })).status, 303);
  const told = await mailAbout(reference, sender.member.address, /asked something/);
  assert.match(told, /The senior manager asks you something/);
  assert.doesNotMatch(told, /1,200/);
  assert.match((await sender.visitor.get("/")).text, new RegExp(`agree to ${reference} asks you something`));
  const page = await sender.visitor.get(`/transfers/${reference}`);
  assert.match(page.text, /Sefa Senior asks: Why 1,200\?/);
  const answer = { request: id, question: "0", answer: "All were on the list" };
  assert.equal((await sender.visitor.form(`/transfers/${reference}/answer`, answer)).status, 303);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/answer`, answer)).status, 409, "answered once");
  await mailAbout(reference, senior.member.address, /your question is answered/);
  const asked = await line.visitor.get(`/to-agree/${await idOf(reference, "line-manager")}`);
  assert.match(asked.text, /Sefa Senior: Why 1,200\?[\s\S]*Ada Clerk: All were on the list/);
  await give(reference, senior, "senior-manager");
});

test("SDT-5: agreed to, and its agreement ended meanwhile: since when is said, and the way on is to change it", async () => {
  const THIRD = "theo@chambers.example";
  const third = await addContact(server, sender.member, "Theo Third", THIRD, { kind: "third-party" });
  const at = server.clock.now().toISOString();
  const agreement = {
    ...{ id: "dsa", reference: "DSA-2026-014", organisation: third.organisation, methods: [], expires: "2099-01-01" },
    ...{ documents: "", createdAt: at, createdBy: sender.member.id, remindedAt: null },
  };
  const save = (endedAt: string | null) =>
    server.records.write(async (tx) => {
      await tx.saveAgreement({ ...agreement, endedAt });
      const about = { reference: null, recipientId: null, detail: {} };
      await tx.append({ kind: "agreement-changed", at, actor: { kind: "system" }, ...about });
    });
  await save(null);
  const facts = { ...BULK.facts, agreement: { reference: agreement.reference } };
  const { reference } = await signedTransfer(sender, [THIRD], undefined, { ...BULK, facts });
  await give(reference, senior, "senior-manager");
  await save("2026-11-20T10:00:00.000Z");
  await give(reference, line, "line-manager");
  assert.equal(await stateOf(reference), "approved");
  const { text } = await sender.visitor.get(`/transfers/${reference}`);
  assert.match(text, /DSA-2026-014, which you named, ended on 20 November 2026\. Name a current data sharing/);
  const next = /<section class="wb-next"[\s\S]*?<\/section>/.exec(text)?.[0] ?? "";
  assert.match(next, new RegExp(`action="/transfers/${reference}/change\\?then=agreement"`));
  assert.doesNotMatch(next, /Try again/);
  assert.match(text, /Held: not sent although everybody agreed[\s\S]*data sharing/, "in the history, with why");
  const manager = async (lineManagerId: string) =>
    server.records.write(async (tx) => {
      await tx.saveMember({ ...sender.member, lineManagerId });
      const about = { reference: null, recipientId: null, detail: { memberId: sender.member.id } };
      await tx.append({ kind: "member-changed", at, actor: { kind: "system" }, ...about });
    });
  await manager(senior.member.id);
  const both = (await sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(both, /Lena Line agreed, but does not hold that role any more/);
  const first = /<section class="wb-next"[\s\S]*?<\/section>/.exec(both)?.[0] ?? "";
  assert.match(first, /change\?then=agreement/, "who agrees to what cannot go agrees in vain");
  assert.doesNotMatch(first, /ask-again/);
  await manager(line.member.id);
  const changed = await sender.visitor.form(`/transfers/${reference}/change?then=agreement`, {});
  assert.match(String(changed.headers.get("location")), /\/agreement$/);
  const page = (await sender.visitor.get(`/transfers/${reference}/agreement`)).text;
  assert.match(page, /DSA-2026-014, which you named, ended on 20 November 2026\./);
  assert.match(page, /The register holds no other agreement with/);
});

test("SIS-3: agreed to, and a role lost meanwhile: it is held with the clause, and sent once that is put right", async () => {
  const reference = await sent();
  await give(reference, senior, "senior-manager");
  const setRoles = (roles: readonly ["senior-manager"] | readonly []) =>
    server.records.write(async (tx) => {
      const member = await tx.member(senior.member.id);
      assert.ok(member);
      await tx.saveMember({ ...member, roles });
      const detail = { memberId: member.id };
      const at = server.clock.now().toISOString();
      await tx.append({
        kind: "member-changed",
        at,
        actor: { kind: "system" },
        reference: null,
        recipientId: null,
        detail,
      });
    });
  await setRoles([]);
  await give(reference, line, "line-manager");
  assert.equal(await stateOf(reference), "approved");
  await mailAbout(reference, sender.member.address, /agreed to, but not sent/);
  const held = await sender.visitor.get(`/transfers/${reference}`);
  assert.match(held.text, /Why it is not sent[\s\S]*A senior manager must agree[\s\S]*\/rules\/clauses\/SIS-3"/);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/release`, {})).status, 303);
  assert.equal(await stateOf(reference), "approved");
  await setRoles(["senior-manager"]);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/release`, {})).status, 303);
  assert.equal(await stateOf(reference), "released");
});

test("SIS-3: where the role has changed hands, whoever holds it now is asked again, and what others agreed stays agreed", async () => {
  const clerk = await addSigner(server, "Lou Clerk", { lineManagerId: line.member.id });
  await addKey(server, clerk.member.id, await generateKeyPair());
  const { reference } = await signedTransfer(clerk, [CLARA], undefined, BULK);
  const first = await idOf(reference, "line-manager");
  await give(reference, line, "line-manager");
  const heir = await addSigner(server, "Hal Heir");
  await server.records.write(async (tx) => {
    await tx.saveMember({ ...clerk.member, lineManagerId: heir.member.id });
    const about = { reference: null, recipientId: null, detail: { memberId: clerk.member.id } };
    await tx.append({
      ...{ kind: "member-changed", at: server.clock.now().toISOString(), actor: { kind: "system" } },
      ...about,
    });
  });
  assert.equal((await clerk.visitor.form(`/transfers/${reference}/ask-again`, {})).status, 409, "not all have agreed");
  await give(reference, senior, "senior-manager");
  assert.equal(await stateOf(reference), "approved");
  const held = (await clerk.visitor.get(`/transfers/${reference}`)).text;
  assert.match(held, /Lena Line agreed as line manager but does not hold that role any more[\s\S]*Does not count now/);
  assert.match(held, new RegExp(`action="/transfers/${reference}/ask-again"`));
  assert.doesNotMatch(held, /Everybody who had to has agreed/);
  const digest = (await server.records.read.transfer(reference))?.waybill?.digest;
  server.clock.advance(1000);
  assert.equal((await clerk.visitor.form(`/transfers/${reference}/ask-again`, {})).status, 303);
  const transfer = await server.records.read.transfer(reference);
  assert.deepEqual([transfer?.state, transfer?.waybill?.digest], ["requested", digest]);
  const mail = await mailAbout(reference, heir.member.address, /your agreement is asked for/);
  assert.match(mail, /asks for your agreement before something is sent/, "nothing was changed");
  const request = (await heir.visitor.get(`/to-agree/${await idOf(reference, "line-manager")}`)).text;
  assert.doesNotMatch(request, /What changed since last time/);
  assert.match((await line.visitor.get(`/to-agree/${first}`)).text, /That role has changed hands since/);
  await give(reference, heir, "line-manager");
  assert.equal(await stateOf(reference), "released", "the senior manager is not asked again");
  const released = await clerk.visitor.form(`/transfers/${reference}/ask-again`, {});
  assert.equal(released.status, 409);
});

test("SIS-3: what everybody has agreed to, and all of it counts, is not asked for again", async () => {
  const reference = await sent();
  await give(reference, senior, "senior-manager");
  const roles = (given: readonly "senior-manager"[]) =>
    server.records.write(async (tx) => {
      await tx.saveMember({ ...senior.member, roles: given });
      const about = { reference: null, recipientId: null, detail: { memberId: senior.member.id } };
      await tx.append({
        ...{ kind: "member-changed", at: server.clock.now().toISOString(), actor: { kind: "system" } },
        ...about,
      });
    });
  await roles([]);
  await give(reference, line, "line-manager");
  await roles(["senior-manager"]);
  const again = await sender.visitor.form(`/transfers/${reference}/ask-again`, {});
  assert.equal(again.status, 409);
  assert.match(again.text, /all of it counts/);
  assert.equal(await stateOf(reference), "approved");
});

test("an address that others agreed to is not corrected: the sender is told to take it back and send it again", async () => {
  const reference = await sent();
  await give(reference, line, "line-manager");
  await give(reference, senior, "senior-manager");
  const [wrong] = await server.records.read.recipients(reference);
  const ask = { recipientId: wrong?.id ?? "", address: RIGHT };
  const answer = await sender.visitor.api("POST", `/api/transfers/${reference}/correction/options`, ask);
  assert.equal(answer.status, 409);
  assert.match(answer.text, /What others agreed to names clara@chambers.example[\s\S]*Take it back and send it again/);
  const page = await sender.visitor.get(`/transfers/${reference}/recipients/${wrong?.id}/address?address=${RIGHT}`);
  assert.match(page.text, /Take it back and send it again/);
});

test("the approver's browser signs nothing when the page shows another thing than the record says", async () => {
  const reference = await sent();
  const id = await idOf(reference, "line-manager");
  const lies: readonly ((shown: Awaited<ReturnType<typeof shownRequest>>) => typeof shown)[] = [
    (shown) => ({ ...shown, lines: new Map([...shown.lines, ["purpose", "Something harmless"]]) }),
    (shown) => ({ ...shown, lines: new Map([...shown.lines].filter(([name]) => name !== "people")) }),
    (shown) => ({ ...shown, lines: new Map([...shown.lines, ["more", "not in the record"]]) }),
    (shown) => ({ ...shown, waybill: shown.waybill.replace("A hearing", "Something harmless") }),
    (shown) => ({ ...shown, waybill: shown.waybill.replace('"people":1200', '"people":12') }),
    (shown) => ({ ...shown, assessment: shown.assessment.replace("1200", "12") }),
    (shown) => ({ ...shown, entries: shown.entries.map((each) => ({ ...each, address: RIGHT })) }),
    (shown) => ({ ...shown, entries: shown.entries.map((each) => ({ ...each, token: "ab".repeat(32) })) }),
    (shown) => ({ ...shown, entries: [] }),
    (shown) => ({ ...shown, reference: "WB-0000-0000" }),
  ];
  for (const lie of lies) {
    await assert.rejects(answerRequest(server, line, id, "approve", "", lie), { code: "changed-record" });
  }
  await assert.rejects(
    answerRequest(server, line, id, "approve", "", (shown) => ({ ...shown, role: "senior-manager" })),
    { code: "lying-server" },
  );
  assert.equal((await server.records.read.approval(id))?.state, "waiting");
  await answerRequest(server, line, id, "approve");
});

test("SDT-3: a command line answers no request", async () => {
  const reference = await sent();
  const id = await idOf(reference, "line-manager");
  const key = await addKey(server, line.member.id, { ...(await generateKeyPair()), signing: "AAAA" });
  const { startSession } = await import("../gate/session.ts");
  const bearer = await startSession(server.parts, line.member.id, key.id);
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await new Visitor(server).ask("POST", `/api/to-agree/${id}/options`, headers);
  assert.equal(answer.status, 403);
  assert.match(answer.text, /in a browser/);
});

test("nobody who leaves is waited for: an answer asked of nobody is refused at signing", async () => {
  const gone = await addMember(server, "Gil Gone", { state: "deactivated" });
  const clerk = await addSigner(server, "Kit Clerk", { lineManagerId: gone.id });
  await addKey(server, clerk.member.id, await generateKeyPair());
  await assert.rejects(signedTransfer(clerk, [CLARA], undefined, BULK), {
    message: /your record names none who is here/,
  });
});

test("SDT-3: what is asked for in advance waits in the same place, and is counted", async () => {
  const before = /To agree \((\d+)\)/.exec((await line.visitor.get("/to-agree")).text)?.[1] ?? "0";
  const at = server.clock.now().toISOString();
  const about = {
    id: "monthly",
    role: "line-manager",
    requesterId: sender.member.id,
    purpose: "The monthly list",
  } as const;
  const within = {
    recipients: [],
    classification: "OFFICIAL",
    people: 10,
    bytes: 1000,
    method: "secure-link",
  } as const;
  const taken = { at, by: { kind: "member", id: sender.member.id } } as const;
  const { arrangement, event } = askArrangement({ ...about, ...within, ends: "2027-06-30" }, taken);
  await server.records.write(async (tx) => {
    await tx.saveArrangement(arrangement);
    await tx.append(event);
  });
  const queue = await line.visitor.get("/to-agree");
  assert.match(queue.text, new RegExp(`To agree \\(${Number(before) + 1}\\)`));
  assert.match(
    queue.text,
    /Ada Clerk \(ada\.clerk@council\.example\) asks you as line manager[\s\S]*The monthly list[\s\S]*\/arrangements\/monthly"/,
  );
  assert.match((await line.visitor.get("/")).text, /Ada Clerk asks you to agree in advance/);
  assert.doesNotMatch((await senior.visitor.get("/to-agree")).text, /The monthly list/);
});
