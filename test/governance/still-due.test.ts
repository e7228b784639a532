import assert from "node:assert/strict";
import { test } from "node:test";
import { dueRecords } from "../../src/domain/due-records.ts";
import type { RecordKind } from "../../src/domain/keeping.ts";
import { placeHold } from "../../src/domain/lifecycle/governance-arrows.ts";
import { createMemoryRecords } from "../../src/testing/memory-records.ts";
import * as sample from "../../src/testing/samples.ts";

const LATER = "2033-01-01T00:00:00.000Z";
const lone = { actor: { kind: "system" }, reference: null, recipientId: null, detail: {} } as const;

test("SIS-37: what is about to go is looked at again by its id, with no walk through everything else that is due", async () => {
  const { records } = createMemoryRecords();
  const addresses = [{ address: "other@chambers.example", verified: null }];
  await records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveContact(sample.sampleContact({ id: "one" }));
    await tx.saveContact(sample.sampleContact({ id: "two", addresses }));
    await tx.append({ ...lone, kind: "keeping-set", at: sample.AT });
    await tx.append({ ...lone, kind: "controls-reminded", at: sample.AT });
    await tx.saveTransfer(sample.sampleTransfer({ state: "closed", endedAt: sample.AT }));
    await tx.append(sample.sampleEvent());
  });
  const walked = () => assert.fail("everything was walked through");
  const alone = { ...records.read, contacts: walked, loneEvents: walked, endedBy: walked, latestIncidents: walked };
  const due = async (kind: RecordKind, ...ids: readonly string[]) =>
    (await Array.fromAsync(dueRecords(alone, kind, LATER, new Set(ids)))).map(
      ({ id, holds }) => `${id} ${holds.length}`,
    );
  const { reference } = sample.sampleTransfer();
  assert.deepEqual(await due("contacts", "two", "gone"), ["two 0"]);
  assert.deepEqual(await due("transfers", reference), [`${reference} 0`]);
  assert.deepEqual(await due("incidents", "gone"), []);
  assert.deepEqual(await due("registers", "gone"), []);
  const [event] = await records.read.loneEvents(["keeping-set"], LATER, 9, 0);
  assert.deepEqual(await due("access", String(event?.seq)), [], "of another kind");
  const scope = { kind: "person", address: "other@chambers.example" } as const;
  const placed = placeHold(
    { id: "h", scope, reason: "Court order 7", placedBy: "amina" },
    { at: LATER, by: lone.actor },
  );
  await records.write(async (tx) => {
    await tx.saveHold(placed.hold);
    await tx.append(placed.event);
  });
  assert.deepEqual(await due("contacts", "one", "two"), ["one 0", "two 1"]);
});
