import assert from "node:assert/strict";
import { suite } from "node:test";
import { type ApprovalRequest, LAPSE_DAYS } from "../domain/approval.ts";
import { USUAL_WORKING_TIME } from "../domain/working-time.ts";
import type { Store } from "../store/open-store.ts";
import { daysAfter, mailsOver, stored } from "../testing/reminding.ts";
import * as sample from "../testing/samples.ts";
import type { ApprovalNews } from "./parts.ts";
import { remindApprovers } from "./remind-approvers.ts";

const approvalNews: ApprovalNews = async (_, { id }, moment, at) => [
  sample.sampleMessage({ id: `${id} ${moment}`, subject: moment, recipientId: null, createdAt: at }),
];

const answering = () => USUAL_WORKING_TIME;
const withheld = async () => false;

suite("Requests for agreement that nobody answers", () => {
  stored("they are reminded of when due, escalated a working day later, and lapse after seven days", async (store) => {
    await ask(store);
    const done = await mailsOver(10, store, (now) =>
      remindApprovers({ ...store, approvalNews, answering, withheld }, now),
    );
    // The samples' moment is a Saturday at ten, and this one was due on Sunday: a working day after that is Monday at five.
    assert.deepEqual(done, ["reminded 1", "escalated 2.5", `lapsed ${LAPSE_DAYS}`]);
    const request = await store.records.read.approval("request");
    assert.equal(request?.state, "lapsed");
    const events = await store.records.read.eventsOf("WB-0000-0000");
    assert.deepEqual(
      events.map(({ kind, actor }) => [kind, actor.kind]),
      [
        ["approval-reminded", "system"],
        ["approval-escalated", "system"],
        ["approval-lapsed", "system"],
      ],
    );
    assert.equal((await store.records.read.transfer("WB-0000-0000"))?.state, "requested", "nothing is lost");
  });

  for (const state of ["approved", "refused", "superseded", "lapsed"] as const) {
    stored(`Nobody is reminded of one that is ${state}`, async (store) => {
      await ask(store, { state });
      assert.equal(await remindApprovers({ ...store, approvalNews, answering, withheld }, daysAfter(8)), 0);
    });
  }

  stored("After a week without the server there is one mail, and not three", async (store) => {
    await ask(store);
    assert.equal(await remindApprovers({ ...store, approvalNews, answering, withheld }, daysAfter(9)), 1);
    assert.equal(await remindApprovers({ ...store, approvalNews, answering, withheld }, daysAfter(9)), 0);
    const [only, ...others] = await store.outbox.list(9);
    assert.deepEqual([only?.subject, others], ["lapsed", []]);
  });

  stored("Two processes at once remind once", async (store) => {
    await ask(store);
    const run = () => remindApprovers({ ...store, approvalNews, answering, withheld }, daysAfter(2));
    assert.deepEqual((await Promise.all([run(), run()])).sort(), [0, 1]);
    assert.equal((await store.outbox.list(9)).length, 1);
  });

  stored(
    "SDT-5: of what could not go if it were agreed to nobody is reminded, and it lapses as others do",
    async (store) => {
      await ask(store);
      const parts = { ...store, approvalNews, answering, withheld: async () => true };
      assert.deepEqual(await mailsOver(10, store, (now) => remindApprovers(parts, now)), [`lapsed ${LAPSE_DAYS}`]);
    },
  );
});

function ask({ records }: Store, changes: Partial<ApprovalRequest> = {}): Promise<void> {
  return records.write(async (tx) => {
    await tx.saveOrganisation(sample.sampleOrganisation());
    await tx.saveMember(sample.sampleMember());
    await tx.saveTransfer(sample.sampleTransfer({ state: "requested" }));
    await tx.saveApproval({
      ...{ id: "request", reference: "WB-0000-0000", digest: "ab".repeat(32), role: "line-manager" },
      ...{
        state: "waiting",
        askedAt: sample.AT,
        dueAt: daysAfter(1).toISOString(),
        remindedAt: null,
        escalatedAt: null,
      },
      ...{ questions: [], decidedBy: null, inPlaceOf: null, decidedAt: null, reason: "", proof: null },
      ...changes,
    });
    await tx.append(sample.sampleEvent());
  });
}
