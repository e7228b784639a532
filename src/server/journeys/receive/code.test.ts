import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { foundOrganisation } from "../../../testing/organisation.ts";
import { openReceivingDesk, type ReceivingDesk } from "../../../testing/receiving-desk.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { startServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let desk: ReceivingDesk;
before(async () => {
  desk = await openReceivingDesk();
});
after(() => desk.stop());

test("SDT-2: a code by email, arrival, and the page that says who tells the six words and how", async () => {
  const { id, link, reference, token } = await desk.sent({ contact: desk.clerk });
  const device = await ReceivingDevice.of(desk.server, id);
  assert.equal((await device.form(`${link}/code`, {})).headers.get("location"), `${link}/code`);
  const page = await device.get(`${link}/code`);
  assert.match(page.text, /autocomplete="one-time-code"/);
  const code = await desk.codeFor("olu@chambers.example", reference);
  const entered = await device.form(`${link}/prove`, { code });
  assert.equal(entered.headers.get("location"), link);
  assert.equal((await device.get(link)).headers.get("location"), `${link}/arrive`);
  assert.match((await device.get(`${link}/arrive`)).text, /Ada Clerk sees that the package has reached you/);
  assert.equal((await device.arrive()).status, 200);
  assert.equal((await device.get(link)).headers.get("location"), `${link}/wait`);
  const wait = await device.get(`${link}/wait`);
  assert.match(wait.text, /Ada Clerk will tell you them by phone, on the number ending 42\./);
  assert.doesNotMatch(wait.text, /460142/, "no more of the number than its end");
  assert.match(wait.text, /The words never come by email/, "OXM-23");
  await device.opened(token);
  await device.receipt(token);
  assert.equal((await device.get(link)).headers.get("location"), `${link}/done`);
  const done = await device.get(`${link}/done`);
  assert.match(done.text, /This information is OFFICIAL\./);
  assert.match(done.text, /until 5 December 2026/);
  assert.deepEqual((await desk.eventsOf(reference)).slice(-6), [
    "code-sent",
    "mailbox-proved",
    "recipient-arrived",
    "grant-handed-out",
    "recipient-opened",
    "receipt-signed",
  ]);
});

test("whoever has a code already is not told that one was sent just now", async () => {
  const { id } = await desk.sent({ contact: desk.clerk });
  const visitor = new Visitor(desk.server);
  const link = /href="([^"]+)">I have a code already/.exec((await visitor.get(`/r/${id}`)).text)?.[1] ?? "";
  const page = (await visitor.get(link)).text;
  assert.match(page, /Enter a code that was sent to/);
  assert.ok(!page.includes("We have sent a code"));
  assert.match((await visitor.form(`/r/${id}/prove`, { code: "12345678" })).text, /Enter a code that was sent to/);
  assert.match((await visitor.get(`/r/${id}/code`)).text, /We have sent a code to/);
  assert.match((await visitor.get(`${link}&lang=cy`)).text, /Rhowch god a anfonwyd i/);
});

test("after five wrong codes the page says only how long to wait, until when and whom to ask", async () => {
  const { link } = await desk.sent({ contact: desk.welsh });
  const visitor = new Visitor(desk.server);
  await visitor.form(`${link}/code`, {});
  for (let times = 0; times < 4; times++) await visitor.form(`${link}/prove`, { code: "00000000" });
  for (const page of [
    await visitor.form(`${link}/prove`, { code: "00000000" }),
    await visitor.get(`${link}/code`),
    await visitor.form(`${link}/code`, {}),
  ]) {
    assert.equal(page.status, 429);
    assert.match(page.text, /canslwyd pob cod am 15 munud/);
    assert.match(page.text, /O \d+:\d\dy[bh] ymlaen/);
    assert.ok(page.text.includes(desk.sender.address));
    assert.doesNotMatch(page.text, /<form|Rydym wedi anfon cod/);
  }
});

