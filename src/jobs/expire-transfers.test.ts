import assert from "node:assert/strict";
import { suite } from "node:test";
import { type Carriage, NOTHING_FIXED, NOTHING_SEEN } from "../domain/carriage.ts";
import { askApproval } from "../domain/lifecycle/approval-arrows.ts";
import type { Transfer } from "../domain/transfer.ts";
import type { Store } from "../store/open-store.ts";
import { createMemoryBlobs } from "../testing/memory-blobs.ts";
import { stored } from "../testing/reminding.ts";
import * as sample from "../testing/samples.ts";
import { expireTransfers } from "./expire-transfers.ts";

const EXPIRY = new Date("2026-12-05T10:00:00.000Z");
const EARLIER = new Date(EXPIRY.getTime() - 1);
const BODY = "A".repeat(22);
const logTo = { write: (line: string) => assert.fail(line) };
const SEALED: Partial<Transfer> = { uploadId: BODY, senderGrant: "Zw==", sealed: sample.SEALED };

suite("Expiring transfers", () => {
  stored("OXM-21: at its expiry grants, manifest and body are destroyed, and the record stays", async (store) => {
    const blobs = createMemoryBlobs();
    await blobs.create(BODY, 10);
    await save(store, { ...SEALED, state: "released", releasedAt: sample.AT }, "released");
    assert.equal(await expireTransfers({ ...store, blobs, logTo }, EARLIER), 0);
    assert.notEqual(await blobs.stat(BODY), null);
    assert.equal(await expireTransfers({ ...store, blobs, logTo }, EXPIRY), 1);

    const transfer = await store.records.read.transfer("WB-0000-0000");
    assert.deepEqual(
      [transfer?.state, transfer?.endedAt, transfer?.senderGrant],
      ["expired", EXPIRY.toISOString(), null],
    );
    assert.deepEqual([transfer?.sealed?.manifest, transfer?.sealed?.content], ["", sample.SEALED.content]);
    const recipient = await store.records.read.recipient("first");
    assert.deepEqual([recipient?.state, recipient?.grant], ["expired", null]);
    assert.equal(await blobs.stat(BODY), null);
    const events = (await store.records.read.eventsOf("WB-0000-0000")).map((event) => event.kind);
    assert.deepEqual(events, ["transfer-expired", "content-destroyed"]);
    assert.equal(await expireTransfers({ ...store, blobs, logTo }, EXPIRY), 0);
  });

  stored("A transfer that everyone has confirmed is closed", async (store) => {
    await save(store, { ...SEALED, state: "released", releasedAt: sample.AT }, "received");
    await expireTransfers({ ...store, blobs: createMemoryBlobs(), logTo }, EXPIRY);
    assert.equal((await store.records.read.transfer("WB-0000-0000"))?.state, "closed");
  });

  stored(
    "SDT-28: what is carried does not end by its date while somebody has yet to say that it is complete; the others have their turn",
    async (store) => {
      const carriage: Carriage = {
        ...{ method: "post", fixed: NOTHING_FIXED, atDispatch: NOTHING_SEEN, codes: {}, dispatch: null },
      };
      await save(store, { state: "released", releasedAt: sample.AT, carriage }, "arrived");
      await store.records.write(async (tx) => {
        for (let n = 0; n < 120; n++) {
          const reference = `WA-${String(n).padStart(4, "0")}`;
          await tx.saveTransfer(
            sample.sampleTransfer({ reference, state: "released", carriage, expiresAt: sample.AT }),
          );
          await tx.saveRecipient(sample.sampleRecipient({ id: reference, reference, state: "released" }));
        }
        await tx.saveTransfer(sample.sampleTransfer({ reference: "WZ", state: "released" }));
        await tx.append(sample.sampleEvent({ kind: "transfer-described" }));
      });
      const parts = { ...store, blobs: createMemoryBlobs(), logTo };
      assert.equal(await expireTransfers(parts, EXPIRY), 1, "the one by link, behind more than a round of others");
      const state = async () => (await store.records.read.transfer("WB-0000-0000"))?.state;
      assert.equal(await state(), "released");
      await store.records.write(async (tx) => {
        await tx.saveRecipient({ ...((await tx.recipient("first")) ?? assert.fail()), state: "received" });
        await tx.append(sample.sampleEvent({ kind: "receipt-recorded" }));
      });
      assert.equal(await expireTransfers(parts, EXPIRY), 1);
      assert.equal(await state(), "closed");
    },
  );

  for (const state of ["draft", "requested", "approved", "refused"] as const) {
    stored(`One that was never released expires too: ${state}`, async (store) => {
      const blobs = createMemoryBlobs();
      await blobs.create(BODY, 10);
      await save(store, { ...SEALED, state }, "named");
      assert.equal(await expireTransfers({ ...store, blobs, logTo }, EXPIRY), 1);
      assert.equal((await store.records.read.transfer("WB-0000-0000"))?.state, "expired");
      assert.equal(await blobs.stat(BODY), null);
    });
  }

  stored("What has expired waits for nobody's agreement any more", async (store) => {
    await save(store, { ...SEALED, state: "requested" }, "named");
    await store.records.write(async (tx) => {
      const about = { reference: "WB-0000-0000", digest: "ab".repeat(32), dueAt: sample.AT } as const;
      const taken = { at: sample.AT, by: { kind: "system" } } as const;
      const { request, event } = askApproval({ id: "request", role: "line-manager", ...about }, taken);
      await tx.saveApproval(request);
      await tx.append(event);
    });
    await expireTransfers({ ...store, blobs: createMemoryBlobs(), logTo }, EXPIRY);
    assert.equal((await store.records.read.approval("request"))?.state, "superseded");
  });

  stored("A body that cannot be deleted now does not stop the others", async (store) => {
    await save(store, { ...SEALED, state: "released", releasedAt: sample.AT }, "released");
    await save(store, { reference: "WB-second" }, "named");
    const blobs = { ...createMemoryBlobs(), remove: () => Promise.reject(new Error("read-only")) };
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    assert.equal(await expireTransfers({ ...store, blobs, logTo: { write } }, EXPIRY), 2);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).reference),
      ["WB-0000-0000"],
    );
  });

  stored("Two processes at once expire it once", async (store) => {
    await save(store, { ...SEALED, state: "released", releasedAt: sample.AT }, "released");
    const parts = { ...store, blobs: createMemoryBlobs(), logTo };
    const expired = await Promise.all([expireTransfers(parts, EXPIRY), expireTransfers(parts, EXPIRY)]);
    assert.deepEqual(expired.sort(), [0, 1]);
    assert.equal((await store.records.read.eventsOf("WB-0000-0000")).length, 2);
  });
});

function save(
  { records }: Store,
  changes: Partial<Transfer>,
  state: "named" | "released" | "arrived" | "received",
): Promise<void> {
  const reference = changes.reference ?? "WB-0000-0000";
  return records.write(async (tx) => {
    await tx.saveMember(sample.sampleMember());
    await tx.saveContact(sample.sampleContact());
    await tx.saveTransfer(sample.sampleTransfer(changes));
    const id = reference === "WB-0000-0000" ? "first" : reference;
    await tx.saveRecipient(sample.sampleRecipient({ id, reference, state, grant: "Zw==" }));
    await tx.append(sample.sampleEvent());
  });
}
