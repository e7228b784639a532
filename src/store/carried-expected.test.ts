import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { type Carriage, NOTHING_FIXED, NOTHING_SEEN } from "../domain/carriage.ts";
import { sampleContact, sampleEvent, sampleMember, sampleRecipient, sampleTransfer } from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { carriedExpected } from "./migrations/records-0032-carried-expected.ts";
import { openStore } from "./open-store.ts";
import { openConnection, queries } from "./sqlite.ts";

const key = randomBytes(32);
const went = (method: Carriage["method"]): Carriage => ({
  ...{ method, fixed: NOTHING_FIXED, atDispatch: NOTHING_SEEN, codes: {} },
  dispatch: {
    ...{ at: "2026-11-20T10:00:00.000Z", byId: "amina", tracking: "", expected: "2026-11-22", pages: null },
    ...{ handedTo: "", identification: "", collected: false, told: "", confirmed: "", dialled: "" },
  },
});

test("SIS-14: what went before days were kept apart is found by its day", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "waybill.db");
  const first = await openStore({ file, key });
  await first.records.write(async (tx) => {
    await tx.saveMember(sampleMember());
    await tx.saveTransfer(sampleTransfer({ reference: "WB-post", state: "released", carriage: went("post") }));
    await tx.saveTransfer(sampleTransfer({ reference: "WB-told", state: "released", carriage: went("telephone") }));
    await tx.saveTransfer(
      sampleTransfer({ reference: "WB-wait", state: "approved", carriage: { ...went("fax"), dispatch: null } }),
    );
    await tx.saveTransfer(sampleTransfer({ reference: "WB-over", state: "closed", carriage: went("post") }));
    await tx.saveTransfer(sampleTransfer({ reference: "WB-link", state: "released" }));
    await tx.saveContact(sampleContact());
    for (const reference of ["WB-post", "WB-told", "WB-wait", "WB-over", "WB-link"])
      await tx.saveRecipient(sampleRecipient({ id: reference, reference, state: "released" }));
    await tx.append(sampleEvent({ reference: null }));
  });
  await first.close();
  const connection = openConnection(file, key);
  connection.exec("drop table carried_expected; drop index approval_by_decided_by_decided_at_id");
  const db = queries(connection);
  await carriedExpected(db);
  await db.destroy();
  const { records, close } = await openStore({ file, key });
  const found = await records.read.carriedExpectedBefore("2026-11-23", 9, "arrival");
  assert.deepEqual(
    found.map(({ reference }) => reference),
    ["WB-post"],
  );
  await close();
  await rm(folder, { recursive: true });
});
