import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { openReceivingDesk, type ReceivingDesk } from "../../../testing/receiving-desk.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { startServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let desk: ReceivingDesk;
before(async () => {
  desk = await openReceivingDesk();
});
after(() => desk.stop());

test("SIS-23: the link's page names sender, work address, organisation, reference, and how to check that it is genuine", async () => {
  const { link, reference } = await desk.sent({ contact: desk.clerk });
  const page = await new Visitor(desk.server).get(link);
  assert.equal(page.status, 200);
  for (const said of [
    "Ada Clerk",
    desk.sender.address,
    "Example Council",
    reference,
    "www.council.example",
    "/genuine",
  ]) {
    assert.ok(page.text.includes(said), said);
  }
  assert.ok(page.text.includes("o…@chambers.example"));
  assert.ok(!page.text.includes("olu@chambers.example"), "a link-holder learns no address");
  assert.ok(page.text.includes("This is not for me"), "SDT-14");
});

test("SDT-2, SDT-14: who kept a passkey reads whom it is from, signs in or says that it is not for them; a colleague signs in", async () => {
  const { server } = desk;
  const keys = await generateKeyPair();
  const outside = await addMember(server, "Olive Outside", { address: "olive@chambers.example" });
  const { link, reference } = await desk.sent({ member: outside, keys });
  for (const [lang, signIn] of [
    ["en", "Sign in with your passkey"],
    ["cy", "Mewngofnodi â’ch allwedd mynediad"],
  ]) {
    const page = await new Visitor(server).get(`${link}?lang=${lang}`);
    assert.equal(page.status, 200);
    const next = `/sign-in?next=${encodeURIComponent(link)}`;
    for (const said of [desk.sender.address, reference, signIn ?? "", `${link}/not-for-me`, next, "/recover"])
      assert.ok(page.text.includes(said), said);
    assert.ok(!page.text.includes(`${link}/code`), "a code is no way in for them");
  }
  assert.equal((await new Visitor(server).form(`${link}/code`, {})).status, 404);
  const colleague = await addMember(server, "Cara Colleague");
  const { link: theirs } = await desk.sent({ member: colleague, keys });
  assert.equal(
    (await new Visitor(server).get(theirs)).headers.get("location"),
    `/sign-in?next=${encodeURIComponent(theirs)}`,
  );
});

test("OXM-24: opening the link, as scanners and previews do, uses nothing up and changes nothing", async () => {
  const { id, link, reference } = await desk.sent({ contact: desk.clerk });
  const [rowBefore, before] = [await desk.row(id), await desk.eventsOf(reference)];
  const scanner = new Visitor(desk.server);
  for (const path of [
    "",
    "/code",
    "/not-for-me",
    "/arrive",
    "/wait",
    "/open",
    "/done",
    "/problem",
    "/device",
    "/ask",
  ]) {
    for (let times = 0; times < 2; times++) assert.ok((await scanner.get(link + path)).status < 500, path);
    for (const method of ["HEAD", "OPTIONS"]) assert.ok((await scanner.ask(method, link + path)).status < 500, path);
  }
  assert.deepEqual(await desk.row(id), rowBefore);
  assert.deepEqual(await desk.eventsOf(reference), before);
  assert.deepEqual(await desk.mailAbout(desk.clerk.addresses[0]?.address ?? "", reference), []);
});

test("OXM-24, OXM-9: pages behind the link send whoever has not proved the mailbox back to its front", async () => {
  const { link } = await desk.sent({ contact: desk.clerk });
  const stranger = new Visitor(desk.server);
  for (const path of ["/arrive", "/wait", "/open", "/done", "/problem", "/device"]) {
    const answer = await stranger.get(link + path);
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, link], path);
  }
  for (const path of ["/ask", "/problem", "/device", "/not-for-me"]) {
    assert.equal((await stranger.form(link + path, {})).status, 401, path);
  }
});

test("a page is in the recipient's language, and in the other when asked", async () => {
  const { link } = await desk.sent({ contact: desk.welsh });
  const visitor = new Visitor(desk.server);
  const page = await visitor.get(link);
  assert.match(page.text, /<html lang="cy"/);
  assert.match(page.text, /Mae Ada Clerk o Example Council wedi anfon gwybodaeth atoch yn ddiogel/);
  const english = await visitor.get(`${link}?lang=en`);
  assert.match(english.text, /<html lang="en"/);
  assert.match((await visitor.get(`${link}/code`)).text, /<html lang="en"/, "and stays so in this browser");
  await visitor.get(`${link}?lang=cy`);
  await visitor.form(`${link}/code`, {});
  assert.match((await desk.server.mail("rhys@chambers.example")).at(-1)?.text ?? "", /Eich cod yw \d{4} \d{4}/);
});

