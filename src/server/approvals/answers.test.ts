import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askArrangement } from "../../domain/lifecycle/arrangement-arrows.ts";
import { answerRequest, shownRequest, signDraft } from "../../testing/approver.ts";
import { type ApprovingDesk, CLARA, openApprovingDesk, RIGHT } from "../../testing/approving-desk.ts";

let desk: ApprovingDesk;
before(async () => {
  desk = await openApprovingDesk();
});
after(() => desk.stop());

test("SDT-3, SIS-3: it is released once the line manager and the senior manager have both agreed, and not before", async () => {
  const reference = await desk.sent();
  await desk.give(reference, desk.line, "line-manager");
  assert.equal(await desk.stateOf(reference), "requested");
  assert.deepEqual(await desk.mailsAbout(reference, CLARA), []);
  await desk.give(reference, desk.senior, "senior-manager");
  assert.equal(await desk.stateOf(reference), "released");
  assert.equal((await desk.mailsAbout(reference, CLARA)).length, 1);
  await desk.mailAbout(reference, desk.sender.member.address, /agreed to and sent/);
  const { text: after } = await desk.sender.visitor.get(`/transfers/${reference}`);
  assert.match(after, /Who agreed[\s\S]*Line manager[\s\S]*Lena Line[\s\S]*Senior manager[\s\S]*Sefa Senior/);
  const given = (await desk.server.records.read.eventsOf(reference)).filter(({ kind }) => kind === "approval-given");
  assert.deepEqual(
    given.map(({ actor, detail }) => [actor, detail.role]),
    [
      [{ kind: "member", id: desk.line.member.id }, "line-manager"],
      [{ kind: "member", id: desk.senior.member.id }, "senior-manager"],
    ],
  );
  const [credential] = await desk.server.records.read.credentialsOf(desk.senior.member.id);
  assert.ok(credential && credential.counter > desk.senior.passkey.credential.counter, "the passkey's counter is kept");
});

test("SDT-3, SIS-3: refused by one, it is changed, shown with what changed, agreed to again by both, and released", async () => {
  const reference = await desk.sent();
  await desk.give(reference, desk.line, "line-manager");
  await desk.give(reference, desk.senior, "senior-manager", "The annex names people who are not parties");
  assert.equal(await desk.stateOf(reference), "refused");
  const mail = await desk.mailAbout(reference, desk.sender.member.address, /not agreed to/);
  assert.match(mail, new RegExp(`refused by the senior manager[\\s\\S]*/transfers/${reference}`));
  assert.doesNotMatch(mail, /annex|parties|hearing|Clara|SENSITIVE/i);
  const page = await desk.sender.visitor.get(`/transfers/${reference}`);
  assert.match(page.text, /Sefa Senior refused it as senior manager: The annex names people who are not parties/);
  assert.match(page.text, new RegExp(`<form method="post" action="/transfers/${reference}/change"`));

  const before = await desk.server.records.read.transfer(reference);
  const changed = await desk.sender.visitor.form(`/transfers/${reference}/change`, {});
  assert.equal(changed.headers.get("location"), `/transfers/${reference}/describe`);
  assert.deepEqual(
    (await desk.server.records.read.transfer(reference))?.sealed,
    before?.sealed,
    "what was sealed stays",
  );
  await desk.server.records.write(async (tx) => {
    const draft = await tx.transfer(reference);
    assert.ok(draft);
    await tx.saveTransfer({ ...draft, facts: { ...draft.facts, purpose: "The hearing, without the annex" } });
    await tx.append({
      ...{ kind: "transfer-changed", at: draft.createdAt, actor: { kind: "system" }, reference },
      ...{ recipientId: null, detail: {} },
    });
  });
  assert.equal(await signDraft(desk.sender, reference), 200);
  assert.equal(await desk.stateOf(reference), "requested", "the line manager's earlier agreement does not count");
  const again = await desk.line.visitor.get(`/to-agree/${await desk.idOf(reference, "line-manager")}`);
  const since = /What changed since last time[\s\S]*?<\/section>/.exec(again.text)?.[0] ?? "";
  assert.match(since, /Sefa Senior refused an earlier version/);
  assert.match(since, /The hearing, without the annex[\s\S]*Before: A hearing/);
  assert.doesNotMatch(since, /OFFICIAL-SENSITIVE|chambers/, "only what changed");
  const whole = /<details class="govuk-details" id="whole">[\s\S]*?<\/details>/.exec(again.text)?.[0] ?? "";
  assert.match(whole, /The whole transfer[\s\S]*data-line="purpose"[\s\S]*data-line="people"/, "folded, and there");
  assert.doesNotMatch(again.text.replace(whole, "").split("The record itself<")[0] ?? "", /data-line/);
  await desk.give(reference, desk.line, "line-manager");
  await desk.give(reference, desk.senior, "senior-manager");
  assert.equal(await desk.stateOf(reference), "released");
});

test("SDT-7, SIS-13, SIS-4: whoever is asked sees every condition that was met, with its clause and what met it", async () => {
  const reference = await desk.sent();
  const { text } = await desk.line.visitor.get(`/to-agree/${await desk.idOf(reference, "line-manager")}`);
  const met = /<dl[^>]*id="met">[\s\S]*?<\/dl>/.exec(text)?.[0] ?? "";
  assert.match(met, /SIS-13<\/a>[\s\S]*?Clara Counsel: knows that it is coming/);
  assert.match(met, /SDT-7<\/a>/);
  assert.match(met, /About 1,200 people, declared by the sender/);
  assert.doesNotMatch(met, /approval|senior manager/i, "what is still to be agreed is no condition that was met");
});

