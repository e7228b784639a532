import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Incident } from "../../src/domain/incident.ts";
import type { Records } from "../../src/domain/records.ts";
import * as sample from "../../src/testing/samples.ts";
import { people, saved } from "./records-contract.ts";
import { ofCode } from "./refusal.ts";

const AT = sample.AT;

function incident(changes: Partial<Incident> = {}): Incident {
  return {
    ...{ knownAt: AT, deadlineToldAt: AT },
    ...{ id: "IN-0000-0000", state: "acknowledged", kind: "wrong-person", reportedAt: AT, dueAt: AT, escalatedAt: AT },
    ...{ acknowledgedAt: AT, ownerId: "amina", personal: true, lessons: "None", closedAt: null, events: [1, 2] },
    reports: [
      {
        ...{ number: "IN-0000-0000", at: AT, kind: "wrong-person", standing: "link", memberId: null, recipientId: "r" },
        ...{ words: "It is “not” mine", reach: "020 7946 0000", about: "", stopped: "paused" },
      },
    ],
    transfers: [
      {
        ...{ reference: "WB-0000-0000", senderId: "amina", at: AT },
        exposures: [{ recipientId: "r", handedOutAt: AT, openedAt: null }],
      },
    ],
    told: [{ as: "privacy-team", name: "the privacy team", address: "p@council.example", memberId: null, at: AT }],
    actions: [{ id: "a", what: "Ask", whoId: "amina", due: "2026-12-01", doneAt: null }],
    authority: { tell: false, reason: "No risk", byMemberId: "amina", at: AT },
    people: null,
    ...changes,
  };
}

/** What every store of records must do with what went wrong. @param open a new empty one; `close` is called on it. */
export function incidentContract(name: string, open: () => Promise<Records>): void {
  const stored = (title: string, act: (records: Records) => Promise<void>) =>
    test(title, async () => {
      const records = await open();
      try {
        await people(records);
        await act(records);
      } finally {
        await records.close();
      }
    });
  const ids = (rows: readonly Incident[]) => rows.map(({ id }) => id);

  suite(`Incidents: ${name}`, () => {
    stored("SIS-27: an incident comes back as it was saved last, with whatever may be missing", async (records) => {
      assert.equal(await records.read.incident("IN-0000-0000"), null);
      const bare = { personal: null, ownerId: null, authority: null, escalatedAt: null, acknowledgedAt: null } as const;
      for (const each of [incident(), incident({ ...bare, state: "reported", reports: [], told: [], events: [] })]) {
        await saved(records, (tx) => tx.saveIncident(each));
        assert.deepEqual(await records.read.incident(each.id), each);
      }
    });

    stored("lists hold what their name says, in their order", async (records) => {
      const day = (n: number) => `2026-11-2${n}T10:00:00.000Z`;
      const none = { transfers: [] };
      await saved(records, async (tx) => {
        await tx.saveIncident(incident({ id: "IN-3", reportedAt: day(3) }));
        await tx.saveIncident(incident({ id: "IN-1", reportedAt: day(1), state: "reported", ...none }));
        await tx.saveIncident(incident({ id: "IN-2", reportedAt: day(2), state: "closed", closedAt: day(3) }));
      });
      const { read } = records;
      assert.deepEqual(ids(await read.openIncidents()), ["IN-1", "IN-3"]);
      assert.deepEqual(ids(await read.incidentsOf("WB-0000-0000")), ["IN-2", "IN-3"]);
      assert.deepEqual(ids(await read.incidentsOf("WB-none")), []);
      assert.deepEqual(ids(await read.latestIncidents({ limit: 2, offset: 0 })), ["IN-3", "IN-2"]);
      assert.deepEqual(ids(await read.latestIncidents({ limit: 2, offset: 2 })), ["IN-1"]);
      await saved(records, (tx) => tx.saveIncident(incident({ id: "IN-3", reportedAt: day(3), ...none })));
      assert.deepEqual(ids(await read.incidentsOf("WB-0000-0000")), ["IN-2"]);
    });

    stored("SDT-29: the number of each of its reports leads to it, its own first", async (records) => {
      const { read } = records;
      const [first] = incident().reports;
      const second = { ...(first ?? assert.fail()), number: "IN-2222-2222" };
      const both = incident({ reports: [...incident().reports, second] });
      await saved(records, (tx) => tx.saveIncident(both));
      await saved(records, (tx) => tx.saveIncident(both));
      for (const number of ["IN-0000-0000", "IN-2222-2222"])
        assert.deepEqual(await read.incidentNumbered(number), both, number);
      assert.equal(await read.incidentNumbered("IN-3333-3333"), null);
      await saved(records, (tx) => tx.saveIncident(incident({ id: "IN-2222-2222", reports: [] })));
      assert.equal((await read.incidentNumbered("IN-2222-2222"))?.id, "IN-2222-2222");
      await saved(records, (tx) => tx.removeIncident("IN-0000-0000"));
      assert.equal(await read.incidentNumbered("IN-0000-0000"), null);
    });

    stored("its events are found by their numbers, in the order of the log, and no others", async (records) => {
      const seqs: number[] = [];
      await records.write(async (tx) => {
        for (const kind of ["incident-reported", "signed-in", "incident-closed"] as const) {
          seqs.push((await tx.append(sample.sampleEvent({ kind, actor: { kind: "stranger" } }))).seq);
        }
      });
      const [first = 0, , last = 0] = seqs;
      const found = await records.read.eventsNumbered([last, first]);
      assert.deepEqual(
        found.map(({ kind, actor }) => [kind, actor.kind]),
        [
          ["incident-reported", "stranger"],
          ["incident-closed", "stranger"],
        ],
      );
      assert.deepEqual(await records.read.eventsNumbered([]), []);
    });

    stored("its owner is a member that there is; it outlives the record of a transfer", async (records) => {
      const gone = incident({ transfers: [{ reference: "WB-gone", senderId: "x", at: AT, exposures: [] }] });
      await saved(records, (tx) => tx.saveIncident(gone));
      const nobody = saved(records, (tx) => tx.saveIncident(incident({ id: "IN-9", ownerId: "nobody" })));
      await assert.rejects(nobody, ofCode("dangling"));
    });
  });
}
