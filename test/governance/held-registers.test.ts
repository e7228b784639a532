import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomId } from "../../src/bytes/random.ts";
import { iso } from "../../src/domain/clock.ts";
import { type DueRecord, dueRecords } from "../../src/domain/due-records.ts";
import { type Hold, holdsOn } from "../../src/domain/hold.ts";
import { announceRemovals } from "../../src/jobs/announce-removals.ts";
import { certifyDestructions } from "../../src/jobs/certify-destruction.ts";
import { destroyWhatWasHeld } from "../../src/jobs/destroy-kept.ts";
import { removeRecords } from "../../src/jobs/remove-records.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner } from "../../src/testing/approver.ts";
import { TYPED_KEEPING } from "../../src/testing/member-browser.ts";
import { addAgreement, addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { type SigningSender, signedTransfer } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";

const CLARA = "clara@chambers.example";
const OLU = "olu@chambers.example";
const DAY = 86_400_000;
let server: TestServer;
let sender: SigningSender;
let administrator: Visitor;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addSigner(server, "Ada Clerk");
  await addKey(server, sender.member.id, await generateKeyPair());
  const admin = await addMember(server, "Ann Admin", { roles: ["administrator"] });
  administrator = await new Visitor(server).signIn(admin.id);
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  await addContact(server, sender.member, "Olu Outside", OLU);
});
after(() => server.stop());

const jobs = () => ({
  ...server.parts,
  logTo: { write: (line: string) => assert.fail(line) },
  removalNews: () => ({ subject: "Records will be removed", text: "See which" }),
});
const later = (days: number) => new Date(server.clock.now().getTime() + days * DAY);

/** How many holds keep each entry of the registers, ten years on. */
async function keptBy(): Promise<Readonly<Record<string, number>>> {
  const due: DueRecord[] = [];
  for await (const each of dueRecords(server.records.read, "registers", iso(later(3650)))) due.push(each);
  return Object.fromEntries(due.map(({ id, holds }) => [id, holds.length]));
}

async function hold(fields: Readonly<Record<string, string>>): Promise<string> {
  const before = new Set((await server.records.read.holds()).map(({ id }) => id)); // of one moment, so their order says nothing
  const answer = await administrator.form("/governance/holds/new", { reason: "An inquiry", ...fields });
  assert.equal(answer.status, 303, answer.text);
  return (await server.records.read.holds()).find(({ id }) => !before.has(id))?.id ?? "";
}

async function lift(id: string): Promise<void> {
  assert.equal((await administrator.form(`/governance/holds/${id}/lift`, { reason: "Decided" })).status, 303);
}

test("SIS-37, SDT-5: a hold on a transfer, or on somebody, keeps the agreement and the arrangement that it went under, and no others", async () => {
  const [named, other] = [
    await addAgreement(server, sender.member, "DSA-1", "Example Chambers"),
    await addAgreement(server, sender.member, "DSA-2", "Others"),
  ];
  const facts = { agreement: { reference: "DSA-1" } };
  const { reference } = await signedTransfer(sender, [CLARA], undefined, { facts });
  const arrangement = (recipient: string) =>
    ({
      ...{ id: randomId(), role: "line-manager" as const, requesterId: sender.member.id, purpose: "The weekly list" },
      ...{ recipients: [recipient], people: 5, bytes: 1000 },
      ...({ classification: "OFFICIAL", method: "secure-link", state: "ended" } as const),
      ...{ ends: "2027-01-31", createdAt: iso(server.clock.now()), remindedAt: null },
      ...{ decidedBy: null, decidedAt: null, reason: "", proof: null },
    }) as const;
  const [used, unused] = [arrangement(CLARA), arrangement(OLU)];
  await server.records.write(async (tx) => {
    for (const each of [used, unused]) await tx.saveArrangement(each);
    await tx.append(sampleEvent({ kind: "arrangement-asked" }));
  });
  const none = { [named.id]: 0, [other.id]: 0, [used.id]: 0, [unused.id]: 0 };
  assert.deepEqual(await keptBy(), none);
  const onTransfer = await hold({ on: "transfer", reference });
  assert.deepEqual(await keptBy(), { ...none, [named.id]: 1, [used.id]: 1 });
  const onPerson = await hold({ on: "person", address: sender.member.address });
  assert.deepEqual(await keptBy(), { ...none, [named.id]: 2, [used.id]: 2 });
  for (const id of [onTransfer, onPerson]) await lift(id);
  assert.deepEqual(await keptBy(), none);
});

test("SIS-37: when a hold is lifted, the record stays until what was kept is destroyed and signed for", async () => {
  const { reference } = await signedTransfer(sender, [CLARA]);
  const id = await hold({ on: "transfer", reference });
  await sender.visitor.form(`/transfers/${reference}/take-back`, {});
  assert.equal((await server.records.read.transfer(reference))?.destruction, "held");
  const typed = { ...TYPED_KEEPING, transfers: "12", registers: "for-good", contacts: "for-good", access: "for-good" };
  assert.equal((await administrator.form("/governance/retention/set", typed)).status, 303);
  await announceRemovals(jobs(), later(370));
  await lift(id);
  await removeRecords(jobs(), later(400));
  assert.equal((await server.records.read.transfer(reference))?.destruction, "held");
  assert.equal(await destroyWhatWasHeld(jobs(), later(400)), 1);
  assert.equal(await certifyDestructions(jobs(), later(400)), 1);
  await announceRemovals(jobs(), later(401));
  await removeRecords(jobs(), later(430));
  assert.equal(await server.records.read.transfer(reference), null);
});

test("a hold on days is on London's days, as every page says them", () => {
  const about = { reference: null, from: "2026-06-01T09:00:00.000Z", until: "2026-06-30T23:30:00.000Z", addresses: [] };
  const on = (from: string, until: string): Hold => ({
    ...{ id: "hold", scope: { kind: "period", from, until }, reason: "", placedBy: "", placedAt: "", lifted: null },
  });
  assert.equal(holdsOn([on("2026-07-01", "2026-07-01")], about).length, 1, "half past midnight on 1 July in London");
  assert.equal(holdsOn([on("2026-07-02", "2026-07-02")], about).length, 0);
  assert.equal(holdsOn([on("2026-05-01", "2026-05-31")], about).length, 0);
});