test("a request of an earlier version, or of a transfer that was taken back, is refused clearly, and leads to the one that waits", async () => {
  const reference = await desk.sent();
  const old = await desk.idOf(reference, "line-manager");
  const shown = await shownRequest(desk.line, old);
  await desk.sender.visitor.form(`/transfers/${reference}/change`, {});
  assert.equal(await signDraft(desk.sender, reference), 200);
  const page = await desk.line.visitor.get(`/to-agree/${old}`);
  assert.match(page.text, /It needs no answer any more/);
  assert.match(page.text, new RegExp(`/to-agree/${await desk.idOf(reference, "line-manager")}"`));
  const options = await desk.line.visitor.api("POST", `/api/to-agree/${old}/options`, {});
  assert.equal(options.status, 409);
  assert.match(options.text, /does not wait for your answer any more/);
  assert.equal(shown.id, old);
  await desk.sender.visitor.form(`/transfers/${reference}/take-back`, {});
  const requests = await desk.server.records.read.approvalsOf(reference);
  assert.ok(
    requests.every(({ state }) => state === "superseded"),
    "nothing waits any more",
  );
});

test("a question and its answer stand on the record; the asker is told, and the request goes on waiting", async () => {
  const reference = await desk.sent();
  const id = await desk.idOf(reference, "senior-manager");
  assert.equal((await desk.senior.visitor.form(`/to-agree/${id}/question`, { question: " " })).status, 422);
  assert.equal((await desk.senior.visitor.form(`/to-agree/${id}/question`, { question: "Why 1,200?" })).status, 303);
  const told = await desk.mailAbout(reference, desk.sender.member.address, /asked something/);
  assert.match(told, /The senior manager asks you something/);
  assert.doesNotMatch(told, /1,200/);
  assert.match((await desk.sender.visitor.get("/")).text, new RegExp(`agree to ${reference} asks you something`));
  const page = await desk.sender.visitor.get(`/transfers/${reference}`);
  assert.match(page.text, /Sefa Senior asks: Why 1,200\?/);
  const answer = { request: id, question: "0", answer: "All were on the list" };
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/answer`, answer)).status, 303);
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/answer`, answer)).status, 409, "answered once");
  await desk.mailAbout(reference, desk.senior.member.address, /your question is answered/);
  const asked = await desk.line.visitor.get(`/to-agree/${await desk.idOf(reference, "line-manager")}`);
  assert.match(asked.text, /Sefa Senior: Why 1,200\?[\s\S]*Ada Clerk: All were on the list/);
  await desk.give(reference, desk.senior, "senior-manager");
});

test("an address that others agreed to is not corrected: the sender is told to take it back and send it again", async () => {
  const reference = await desk.sent();
  await desk.give(reference, desk.line, "line-manager");
  await desk.give(reference, desk.senior, "senior-manager");
  const [wrong] = await desk.server.records.read.recipients(reference);
  const ask = { recipientId: wrong?.id ?? "", address: RIGHT };
  const answer = await desk.sender.visitor.api("POST", `/api/transfers/${reference}/correction/options`, ask);
  assert.equal(answer.status, 409);
  assert.match(answer.text, /What others agreed to names clara@chambers.example[\s\S]*Take it back and send it again/);
  const page = await desk.sender.visitor.get(
    `/transfers/${reference}/recipients/${wrong?.id}/address?address=${RIGHT}`,
  );
  assert.match(page.text, /Take it back and send it again/);
});

test("the approver's browser signs nothing when the page shows another thing than the record says", async () => {
  const reference = await desk.sent();
  const id = await desk.idOf(reference, "line-manager");
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
    await assert.rejects(answerRequest(desk.server, desk.line, id, "approve", "", lie), { code: "changed-record" });
  }
  await assert.rejects(
    answerRequest(desk.server, desk.line, id, "approve", "", (shown) => ({ ...shown, role: "senior-manager" })),
    { code: "lying-server" },
  );
  assert.equal((await desk.server.records.read.approval(id))?.state, "waiting");
  await answerRequest(desk.server, desk.line, id, "approve");
});

test("SDT-3: what is asked for in advance waits in the same place, and is counted", async () => {
  const before = /To agree \((\d+)\)/.exec((await desk.line.visitor.get("/to-agree")).text)?.[1] ?? "0";
  const at = desk.server.clock.now().toISOString();
  const about = {
    id: "monthly",
    role: "line-manager",
    requesterId: desk.sender.member.id,
    purpose: "The monthly list",
  } as const;
  const within = {
    recipients: [],
    classification: "OFFICIAL",
    people: 10,
    bytes: 1000,
    method: "secure-link",
  } as const;
  const taken = { at, by: { kind: "member", id: desk.sender.member.id } } as const;
  const { arrangement, event } = askArrangement({ ...about, ...within, ends: "2027-06-30" }, taken);
  await desk.server.records.write(async (tx) => {
    await tx.saveArrangement(arrangement);
    await tx.append(event);
  });
  const queue = await desk.line.visitor.get("/to-agree");
  assert.match(queue.text, new RegExp(`To agree \\(${Number(before) + 1}\\)`));
  assert.match(
    queue.text,
    /Ada Clerk \(ada\.clerk@council\.example\) asks you as line manager[\s\S]*The monthly list[\s\S]*\/arrangements\/monthly"/,
  );
  assert.match((await desk.line.visitor.get("/")).text, /Ada Clerk asks you to agree in advance/);
  assert.doesNotMatch((await desk.senior.visitor.get("/to-agree")).text, /The monthly list/);
});
