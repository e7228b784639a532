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

test("SDT-14: “not for me” from the proved mailbox ends access at once and for good, and tells the sender", async () => {
  const { id, link, reference } = await desk.sent({ contact: desk.clerk });
  const device = await ReceivingDevice.proved(desk.server, id);
  const other = await ReceivingDevice.proved(desk.server, id);
  await device.arrive();
  assert.match((await device.get(`${link}/not-for-me`)).text, /ends at once and for good/);
  const said = await device.form(`${link}/not-for-me`, {});
  assert.equal(said.status, 200);
  assert.match(said.text, /do not read on, copy it or show it to anybody/);
  const after = await desk.row(id);
  assert.deepEqual([after.state, after.grant], ["misdirected", null]);
  for (const each of [device, other]) assert.equal((await each.get(`/api/r/${id}`)).status, 401);
  assert.equal((await device.get(link)).status, 404);
  assert.ok(
    (await desk.mailAbout(desk.sender.address, reference)).some(({ subject }) => subject.includes("not for them")),
  );
});

test("SDT-14: “not for me” from whoever only holds the link pauses, destroys nothing, and asks the sender once", async () => {
  const { id, link, reference } = await desk.sent({ contact: desk.clerk });
  const reader = await ReceivingDevice.proved(desk.server, id);
  await reader.arrive();
  const stranger = new Visitor(desk.server);
  assert.match((await stranger.get(`${link}/not-for-me`)).text, /You have not shown that this is your mailbox/);
  assert.match((await stranger.form(`${link}/pause`, {})).text, /The package is paused/);
  assert.match((await stranger.form(`${link}/pause`, {})).text, /The package is paused/);
  const after = await desk.row(id);
  assert.equal(after.state, "paused");
  assert.ok(after.grant && after.arrival, "nothing is lost");
  assert.equal((await desk.eventsOf(reference)).filter((kind) => kind === "access-paused").length, 1);
  assert.equal(
    (await desk.mailAbout(desk.sender.address, reference)).filter(({ subject }) => subject.includes("paused")).length,
    1,
  );
  assert.equal((await reader.get(`${link}/wait`)).status, 409);
  assert.equal((await stranger.form(`${link}/code`, {})).status, 404, "no codes while the sender is asked");
});

test("pausing is limited to three a day for one link, whoever asks", async () => {
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const statuses: number[] = [];
    for (let times = 0; times < 4; times++) {
      statuses.push((await new Visitor(strict).form("/r/AAAAAAAAAAAAAAAAAAAAAA/pause", {})).status);
    }
    assert.deepEqual(statuses, [404, 404, 404, 429]);
  } finally {
    await strict.stop();
  }
});

test("“something is wrong” asks what, is recorded, and the sender is told; a mistake keeps what was typed", async () => {
  const { id, link, reference } = await desk.sent({ contact: desk.clerk });
  const device = await ReceivingDevice.proved(desk.server, id);
  await device.arrive();
  const mistake = await device.form(`${link}/problem`, { detail: "Page 3" });
  assert.equal(mistake.status, 422);
  assert.match(mistake.text, /Page 3<\/textarea>/);
  assert.match(mistake.text, /href="#kind"/);
  assert.equal((await device.form(`${link}/problem`, { kind: "other", detail: "x".repeat(1001) })).status, 422);
  assert.equal(
    (await device.form(`${link}/problem`, { kind: "not-for-me", detail: "" })).headers.get("location"),
    `${link}/not-for-me`,
  );
  assert.match(
    (await device.form(`${link}/problem`, { kind: "missing", detail: "Page 3" })).text,
    /The sender has been told/,
  );
  const last = (await desk.server.records.read.eventsOf(reference)).at(-1);
  assert.deepEqual(last?.detail, { kind: "missing", text: "Page 3" });
});
