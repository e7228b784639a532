import { join } from "node:path";
import { openBrowser } from "../../src/testing/browser.ts";
import { randomFile, sampleFolder } from "../browser/sample-files.ts";
import type { SealChosen } from "../browser/seal-page.ts";
import { openSite } from "../browser/site.ts";
import { type BenchRow, type Comparison, median } from "../row.ts";

const SIZE = 256 * 1024 * 1024;
const ROUNDS = 5;
const WAYS = ["whole", "stream", "typage"] as const;

type Speeds = Record<(typeof WAYS)[number], number[]>;

const row: BenchRow = {
  name: "browser-against-typage",
  about:
    "Sealing a random file of 256 MiB, chosen in a page in headless Chromium, in a worker: the code of the sending worker from " +
    "reading to handing batches over, with the digests of all pieces recorded durably in IndexedDB (only the network is left " +
    "out), against typage's own `Encrypter` stream, whose result is thrown away. Both to a post-quantum key, in turn, each in " +
    "a new worker.",
  async run(say) {
    const folder = sampleFolder(SIZE);
    const site = await openSite("bench/browser/seal-page.ts", { seal: "bench/browser/seal-worker.ts" });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(site.url);
      await page.setInputFiles("input", randomFile(join(folder.path, "file"), SIZE));
      const speeds: Speeds = { whole: [], stream: [], typage: [] };
      let cipher = "";
      for (let round = 0; round <= ROUNDS; round++) {
        // Every other round the other way round, so that none always follows the same other.
        for (const how of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
          const run = await page.evaluate(
            (how) => (globalThis as unknown as { sealChosen: SealChosen }).sealChosen(how),
            how,
          );
          if (run.sealedBytes <= SIZE) throw new Error(`${how} did not seal the whole file.`);
          cipher = run.cipher;
          if (round > 0) speeds[how].push(SIZE / 1e3 / run.elapsed); // the first is to warm up
        }
        if (round > 0) say(WAYS.map((how) => `${how} ${speeds[how].at(-1)?.toFixed(0)} MB/s`).join(", "));
      }
      return { comparisons: comparisonsOf(speeds), notes: notesOf(speeds, cipher, browser.version()) };
    } finally {
      await browser.close();
      await site.close();
      folder.remove();
    }
  },
};
export default row;

function comparisonsOf({ whole, stream, typage }: Speeds): readonly Comparison[] {
  const peer = { name: "typage", values: typage };
  return [
    { name: "sealing as when sending", better: "more", unit: "MB/s", ours: whole, peer, least: 3.5, aim: 5 },
    { name: "reading, sealing and digests alone", better: "more", unit: "MB/s", ours: stream, peer },
  ];
}

function notesOf({ whole, stream }: Speeds, cipher: string, version: string): readonly string[] {
  const recording = (1 - median(whole) / median(stream)) * 100;
  return [
    `Chromium ${version}, cipher ${cipher}. Making batches and recording their digests before they go costs ` +
      `${Math.max(0, recording).toFixed(0)} % of the speed of sealing alone.`,
  ];
}
