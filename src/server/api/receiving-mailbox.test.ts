import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Contact } from "../../domain/contact.ts";
import type { Member } from "../../domain/member.ts";
import type { CodeAnswer, ProveAnswer, ReceivingView, WordsNews } from "../../domain/wire/receiving.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { releaseTransfer } from "../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";

let server: TestServer;
let sender: Member;
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
});
after(() => server.stop());

let count = 0;
/** The id of an outside recipient, and their address. */
async function outsider(changes: Partial<Contact> = {}): Promise<{ id: string; address: string; reference: string }> {
  const address = `clerk${++count}@chambers.example`;
  const contact = await addContact(server, sender, "Olu Adeyemi", address, changes);
  const { recipients, reference } = await releaseTransfer(server, sender, [{ contact }], new Uint8Array(1));
  return { id: recipients[0]?.id ?? "", address, reference };
}

/** A program without cookies, as the command line is. */
async function ask(method: string, path: string, body: unknown, token = ""): Promise<Response> {
  const headers: Record<string, string> = token === "" ? {} : { authorization: `Bearer ${token}` };
  const payload = method === "GET" ? {} : { body: JSON.stringify(body) };
  if (method !== "GET") headers["content-type"] = "application/json";
  return fetch(new URL(path, server.url), { method, headers, ...payload });
}

async function codeIn(address: string): Promise<string> {
  const texts = (await server.mail(address)).map(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1]);
  return texts.findLast((each) => each !== undefined) ?? assert.fail("no code was mailed");
}

async function proved({ id, address }: { id: string; address: string }): Promise<string> {
  assert.equal((await ask("POST", `/api/r/${id}/code`, {})).status, 200);
  const answer = await ask("POST", `/api/r/${id}/prove`, { code: await codeIn(address) });
  assert.equal(answer.status, 200);
  return ((await answer.json()) as ProveAnswer).token;
}

describe("SDT-2: the mailbox is proved without a browser", () => {
  test("a code is mailed, its answer shows what the link's page shows, and the right one gives this recipient's token alone", async () => {
    const [mine, another] = [await outsider(), await outsider()];
    const answer = await ask("POST", `/api/r/${mine.id}/code`, {});
    const { sender: from, mailbox, reference, minutes, tries, pauseMinutes } = (await answer.json()) as CodeAnswer;
    assert.deepEqual(from, { name: sender.name, address: sender.address });
    assert.deepEqual([reference, mailbox], [mine.reference, "c…@chambers.example"]);
    assert.deepEqual([minutes, tries, pauseMinutes], [10, 5, 15]);
    const token = await proved(mine);
    const view = await ask("GET", `/api/r/${mine.id}`, null, token);
    assert.equal(((await view.json()) as ReceivingView).recipient.address, mine.address);
    assert.equal(view.headers.getSetCookie().length, 0);
    assert.equal((await ask("GET", `/api/r/${another.id}`, null, token)).status, 401);
    assert.equal((await ask("GET", "/api/inbox", null, token)).status, 401, "it is no member's session");
    assert.equal((await ask("GET", `/api/r/${mine.id}`, null, "A".repeat(43))).status, 401);
    const events = (await server.records.read.eventsOf(mine.reference)).map(({ kind }) => kind);
    assert.deepEqual(events.slice(-3), ["code-sent", "code-sent", "mailbox-proved"]);
  });

  test("wrong codes count together with those of the pages: after five, none is taken and none is sent", async () => {
    const mine = await outsider();
    await ask("POST", `/api/r/${mine.id}/code`, {});
    const right = (await codeIn(mine.address)).replace(" ", "");
    const wrong = `${right.startsWith("0") ? "1" : "0"}${right.slice(1)}`;
    const browser = await ReceivingDevice.of(server, mine.id);
    assert.equal((await browser.form(`/r/${mine.id}/prove`, { code: wrong })).status, 422);
    for (let times = 2; times < 5; times++)
      assert.equal((await ask("POST", `/api/r/${mine.id}/prove`, { code: wrong })).status, 422);
    const fifth = await ask("POST", `/api/r/${mine.id}/prove`, { code: wrong });
    assert.deepEqual([fifth.status, fifth.headers.get("retry-after")], [429, "900"]);
    assert.equal((await ask("POST", `/api/r/${mine.id}/prove`, { code: right })).status, 429);
    assert.equal((await ask("POST", `/api/r/${mine.id}/code`, {})).status, 429);
  });

  test("the seventh code of an hour is refused, and says so", async () => {
    const mine = await outsider();
    for (let times = 0; times < 6; times++) assert.equal((await ask("POST", `/api/r/${mine.id}/code`, {})).status, 200);
    const refused = await ask("POST", `/api/r/${mine.id}/code`, {});
    assert.equal(refused.status, 429);
    assert.match(((await refused.json()) as { message: string }).message, /an hour/);
  });

  test("with a browser's cookies a token does not stand in for the page's own", async () => {
    const mine = await outsider();
    const token = await proved(mine);
    const headers = { authorization: `Bearer ${token}`, cookie: "waybill-form=x", "content-type": "application/json" };
    const forged = await fetch(new URL(`/api/r/${mine.id}/nonce`, server.url), { method: "POST", headers, body: "{}" });
    assert.equal(forged.status, 403);
  });
});

test("SDT-13: how the words will be told, and what was recorded of it, is said without them; asking again reaches the sender", async () => {
  const mine = await outsider();
  const token = await proved(mine);
  const news = async () => (await (await ask("GET", `/api/r/${mine.id}/words`, null, token)).json()) as WordsNews;
  assert.deepEqual(await news(), {
    channel: "phone",
    ending: "42",
    toldAt: null,
    noAnswerAt: null,
    askedAt: null,
    teller: sender.name,
  });
  assert.equal((await ask("POST", `/api/r/${mine.id}/ask`, {}, token)).status, 409, "not before arrival");
  const device = await ReceivingDevice.proved(server, mine.id);
  await device.arrive();
  const mails = async () => (await server.mail(sender.address)).length;
  const earlier = await mails();
  assert.equal((await ask("POST", `/api/r/${mine.id}/ask`, {}, token)).status, 200);
  assert.equal(await mails(), earlier + 1);
  assert.notEqual((await news()).askedAt, null);
});
