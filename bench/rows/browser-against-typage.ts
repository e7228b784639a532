import { join } from "node:path";
import { hasProc, processorTime } from "../browser/processes.ts";
import { openProfile } from "../browser/profile.ts";
import { randomFile, sampleFolder } from "../browser/sample-files.ts";
import type { SealChosen } from "../browser/seal-page.ts";
import { openSite } from "../browser/site.ts";
import type { BenchRow, Comparison } from "../row.ts";

const EXTENTS = {
  whole: { size: 256 * 1024 * 1024, first: 0, rounds: 5 },
  smoke: { size: 1024 * 1024, first: 1, rounds: 1 },
};
const WAYS = ["whole", "stream", "typage"] as const;

type Values = Record<(typeof WAYS)[number], number[]>;

/** What the rounds gave: MB/s, and milliseconds of processor time for 100 MB (none where the system does not tell). */
interface Measured {
  readonly speeds: Values;
  readonly work: Values;
}

const row: BenchRow = {
  name: "browser-against-typage",
  about:
    "Sealing a random file of 256 MiB, chosen in a page in headless Chromium, in a worker, to a post-quantum key: our stream with " +
    "the digests of all pieces, and the same as the sending worker goes on with it (batches as Blobs, digests recorded durably " +
    "in IndexedDB; only the network is left out), against typage's own `Encrypter` stream, whose result is thrown away. In " +
    "turn, each in a new worker. Processor time is that of all of the browser's processes.",
  async run(say, extent) {
    const { size, first, rounds } = EXTENTS[extent];
    const folder = sampleFolder(size);
    const site = await openSite("bench/browser/seal-page.ts", { seal: "bench/browser/seal-worker.ts" });
    const profile = await openProfile();
    try {
      const page = await profile.context.newPage();
      await page.goto(site.url);
      await page.setInputFiles("input", randomFile(join(folder.path, "file"), size));
      const measured: Measured = { speeds: noValues(), work: noValues() };
      let cipher = "";
      for (let round = first; round <= rounds; round++) {
        // Every other round the other way round, so that none always follows the same other.
        for (const how of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
          const before = processorTime(profile.folder);
          const run = await page.evaluate(
            (how) => (globalThis as unknown as { sealChosen: SealChosen }).sealChosen(how),
            how,
          );
          if (run.sealedBytes <= size) throw new Error(`${how} did not seal the whole file.`);
          cipher = run.cipher;
          if (round === 0) continue; // to warm up
          measured.speeds[how].push(size / 1e3 / run.elapsed);
          measured.work[how].push((processorTime(profile.folder) - before) / (size / 1e11));
        }
        if (round > 0) say(WAYS.map((how) => `${how} ${measured.speeds[how].at(-1)?.toFixed(0)} MB/s`).join(", "));
      }
      return {
        comparisons: comparisonsOf(measured),
        notes: [`Chromium ${profile.version}, cipher ${cipher}.`, ...notes],
      };
    } finally {
      await profile.close();
      await site.close();
      folder.remove();
    }
  },
};
export default row;

const notes = [
  "Where the time goes, in processor time for 100 MB, stage by stage in an earlier run, so that the parts do not " +
    "add up to the row above: reading the file about 190 ms, ChaCha20-Poly1305 (WebCrypto) 170, SHA-256 of the pieces 140, copying between their sizes 100; then handing the pieces to the browser's process as Blobs 280. typage, without " +
    "digests, took 900 to 1,100 on its one thread then. So even with every stage on a core of its own, two cores that do nothing else " +
    "would give little more than 3.5. The limit was set when typage made 52 to 92 MB/s in Chromium: with @noble/ciphers 2.4 it " +
    "is about twice as fast. The machine was shared while this was measured; the ratio of processor times is the steadiest.",
  "Tried: reading with a byte reader in whole batches (5 to 10 % less work), in slices of 4 or 8 MiB and with FileReaderSync (more); " +
    "digests beside the next batch's sealing (no more than 8 % faster on two busy cores; more may be had where there are " +
    "more cores). Typed arrays instead of Blobs as request bodies would save the handing over, but Chromium sends them at about " +
    "10 MB/s.",
];

function noValues(): Values {
  return { whole: [], stream: [], typage: [] };
}

function comparisonsOf({ speeds, work }: Measured): readonly Comparison[] {
  const faster = { better: "more", unit: "MB/s", peer: { name: "typage", values: speeds.typage } } as const;
  const limits = { least: 3.5, aim: 5 };
  const comparisons: Comparison[] = [
    { ...faster, name: "sealing", ours: speeds.stream, ...limits },
    { ...faster, name: "sealing and handing over", ours: speeds.whole, ...limits },
  ];
  if (!hasProc) return comparisons;
  const lighter = { better: "less", unit: "ms", peer: { name: "typage", values: work.typage } } as const;
  return [...comparisons, { ...lighter, name: "processor time of sealing, 100 MB", ours: work.stream }];
}
