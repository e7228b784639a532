import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { randomBytes } from "../../src/bytes/random.ts";
import { checkLog } from "../../src/log/check-log.ts";
import type { Finding } from "../../src/log/findings.ts";
import { type Signer, signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { openConnection } from "../../src/store/sqlite.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";

/** A connection to the database, as the store's own. */
export type Database = ReturnType<typeof openConnection>;

/** A log of so many events: more than two tiles, with a head in the middle of one. */
export const COUNT = 600;
/** The head that a witness cosigned; the other is over all. */
export const EARLIER = 400;
export const NOW = new Date("2026-11-22T10:00:00.000Z");
export const signer: Signer = await signerOf("council.example/log", "note", randomBytes(32));

const key = randomBytes(32);

/**
 * Makes such a log, hands the database to an operator with a shell, and answers what the check finds then.
 * @param witnessed of the heads that were signed, those that somebody outside kept.
 */
export async function findingsAfter(
  tamper: (database: Database) => void,
  witnessed: (heads: readonly string[]) => readonly string[] = () => [],
): Promise<readonly Finding[]> {
  const folder = await temporaryFolder();
  const file = join(folder, "waybill.db");
  try {
    const heads = await withStore(file, async (store) => {
      await fill(store);
      return (await store.log.checkpoints()).map(({ note }) => note);
    });
    const database = openConnection(file, key);
    tamper(database);
    database.close();
    return await withStore(
      file,
      async ({ log }) => (await checkLog(log, signer.key, { witnessed: witnessed(heads) })).findings,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Appends the events and signs heads at 400 and 600; the first is kept as if cosigned. */
async function fill({ records, log }: Store): Promise<void> {
  const keeper = createLogKeeper(log, signer);
  for (const [first, last] of [
    [1, EARLIER],
    [EARLIER + 1, COUNT],
  ] as const) {
    await records.write(async (tx) => {
      for (let n = first; n <= last; n++) await tx.append(sampleEvent({ detail: { n } }));
    });
    const head = (await keeper.sign(NOW)) ?? assert.fail("There is something to sign.");
    if (last === EARLIER) await log.saveCosignature(head, { name: "w.example", id: 1, time: 0, line: "" });
  }
}

async function withStore<T>(file: string, act: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ file, key });
  return act(store).finally(() => store.close());
}
