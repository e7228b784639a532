import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addContact, addKey, addMember } from "../../../testing/organisation.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleEvent } from "../../../testing/samples.ts";
import { openSendingDesk, type SendingDesk } from "../../../testing/sending-desk.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { matchRecipients } from "../../drafts/match-recipients.ts";
import { readStandIn } from "./stand-in.ts";

let desk: SendingDesk;
let olga: Member;
before(async () => {
  desk = await openSendingDesk();
  olga = await addMember(desk.server, "Olga Outside", { address: "olga@outside.example" });
  await addKey(desk.server, olga.id, await generateKeyPair());
});
after(() => desk.stop());

async function named(typed: string, to: readonly string[] = []): Promise<string> {
  const { read } = desk.server.records;
  const { matched } = await matchRecipients(read, to);
  const found = await readStandIn(read, typed, desk.sender.id, matched);
  return "why" in found ? found.why : (found.id ?? "nobody");
}

test("SDT-13, SDT-17: a stand-in is a colleague with a work address: nobody from outside, by address or by name", async () => {
  assert.equal(await named("ben.other@council.example"), desk.colleague.id);
  assert.equal(await named("Ben Other", ["clara@chambers.example"]), desk.colleague.id);
  for (const typed of [olga.address, "Olga Outside", "clara@chambers.example"]) {
    assert.equal(await named(typed), "Only a colleague with a work address can tell the words in your place", typed);
  }
});

test("SDT-13: whoever receives it does not tell its words, under another address of theirs neither", async () => {
  const refused = "Ben Other is to receive this themselves. Choose somebody else";
  assert.equal(await named("Ben Other", ["ben.other@council.example"]), refused);
  await addContact(desk.server, desk.sender, "B. Other", "ben@home.example", {
    addresses: [
      { address: "ben@home.example", verified: null },
      { address: desk.colleague.address, verified: null },
    ],
  });
  assert.equal(await named("ben.other@council.example", ["ben@home.example"]), refused);
});

test("SDT-13: who was named and is no colleague, or receives it by now, is sealed nothing, told nothing and shown nothing", async () => {
  const { server, sender, colleague } = desk;
  const clara = await server.records.read.contactByAddress("clara@chambers.example");
  assert.ok(clara);
  const [key] = await server.records.read.keysOf(colleague.id);
  const recipient = key?.recipient ?? "";
  const release = async (standInId: string, more: object[] = []) => {
    const to = [{ contact: clara }, ...more] as Parameters<typeof releaseTransfer>[2];
    const { reference } = await releaseTransfer(server, sender, to, new Uint8Array(10), { standInId });
    return reference;
  };
  const [right, outside, receives] = [
    await release(colleague.id),
    await release(olga.id),
    await release(colleague.id, [{ member: colleague, keys: { ...(await generateKeyPair()), recipient } }]),
  ];
  const outsider = await new Visitor(server).signIn(olga.id);
  const own = async (reference: string) => (await desk.view(reference)).senderKeys.map(({ address }) => address);
  assert.deepEqual(await own(right), [sender.address, colleague.address]);
  assert.equal((await desk.stranger.get(`/api/transfers/${right}/words`)).status, 200);
  for (const [reference, visitor] of [
    [outside, outsider],
    [receives, desk.stranger],
  ] as const) {
    assert.deepEqual(await own(reference), [sender.address], "nothing is sealed to them");
    for (const path of [
      `/api/transfers/${reference}`,
      `/api/transfers/${reference}/words`,
      `/transfers/${reference}`,
    ]) {
      assert.equal((await visitor.get(path)).status, 404, path);
    }
    assert.match((await desk.browser.get(`/transfers/${reference}`)).text, /so nobody tells the words in your place/);
  }
});

test("SDT-17: a stand-in whose mail domain is the organisation's no longer tells no words", async () => {
  const { server, sender, colleague } = desk;
  const clara = await server.records.read.contactByAddress("clara@chambers.example");
  assert.ok(clara);
  const given = { standInId: colleague.id };
  const { reference } = await releaseTransfer(server, sender, [{ contact: clara }], new Uint8Array(10), given);
  assert.equal((await desk.stranger.get(`/api/transfers/${reference}/words`)).status, 200);
  const moved = { ...colleague, address: "ben.other@elsewhere.example" };
  const become = (member: Member) =>
    server.records.write(async (tx) => {
      await tx.saveMember(member);
      await tx.append(sampleEvent({ kind: "member-changed" }));
    });
  await become(moved);
  assert.equal((await desk.stranger.get(`/api/transfers/${reference}/words`)).status, 404);
  await become(colleague);
});
