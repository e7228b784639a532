import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { type Carriage, NOTHING_FIXED, NOTHING_SEEN } from "../domain/carriage.ts";
import { pause, resume } from "../domain/lifecycle/recipient-arrows.ts";
import { sampleContact, sampleEvent, sampleMember, sampleRecipient, sampleTransfer } from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { carriedArrivals } from "./migrations/records-0027-carried-arrivals.ts";
import { openStore } from "./open-store.ts";
import { openConnection, queries } from "./sqlite.ts";

const key = randomBytes(32);

test("SDT-28: what had arrived before arrivals were kept is where it was after a pause", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "waybill.db");
  const carriage: Carriage = {
    ...{ method: "post", fixed: NOTHING_FIXED, atDispatch: NOTHING_SEEN, codes: {}, dispatch: null },
  };
  const [by, link] = ["WB-0000-0001", "WB-0000-0002"];
  const first = await openStore({ file, key });
  await first.records.write(async (tx) => {
    await tx.saveMember(sampleMember());
    await tx.saveContact(sampleContact());
    for (const reference of [by, link]) {
      await tx.saveTransfer(
        sampleTransfer({ reference, state: "released", carriage: reference === by ? carriage : null }),
      );
      await tx.saveRecipient(sampleRecipient({ id: reference, reference, state: "arrived" }));
      for (const reader of ["Clara", "Somebody later"])
        await tx.append(
          sampleEvent({ kind: "recipient-arrived", reference, recipientId: reference, detail: { reader } }),
        );
    }
  });
  await first.close();
  const db = queries(openConnection(file, key));
  await carriedArrivals(db);
  await db.destroy();
  const { records, close } = await openStore({ file, key });
  const recipient = (await records.read.recipient(by)) ?? assert.fail();
  const at = sampleEvent({ kind: "recipient-arrived" }).at;
  assert.deepEqual(recipient.arrival, { publicKey: "", reader: "Clara", at });
  assert.equal((await records.read.recipient(link))?.arrival, null, "who opens a link has a key of that arrival");
  const taken = { at: "2026-12-01T10:00:00.000Z", by: { kind: "system" } } as const;
  const transfer = (await records.read.transfer(by)) ?? assert.fail();
  const paused = pause(transfer, recipient, taken, "report");
  const [resumed] = resume(transfer, paused.recipients[0] ?? assert.fail(), taken).recipients;
  assert.equal(resumed?.state, "arrived");
  await close();
  await rm(folder, { recursive: true });
});
