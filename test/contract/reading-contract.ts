import assert from "node:assert/strict";
import { suite } from "node:test";
import { NOTHING_FIXED, NOTHING_SEEN } from "../../src/domain/carriage.ts";
import type { Records } from "../../src/domain/records.ts";
import type { Recipient, Transfer } from "../../src/domain/transfer.ts";
import * as sample from "../../src/testing/samples.ts";
import { people, saved } from "./records-contract.ts";
import { testsOn } from "./tests-on.ts";

const where = { reference: "WB-7F3K-Q2XV", recipientId: "recipient" };
const offer = {
  state: "offered",
  how: "words",
  ...where,
  at: "2026-11-21T10:00:00.000Z",
  decidedBy: null,
  decidedAt: null,
} as const;

/** What every store of records must answer. @param open a new empty one; `close` is called on it. */
export function readingContract(name: string, open: () => Promise<Records>): void {
  const stored = testsOn(open);

  suite(`Reading records: ${name}`, () => {
    stored("Where there is nothing, the answer is null or an empty list", async ({ read }) => {
      const one = [
        await read.organisation(),
        await read.member("x"),
        await read.memberByAddress("x@y.example"),
        await read.credential("x"),
        await read.contact("x"),
        await read.contactByAddress("x@y.example"),
        await read.transfer("x"),
        await read.transferOfUpload("x"),
        await read.recipient("x"),
        await read.lastEvent("policy-changed"),
      ];
      assert.deepEqual(new Set(one), new Set([null]));
      const page = { limit: 9, offset: 0 };
      const many = [
        await read.members(),
        await read.credentialsOf("x"),
        await read.keysOf("x"),
        await read.keyLog(),
        await read.wrapsOf("x"),
        await read.contacts(),
        await read.contactsAmong([], []),
        await read.contactsAmong(["x"], ["x@y.example"]),
        await read.transfersOf("x", page),
        await read.expiring("draft", LATER, 9),
        await read.recipients("x"),
        await read.inboxOf("x", page),
        await read.withoutReceipt(LATER, 9),
        await read.eventsOf("x"),
        await read.eventsAbout("x"),
        await read.enrolmentsOf("x"),
        await read.recentEvents(9),
        await read.latestFixedWaybills(9),
      ];
      assert.deepEqual(many.flat(), []);
    });

    stored("Every noun comes back as it was saved, and as it was saved last", async (records) => {
      const { read } = records;
      const transfer = sample.sampleTransfer({
        senderGrant: "YQ==",
        uploadId: "AAAAAAAAAAAAAAAAAAAAAA",
        sealed: sample.SEALED,
        standInId: "amina",
        riskyReason: "Macros are the evidence “here”",
        waybill: { text: '{"a":1}', digest: "ff" },
      });
      const arrival = { publicKey: "cGs", reader: "Zoë 🦉", at: sample.AT };
      const recipient = sample.sampleRecipient({
        grant: "Zw==",
        tokenHash: "aa",
        arrival,
        registerFirst: true,
        team: true,
      });
      await saved(records, async (tx) => {
        await tx.saveOrganisation(sample.sampleOrganisation());
        await tx.saveMember(sample.sampleMember({ offer }));
        await tx.saveCredential(sample.sampleCredential());
        await tx.saveKey(sample.sampleKey());
        await tx.saveWrap(sample.sampleWrap());
        await tx.saveContact(sample.sampleContact());
        await tx.saveTransfer(transfer);
        await tx.saveRecipient(recipient);
      });
      assert.deepEqual(await read.organisation(), sample.sampleOrganisation());
      assert.deepEqual(await read.memberByAddress("amina@council.example"), sample.sampleMember({ offer }));
      assert.deepEqual(await read.credential("passkey"), sample.sampleCredential());
      assert.deepEqual(await read.keysOf("amina"), [sample.sampleKey()]);
      assert.deepEqual(await read.wrapsOf("amina"), [sample.sampleWrap()]);
      assert.deepEqual(await read.contactByAddress("rhys@chambers.example"), sample.sampleContact());
      const found = sample.sampleContact();
      for (const [ids, addresses] of [
        [[found.id], []],
        [[], ["rhys@chambers.example"]],
        [
          ["x", found.id],
          ["rhys@chambers.example", "x@y.example"],
        ],
      ] as const) {
        assert.deepEqual(await read.contactsAmong(ids, addresses), [found]);
      }
      assert.deepEqual(await read.transfer("WB-0000-0000"), transfer);
      assert.deepEqual(await read.transferOfUpload("AAAAAAAAAAAAAAAAAAAAAA"), transfer);
      assert.deepEqual(await read.recipient("first"), recipient);

      const changed: Transfer = { ...transfer, state: "requested", sealed: null };
      await saved(records, (tx) => tx.saveTransfer(changed));
      assert.deepEqual(await read.transfer("WB-0000-0000"), changed);
    });

    stored("Removed passkeys and keys are left out, but stay in the key log", async (records) => {
      await people(records);
      await saved(records, async (tx) => {
        await tx.saveCredential(sample.sampleCredential());
        await tx.saveCredential(sample.sampleCredential({ id: "gone", removedAt: sample.AT }));
        await tx.saveKey(sample.sampleKey({ id: "gone", createdAt: "2026-01-01T00:00:00.000Z", removedAt: sample.AT }));
        await tx.saveKey(sample.sampleKey());
        await tx.saveWrap(sample.sampleWrap());
        await tx.saveWrap(sample.sampleWrap({ id: "second" }));
        await tx.removeWrap("second");
      });
      assert.deepEqual(ids(await records.read.credentialsOf("amina")), ["passkey"]);
      assert.equal((await records.read.credential("gone"))?.removedAt, sample.AT);
      assert.deepEqual(ids(await records.read.keysOf("amina")), ["key"]);
      assert.deepEqual(ids(await records.read.keyLog()), ["gone", "key"]);
      assert.deepEqual(ids(await records.read.wrapsOf("amina")), ["wrap"]);
    });

    stored("Members and contacts come oldest first", async (records) => {
      await saved(records, async (tx) => {
        for (const [id, year] of [
          ["b", "2026"],
          ["c", "2024"],
          ["a", "2026"],
        ] as const) {
          await tx.saveMember(sample.sampleMember({ id, createdAt: `${year}-01-01T00:00:00.000Z` }));
          await tx.saveContact(sample.sampleContact({ id, addresses: [], createdAt: `${year}-01-01T00:00:00.000Z` }));
        }
      });
      assert.deepEqual(ids(await records.read.members()), ["c", "a", "b"]);
      assert.deepEqual(ids(await records.read.contacts()), ["c", "a", "b"]);
    });

    stored("A sender's transfers come newest first, page by page, and nobody else's", async (records) => {
      await people(records);
      await saved(records, async (tx) => {
        await tx.saveMember(sample.sampleMember({ id: "other" }));
        await tx.saveTransfer(sample.sampleTransfer({ reference: "theirs", senderId: "other" }));
        for (let n = 1; n <= 5; n++) {
          await tx.saveTransfer(
            sample.sampleTransfer({ reference: `t${n}`, createdAt: `2026-01-0${n}T00:00:00.000Z` }),
          );
        }
      });
      const page = async (offset: number) => references(await records.read.transfersOf("amina", { limit: 2, offset }));
      assert.deepEqual([await page(0), await page(2), await page(4)], [["t5", "t4"], ["t3", "t2"], ["t1"]]);
    });

    stored(
      "SDT-13: a stand-in finds what was released with them as one, newest first, and nothing else",
      async (records) => {
        await people(records);
        await saved(records, async (tx) => {
          await tx.saveMember(sample.sampleMember({ id: "other" }));
          const one = (reference: string, more: Partial<Transfer>) =>
            tx.saveTransfer(sample.sampleTransfer({ reference, state: "released", standInId: "other", ...more }));
          await one("t1", { createdAt: "2026-01-01T00:00:00.000Z" });
          await one("t2", { createdAt: "2026-01-02T00:00:00.000Z" });
          await one("over", { state: "recalled" });
          await one("nobody", { standInId: null });
        });
        const found = async (id: string, limit: number) =>
          references(await records.read.transfersToStandInFor(id, limit));
        assert.deepEqual(await found("other", 9), ["t2", "t1"]);
        assert.deepEqual(await found("other", 1), ["t2"]);
        assert.deepEqual(await found("amina", 9), []);
      },
    );

    stored("Transfers that expire come by expiry, up to and including the moment asked for", async (records) => {
      await people(records);
      await saved(records, async (tx) => {
        for (const n of [3, 1, 2, 4]) {
          await tx.saveTransfer(
            sample.sampleTransfer({ reference: `t${n}`, expiresAt: `2026-01-0${n}T00:00:00.000Z` }),
          );
        }
        const released = { reference: "released", state: "released", expiresAt: "2026-01-01T00:00:00.000Z" } as const;
        await tx.saveTransfer(sample.sampleTransfer(released));
      });
      const until = "2026-01-03T00:00:00.000Z";
      assert.deepEqual(references(await records.read.expiring("draft", until, 9)), ["t1", "t2", "t3"]);
      assert.deepEqual(references(await records.read.expiring("draft", until, 2)), ["t1", "t2"]);
      assert.deepEqual(references(await records.read.expiring("released", until, 9)), ["released"]);
      const second = { reference: "t2", expiresAt: "2026-01-02T00:00:00.000Z" };
      assert.deepEqual(references(await records.read.expiring("draft", until, 9, second)), ["t3"]);
      const before = { ...second, reference: "t1" };
      assert.deepEqual(references(await records.read.expiring("draft", until, 9, before)), ["t2", "t3"]);
    });

    stored("Recipients come by position, and can be removed", async (records) => {
      await withRecipients(records, [
        { id: "b", position: 1 },
        { id: "c", position: 0 },
        { id: "a", position: 2 },
      ]);
      assert.deepEqual(ids(await records.read.recipients("WB-0000-0000")), ["c", "b", "a"]);
      await saved(records, (tx) => tx.removeRecipient("b"));
      assert.deepEqual(ids(await records.read.recipients("WB-0000-0000")), ["c", "a"]);
    });

    stored("A member's inbox holds what was released to them, newest first", async (records) => {
      const party = { kind: "member", memberId: "amina" } as const;
      await withRecipients(records, [
        { id: "old", party, state: "expired", releasedAt: "2026-01-01T00:00:00.000Z" },
        { id: "new", party, state: "released", releasedAt: "2026-01-03T00:00:00.000Z" },
        { id: "middle", party, state: "opened", releasedAt: "2026-01-02T00:00:00.000Z" },
        { id: "not yet", party, state: "named" },
        { id: "somebody else's", state: "released", releasedAt: "2026-01-03T00:00:00.000Z" },
      ]);
      const page = async (offset: number) => ids(await records.read.inboxOf("amina", { limit: 2, offset }));
      assert.deepEqual([await page(0), await page(2)], [["new", "middle"], ["old"]]);
    });

    stored("SIS-14: what is carried and under way is found by the day on which it was expected", async (records) => {
      const going = (expected: string, method: "post" | "telephone" = "post"): Partial<Transfer> => ({
        state: "released",
        carriage: {
          ...{ method, fixed: NOTHING_FIXED, atDispatch: NOTHING_SEEN, codes: {} },
          dispatch: {
            ...{ at: sample.AT, byId: "amina", tracking: "", expected, pages: null, handedTo: "", identification: "" },
            ...{ told: "", confirmed: "", dialled: "", collected: false },
          },
        },
      });
      const save = (reference: string, about: Partial<Transfer>, state: Recipient["state"] = "released") =>
        saved(records, async (tx) => {
          await tx.saveTransfer(sample.sampleTransfer({ reference, ...about }));
          await tx.saveRecipient(sample.sampleRecipient({ id: reference, reference, state }));
        });
      await saved(records, async (tx) => {
        await tx.saveMember(sample.sampleMember());
        await tx.saveMember(sample.sampleMember({ id: "left", address: "left@council.example", state: "deactivated" }));
        await tx.saveContact(sample.sampleContact());
      });
      await save("WB-b", going("2026-11-20"));
      await save("WB-a", going("2026-11-20"));
      await save("WB-c", going("2026-11-22"));
      await save("WB-d", going("2026-11-23"));
      await save("WB-told", going("2026-11-20", "telephone"));
      await save("WB-link", { state: "released" });
      await save("WB-over", going("2026-11-20"));
      await save("WB-over", { ...going("2026-11-20"), state: "closed" });
      const receipt = { expiresAt: "2026-11-21T12:00:00.000Z" };
      await save("WB-there", going("2026-11-20"), "arrived");
      await save("WB-unsaid", { ...going("2026-11-20"), ...receipt }, "arrived");
      await save("WB-done", { ...going("2026-11-20"), ...receipt }, "received");
      await save("WB-left", { ...going("2026-11-20"), senderId: "left" });
      await save("WB-told-3", going("2026-11-20"));
      await save("WB-told-2", { ...going("2026-11-20"), ...receipt }, "arrived");
      await records.write(async (tx) => {
        const told = { kind: "delivery-late", at: sample.AT, actor: { kind: "system" }, recipientId: null } as const;
        for (const [reference, what, times] of [
          ["WB-told-3", "arrival", 3],
          ["WB-told-2", "arrival", 3],
          ["WB-told-2", "receipt", 2],
        ] as const)
          for (let number = 1; number <= times; number++)
            await tx.append({ ...told, reference, detail: { what, due: "2026-11-20", number, people: 1 } });
      });
      const { read } = records;
      const references = async (...asked: Parameters<typeof read.carriedExpectedBefore>) =>
        (await read.carriedExpectedBefore(...asked)).map(({ reference }) => reference);
      assert.deepEqual(await references("2026-11-23", 9, "arrival"), ["WB-a", "WB-b", "WB-left", "WB-told-3", "WB-c"]);
      assert.deepEqual(await references("2026-11-20", 9, "arrival"), []);
      assert.deepEqual(await references("2026-11-23", 1, "arrival"), ["WB-a"]);
      const behind = { expected: "2026-11-20", reference: "WB-b" };
      assert.deepEqual(await references("2026-11-23", 9, "arrival", behind), ["WB-left", "WB-told-3", "WB-c"]);
      // what is there or was told of often enough is not looked at again
      const remind = ["WB-a", "WB-b", "WB-told-2", "WB-unsaid", "WB-c"];
      assert.deepEqual(await references("2026-11-23", 9, "reminder"), remind);
      assert.deepEqual(await references("2026-11-21", 9, "reminder"), ["WB-a", "WB-b"]);
      assert.deepEqual(await references("2026-11-23", 9, "reminder", behind), remind.slice(2));
    });

    stored("Recipients without a receipt come by release, in pages that go on behind the last one", async (records) => {
      const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
      await withRecipients(records, [
        { id: "b", state: "opened", releasedAt: at(1) },
        { id: "a", state: "released", releasedAt: at(1) },
        { id: "c", state: "arrived", releasedAt: at(2) },
        { id: "d", state: "released", releasedAt: at(3) },
        { id: "late", state: "released", releasedAt: at(4) },
        { id: "received", state: "received", releasedAt: at(1), receivedAt: at(2) },
        { id: "over", state: "dropped", releasedAt: at(1) },
        { id: "paused", state: "paused", releasedAt: at(1) },
      ]);
      const { read } = records;
      assert.deepEqual(ids(await read.withoutReceipt(at(3), 9)), ["a", "b", "c", "d"]);
      assert.deepEqual(ids(await read.withoutReceipt(at(3), 2)), ["a", "b"]);
      assert.deepEqual(ids(await read.withoutReceipt(at(3), 2, { releasedAt: at(1), id: "a" })), ["b", "c"]);
      assert.deepEqual(ids(await read.withoutReceipt(at(3), 9, { releasedAt: at(3), id: "d" })), []);
    });

    stored(
      "Events of a transfer and of a recipient come oldest first, and the others newest first",
      async (records) => {
        await withRecipients(records, []);
        const actors = [
          { kind: "member", id: "amina" },
          { kind: "recipient", id: "first" },
          { kind: "link-holder", id: "first" },
          { kind: "system" },
        ] as const;
        await saved(records, async (tx) => {
          for (const actor of actors) await tx.append(sample.sampleEvent({ reference: "WB-0000-0000", actor }));
          for (const detail of [{ n: 1 }, { n: 2 }]) {
            await tx.append(
              sample.sampleEvent({ reference: "WB-0000-0000", recipientId: "first", actor: actors[3], detail }),
            );
          }
        });
        const ofTransfer = (await records.read.eventsOf("WB-0000-0000")).map((each) => each.actor);
        assert.deepEqual(ofTransfer, [...actors, actors[3], actors[3]]);
        const about = (await records.read.eventsAbout("first")).map((each) => each.detail.n);
        assert.deepEqual(about, [1, 2]);
        const seqs = (await records.read.recentEvents(2)).map((each) => each.seq);
        assert.deepEqual(seqs, [9, 2]);
        const { kind } = sample.sampleEvent();
        assert.equal((await records.read.lastEvent(kind))?.seq, 9);
        assert.equal(await records.read.lastEvent("policy-changed"), null);
      },
    );

    stored("A member's enrolments are those events of their passkeys and keys, oldest first", async (records) => {
      const member = (id: string) => ({ kind: "member", id }) as const;
      await saved(records, async (tx) => {
        for (const [kind, id] of [
          ["passkey-added", "amina"],
          ["key-published", "amina"],
          ["passkey-added", "bilal"],
          ["key-removed", "amina"],
          ["key-published", "amina"],
        ] as const) {
          await tx.append(sample.sampleEvent({ kind, actor: member(id) }));
        }
      });
      const seqs = (await records.read.enrolmentsOf("amina")).map(({ kind }) => kind);
      assert.deepEqual(seqs, ["passkey-added", "key-published", "key-published"]);
    });

    stored("Fixed waybills of all transfers come newest first, as many as are asked for", async (records) => {
      await withRecipients(records, []);
      await saved(records, async (tx) => {
        for (const [digest, day] of [
          ["aa", 2],
          ["bb", 3],
          ["cc", 1],
        ] as const)
          await tx.saveFixedWaybill({
            digest,
            reference: "WB-0000-0000",
            text: "{}",
            assessment: "{}",
            at: `2026-01-0${day}`,
          });
      });
      const found = await records.read.latestFixedWaybills(2);
      assert.deepEqual(
        found.map((each) => each.digest),
        ["bb", "aa"],
      );
    });
  });
}

const LATER = "2027-01-01T00:00:00.000Z";

async function withRecipients(records: Records, recipients: readonly Partial<Recipient>[]): Promise<void> {
  await people(records);
  await saved(records, async (tx) => {
    await tx.saveTransfer(sample.sampleTransfer());
    for (const each of recipients) await tx.saveRecipient(sample.sampleRecipient(each));
  });
}

function ids(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map((each) => each.id);
}

function references(rows: readonly { readonly reference: string }[]): readonly string[] {
  return rows.map((each) => each.reference);
}
