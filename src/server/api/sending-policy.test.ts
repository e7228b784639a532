import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Member } from "../../domain/member.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { enrolPasskey } from "../../testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";
import { Visitor } from "../../testing/visitor.ts";

const CLARA = "clara@chambers.example";
/** Offences of 1,200 people, with names and addresses: personal, sensitive and bulk. */
const BULK = {
  facts: {
    classification: "OFFICIAL-SENSITIVE",
    personal: true,
    sensitive: true,
    special: false,
    offences: true,
    namesWithAddresses: true,
    people: 1200,
    impact: { individuals: "serious", organisation: "some" },
  },
  expecting: true,
} as const;

let server: TestServer;
let manager: Member;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  manager = await addMember(server, "Lena Line");
  await addMember(server, "Sefa Senior", { roles: ["senior-manager"] });
  const member = await addMember(server, "Ada Clerk", { lineManagerId: manager.id });
  await addKey(server, member.id, await generateKeyPair());
  await addContact(server, member, "Clara Counsel", CLARA);
  await addContact(server, member, "Abe Abroad", "abe@chambers.example", { country: "IE" });
  await addContact(server, member, "Una Unknown", "una@chambers.example", { kind: "third-party", legitimateNeed: "" });
  const visitor = await new Visitor(server).signIn(member.id);
  sender = { member, visitor, passkey: await enrolPasskey(server, member) };
});
after(() => server.stop());

test("SDT-3, SIS-3: what is personal and bulk waits for line manager and senior manager, who are told nothing of what it is", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, BULK);
  const transfer = await server.records.read.transfer(reference);
  assert.equal(transfer?.state, "requested");
  const requests = await server.records.read.approvalsOf(reference);
  assert.deepEqual(
    requests.map(({ role, state, digest }) => [role, state, digest === transfer?.waybill?.digest]).sort(),
    [
      ["line-manager", "waiting", true],
      ["senior-manager", "waiting", true],
    ],
  );
  for (const address of [manager.address, "sefa.senior@council.example"]) {
    const [mail] = await server.mail(address);
    assert.match(mail?.text ?? "", new RegExp(`Ada Clerk[\\s\\S]*${reference}[\\s\\S]*/to-agree/`));
    assert.doesNotMatch(`${mail?.subject} ${mail?.text}`, /hearing|Clara|chambers|SENSITIVE|1200/i);
  }
  assert.deepEqual(await server.mail(CLARA), [], "nothing is released");
});

test("SIS-23: the waybill commits to policy, needs and the assessment, which is kept beside it", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, BULK);
  const [fixed] = await server.records.read.fixedWaybillsOf(reference);
  const waybill = JSON.parse(fixed?.text ?? "") as Waybill;
  assert.deepEqual(waybill.needs, ["approval:line-manager", "approval:senior-manager"]);
  assert.equal(waybill.policy.digest, server.parts.policy.current?.digest);
  assert.equal(waybill.assessment, await sha256Hex(utf8(fixed?.assessment ?? "")));
  const { facts } = JSON.parse(fixed?.assessment ?? "") as { facts: { recipients: { address: string }[] } };
  assert.deepEqual(
    facts.recipients.map(({ address }) => address),
    [CLARA],
  );
});

test("SDT-5, SDT-7, SIS-13, SIS-15: what the sender has to do first refuses the signature, names each clause, and loses nothing", async () => {
  const refused = async (to: string, clauses: readonly string[], stated: Parameters<typeof signedTransfer>[3]) => {
    const before = (await server.records.read.transfersOf(sender.member.id, { limit: 1, offset: 0 }))[0]?.reference;
    server.clock.advance(1000); // so that the new one is the newest
    await assert.rejects(signedTransfer(sender, [to], undefined, stated), (error: Error) => {
      assert.match(error.message, /answered 409/);
      for (const clause of clauses) assert.ok(error.message.includes(clause), `${clause} in ${error.message}`);
      return true;
    });
    const [draft] = await server.records.read.transfersOf(sender.member.id, { limit: 1, offset: 0 });
    assert.notEqual(draft?.reference, before);
    assert.equal(draft?.state, "draft");
    assert.ok(draft?.sealed, "what was sealed is kept");
  };
  await refused("una@chambers.example", ["SDT-5", "SDT-7"], BULK);
  await refused(CLARA, ["SIS-13"], { ...BULK, expecting: false });
  await refused("abe@chambers.example", ["SIS-15"], BULK);
  await refused(CLARA, ["SDT-6"], { facts: { minimised: false } });
});

test("SECRET is refused, with whom to ask", async () => {
  await assert.rejects(signedTransfer(sender, [CLARA], undefined, { facts: { classification: "SECRET" } }), {
    message: /security@council\.example/,
  });
});

test("somebody without a line manager on record is told whom to ask, and nothing is signed", async () => {
  const member = await addMember(server, "Noel Lost");
  await addKey(server, member.id, await generateKeyPair());
  const visitor = await new Visitor(server).signIn(member.id);
  const lost = { member, visitor, passkey: await enrolPasskey(server, member) };
  await assert.rejects(signedTransfer(lost, [CLARA], undefined, BULK), { message: /your record names none/ });
  const [draft] = await server.records.read.transfersOf(member.id, { limit: 1, offset: 0 });
  assert.equal(draft?.state, "draft");
});
