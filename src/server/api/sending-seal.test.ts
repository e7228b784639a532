import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { generateKeyPair } from "../../seal/keys.ts";
import { addKey, addMember } from "../../testing/organisation.ts";
import { sealTransfer } from "../../testing/sealed-transfer.ts";
import { openSendingDesk, type SendingDesk } from "../../testing/sending-desk.ts";

let desk: SendingDesk;
before(async () => {
  desk = await openSendingDesk();
});
after(() => desk.stop());

test("everything out of order is refused with 409 and changes nothing", async () => {
  const reference = await desk.draft();
  const path = `/api/transfers/${reference}`;
  assert.equal((await desk.browser.api("POST", `${path}/sign/options`, {})).status, 409, "nothing is sealed");
  assert.equal((await desk.browser.api("POST", `${path}/upload`, { size: 10 })).status, 409, "no sender's grant");
  const { sealed, url } = await desk.begin(reference);
  assert.equal((await desk.browser.api("PUT", `${path}/content`, sealed.content)).status, 409, "the body is not there");
  assert.equal((await desk.browser.api("POST", `${path}/upload`, { size: 10 })).status, 409, "a second upload");
  await desk.patch(url, 0, sealed.body);
  await desk.browser.api("PUT", `${path}/content`, sealed.content);
  assert.equal((await desk.sign(reference)).status, 200);
  const { grant } = { grant: sealed.senderGrant };
  assert.equal((await desk.browser.api("PUT", `${path}/sender-grant`, { grant })).status, 409, "after signing");
  assert.equal((await desk.browser.api("PUT", `${path}/content`, sealed.content)).status, 409, "after signing");
  assert.equal((await desk.view(reference)).senderGrant, sealed.senderGrant);
  const told = {
    recipientId: (await desk.view(reference)).recipients[0]?.id,
    told: true,
    channel: "phone",
    ending: "0142",
  };
  assert.equal((await desk.browser.api("POST", `${path}/words`, told)).status, 409, "SDT-13: before arrival no words");
});

test("content that is not sealed for exactly these recipients, or is not what it says, is refused", async () => {
  const reference = await desk.draft();
  const { sealed, url } = await desk.begin(reference);
  await desk.patch(url, 0, sealed.body);
  const { content } = sealed;
  const ids = Object.keys(content.access);
  const [words, account] = ids.map((id) => content.access[id]);
  assert.ok(words && account);
  const [first = "", second = ""] = ids;
  const other = await sealTransfer(await desk.view(await desk.draft()), "other.txt", "other");
  const cases: Record<string, unknown> = {
    "somebody is missing": { ...content, access: { [first]: words } },
    "somebody is not named": {
      ...content,
      access: { ...content.access, nobody: { ...words, tokenHash: "ab".repeat(32) } },
    },
    "grants swapped": { ...content, access: { [first]: account, [second]: words } },
    "one token for two": {
      ...content,
      access: { [first]: words, [second]: { ...account, tokenHash: words.tokenHash } },
    },
    "another manifest": { ...content, manifest: other.content.manifest },
    "a digest of something else": { ...content, content: "ab".repeat(32) },
    "no age file": { ...content, access: { ...content.access, [second]: { ...account, grant: "aGVsbG8=" } } },
    "other bytes": { ...content, totals: { items: 1, bytes: 5 } },
    "no items": { ...content, totals: { items: 0, bytes: content.totals.bytes } },
    "a negative size": { ...content, totals: { items: 1, bytes: -1 } },
  };
  for (const [what, body] of Object.entries(cases)) {
    const answer = await desk.browser.api("PUT", `/api/transfers/${reference}/content`, body);
    assert.ok(answer.status === 400 || answer.status === 409, `${what}: ${answer.status}`);
  }
  assert.equal((await desk.view(reference)).sealed, null);
  assert.equal((await desk.browser.api("PUT", `/api/transfers/${reference}/content`, content)).status, 200);
});

test("a sender's grant that is sealed to words, mixed or nothing is refused", async () => {
  const reference = await desk.draft();
  const sealed = await sealTransfer(await desk.view(reference), "a.txt", "a");
  const words = Object.values(sealed.content.access)[0]?.grant ?? "";
  for (const grant of [words, "aGVsbG8=", "", "not base64!"]) {
    assert.equal((await desk.browser.api("PUT", `/api/transfers/${reference}/sender-grant`, { grant })).status, 400);
  }
  assert.equal((await desk.view(reference)).senderGrant, null);
});

test("OXM-22: sealing waits until whoever was invited to register has a key, and then uses it", async () => {
  const late = await addMember(desk.server, "Late Joiner", { state: "invited" });
  const reference = await desk.draft([{ address: late.address }]);
  const sealed = await sealTransfer(await desk.view(await desk.draft()), "a.txt", "a");
  const path = `/api/transfers/${reference}/sender-grant`;
  assert.equal((await desk.browser.api("PUT", path, { grant: sealed.senderGrant })).status, 409);
  await desk.server.records.write(async (tx) => {
    await tx.saveMember({ ...late, state: "active" });
    const at = desk.server.clock.now().toISOString();
    const actor = { kind: "member", id: late.id } as const;
    await tx.append({ kind: "member-joined", at, actor, reference: null, recipientId: null, detail: {} });
  });
  await addKey(desk.server, late.id, await generateKeyPair());
  const now = await desk.view(reference);
  assert.deepEqual([now.recipients[0]?.access, now.recipients[0]?.keys.length], ["account", 1]);
  const { sealed: theirs, url } = await desk.begin(reference);
  await desk.patch(url, 0, theirs.body);
  assert.equal((await desk.browser.api("PUT", `/api/transfers/${reference}/content`, theirs.content)).status, 200);
  assert.equal((await desk.sign(reference)).status, 200);
  assert.equal((await desk.view(reference)).state, "released");
});
