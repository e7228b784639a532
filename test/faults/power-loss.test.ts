import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Blobs } from "../../src/domain/blobs.ts";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { all, chunks, pattern } from "../contract/blobs-contract.ts";
import { FakeDisk, LOSSES, PowerCut } from "./fake-disk.ts";

const FOLDER = "/blobs";
const SIZE = 5_000;
const CONTENT = pattern(SIZE);
const [FIRST, SECOND, THIRD] = ["1".repeat(22), "2".repeat(22), "3".repeat(22)];

/**
 * What was answered so far: the length of each blob, null once its removal was answered; and which removal is under
 * way.
 */
interface Answers {
  readonly lengths: Map<string, number | null>;
  removing: string | null;
}

/** Several uploads at work, up to the end or to the power cut. */
async function work(disk: FakeDisk, answers: Answers): Promise<"done" | "cut"> {
  try {
    const blobs = await openBlobFolder(FOLDER, disk);
    const create = async (id: string) => {
      await blobs.create(id, SIZE);
      answers.lengths.set(id, 0);
    };
    const append = async (id: string, start: number, end: number) => {
      answers.lengths.set(id, await blobs.append(id, start, chunks(CONTENT.subarray(start, end), 700)));
    };
    await create(FIRST);
    await append(FIRST, 0, 1_000);
    await create(SECOND);
    await append(SECOND, 0, 4_000);
    await append(FIRST, 1_000, 4_999);
    await append(FIRST, 4_999, SIZE);
    answers.removing = SECOND;
    await blobs.remove(SECOND);
    answers.removing = null;
    answers.lengths.set(SECOND, null);
    await create(THIRD);
    await append(THIRD, 0, 600);
    await create(SECOND);
    await append(THIRD, 600, SIZE);
    return "done";
  } catch (error) {
    if (error instanceof PowerCut) return "cut";
    throw error;
  }
}

/** Everything answered is there, and every upload can be taken up and completed to exactly its content. */
async function verify(blobs: Blobs, answers: Answers): Promise<void> {
  for (const [id, length] of answers.lengths) {
    const found = await blobs.stat(id);
    if (found === null && (length === null || id === answers.removing)) continue;
    // Making it anew may have been under way, and is not answered: but the removed content must not be back.
    if (length === null) assert.equal(found?.length, 0, "a removed blob came back");
    assert.ok(found !== null, "a blob is gone");
    assert.ok(found.length >= (length ?? 0), `${length} bytes were acknowledged, ${found.length} are there`);
    if (found.length < SIZE) {
      await blobs.append(id, found.length, chunks(CONTENT.subarray(found.length), 900));
    }
    assert.deepEqual(await all(blobs.read(id, 0, SIZE)), Buffer.from(CONTENT));
  }
}

suite("A store that drops what was not synced", () => {
  for (const loss of LOSSES) {
    test(`Power cut at every operation, of what was not synced is left: ${loss}. Nothing acknowledged is lost`, async () => {
      for (let operations = 0; ; operations++) {
        const disk = new FakeDisk();
        disk.left = operations;
        const answers: Answers = { lengths: new Map(), removing: null };
        const end = await work(disk, answers);
        disk.restartMachine(loss);
        await verify(await openBlobFolder(FOLDER, disk), answers);
        if (end === "done") break;
        assert.ok(operations < 1_000);
      }
    });

    test(`Kill -9 at every operation, then a power cut that leaves: ${loss}. What the new process answered stays`, async () => {
      for (let operations = 0; ; operations++) {
        const disk = new FakeDisk();
        disk.left = operations;
        const answers: Answers = { lengths: new Map(), removing: null };
        const end = await work(disk, answers);
        disk.restartProcess();
        const restarted = await openBlobFolder(FOLDER, disk);
        for (const id of [FIRST, SECOND, THIRD]) {
          answers.lengths.set(id, (await restarted.stat(id))?.length ?? null);
        }
        answers.removing = null;
        disk.restartMachine(loss);
        await verify(await openBlobFolder(FOLDER, disk), answers);
        if (end === "done") break;
        assert.ok(operations < 1_000);
      }
    });
  }

  test("A create that was cut off can be repeated", async () => {
    for (let operations = 0; operations < 8; operations++) {
      const disk = new FakeDisk();
      disk.left = operations;
      await work(disk, { lengths: new Map(), removing: null });
      disk.restartMachine("zeros");
      const blobs = await openBlobFolder(FOLDER, disk);
      if ((await blobs.stat(FIRST)) === null) await blobs.create(FIRST, SIZE);
      assert.equal((await blobs.stat(FIRST))?.size, SIZE);
    }
  });
});

suite("A full disk", () => {
  test("What fitted is kept and acknowledged, and the upload goes on when there is room", async () => {
    const beforeData = 4_096 - 512; // the file has its first sector already
    for (let fitting = 1; fitting < SIZE; fitting += 333) {
      const disk = new FakeDisk();
      const blobs = await openBlobFolder(FOLDER, disk);
      await blobs.create(FIRST, SIZE);
      disk.room = beforeData + fitting;
      await assert.rejects(blobs.append(FIRST, 0, chunks(CONTENT, 700)), { code: "no-room" });
      disk.restartMachine("nothing");
      disk.room = Number.POSITIVE_INFINITY;
      const again = await openBlobFolder(FOLDER, disk);
      assert.equal((await again.stat(FIRST))?.length, fitting);
      await verify(again, { lengths: new Map([[FIRST, 0]]), removing: null });
    }
  });

  test("A blob that does not fit is refused and leaves nothing behind", async () => {
    const disk = new FakeDisk();
    const blobs = await openBlobFolder(FOLDER, disk);
    disk.room = 100;
    await assert.rejects(blobs.create(FIRST, SIZE), { code: "no-room" });
    assert.equal(await blobs.stat(FIRST), null);
    disk.room = 10_000;
    await blobs.create(FIRST, SIZE);
  });
});
