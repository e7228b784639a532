import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Records, Writer } from "../../src/domain/records.ts";
import { sampleEvent, sampleMember } from "../../src/testing/samples.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.server.stop());

const INVITEE = "ina.vitee@council.example";

/** Lets `happen` come in between: after a request has read, before its transaction begins. */
function justBeforeTheNextWrite(happen: (tx: Writer) => Promise<void>): void {
  const records = world.server.parts.records as { write: Records["write"] };
  const write = records.write.bind(records);
  records.write = async (act) => {
    records.write = write;
    await write(happen);
    return write(act);
  };
}

async function becomes(tx: Writer, state: "active" | "deactivated"): Promise<void> {
  const member = await tx.memberByAddress(INVITEE);
  if (!member) throw new Error("Nobody was invited.");
  await tx.saveMember({ ...member, state });
  await tx.append(sampleEvent({ kind: state === "active" ? "member-joined" : "member-deactivated" }));
}

const stateNow = async () => (await world.server.records.read.memberByAddress(INVITEE))?.state;

test("the name typed on joining undoes neither a deactivation nor a joining of the same moment", async () => {
  for (const state of ["deactivated", "active"] as const) {
    justBeforeTheNextWrite((tx) => becomes(tx, state));
    const answer = await world.stranger().form(`/join/${world.invitation}`, { name: `Ina ${state}` });
    assert.equal(await stateNow(), state, `answered ${answer.status}`);
    await reinvited();
  }
});

test("inviting again undoes no joining of the same moment", async () => {
  const member = await world.server.records.read.memberByAddress(INVITEE);
  const administrator = await world.administrator();
  justBeforeTheNextWrite((tx) => becomes(tx, "active"));
  const answer = await administrator.form(`/people/${member?.id}/invite`, {});
  assert.equal(await stateNow(), "active", `answered ${answer.status}`);
});

test("of two invitations of one address at the same moment, the second is refused", async () => {
  const administrator = await world.administrator();
  justBeforeTheNextWrite(async (tx) => {
    await tx.saveMember(sampleMember({ id: "first", address: "twice@council.example", state: "invited" }));
    await tx.append(sampleEvent());
  });
  const answer = await administrator.form("/people/invite", { name: "Twice", address: "twice@council.example" });
  assert.equal(answer.status, 409);
  assert.equal((await world.server.records.read.memberByAddress("twice@council.example"))?.id, "first");
  assert.deepEqual(await world.server.mail("twice@council.example"), []);
});

async function reinvited(): Promise<void> {
  await world.server.records.write(async (tx) => {
    const member = await tx.memberByAddress(INVITEE);
    if (member) await tx.saveMember({ ...member, state: "invited" });
    await tx.append(sampleEvent({ kind: "member-invited" }));
  });
}