test("refusals, and links that open nothing, stand in both languages where recipients are, and send nobody to a start page", async () => {
  const visitor = new Visitor(desk.server);
  for (const path of [
    "/r/AAAAAAAAAAAAAAAAAAAAAA",
    "/r/AAAAAAAAAAAAAAAAAAAAAA/open",
    "/r/AAAAAAAAAAAAAAAAAAAAAA/elsewhere",
  ]) {
    for (const query of ["", "?lang=cy"]) {
      const page = await visitor.get(path + query);
      assert.equal(page.status, 404, path);
      assert.ok(
        page.text.includes(`${path}?lang=${query === "" ? "cy" : "en"}`),
        "a link to the other language that works",
      );
      assert.match(page.text, query === "" ? /<section lang="cy">/ : /<html lang="cy"/);
      assert.match(page.text, /yn yr e-bost eto|o’r e-bost eto/);
      assert.doesNotMatch(page.text, /start page/);
    }
    await visitor.get(`${path}?lang=en`);
  }
  const strict = await startServer();
  try {
    await foundOrganisation(strict);
    const many = new Visitor(strict);
    let last = await many.form("/continue", { code: "AAAA" });
    for (let times = 0; times < 40 && last.status !== 429; times++)
      last = await many.form("/continue", { code: "AAAA" });
    assert.equal(last.status, 429);
    assert.match(last.text, /Arhoswch funud/);
    assert.match(last.text, /Nothing is lost: wait \d+ minutes?/);
    assert.doesNotMatch(last.text, /start page/);
  } finally {
    await strict.stop();
  }
});

test("an unknown link, one not released yet and one that is over answer the same page to whoever only holds the link", async () => {
  const over = await desk.sent({ contact: desk.welsh });
  await desk.takeBack(over.reference);
  const draft = await desk.sent({ contact: desk.welsh });
  await desk.server.records.write(async (tx) => {
    await tx.saveRecipient({ ...(await desk.row(draft.id)), state: "named" });
    await tx.append({
      kind: "transfer-changed",
      at: desk.server.clock.now().toISOString(),
      actor: { kind: "system" },
      reference: null,
      recipientId: null,
      detail: {},
    });
  });
  const shape = async (id: string, method: "GET" | "POST", path: string) => {
    const visitor = new Visitor(desk.server);
    const answer =
      method === "GET"
        ? await visitor.get(`/r/${id}${path}`)
        : await visitor.form(`/r/${id}${path}`, { code: "12345678" });
    return [
      answer.status,
      answer.text.replaceAll(id, "ID").replaceAll(/(content|value)="[A-Za-z0-9_-]{43}"/g, "TOKEN"),
    ];
  };
  for (const [method, path] of [
    ["GET", ""],
    ["GET", "/code"],
    ["GET", "/not-for-me"],
    ["POST", "/code"],
    ["POST", "/prove"],
    ["POST", "/pause"],
  ] as const) {
    const unknown = await shape("AAAAAAAAAAAAAAAAAAAAAA", method, path);
    assert.equal(unknown[0], 404);
    assert.deepEqual(await shape(over.id, method, path), unknown, `${method} ${path}`);
    assert.deepEqual(await shape(draft.id, method, path), unknown, `${method} ${path}`);
  }
});

test("OXM-21: whoever holds only the link reads that it has expired once its day is over, whatever ended it before, and no name", async () => {
  const [over, back] = [await desk.sent({ contact: desk.clerk }), await desk.sent({ contact: desk.clerk })];
  await desk.takeBack(back.reference);
  for (const { reference } of [over, back]) {
    await desk.server.records.write(async (tx) => {
      const transfer = (await tx.transfer(reference)) ?? assert.fail();
      await tx.saveTransfer({ ...transfer, expiresAt: desk.server.clock.now().toISOString() });
      await tx.append(sampleEvent({ kind: "expiry-shortened", reference }));
    });
  }
  const visitor = new Visitor(desk.server);
  for (const { link } of [over, back]) {
    for (const path of ["", "/code", "/not-for-me"]) {
      const { status, text } = await visitor.get(link + path);
      assert.equal(status, 410, path);
      assert.match(text, /This package has expired[\s\S]*Mae’r pecyn hwn wedi dod i ben/);
      assert.ok(!text.includes(desk.sender.name) && !text.includes("taken back"));
    }
    assert.equal((await visitor.form(`${link}/code`, {})).status, 410);
    assert.equal((await visitor.form(`${link}/pause`, {})).status, 410);
  }
});

test("whoever proved the mailbox learns that it was taken back, and whom to ask", async () => {
  const { id, link, reference } = await desk.sent({ contact: desk.clerk });
  const device = await ReceivingDevice.proved(desk.server, id);
  await device.arrive();
  await desk.takeBack(reference);
  for (const path of ["", "/wait", "/open", "/problem", "/device"]) {
    const answer = await device.get(link + path);
    assert.equal(answer.status, 410, path);
    assert.match(answer.text, /This package was taken back/);
    assert.ok(answer.text.includes(desk.sender.address));
  }
});
