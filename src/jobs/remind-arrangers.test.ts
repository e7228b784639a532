import assert from "node:assert/strict";
import { suite } from "node:test";
import {
  ARRANGEMENT_LAPSE_DAYS,
  ARRANGEMENT_REMIND_DAYS,
  type StandingArrangement,
} from "../domain/standing-arrangement.ts";
import type { Store } from "../store/open-store.ts";
import { daysAfter, mailsOver, stored } from "../testing/reminding.ts";
import * as sample from "../testing/samples.ts";
import type { ArrangementNews } from "./parts.ts";
import { remindArrangers } from "./remind-arrangers.ts";

const arrangementNews: ArrangementNews = async (_, { id }, moment, at) => [
  sample.sampleMessage({ id: `${id} ${moment}`, reference: null, subject: moment, recipientId: null, createdAt: at }),
];

suite("Standing arrangements that nobody answers", () => {
  stored("SDT-3: they are reminded of once, after a day, and lapse after thirty", async (store) => {
    await ask(store);
    const done = await mailsOver(40, store, (now) => remindArrangers({ ...store, arrangementNews }, now));
    assert.deepEqual(done, [`reminded ${ARRANGEMENT_REMIND_DAYS}`, `lapsed ${ARRANGEMENT_LAPSE_DAYS}`]);
    const arrangement = await store.records.read.arrangement("weekly");
    assert.deepEqual(
      [arrangement?.state, arrangement?.remindedAt],
      ["lapsed", daysAfter(ARRANGEMENT_REMIND_DAYS).toISOString()],
    );
    const events = await store.records.read.recentEvents(9);
    assert.deepEqual(
      events.filter(({ kind }) => kind.startsWith("arrangement-")).map(({ kind, actor }) => [kind, actor.kind]),
      [
        ["arrangement-lapsed", "system"],
        ["arrangement-reminded", "system"],
      ],
    );
  });

  for (const state of ["agreed", "refused", "ended", "lapsed"] as const) {
    stored(`Nobody is reminded of one that is ${state}`, async (store) => {
      await ask(store, { state });
      assert.equal(await remindArrangers({ ...store, arrangementNews }, daysAfter(31)), 0);
    });
  }

  stored("After a month without the server there is one mail, and not two", async (store) => {
    await ask(store);
    assert.equal(await remindArrangers({ ...store, arrangementNews }, daysAfter(31)), 1);
    assert.equal(await remindArrangers({ ...store, arrangementNews }, daysAfter(31)), 0);
    const [only, ...others] = await store.outbox.list(9);
    assert.deepEqual([only?.subject, others], ["lapsed", []]);
  });

  stored("Two processes at once remind once", async (store) => {
    await ask(store);
    const run = () => remindArrangers({ ...store, arrangementNews }, daysAfter(2));
    assert.deepEqual((await Promise.all([run(), run()])).sort(), [0, 1]);
    assert.equal((await store.outbox.list(9)).length, 1);
  });
});

function ask({ records }: Store, changes: Partial<StandingArrangement> = {}): Promise<void> {
  return records.write(async (tx) => {
    await tx.saveOrganisation(sample.sampleOrganisation());
    await tx.saveMember(sample.sampleMember());
    await tx.saveArrangement({
      ...{ id: "weekly", role: "line-manager", requesterId: sample.sampleMember().id, purpose: "The weekly list" },
      ...{ recipients: [], classification: "OFFICIAL", people: 5, bytes: 1000, method: "post", ends: "2027-06-30" },
      ...{ state: "asked", createdAt: sample.AT, remindedAt: null, decidedBy: null, decidedAt: null },
      ...{ reason: "", proof: null },
      ...changes,
    });
    await tx.append(sample.sampleEvent());
  });
}
