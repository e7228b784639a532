import { join } from "node:path";
import { Office } from "../browser/office.ts";
import { openProfile } from "../browser/profile.ts";
import { randomFile, sampleFolder } from "../browser/sample-files.ts";
import { openAddPage, sendFiles } from "../browser/send-files.ts";
import type { BenchRow } from "../row.ts";

const EACH = 5000;
const EXTENTS = { whole: { count: 1000, first: 0, rounds: 7 }, smoke: { count: 10, first: 1, rounds: 1 } };

const row: BenchRow = {
  name: "small-files",
  about:
    "1,000 files of 5 kB against one file of 5 MB, through the real page for adding files in headless Chromium, and the real server " +
    "with its encrypted SQLite file and folder of bodies on the same machine: from choosing the files to the " +
    "server's answer that it has everything but the signature. One recipient, a colleague with keys. In turn.",
  async run(say, extent) {
    const { count, first, rounds } = EXTENTS[extent];
    const folder = sampleFolder(2 * count * EACH);
    const many = Array.from({ length: count }, (_, at) => randomFile(join(folder.path, `paper ${at}.bin`), EACH));
    const one = [randomFile(join(folder.path, "all.bin"), count * EACH)];
    const office = await Office.open();
    const profile = await openProfile();
    try {
      await office.signIn(profile.context);
      const page = await profile.context.newPage();
      const times = async (paths: readonly string[]) => {
        await openAddPage(page, office.server, await office.draft("colleague"));
        const { chosen, acknowledged } = await sendFiles(page, office.server, paths);
        return acknowledged - chosen;
      };
      const ours: number[] = [];
      const values: number[] = [];
      for (let round = first; round <= rounds; round++) {
        const manyFirst = round % 2 === 0; // every other round the other way round
        const took = [await times(manyFirst ? many : one), await times(manyFirst ? one : many)] as const;
        if (round === 0) continue; // to warm up
        ours.push(took[manyFirst ? 0 : 1]);
        values.push(took[manyFirst ? 1 : 0]);
        say(`1,000 files ${ours.at(-1)} ms, one file ${values.at(-1)} ms`);
      }
      const peer = { name: "one file", values };
      const name = "1,000 files of 5 kB against one of 5 MB";
      return { comparisons: [{ name, better: "less", unit: "ms", ours, peer, least: 3, aim: 1.5 }], notes };
    } finally {
      await profile.close();
      await office.close();
      folder.remove();
    }
  },
};
export default row;

const notes = [
  "What 1,000 files take longer than one, about 300 ms: Chromium asks the file system for each chosen file's size, one after " +
    "another, when the page first wants it (about 200 ms in all), then opens each to look at its first bytes (100) and again to " +
    "seal it (100); both are done for all files together, as one Blob. The rest (keys, grants, upload, manifest) is the same " +
    "for both. Tried: taking the first bytes from one Blob of all files instead of 1,000 slices, and reading small files whole " +
    "instead: no difference.",
];
