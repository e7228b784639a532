import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { utf8 } from "../../../bytes/text.ts";
import { DAY } from "../../../domain/clock.ts";
import { handOut, misdirect, open, receive, reportProblem } from "../../../domain/lifecycle/recipient-arrows.ts";
import { arrived, type FollowingDesk, openFollowingDesk } from "../../../testing/following-desk.ts";
import { addMember } from "../../../testing/organisation.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { Visitor } from "../../../testing/visitor.ts";

let desk: FollowingDesk;
before(async () => {
  desk = await openFollowingDesk();
});
after(() => desk.stop());

test("the sender's page says where it is and what comes next, with one button", async () => {
  const transfer = await desk.released();
  const path = `/transfers/${transfer.reference}`;
  assert.match((await desk.browser.get(path)).text, /You wait for Clara Counsel to confirm that it arrived/);
  await desk.take(transfer, arrived);
  const told = (await desk.browser.get(path)).text;
  assert.match(told, /Tell Clara Counsel the six words: it has arrived/);
  assert.match(told, new RegExp(`href="${path}/words/${transfer.recipients[0]?.id}"`));
  await desk.take(transfer, handOut, open);
  assert.match((await desk.browser.get(path)).text, /You wait for Clara Counsel to confirm receipt/);
  const proof = { statement: "", signature: "", publicKey: "", keyKind: "arrival" } as const;
  await desk.take(transfer, (...rows) => receive(rows[0], rows[1], proof, rows[2]));
  assert.match((await desk.browser.get(path)).text, /There is nothing more to do/);
});

test("SDT-28: the sender reminds somebody once a day at the most", async () => {
  const transfer = await desk.released();
  const path = `/transfers/${transfer.reference}/recipients/${transfer.recipients[0]?.id}/remind`;
  const refused = await desk.browser.form(path, {});
  assert.equal(refused.status, 409);
  assert.match(refused.text, new RegExp(`href="/transfers/${transfer.reference}">Go to the transfer`));
  const page = path.replace("/remind", "");
  const early = (await desk.browser.get(page)).text;
  assert.match(early, /You can send a reminder from 22 November 2026/);
  assert.ok(!early.includes("Send a reminder now"));
  desk.server.clock.advance(DAY);
  const again = await desk.browser.signIn(desk.sender.id); // the clock ended the session
  assert.match((await again.get(page)).text, /Send a reminder now/);
  assert.equal((await again.form(path, {})).status, 303);
  assert.equal((await again.form(path, {})).status, 409);
  const mails = (await desk.server.mail(desk.clara.addresses[0]?.address)).filter(
    ({ reference }) => reference === transfer.reference,
  );
  assert.equal(mails.at(-1)?.subject, `Reference ${transfer.reference} (reminder)`);
});

test("a bounce shows on the timeline, and the next step is to correct the address", async () => {
  const transfer = await desk.released();
  const recipientId = transfer.recipients[0]?.id ?? "";
  await desk.server.records.write((tx) =>
    tx.append({
      kind: "notice-bounced",
      at: desk.server.clock.now().toISOString(),
      actor: { kind: "system" },
      reference: transfer.reference,
      recipientId,
      detail: { why: "550 <b>no such user</b>" },
    }),
  );
  const page = (await desk.browser.get(`/transfers/${transfer.reference}`)).text;
  assert.match(page, /The email to Clara Counsel came back/);
  assert.match(page, /550 &lt;b&gt;no such user/);
});

test("the list of transfers has a page for what is older, and says what will be there while it is empty", async () => {
  const nobody = await addMember(desk.server, "New Person");
  const empty = await (await new Visitor(desk.server).signIn(nobody.id)).get("/transfers");
  assert.match(empty.text, /You have not sent anything yet/);
  const full = await desk.browser.get("/transfers");
  assert.match(full.text, /Clara Counsel \(clara@chambers.example\)/);
});

test("SDT-14: that somebody whom it is not for had opened it before is said first, and it is not on its way where all is paused", async () => {
  const transfer = await desk.released([desk.clara]);
  await desk.take(transfer, arrived, handOut, open, misdirect);
  const opened = /says that (it|WB-[^ ]*) is not for them\. Their access has ended\. They had opened it before, on/;
  assert.match((await desk.browser.get(`/transfers/${transfer.reference}`)).text, opened);
  assert.match((await desk.browser.get("/")).text, opened);
});

test("what recipients said waits at home until it is seen to, and the latest of it comes first", async () => {
  const transfer = await desk.released([desk.clara, desk.deaf]);
  const { reference } = transfer;
  const path = `/transfers/${reference}`;
  const [first, second] = transfer.recipients;
  await desk.take(transfer, misdirect);
  const problem = { kind: "damaged", text: "It does not open" } as const;
  const turned = { ...transfer, recipients: transfer.recipients.toReversed() };
  await desk.take(turned, arrived, (...rows) => reportProblem(rows[0], rows[1], problem, rows[2]));
  const home = (await desk.browser.get("/")).text;
  assert.match(home, new RegExp(`Clara Counsel says that ${reference} is not for them`));
  assert.match(home, new RegExp(`Dewi Davies says that something is wrong with ${reference}`));
  assert.ok(!home.includes("They have said so"));
  assert.match(
    (await desk.browser.get(path)).text,
    /next-heading[\s\S]*Dewi Davies says that something is wrong[\s\S]*Recipients/,
  );
  await desk.take(turned, (...rows) => reportProblem(rows[0], rows[1], problem, rows[2]));
  for (const page of ["/", path]) {
    assert.match(
      (await desk.browser.get(page)).text,
      /They have said so 2 times, last on \d+ [A-Z][a-z]+ \d{4}, /,
      page,
    );
  }
  assert.match((await desk.browser.get(`${path}/recipients/${second?.id}`)).text, /I have seen to it/);
  await desk.browser.form(`${path}/recipients/${second?.id}/seen`, {});
  assert.match((await desk.browser.get(path)).text, /next-heading[\s\S]*Clara Counsel says that it is not for them/);
  await desk.browser.form(`${path}/recipients/${first?.id}/seen`, {});
  assert.match((await desk.browser.get(path)).text, /Tell Dewi Davies the six words/);
  const after = (await desk.browser.get("/")).text;
  assert.ok(!after.includes(`says that ${reference}`) && !after.includes(`is wrong with ${reference}`));
});

test("nobody else had to agree, so the history claims no agreement", async () => {
  const transfer = await desk.released();
  assert.ok((await desk.kindsOf(transfer)).includes("transfer-approved"));
  assert.ok(!(await desk.browser.get(`/transfers/${transfer.reference}`)).text.includes("Agreed"));
});

test("a stand-in who was deactivated is not shown as somebody who tells the words", async () => {
  const leaver = await addMember(desk.server, "Lee Leaver");
  const transfer = await releaseTransfer(desk.server, desk.sender, [{ contact: desk.clara }], utf8("x"), {
    standInId: leaver.id,
  });
  const path = `/transfers/${transfer.reference}`;
  assert.ok(!(await desk.browser.get(path)).text.includes("cannot sign in any more"));
  await desk.server.records.write(async (tx) => {
    await tx.saveMember({ ...leaver, state: "deactivated" });
    await tx.append(sampleEvent());
  });
  assert.match(
    (await desk.browser.get(path)).text,
    /They cannot sign in any more, so nobody tells the words in your place/,
  );
});