test("“continue on another device”: the shown code opens the mailbox's session there, once, for ten minutes", async () => {
  const { id, link, reference } = await desk.sent({ contact: desk.clerk });
  const phone = await ReceivingDevice.proved(desk.server, id);
  await phone.arrive();
  const shown = async () => {
    const page = await phone.form(`${link}/device`, {});
    const code = /wb-reference">([0-9A-Z]{4} [0-9A-Z]{4})</.exec(page.text)?.[1];
    assert.ok(code);
    return code;
  };
  const old = await shown();
  const code = await shown();
  const laptop = await ReceivingDevice.of(desk.server, id);
  assert.equal((await laptop.form("/continue", { code: "0000 0000" })).status, 422);
  assert.equal((await laptop.form("/continue", { code: old })).status, 422, "only the code on the page");
  const typed = code.toLowerCase().replace("0", "o").replace("1", "l").replace(" ", "-");
  assert.equal((await laptop.form("/continue", { code: typed })).headers.get("location"), `${link}/arrive`);
  assert.match((await laptop.get(`${link}/arrive`)).text, /Arrival was confirmed on another device/);
  assert.equal((await laptop.arrive()).status, 200);
  assert.equal((await new Visitor(desk.server).form("/continue", { code })).status, 422, "once");
  const late = await shown();
  desk.server.clock.advance(10 * 60_000);
  assert.equal((await new Visitor(desk.server).form("/continue", { code: late })).status, 422, "ten minutes");
  const proofs = (await desk.server.records.read.eventsOf(reference)).filter((each) => each.kind === "mailbox-proved");
  assert.deepEqual(
    proofs.map((each) => each.detail.by),
    ["continue"],
  );
});

test("SDT-14: a code that was sent before a package was taken back leads to the reason, and a wrong one to nothing", async () => {
  const { id, link, reference } = await desk.sent({ contact: desk.clerk });
  const visitor = new Visitor(desk.server);
  assert.equal((await visitor.form(`${link}/code`, {})).status, 303);
  const mail = (await desk.server.mail()).findLast(
    ({ recipientId, text }) => recipientId === id && /\d{4} ?\d{4}/.test(text),
  );
  const code = /\b\d{4} ?\d{4}\b/.exec(mail?.text ?? "")?.[0] ?? "";
  const sender = await new Visitor(desk.server).signIn(desk.sender.id);
  assert.equal((await sender.form(`/transfers/${reference}/take-back`, {})).status, 303);
  const wrong = await visitor.form(`${link}/prove`, { code: "00000001" });
  assert.equal(wrong.status, 404);
  assert.doesNotMatch((await visitor.get(link)).text, /took it back/);
  const right = await visitor.form(`${link}/prove`, { code });
  assert.deepEqual([right.status, right.headers.get("location")], [303, link]);
  assert.match((await visitor.get(link)).text, /took it back/);
});

test("guessing codes of other devices is limited for one network address", async () => {
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const guesser = new Visitor(strict);
    const statuses = new Set<number>();
    for (let times = 0; times < 11; times++)
      statuses.add((await guesser.form("/continue", { code: `0000 000${times % 10}` })).status);
    assert.deepEqual([...statuses], [422, 429]);
  } finally {
    await strict.stop();
  }
});

test("OXM-21: a page that said what was wrong with a form says what became of the package, once it is over", async () => {
  const { link, reference } = await desk.sent({ contact: desk.clerk });
  const visitor = new Visitor(desk.server);
  await visitor.form(`${link}/code`, {});
  const mistake = (await visitor.api("POST", `${link}/prove`, { code: "00000000" })).headers.get("location") ?? "";
  assert.match((await visitor.get(mistake)).text, /That code is not right/);
  await desk.takeBack(reference);
  const over = await visitor.get(mistake);
  assert.equal(over.status, 404);
  assert.doesNotMatch(over.text, /That code is not right/);
});
