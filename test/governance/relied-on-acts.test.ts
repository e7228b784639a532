import assert from "node:assert/strict";
import { test } from "node:test";
import { dueRecords } from "../../src/domain/due-records.ts";
import type { NewEvent } from "../../src/domain/event.ts";
import { heldMail } from "../../src/domain/held-transfers.ts";
import type { Hold } from "../../src/domain/hold.ts";
import { liftHold, placeHold } from "../../src/domain/lifecycle/governance-arrows.ts";
import { createMemoryRecords } from "../../src/testing/memory-records.ts";
import * as sample from "../../src/testing/samples.ts";

const [LATER, MUCH_LATER] = ["2033-01-01T00:00:00.000Z", "2043-01-01T00:00:00.000Z"];
const about = { actor: { kind: "system" }, reference: null, recipientId: null } as const;
const act = (kind: NewEvent["kind"], detail: NewEvent["detail"], at: string = sample.AT): NewEvent => ({
  ...about,
  ...{ kind, at, detail },
});
const taken = (at: string) => ({ at, by: { kind: "system" } }) as const;

/** The acts that are due, by what they are. */
async function due(records: ReturnType<typeof createMemoryRecords>["records"], before: string) {
  const all = await Array.fromAsync(dueRecords(records.read, "acts", before));
  const events = await records.read.eventsNumbered(all.map(({ id }) => Number(id)));
  return events.map(({ kind, detail }) => `${kind} ${detail.memberId ?? detail.deputy ?? detail.hold ?? ""}`.trim());
}

test("SIS-37: the event of a hold is kept while it stands, and its time is counted from its lifting", async () => {
  const { records } = createMemoryRecords();
  const scope = { kind: "person", address: "rhys@chambers.example" } as const;
  const placed = placeHold({ id: "h", scope, reason: "Court order 7", placedBy: "amina" }, taken(sample.AT));
  await records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveHold(placed.hold);
    await tx.append(placed.event);
    await tx.append(act("keeping-set", {}));
  });
  assert.deepEqual(await due(records, MUCH_LATER), ["keeping-set"]);
  const lifted = liftHold(placed.hold, "amina", "Decided", taken("2035-06-01T10:00:00.000Z"));
  await records.write(async (tx) => {
    await tx.saveHold(lifted.hold);
    await tx.append(lifted.event);
  });
  assert.deepEqual(await due(records, LATER), ["keeping-set"]);
  assert.deepEqual(await due(records, MUCH_LATER), ["hold-placed h", "keeping-set", "hold-lifted h"]);
});

test("SIS-37, SDT-3: who was given a role, or named a deputy, stays on record while they have it and while a transfer does that may rest on it", async () => {
  const { records } = createMemoryRecords();
  const deputy = {
    deputy: "d",
    principalId: "amina",
    deputyId: "bola",
    from: sample.AT,
    until: "2026-12-24T00:00:00.000Z",
  };
  await records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember({ id: "amina" }));
    await tx.saveMember(sample.sampleMember({ id: "bola", state: "deactivated" }));
    await tx.append(act("member-changed", { memberId: "amina", roles: "senior-manager" }));
    await tx.append(act("member-changed", { memberId: "amina", what: "phone" }));
    await tx.append(act("member-changed", { memberId: "bola", roles: "auditor" }));
    await tx.append(act("deputy-named", deputy));
    await tx.append(act("member-deactivated", { memberId: "bola" }, "2027-03-01T10:00:00.000Z"));
    await tx.saveTransfer(
      sample.sampleTransfer({ createdAt: "2026-12-01T10:00:00.000Z", state: "closed", endedAt: LATER }),
    );
  });
  assert.deepEqual(await due(records, MUCH_LATER), ["member-changed amina"], "of the telephone alone");
  await records.write(async (tx) => {
    await tx.removeTransfer(sample.sampleTransfer().reference);
    await tx.append(act("controls-reminded", {}, MUCH_LATER));
  });
  assert.deepEqual(await due(records, "2026-11-30T00:00:00.000Z"), ["member-changed amina"], "not over yet");
  assert.deepEqual(await due(records, LATER), [
    ...["member-changed amina", "member-changed bola", "deputy-named d", "member-deactivated bola"],
  ]);
});

test("SIS-37: a hold keeps the mail of its transfer, to its person and of its days, and no other", async () => {
  const { records } = createMemoryRecords();
  const { reference } = sample.sampleTransfer();
  const mail = { to: "rhys@chambers.example", reference: null, createdAt: sample.AT };
  const kept = async (scope: Hold["scope"]) => {
    const hold = { id: "h", scope, reason: "x", placedBy: "amina", placedAt: sample.AT, lifted: null };
    await records.write(async (tx) => {
      await tx.saveHold(hold);
      await tx.append(sample.sampleEvent());
    });
    const held = await heldMail(records.read);
    return [mail, { ...mail, to: "o@x.example" }, { ...mail, to: "o@x.example", reference }].map(held);
  };
  await records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveContact(sample.sampleContact());
    await tx.saveTransfer(sample.sampleTransfer());
    await tx.saveRecipient(sample.sampleRecipient());
    await tx.append(sample.sampleEvent());
  });
  assert.deepEqual(await kept({ kind: "transfer", reference }), [false, false, true]);
  assert.deepEqual(await kept({ kind: "person", address: "rhys@chambers.example" }), [true, false, true]);
  assert.deepEqual(await kept({ kind: "period", from: "2026-01-01", until: "2027-01-01" }), [true, true, true]);
  assert.deepEqual(await kept({ kind: "period", from: "2027-01-01", until: "2027-01-02" }), [false, false, false]);
});
