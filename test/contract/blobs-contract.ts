import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { randomId } from "../../src/bytes/random.ts";
import { BlobError, type Blobs } from "../../src/domain/blobs.ts";
import { ofCode } from "./refusal.ts";

/** What every store of blobs must do. @param open a new empty one, and how to close it. */
export function blobsContract(name: string, open: () => Promise<{ blobs: Blobs; close(): Promise<void> }>): void {
  const stored = (title: string, act: (blobs: Blobs) => Promise<void>) =>
    test(title, async () => {
      const { blobs, close } = await open();
      try {
        await act(blobs);
      } finally {
        await close();
      }
    });

  suite(`Blobs: ${name}`, () => {
    stored("What is appended in parts is read as a whole and in ranges", async (blobs) => {
      const id = randomId();
      const whole = pattern(3_000_017);
      await blobs.create(id, whole.length);
      assert.deepEqual(await blobs.stat(id), { length: 0, size: whole.length });
      assert.equal(await blobs.append(id, 0, chunks(whole.subarray(0, 2_500_000), 65_536)), 2_500_000);
      assert.deepEqual(await blobs.stat(id), { length: 2_500_000, size: whole.length });
      assert.equal(await blobs.append(id, 2_500_000, chunks(whole.subarray(2_500_000), 1_000)), whole.length);
      for (const [start, end] of [
        [0, whole.length],
        [0, 0],
        [999_999, 2_500_001],
        [whole.length - 1, whole.length],
      ] as const) {
        assert.deepEqual(await all(blobs.read(id, start, end)), Buffer.from(whole.subarray(start, end)));
      }
    });

    stored("A blob of no bytes is complete at once", async (blobs) => {
      const id = randomId();
      await blobs.create(id, 0);
      assert.deepEqual(await all(blobs.read(id, 0, 0)), Buffer.alloc(0));
      await assert.rejects(blobs.append(id, 0, chunks(new Uint8Array(1), 1)), ofCode("finished"));
    });

    stored("An append anywhere but at the end is refused and changes nothing", async (blobs) => {
      const id = await begun(blobs);
      for (const offset of [0, 3, 5, 99]) {
        await assert.rejects(blobs.append(id, offset, chunks(pattern(2), 2)), ofCode("wrong-offset"));
      }
      assert.equal(await blobs.append(id, 4, chunks(pattern(6), 6)), 10);
    });

    stored("More bytes than the blob was made for are refused", async (blobs) => {
      const id = await begun(blobs);
      await assert.rejects(blobs.append(id, 4, chunks(pattern(7), 7)), ofCode("too-large"));
      assert.equal((await blobs.stat(id))?.length, 4);
    });

    stored("A complete blob takes nothing more", async (blobs) => {
      const id = await begun(blobs);
      await blobs.append(id, 4, chunks(pattern(6), 6));
      await assert.rejects(blobs.append(id, 10, chunks(pattern(1), 1)), ofCode("finished"));
      await assert.rejects(blobs.append(id, 4, chunks(pattern(1), 1)), ofCode("finished"));
    });

    stored("When the stream breaks, what arrived is kept and the error thrown on", async (blobs) => {
      const id = await begun(blobs);
      const breaking = async function* () {
        yield pattern(2);
        yield pattern(1);
        throw new RangeError("cut off");
      };
      await assert.rejects(blobs.append(id, 4, breaking()), RangeError);
      assert.equal((await blobs.stat(id))?.length, 7);
      assert.equal(await blobs.append(id, 7, chunks(pattern(3), 3)), 10);
      assert.deepEqual(await all(blobs.read(id, 4, 10)), Buffer.from([...pattern(2), ...pattern(1), ...pattern(3)]));
    });

    stored("A second append at the same time is refused, and the first goes on", async (blobs) => {
      const id = await begun(blobs);
      const gate = Promise.withResolvers<void>();
      const waiting = async function* () {
        await gate.promise;
        yield pattern(6);
      };
      const first = blobs.append(id, 4, waiting());
      await assert.rejects(blobs.append(id, 4, chunks(pattern(6), 6)), ofCode("wrong-offset"));
      gate.resolve();
      assert.equal(await first, 10);
    });

    stored("An incomplete blob is not read, nor bytes behind the end", async (blobs) => {
      const id = await begun(blobs);
      await assert.rejects(all(blobs.read(id, 0, 4)), ofCode("too-short"));
      await blobs.append(id, 4, chunks(pattern(6), 6));
      await assert.rejects(all(blobs.read(id, 0, 11)), ofCode("too-short"));
      await assert.rejects(all(blobs.read(id, -1, 4)), ofCode("too-short"));
    });

    stored("A blob that is not there is refused, and removing it is fine", async (blobs) => {
      const id = randomId();
      assert.equal(await blobs.stat(id), null);
      await assert.rejects(blobs.append(id, 0, chunks(pattern(1), 1)), ofCode("no-such-blob"));
      await assert.rejects(all(blobs.read(id, 0, 1)), ofCode("no-such-blob"));
      await blobs.remove(id);
    });

    stored("Removing takes it away, and its id may be used again", async (blobs) => {
      const id = await begun(blobs);
      const kept = await begun(blobs);
      await blobs.remove(id);
      assert.equal(await blobs.stat(id), null);
      assert.deepEqual(await listed(blobs), [kept]);
      await blobs.create(id, 1);
      assert.deepEqual(await blobs.stat(id), { length: 0, size: 1 });
    });

    stored("An id that is taken is not made again, and what is there is kept", async (blobs) => {
      const id = await begun(blobs);
      await assert.rejects(blobs.create(id, 10), BlobError);
      assert.equal((await blobs.stat(id))?.length, 4);
    });

    for (const id of [
      "",
      "../../../etc/passwd",
      "AAAAAAAAAAAAAAAAAAAAA/",
      "..AAAAAAAAAAAAAAAAAAAA",
      "A".repeat(23),
      "A\0".repeat(11),
    ]) {
      stored(`${JSON.stringify(id)} is no id`, async (blobs) => {
        await assert.rejects(blobs.create(id, 1), TypeError);
        assert.equal(await blobs.stat(id), null);
        await assert.rejects(blobs.append(id, 0, chunks(pattern(1), 1)), ofCode("no-such-blob"));
        await blobs.remove(id);
        assert.deepEqual(await listed(blobs), []);
      });
    }
  });
}

/** A blob of 10 bytes of which 4 are there. */
async function begun(blobs: Blobs): Promise<string> {
  const id = randomId();
  await blobs.create(id, 10);
  await blobs.append(id, 0, chunks(pattern(4), 3));
  return id;
}

/** Bytes that differ from their neighbours near and far. */
export function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) * 7) & 0xff);
}

export async function* chunks(bytes: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.slice(at, at + step);
}

export async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

async function listed(blobs: Blobs): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const id of blobs.list()) ids.push(id);
  return ids;
}
