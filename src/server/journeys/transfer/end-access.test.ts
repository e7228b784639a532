import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY } from "../../../domain/clock.ts";
import { handOut, open, pause } from "../../../domain/lifecycle/recipient-arrows.ts";
import { arrived, type FollowingDesk, openFollowingDesk } from "../../../testing/following-desk.ts";
import type { ReleasedTransfer } from "../../../testing/released-transfer.ts";

let desk: FollowingDesk;
before(async () => {
  desk = await openFollowingDesk();
});
after(() => desk.stop());

test("take-back lists who was handed the sealed content and who proved opening, before it is confirmed", async () => {
  const transfer = await desk.released([desk.clara, desk.deaf]);
  await desk.take(transfer, arrived, handOut);
  const path = `/transfers/${transfer.reference}/take-back`;
  assert.match(
    (await desk.browser.get(path)).text,
    /Were handed what is sealed[\s\S]*Clara Counsel[\s\S]*Were handed nothing[\s\S]*Dewi Davies/,
  );
  await desk.take(transfer, open);
  assert.match((await desk.browser.get(path)).text, /Have shown that they opened it[\s\S]*Clara Counsel/);
  assert.equal(
    (await desk.server.records.read.transfer(transfer.reference))?.state,
    "released",
    "reading it changes nothing",
  );
  assert.equal((await desk.browser.form(path, {})).status, 303);
  assert.equal((await desk.server.records.read.transfer(transfer.reference))?.state, "recalled");
  assert.equal((await desk.browser.form(path, {})).status, 409);
});

test("OXM-21: the date can be brought forward, and never put back", async () => {
  const transfer = await desk.released();
  const path = `/transfers/${transfer.reference}/expiry`;
  assert.equal((await desk.browser.form(path, { days: "3" })).status, 303);
  const { expiresAt } = (await desk.server.records.read.transfer(transfer.reference)) ?? { expiresAt: "" };
  assert.equal(Date.parse(expiresAt) - desk.server.clock.now().getTime(), 3 * DAY);
  for (const days of ["5", "14", "0", "-1", ""])
    assert.equal((await desk.browser.form(path, { days })).status, 422, days);
  assert.equal((await desk.server.records.read.transfer(transfer.reference))?.expiresAt, expiresAt);
});

test("SDT-14: a pause asks the sender, who lets it go on or ends that access alone", async () => {
  const transfer = await desk.released([desk.clara, desk.deaf]);
  const path = `/transfers/${transfer.reference}`;
  const id = transfer.recipients[0]?.id;
  await desk.take(transfer, pause);
  assert.match((await desk.browser.get(path)).text, /said that it is not for them\.<\/p>[\s\S]*Decide/);
  assert.match((await desk.browser.get(`${path}/recipients/${id}`)).text, /The address is right: let it go on/);
  assert.equal((await desk.browser.form(`${path}/recipients/${id}/resume`, {})).status, 303);
  assert.equal((await desk.server.records.read.recipient(id ?? ""))?.state, "released");
  await desk.take(transfer, pause);
  assert.equal((await desk.browser.form(`${path}/recipients/${id}/end`, {})).status, 303);
  const rows = await desk.server.records.read.recipients(transfer.reference);
  assert.deepEqual(
    rows.map(({ state, grant }) => [state, grant === null]),
    [
      ["dropped", true],
      ["released", false],
    ],
  );
  assert.equal((await desk.browser.form(`${path}/recipients/${id}/resume`, {})).status, 409);
});

test("OXM-21: who has not confirmed receipt is told of an earlier date, in their language", async () => {
  const transfer = await desk.released([desk.clara, desk.deaf]);
  await desk.browser.form(`/transfers/${transfer.reference}/expiry`, { days: "3" });
  const mails = (await desk.server.mail()).filter(({ reference }) => reference === transfer.reference);
  const [english, welsh] = [desk.clara, desk.deaf].map((to) =>
    mails.findLast((each) => each.to === to.addresses[0]?.address),
  );
  assert.equal(english?.subject, `Reference ${transfer.reference} (earlier date)`);
  assert.equal(welsh?.subject, `Cyfeirnod ${transfer.reference} (dyddiad cynharach)`);
  const { expiresAt } = (await desk.server.records.read.transfer(transfer.reference)) ?? { expiresAt: "" };
  for (const [mail, locale] of [
    [english, "en-GB"],
    [welsh, "cy-GB"],
  ] as const) {
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Europe/London" }).format(
      new Date(expiresAt),
    );
    assert.ok(mail?.text.includes(date), date);
  }
});

test("ending access speaks of others where there are any, and what is over is offered neither taking back nor another date", async () => {
  const two = await desk.released([desk.clara, desk.deaf]);
  const end = (transfer: ReleasedTransfer) =>
    `/transfers/${transfer.reference}/recipients/${transfer.recipients[0]?.id}/end`;
  assert.match((await desk.browser.get(end(two))).text, /It goes on for the others/);
  const alone = await desk.released();
  assert.match((await desk.browser.get(end(alone))).text, /nobody can open it then/);
  assert.ok(!(await desk.browser.get(end(alone).replace(/\/end$/, ""))).text.includes("It goes on for the others"));
  await desk.browser.form(`/transfers/${alone.reference}/take-back`, {});
  for (const page of ["take-back", "expiry"]) {
    const answer = await desk.browser.get(`/transfers/${alone.reference}/${page}`);
    assert.equal(answer.headers.get("location"), `/transfers/${alone.reference}`, page);
    assert.equal((await desk.browser.get(`/transfers/${two.reference}/${page}`)).status, 200, page);
  }
});
