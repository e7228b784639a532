import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { randomBytes } from "../../src/bytes/random.ts";
import type { StoredEvent } from "../../src/domain/event.ts";
import type { Records } from "../../src/domain/records.ts";
import { checkLog } from "../../src/log/check-log.ts";
import { parseCheckpoint } from "../../src/log/checkpoint.ts";
import { eventDigest } from "../../src/log/event-digest.ts";
import { type EventLog, type SignedCheckpoint, wholeNote } from "../../src/log/event-log.ts";
import { signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { parseLogProof, verifyLogProof } from "../../src/log/log-proof.ts";
import { GrowingTree, leafHash } from "../../src/log/merkle.ts";
import { parseNote, signatureLine, verifyNote } from "../../src/log/note.ts";
import { proveEvents } from "../../src/log/prove-event.ts";
import { levelHashes } from "../../src/log/tile.ts";
import * as sample from "../../src/testing/samples.ts";

export interface OpenLog {
  readonly records: Records;
  readonly log: EventLog;
  close(): Promise<void>;
}

const NOW = new Date("2026-11-22T10:00:00.000Z");
const signer = await signerOf("council.example/log", "note", randomBytes(32));
const witnesses = await Promise.all(["one", "two"].map((name) => signerOf(name, "cosignature", randomBytes(32))));

/** What every store of the log must do. @param open a new empty one. */
export function logContract(name: string, open: () => Promise<OpenLog>): void {
  const stored = (title: string, act: (store: OpenLog) => Promise<void>) =>
    test(title, async () => {
      const store = await open();
      await act(store).finally(() => store.close());
    });
  const append = ({ records }: OpenLog, count: number) =>
    records.write(async (tx) => {
      const events: StoredEvent[] = [];
      for (let n = 1; n <= count; n++) events.push(await tx.append(sample.sampleEvent({ detail: { n } })));
      return events;
    });

  suite(`The log: ${name}`, () => {
    stored("SDT-28: every event is entered by the write that appends it, and by none that is undone", async (store) => {
      const { records, log } = store;
      await append(store, 2);
      const write = records.write(async (tx) => {
        await tx.append(sample.sampleEvent());
        throw new RangeError("on purpose");
      });
      await assert.rejects(write, RangeError);
      const [third] = await append(store, 1);
      assert.equal(await log.size(), 3);
      assert.deepEqual(await log.entries(2, 9), third ? [eventDigest(third)] : []);
      assert.deepEqual(await log.counts(), { lastEvent: 3, lastEntry: 3, next: 4 });
      const rows = await log.rows(2, 3);
      assert.deepEqual(
        rows.map(({ seq, damage }) => [seq, damage]),
        [
          [2, null],
          [3, null],
        ],
      );
      for (const { event, entry } of rows) assert.deepEqual(event && eventDigest(event), entry);
    });

    stored("While a write is under way nobody sees its entry", async ({ records, log }) => {
      await records.write(async (tx) => {
        await tx.append(sample.sampleEvent());
        assert.equal(await log.size(), 0);
      });
      assert.equal(await log.size(), 1);
    });

    stored("An empty log has no head", async ({ log }) => {
      assert.equal(await createLogKeeper(log, signer).sign(NOW), null);
      assert.deepEqual([await log.size(), await log.checkpoint(), await log.checkpoints()], [0, null, []]);
    });

    stored(
      "The head that is signed is over exactly the events, and the same one while nothing happens",
      async (store) => {
        const keeper = createLogKeeper(store.log, signer);
        const tree = new GrowingTree();
        for (const count of [1, 1, 253, 1, 1, 300]) {
          for (const event of await append(store, count)) tree.push(leafHash(eventDigest(event)));
          const signed = await keeper.sign(NOW);
          const note = parseNote(signed?.note ?? "");
          assert.deepEqual(parseCheckpoint(note.text), {
            origin: "council.example/log",
            size: tree.size,
            root: tree.root(),
          });
          assert.equal((await verifyNote(note, [signer.key])).length, 1);
          assert.deepEqual(await store.log.checkpoint(), signed);
          assert.deepEqual(await keeper.sign(new Date()), signed);
        }
        assert.deepEqual(await checkLog(store.log, signer.key), { events: 557, heads: 1, removed: 0, findings: [] });
        assert.equal((await levelHashes(store.log, 1, 0, 2)).length, 2);
        await assert.rejects(levelHashes(store.log, 1, 0, 3), { code: "out-of-range" });
      },
    );

    stored("Heads that are asked for at once are signed one after another", async (store) => {
      const keeper = createLogKeeper(store.log, signer);
      const heads = await Promise.all(
        Array.from({ length: 5 }, async () => {
          await append(store, 1);
          return keeper.sign(NOW);
        }),
      );
      assert.deepEqual(
        heads
          .map((head) => head?.size)
          .toSorted()
          .at(-1),
        5,
      );
      assert.equal((await store.log.checkpoint())?.size, 5);
    });

    stored("Smaller heads are forgotten unless a witness cosigned them", async (store) => {
      const { log } = store;
      const [first, second] = witnesses;
      assert.ok(first && second);
      const keeper = createLogKeeper(log, signer);
      const grown = async () => {
        await append(store, 1);
        return (await keeper.sign(NOW)) ?? assert.fail("There is something to sign.");
      };
      const cosign = async (head: SignedCheckpoint, by = first, time = 7) => {
        const { text } = parseNote(head.note);
        const line = await signatureLine(text, by, new Date(time * 1000));
        await log.saveCosignature(head, { name: by.key.name, id: by.key.id, time, line });
      };
      await grown();
      const two = await grown();
      await cosign(two, second, 9);
      await cosign(two, first, 8);
      await cosign(two, first, 7);
      const three = await grown();
      await grown();
      await cosign(three, second);
      const sizes = (await log.checkpoints()).map(({ size }) => size);
      assert.deepEqual(sizes, [2, 3, 4]);
      assert.equal((await log.cosignedBy(first.key))?.size, 2);
      assert.equal((await log.cosignedBy(second.key))?.size, 3);
      assert.equal(await log.cosignedBy({ name: "one", id: 1 }), null);
      assert.deepEqual(
        [(await log.checkpointFrom(1))?.size, (await log.checkpointFrom(3))?.size, await log.checkpointFrom(5)],
        [2, 3, null],
      );
      const kept = await log.checkpointFrom(2);
      const verified = await verifyNote(parseNote(wholeNote(kept ?? two)), [signer.key, first.key, second.key]);
      assert.deepEqual(
        verified.map(({ key, time }) => [key.name, time]),
        [
          ["council.example/log", null],
          ["one", 7],
          ["two", 9],
        ],
      );
    });

    stored("SDT-28: an event of the past is proved under a later head to whoever has the log's key", async (store) => {
      const events = await append(store, 700);
      const head = (await createLogKeeper(store.log, signer).sign(NOW)) ?? assert.fail();
      const wanted = [1, 2, 256, 257, 512, 699, 700];
      const proofs = await proveEvents(store.log, head, wanted);
      for (const [at, seq] of wanted.entries()) {
        const proof = parseLogProof(proofs[at] ?? "");
        const event = events[seq - 1] ?? assert.fail();
        const { checkpoint } = await verifyLogProof(proof, eventDigest(event), { log: signer.key, witnesses: [] });
        assert.deepEqual([proof.index, checkpoint.size], [seq - 1, 700]);
        const changed = eventDigest({ ...event, at: "2020-01-01T00:00:00.000Z" });
        await assert.rejects(verifyLogProof(proof, changed, { log: signer.key, witnesses: [] }), {
          code: "wrong-proof",
        });
      }
      for (const none of [0, 701]) await assert.rejects(proveEvents(store.log, head, [none]), { code: "out-of-range" });
    });
  });
}
