import assert from "node:assert/strict";
import { suite } from "node:test";
import type { Records, Writer } from "../../src/domain/records.ts";
import * as sample from "../../src/testing/samples.ts";
import { ofCode } from "./refusal.ts";
import { testsOn } from "./tests-on.ts";

/** What every store of records must do. @param open a new empty one; `close` is called on it. */
export function recordsContract(name: string, open: () => Promise<Records>): void {
  const stored = testsOn(open);

  suite(`Writing records: ${name}`, () => {
    stored("A write answers what its function answers, and shows when it is over", async (records) => {
      const answer = await records.write(async (tx) => {
        await tx.saveMember(sample.sampleMember());
        assert.deepEqual(await tx.member("amina"), sample.sampleMember());
        assert.equal(await records.read.member("amina"), null);
        await tx.append(sample.sampleEvent());
        return 42;
      });
      assert.equal(answer, 42);
      assert.deepEqual(await records.read.member("amina"), sample.sampleMember());
    });

    stored("A write that appends no event is refused and undone", async (records) => {
      const write = records.write((tx) => tx.saveMember(sample.sampleMember()));
      await assert.rejects(write, ofCode("no-event"));
      assert.equal(await records.read.member("amina"), null);
    });

    stored("A write that fails is undone as a whole, its event and its messages too", async (records) => {
      const write = records.write(async (tx) => {
        await tx.saveMember(sample.sampleMember());
        await tx.append(sample.sampleEvent());
        await tx.post(sample.sampleMessage());
        throw new RangeError("on purpose");
      });
      await assert.rejects(write, RangeError);
      assert.deepEqual([await records.read.member("amina"), await records.read.recentEvents(9)], [null, []]);
      const event = await records.write((tx) => tx.append(sample.sampleEvent()));
      assert.equal(event.seq, 1);
    });

    stored("Writes that begin at once run one after another", async (records) => {
      let inside = 0;
      const act = async (tx: Writer) => {
        assert.equal(++inside, 1);
        await new Promise(setImmediate);
        await tx.append(sample.sampleEvent());
        inside--;
      };
      await Promise.all([records.write(act), records.write(act), records.write(act)]);
    });

    stored("A write inside a write is refused, and the outer one goes on", async (records) => {
      const event = await records.write(async (tx) => {
        const inner = records.write((inside) => inside.append(sample.sampleEvent()));
        await assert.rejects(inner, ofCode("nested"));
        return tx.append(sample.sampleEvent());
      });
      assert.equal(event.seq, 1);
    });

    stored("Events are numbered without gaps and carry 128 random bits each", async (records) => {
      const salts = new Set<string>();
      for (let seq = 1; seq <= 5; seq++) {
        const event = await records.write((tx) =>
          tx.append(sample.sampleEvent({ detail: { n: seq, ok: true, no: null } })),
        );
        assert.deepEqual(event, {
          ...sample.sampleEvent({ detail: { n: seq, ok: true, no: null } }),
          seq,
          salt: event.salt,
        });
        assert.match(event.salt, /^[A-Za-z0-9_-]{22}$/);
        salts.add(event.salt);
      }
      assert.equal(salts.size, 5);
      assert.deepEqual(
        (await records.read.recentEvents(3)).map((each) => each.seq),
        [5, 4, 3],
      );
    });

    stored("What was stored does not follow later changes of the object that was given", async (records) => {
      const roles: ("auditor" | "administrator")[] = ["auditor"];
      await saved(records, (tx) => tx.saveMember(sample.sampleMember({ roles })));
      roles.push("administrator");
      assert.deepEqual((await records.read.member("amina"))?.roles, ["auditor"]);
    });

    stored("Two members, or two contacts, cannot have one address", async (records) => {
      await people(records);
      const member = sample.sampleMember({ id: "other", address: "amina@council.example" });
      await assert.rejects(
        saved(records, (tx) => tx.saveMember(member)),
        ofCode("conflict"),
      );
      const contact = sample.sampleContact({ id: "other" });
      await assert.rejects(
        saved(records, (tx) => tx.saveContact(contact)),
        ofCode("conflict"),
      );
    });

    stored("An address that a contact gave up is free for another", async (records) => {
      await people(records);
      await saved(records, (tx) => tx.saveContact(sample.sampleContact({ addresses: [] })));
      assert.equal(await records.read.contactByAddress("rhys@chambers.example"), null);
      await saved(records, (tx) => tx.saveContact(sample.sampleContact({ id: "other" })));
      assert.equal((await records.read.contactByAddress("rhys@chambers.example"))?.id, "other");
    });

    const danglers: readonly [string, (tx: Writer) => Promise<unknown>][] = [
      ["a transfer of nobody", (tx) => tx.saveTransfer(sample.sampleTransfer({ senderId: "nobody" }))],
      ["a stand-in who is nobody", (tx) => tx.saveTransfer(sample.sampleTransfer({ standInId: "nobody" }))],
      ["a recipient of no transfer", (tx) => tx.saveRecipient(sample.sampleRecipient({ reference: "WB-none" }))],
      ["a passkey of nobody", (tx) => tx.saveCredential(sample.sampleCredential({ memberId: "nobody" }))],
      ["a wrap of no key", (tx) => tx.saveWrap(sample.sampleWrap({ keyId: "none" }))],
      ["a manager who is nobody", (tx) => tx.saveMember(sample.sampleMember({ lineManagerId: "nobody" }))],
      ["an event of no transfer", (tx) => tx.append(sample.sampleEvent({ reference: "WB-none" }))],
    ];
    for (const [what, act] of danglers) {
      stored(`A record cannot refer to what is not there: ${what}`, async (records) => {
        await people(records);
        await assert.rejects(saved(records, act), ofCode("dangling"));
        assert.equal((await records.read.recentEvents(9)).length, 1);
      });
    }

    stored("The records of one write may come in any order", async (records) => {
      await saved(records, async (tx) => {
        await tx.append(sample.sampleEvent({ reference: "WB-0000-0000" }));
        await tx.saveRecipient(sample.sampleRecipient());
        await tx.saveTransfer(sample.sampleTransfer());
        await tx.saveContact(sample.sampleContact());
        await tx.saveMember(sample.sampleMember());
      });
      assert.equal((await records.read.recipients("WB-0000-0000")).length, 1);
    });
  });
}

/** A member and a contact, for the others to refer to. */
export function people(records: Records): Promise<void> {
  return saved(records, async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveContact(sample.sampleContact());
  });
}

/** Writes it with an event. */
export function saved(records: Records, act: (tx: Writer) => Promise<unknown>): Promise<void> {
  return records.write(async (tx) => {
    await act(tx);
    await tx.append(sample.sampleEvent());
  });
}
