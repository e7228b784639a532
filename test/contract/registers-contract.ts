import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { FaxMachine } from "../../src/domain/fax-machine.ts";
import type { IncomingPost } from "../../src/domain/incoming-post.ts";
import type { Medium } from "../../src/domain/medium.ts";
import type { Records } from "../../src/domain/records.ts";
import * as sample from "../../src/testing/samples.ts";
import { people, saved } from "./records-contract.ts";
import { ofCode } from "./refusal.ts";

const stick: Medium = {
  ...{ id: "m1", serial: "STICK-0142", owner: "Court support", kind: "standard", capacity: 32_000_000_000 },
  ...{ purpose: "transfer", state: "available", custodianId: null, reference: null, returnDue: null, eraseDue: null },
  ...{ reviewDue: null, erasure: null, createdAt: sample.AT, createdBy: "amina", remindedAt: null, escalatedAt: null },
};
const machine: FaxMachine = {
  ...{ id: "f1", number: "+441632960001", location: "Room 2.14", owner: "Listing office", check: null },
  ...{ createdAt: sample.AT, createdBy: "amina", endedAt: null, remindedAt: null },
};

/** What every store of records must do with the registers. @param open a new empty one; `close` is called on it. */
export function registersContract(name: string, open: () => Promise<Records>): void {
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

  suite(`Media and fax machines: ${name}`, () => {
    stored("Where there is nothing, the answer is null or an empty list", async ({ read }) => {
      assert.deepEqual([await read.media(), await read.mediaOf("WB-1"), await read.faxMachines()], [[], [], []]);
      const none = [await read.medium("m1"), await read.mediumBySerial("S"), await read.faxMachine("f1")];
      assert.deepEqual([...none, await read.faxMachineByNumber("+44")], [null, null, null, null]);
    });

    stored("They come back as they were saved last, in the order of their serials and places", async (records) => {
      const transfer = sample.sampleTransfer();
      const issued: Medium = {
        ...stick,
        ...{ state: "issued", custodianId: "amina", reference: transfer.reference, returnDue: "2026-12-01" },
        erasure: { method: "Overwritten", byId: "amina", witnessId: null, at: sample.AT },
      };
      const other: Medium = { ...stick, id: "m2", serial: "DISK-7", purpose: "archive", reviewDue: "2027-11-21" };
      const checked: FaxMachine = { ...machine, check: { byId: "amina", at: sample.AT, until: "2027-01-01" } };
      const upstairs: FaxMachine = { ...machine, id: "f2", number: "+441632960002", location: "Room 1.01" };
      await saved(records, async (tx) => {
        await tx.saveTransfer(transfer);
        for (const each of [stick, issued, other]) await tx.saveMedium(each);
        for (const each of [machine, checked, upstairs]) await tx.saveFaxMachine(each);
      });
      const { read } = records;
      assert.deepEqual(await read.media(), [other, issued]);
      assert.deepEqual(await read.mediaOf(transfer.reference), [issued]);
      assert.deepEqual([await read.medium("m2"), await read.mediumBySerial("STICK-0142")], [other, issued]);
      assert.deepEqual(await read.faxMachines(), [upstairs, checked]);
      assert.deepEqual(await read.faxMachine("f1"), checked);
      assert.deepEqual(await read.faxMachineByNumber("+441632960002"), upstairs);
    });

    stored(
      "SIS-9: what waits in the post room is there until it is handed on, oldest first, and found by its colleague",
      async (records) => {
        const { read } = records;
        assert.deepEqual([await read.incomingPosts(), await read.incomingPostFor("amina")], [[], []]);
        assert.equal(await read.incomingPost("p1"), null);
        const first: IncomingPost = {
          ...{ id: "p1", reference: "WB-0000-0000", recipientId: "r1", otherReference: "", addressee: "Amina" },
          ...{ memberId: "amina", addresseeOnly: true, condition: "whole", at: sample.AT, byId: "amina" },
        };
        const later: IncomingPost = {
          ...first,
          ...{ id: "p0", reference: null, recipientId: null, otherReference: "HMCTS/1", memberId: null },
          ...{ addresseeOnly: false, condition: "opened", at: "2999-01-01T00:00:00.000Z" },
        };
        await saved(records, async (tx) => {
          for (const each of [later, { ...first, condition: "not-ours" } as const, first])
            await tx.saveIncomingPost(each);
        });
        assert.deepEqual(await read.incomingPosts(), [first, later]);
        assert.deepEqual([await read.incomingPost("p0"), await read.incomingPostFor("amina")], [later, [first]]);
        await saved(records, (tx) => tx.removeIncomingPost("p1"));
        assert.deepEqual(await read.incomingPosts(), [later]);
        const nobodys = saved(records, (tx) => tx.saveIncomingPost({ ...first, memberId: "nobody" }));
        await assert.rejects(nobodys, ofCode("dangling"));
      },
    );

    stored("A serial and a number stand once", async (records) => {
      await saved(records, async (tx) => {
        await tx.saveMedium(stick);
        await tx.saveFaxMachine(machine);
      });
      const stickTwice = saved(records, (tx) => tx.saveMedium({ ...stick, id: "m2" }));
      await assert.rejects(stickTwice, ofCode("conflict"));
      const machineTwice = saved(records, (tx) => tx.saveFaxMachine({ ...machine, id: "f2" }));
      await assert.rejects(machineTwice, ofCode("conflict"));
    });

    stored("Whoever has it, and what it carries, exist", async (records) => {
      for (const wrong of [{ custodianId: "nobody" }, { reference: "WB-none" }, { createdBy: "nobody" }]) {
        const write = saved(records, (tx) => tx.saveMedium({ ...stick, ...wrong }));
        await assert.rejects(write, ofCode("dangling"));
      }
    });
  });
}
