import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Recipient } from "../../domain/transfer.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor } from "../../testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { sampleEvent, sampleFacts } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, sealedDraft, signedTransfer } from "../../testing/signed-transfer.ts";
import { notReceived } from "../assessing/arrangements.ts";

const CLARA = "clara@chambers.example";
const PERSONAL = {
  facts: { personal: true, special: false, offences: false, people: 3 },
  expecting: true,
  legitimateNeed: "Reads it",
};

let server: TestServer;
let line: SigningSender;
let first: SigningSender;
let second: SigningSender;
let deputy: SigningSender;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  first = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  second = await addSigner(server, "Tom Senior", { roles: ["senior-manager"] });
  deputy = await addSigner(server, "Dee Deputy");
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  for (const { member } of [line, first, sender]) await addKey(server, member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

test("SDT-3: of two who hold a role, the one whom it is for is neither asked nor heard, and the other is", async () => {
  const { reference } = await signedTransfer(sender, [CLARA, first.member.address], undefined, {
    ...BULK,
    legitimateNeed: "Reads it",
  });
  const id = await requestFor(server, reference, "senior-manager");
  assert.deepEqual(await server.mail(first.member.address), [], "nothing to answer");
  assert.doesNotMatch((await first.visitor.get("/to-agree")).text, new RegExp(reference));
  const page = await first.visitor.get(`/to-agree/${id}`);
  assert.match(page.text, /This transfer is for you, so somebody else has to answer as senior manager/);
  await assert.rejects(answerRequest(server, first, id, "approve"), /cannot answer/);
  const asked = await first.visitor.api("POST", `/api/to-agree/${id}/options`, {});
  assert.equal(asked.status, 409, "programs are told so too");
  await answerRequest(server, second, id, "approve");
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  assert.equal((await server.records.read.transfer(reference))?.state, "released");
});

test("SDT-3: a line manager whom it is for cannot agree; the sender is told before signing, and a deputy may answer", async () => {
  const draft = await sealedDraft(sender.visitor, [line.member.address], undefined, PERSONAL);
  const check = await sender.visitor.get(`/transfers/${draft.reference}/check`);
  assert.match(check.text, /nobody but you and people whom it is for, who cannot agree to it,/);
  await assert.rejects(signedTransfer(sender, [line.member.address], undefined, PERSONAL), {
    message: /whom it is not for\. Name a deputy for them/,
  });
  const at = server.clock.now().toISOString();
  await server.records.write(async (tx) => {
    await tx.saveDeputy({
      ...{
        id: "dee",
        principalId: line.member.id,
        deputyId: deputy.member.id,
        from: at,
        until: "2099-01-01T00:00:00.000Z",
      },
      ...{ appointedBy: line.member.id, createdAt: at, endedAt: null },
    });
    await tx.append(sampleEvent());
  });
  const { reference } = await signedTransfer(sender, [line.member.address], undefined, PERSONAL);
  await answerRequest(server, deputy, await requestFor(server, reference, "line-manager"), "approve");
  assert.equal((await server.records.read.transfer(reference))?.state, "released");
});

test("SDT-3: for programs, an approval by a recipient counts for nothing, and what is asked is answered only where it is wanted", async () => {
  const ask = async (by: string, to: string, query = "") => {
    const stated = sampleFacts({ ...PERSONAL.facts });
    const facts = {
      ...{ purpose: stated.purpose, necessity: stated.necessity, classification: "OFFICIAL", ...PERSONAL.facts },
      people: { count: 3 },
      sender: { address: sender.member.address },
      recipients: [{ name: "Somebody", address: to }],
      approvals: [{ role: "line-manager", by }],
    };
    const answer = await sender.visitor.api("POST", `/api/assess${query}`, facts);
    assert.equal(answer.status, 200, answer.text);
    return answer.json<{ methods: readonly { needs: readonly { need: string }[]; asked?: readonly object[] }[] }>()
      .methods;
  };
  const waits = (methods: Awaited<ReturnType<typeof ask>>) =>
    methods.every(({ needs }) => needs.some(({ need }) => need === "approval:line-manager"));
  const boss = line.member.address;
  assert.deepEqual([waits(await ask(boss, CLARA)), waits(await ask(boss, boss))], [false, true]);
  const wanted = await ask(boss, CLARA, "?asked=all");
  assert.ok(wanted.every(({ asked = [], needs }) => asked.length >= needs.length && asked.length > 0));
  assert.ok((await ask(boss, CLARA)).every((each) => !("asked" in each)));
});

test("SDT-3: a line manager who receives it at another address of theirs agrees to it neither then nor in advance", async () => {
  const home = "lena@home.example";
  const verified = { how: "From their letterhead", byMemberId: sender.member.id, at: "2026-11-01T09:00:00.000Z" };
  await addContact(server, sender.member, "Lena L.", home, {
    addresses: [home, line.member.address].map((address) => ({ address, verified })),
  });
  const { reference } = await signedTransfer(sender, [home], undefined, PERSONAL);
  const id = await requestFor(server, reference, "line-manager");
  assert.match((await line.visitor.get(`/to-agree/${id}`)).text, /This transfer is for you, so somebody else/);
  const { read } = server.records;
  const about = { reference: "a", role: "line-manager", by: line.member.address, recipients: [home] } as const;
  const limits = {
    classification: "OFFICIAL",
    people: 9,
    bytes: 9,
    method: "secure-link",
    ends: "2999-01-01",
  } as const;
  const counting = async (changes: Partial<Recipient>) => {
    const recipients = (await read.recipients(reference)).map((each) => ({ ...each, ...changes }));
    return (await notReceived(read, [{ ...about, ...limits }], recipients)).length;
  };
  const other = { party: { kind: "contact", contactId: "other" } } as const;
  assert.equal(await counting({}), 0);
  assert.equal(await counting(other), 1);
  assert.equal(await counting({ ...other, address: line.member.address }), 0);
});
