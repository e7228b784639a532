import assert from "node:assert/strict";
import { test } from "node:test";
import { dueRecords, isRemovable } from "../../src/domain/due-records.ts";
import { acknowledge, closeIncident } from "../../src/domain/lifecycle/incident-arrows.ts";
import { openIncident } from "../../src/domain/lifecycle/incident-reports.ts";
import { createMemoryRecords } from "../../src/testing/memory-records.ts";
import * as sample from "../../src/testing/samples.ts";

const LATER = "2033-01-01T00:00:00.000Z";

test("SIS-37: a transfer is kept until every incident about it is removed: whom it reached stands in the transfer", async () => {
  const { records } = createMemoryRecords();
  const { reference, senderId } = sample.sampleTransfer();
  const taken = { at: sample.AT, by: { kind: "system" } } as const;
  const linked = { reference, senderId, at: sample.AT, exposures: [] };
  const report = {
    ...({ number: "IN-0000-0000", at: sample.AT, kind: "wrong-person", standing: "sender", memberId: null } as const),
    ...{ recipientId: null, words: "", reach: "", about: "", stopped: null },
  };
  const open = openIncident(report, { linked, personal: false, dueAt: sample.AT, told: [] }, taken).incident;
  const closed = closeIncident(acknowledge(open, senderId, taken).incident, "None", [], taken).incident;
  await records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveTransfer(sample.sampleTransfer({ state: "closed", endedAt: sample.AT }));
    await tx.saveIncident(closed);
    await tx.append(sample.sampleEvent());
  });
  const due = async () => {
    const all = await Array.fromAsync(dueRecords(records.read, "transfers", LATER));
    return all.map((each) => [each.id, each.incidents, isRemovable(each)]);
  };
  assert.deepEqual(await due(), [[reference, [closed.id], false]]);
  await records.write(async (tx) => {
    await tx.removeIncident(closed.id);
    await tx.append(sample.sampleEvent());
  });
  assert.deepEqual(await due(), [[reference, [], true]]);
});
