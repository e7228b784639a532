import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPSE_DAYS } from "../../domain/approval.ts";
import { DAY } from "../../domain/clock.ts";
import { USUAL_WORKING_TIME } from "../../domain/working-time.ts";
import { remindApprovers } from "../../jobs/remind-approvers.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor } from "../../testing/approver.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";
import { isWithheld } from "../release-gate/why-held.ts";
import { approvalNews } from "./approval-news.ts";

const CLARA = "clara@chambers.example";
/** It is Saturday at ten: due on Monday at five, and others are asked on Tuesday at five. */
const [DUE, ESCALATED] = [2.3, 3.3];

let server: TestServer;
let line: SigningSender;
let senior: SigningSender;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  await addMember(server, "Alex Admin", { roles: ["administrator"] });
  line = await addSigner(server, "Lena Line");
  senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

/** Lets days go by, and the job run. Sessions end meanwhile, so everybody signs in again. */
async function wait(days: number): Promise<void> {
  server.clock.advance(days * DAY);
  await remindApprovers(
    {
      records: server.records,
      answering: () => USUAL_WORKING_TIME,
      approvalNews: (...about) => approvalNews(...spread(about)),
      withheld: (reference) => isWithheld(server.parts, reference),
    },
    server.clock.now(),
  );
  for (const { visitor, member } of [line, senior, sender]) await visitor.signIn(member.id);
}

function spread([read, request, moment, at]: Parameters<Parameters<typeof remindApprovers>[0]["approvalNews"]>) {
  return [read, request, moment, server.parts.place, at] as const;
}

const subjects = async (reference: string, to: string) =>
  (await server.mail(to)).filter((each) => each.reference === reference).map(({ subject }) => subject.split(": ")[1]);

test("SDT-3: nobody answers: reminded, escalated to whoever can do something, and at last the sender asks again", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, BULK);
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  assert.match((await line.visitor.get("/to-agree")).text, /by 23 November 2026, 5:00pm/);
  await wait(1);
  assert.equal((await subjects(reference, line.member.address)).length, 1, "nobody is reminded on a Sunday");
  await wait(DUE - 1);
  assert.deepEqual(await subjects(reference, line.member.address), [
    "your agreement is asked for",
    "your agreement is still asked for",
  ]);
  assert.match(
    (await server.mail(line.member.address)).map(({ text }) => text).join(),
    /still waits[\s\S]*An answer was due by: 23 November 2026/,
  );
  assert.match((await line.visitor.get("/to-agree")).text, /Overdue/);
  assert.deepEqual(await subjects(reference, sender.member.address), []);
  await wait(ESCALATED - DUE);
  assert.deepEqual(await subjects(reference, sender.member.address), ["no answer yet"]);
  const [told] = (await server.mail(sender.member.address)).filter((each) => each.reference === reference);
  assert.match(told?.text ?? "", /was to answer by 23 November 2026, 5:00pm and has not\. They were reminded again/);
  const own = (await server.mail(line.member.address)).find(({ subject }) =>
    /agreement of yours is overdue/.test(subject),
  );
  assert.match(own?.text ?? "", /You have not answered yet/);
  assert.deepEqual(await subjects(reference, "alex.admin@council.example"), ["an agreement is overdue"]);
  assert.match((await server.mail("alex.admin@council.example"))[0]?.text ?? "", /\/deputies/);
  await wait(LAPSE_DAYS - ESCALATED);
  assert.ok((await subjects(reference, sender.member.address)).includes("nobody answered"));
  for (const mail of await server.mail()) {
    if (mail.reference === reference)
      assert.doesNotMatch(`${mail.subject} ${mail.text}`, /hearing|Clara|chambers|SENSITIVE|1,?200/i);
  }
  const lapsed = await requestFor(server, reference, "line-manager");
  const page = await line.visitor.get(`/to-agree/${lapsed}`);
  assert.match(page.text, /Nobody answered within 7 days/);
  assert.equal((await line.visitor.api("POST", `/api/to-agree/${lapsed}/options`, {})).status, 409);
  assert.match((await sender.visitor.get("/")).text, new RegExp(`Nobody answered in time whether ${reference}`));
  const mine = await sender.visitor.get(`/transfers/${reference}`);
  assert.match(
    mine.text,
    new RegExp(`Nobody answered as line manager[\\s\\S]*action="/transfers/${reference}/ask-again"`),
  );
  assert.equal((await sender.visitor.form(`/transfers/${reference}/ask-again`, {})).status, 303);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/ask-again`, {})).status, 409, "once");
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  const transfer = await server.records.read.transfer(reference);
  assert.equal(transfer?.state, "released", "the senior manager's answer to the same waybill still counts");
});

test("a deputy who was named after it was asked is asked when it is overdue", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, BULK);
  const dee = await addMember(server, "Dee Deputy");
  const from = server.clock.now().toISOString();
  const until = new Date(server.clock.now().getTime() + 30 * DAY).toISOString();
  await server.records.write(async (tx) => {
    const people = { principalId: line.member.id, deputyId: dee.id, appointedBy: line.member.id };
    await tx.saveDeputy({ id: "dee", ...people, from, until, createdAt: from, endedAt: null });
    const about = { reference: null, recipientId: null, detail: {} };
    await tx.append({ kind: "deputy-named", at: from, actor: { kind: "system" }, ...about });
  });
  await wait(4); // begun on the Saturday after: due on Monday, others on Tuesday
  const [mail] = await server.mail(dee.address);
  assert.match(
    mail?.text ?? "",
    /overdue\. You can answer too\. You are asked as line manager\. You stand in for Lena Line\./,
  );
  assert.equal((await subjects(reference, dee.address)).length, 1);
});
