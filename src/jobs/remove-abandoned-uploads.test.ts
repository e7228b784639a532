import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Blobs } from "../domain/blobs.ts";
import type { Transfer } from "../domain/transfer.ts";
import type { Store } from "../store/open-store.ts";
import { createMemoryBlobs } from "../testing/memory-blobs.ts";
import * as sample from "../testing/samples.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { removeAbandonedUploads } from "./remove-abandoned-uploads.ts";

const START = new Date(sample.AT);
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const BODY = "A".repeat(22);

suite("Removing abandoned uploads", () => {
  stored("The body of a transfer that goes on stays, however old it is", async (store, blobs) => {
    await save(store, { uploadId: BODY });
    for (const minutes of [0, 61, 100_000]) {
      assert.equal(await removeAbandonedUploads({ ...store, blobs }, after(minutes)), 0);
    }
    assert.notEqual(await blobs.stat(BODY), null);
  });

  stored("The body of a transfer that is over goes at once", async (store, blobs) => {
    await save(store, { uploadId: BODY, state: "recalled", endedAt: sample.AT });
    assert.equal(await removeAbandonedUploads({ ...store, blobs }, START), 1);
    assert.equal(await blobs.stat(BODY), null);
  });

  stored("An upload of no transfer goes an hour after it was first seen, and not before", async (store, blobs) => {
    const removed: number[] = [];
    for (const minutes of [0, 59, 60]) removed.push(await removeAbandonedUploads({ ...store, blobs }, after(minutes)));
    assert.deepEqual(removed, [0, 0, 1]);
    assert.equal(await blobs.stat(BODY), null);
  });

  stored("An upload whose transfer is recorded just after it was first seen stays", async (store, blobs) => {
    await removeAbandonedUploads({ ...store, blobs }, START);
    await save(store, { uploadId: BODY });
    assert.equal(await removeAbandonedUploads({ ...store, blobs }, after(120)), 0);
  });
});

function stored(title: string, act: (store: Store, blobs: Blobs) => Promise<void>): void {
  test(title, async () => {
    const store = await temporaryStore();
    const blobs = createMemoryBlobs();
    await blobs.create(BODY, 10);
    await act(store, blobs).finally(store.close);
  });
}

function save({ records }: Store, changes: Partial<Transfer>): Promise<void> {
  return records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveTransfer(sample.sampleTransfer(changes));
    await tx.append(sample.sampleEvent());
  });
}
