import { rm } from "node:fs/promises";
import { join } from "node:path";
import { randomBytes } from "../../src/bytes/random.ts";
import { checkLog } from "../../src/log/check-log.ts";
import { eventDigest } from "../../src/log/event-digest.ts";
import { signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { parseLogProof, verifyLogProof } from "../../src/log/log-proof.ts";
import { proveConsistency } from "../../src/log/prove.ts";
import { proveEvents } from "../../src/log/prove-event.ts";
import { subtreesOf } from "../../src/log/tile.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { databaseBeforeLog } from "../../src/testing/database-before-log.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import type { BenchRow } from "../row.ts";

const EXTENTS = {
  whole: { stored: 1_000_000, rounds: 5, writes: 500, heads: 50, proofs: 200 },
  smoke: { stored: 1_000, rounds: 1, writes: 2, heads: 2, proofs: 2 },
};

const row: BenchRow = {
  name: "log",
  about:
    `Events appended to the embedded store, each in a write of its own that is synced, with its entry in the log: ${EXTENTS.whole.writes} a round, into an empty ` +
    `store and into one with ${EXTENTS.whole.stored.toLocaleString("en")} events, in turn. Then, with those stored: signing a head after one more event, with ` +
    `the check that it continues the last; proving events spread over the log and verifying the proofs (${EXTENTS.whole.proofs} each, one by one, nothing kept ` +
    "between them); proving a head's consistency with half of it; and checking all of it, as at night.",
  async run(say, extent) {
    const { stored: before, rounds, writes, heads, proofs } = EXTENTS[extent];
    const folder = await temporaryFolder();
    const key = randomBytes(32);
    const signer = await signerOf("council.example/log", "note", randomBytes(32));
    try {
      const file = join(folder, "long.db");
      await databaseBeforeLog(file, key, before);
      const made = performance.now();
      const long = await openStore({ file, key });
      const entering = (performance.now() - made) / 1000;
      say(`${before} events entered in ${entering.toFixed(0)} s`);
      const short = await openStore({ file: join(folder, "short.db"), key });
      const alone: number[] = [];
      const stored: number[] = [];
      await appended(short, writes); // warm
      for (let round = 0; round < rounds; round++) {
        alone.push(await appended(short, writes));
        stored.push(await appended(long, writes));
      }
      const keeper = createLogKeeper(long.log, signer);
      const first = (await keeper.sign(new Date())) ?? raise("Nothing to sign.");
      const signing: number[] = [];
      for (let round = 0; round < heads; round++) {
        await long.records.write((tx) => tx.append(sampleEvent()));
        signing.push(await timed(() => keeper.sign(new Date())));
      }
      const head = (await long.log.checkpoint()) ?? raise("There is no head.");
      const [proving, verifying]: [number[], number[]] = [[], []];
      for (let at = 0; at < proofs; at++) {
        const seq = 1 + Math.floor((at * (first.size - 1)) / proofs);
        const [{ event } = raise("No such event.")] = await long.log.rows(seq, seq);
        const entry = eventDigest(event ?? raise("It cannot be read."));
        let text = "";
        proving.push(
          await timed(async () => {
            [text = ""] = await proveEvents(long.log, head, [seq]);
          }),
        );
        verifying.push(
          await timed(() => verifyLogProof(parseLogProof(text), entry, { log: signer.key, witnesses: [] })),
        );
      }
      const half = Math.floor(head.size / 2);
      const consistency: number[] = [];
      for (let at = 0; at < 20; at++) {
        consistency.push(await timed(() => proveConsistency(subtreesOf(long.log, head.size), half - at, head.size)));
      }
      const started = performance.now();
      const { findings, events } = await checkLog(long.log, signer.key);
      if (findings.length > 0) raise(`The check found ${findings.length} things.`);
      const checking = (performance.now() - started) / 1000;
      say(`${events} events checked in ${checking.toFixed(0)} s`);
      await long.close();
      await short.close();
      return {
        comparisons: [
          { name: "appending into an empty store", better: "more", unit: "events/s", ours: alone },
          {
            name: "appending with a million stored",
            better: "more",
            unit: "events/s",
            ours: stored,
            peer: { name: "empty", values: alone },
          },
          { name: "signing a head", better: "less", unit: "ms", ours: signing },
          { name: "proving one event", better: "less", unit: "ms", ours: proving },
          { name: "verifying its proof", better: "less", unit: "ms", ours: verifying },
          { name: "proving consistency with half the log", better: "less", unit: "ms", ours: consistency },
          { name: "checking the whole log", better: "less", unit: "s", ours: [checking] },
          { name: "entering past events, once", better: "less", unit: "s", ours: [entering] },
        ],
        notes: [
          "An event's entry is one row more, and with every 256th event another one. A proof reads at most 256 entries and 256 hashes of each level above: three levels for a million.",
        ],
      };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
export default row;

/** Events a second. */
async function appended({ records }: Store, writes: number): Promise<number> {
  const started = performance.now();
  for (let n = 0; n < writes; n++) await records.write((tx) => tx.append(sampleEvent({ detail: { n } })));
  return writes / ((performance.now() - started) / 1000);
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

function raise(message: string): never {
  throw new Error(message);
}
