import { hasProc } from "../browser/processes.ts";
import { overShapedLink } from "../browser/shaped-link.ts";
import type { UploadRun, UploadTimes } from "../browser/upload-both-ways.ts";
import type { BenchRow, Comparison } from "../row.ts";

/** What the program is told: bytes, the first round and the last. The one of number 0 is to warm up. */
const EXTENTS = { whole: [512 * 1024 * 1024, 0, 5], smoke: [1024 * 1024, 1, 1] } as const;

const row: BenchRow = {
  name: "upload-against-plain",
  about:
    "A random file of 512 MiB from headless Chromium to the real server, with its encrypted SQLite file and its folder of bodies: " +
    "sealed and uploaded by the real page for adding files, from choosing the file to the answer that everything is there but " +
    "the signature, against one PUT of the same file to the same server, through the same gate, written and synced in the same " +
    "folder. In turn, over a link shaped to 1 Gbit/s where the system lets us make one (`tc` on the loopback of an own network " +
    "namespace, MTU 1500). One recipient, a colleague with keys.",
  async run(say, extent) {
    const { result, shaped } = await overShapedLink("upload-both-ways.ts", EXTENTS[extent].map(String), say);
    const { bytes, sealed, plain } = result as UploadTimes; // our own program's
    const speeds = (runs: readonly UploadRun[]) => runs.map(({ took }) => bytes / 1e3 / took);
    const work = (runs: readonly UploadRun[]) => runs.map(({ work }) => work / (bytes / 1e8));
    const comparisons: Comparison[] = [
      {
        ...{ name: "sealed upload", better: "more", unit: "MB/s", least: 0.8, aim: 0.95 },
        ours: speeds(sealed),
        peer: { name: "plain", values: speeds(plain) },
      },
    ];
    if (hasProc) {
      comparisons.push({
        ...{ name: "processor time of browser and server, 100 MB", better: "less", unit: "ms" },
        ours: work(sealed),
        peer: { name: "plain", values: work(plain) },
      });
    }
    const link = shaped
      ? "The link was shaped: 1 Gbit/s is about 119 MB/s of content."
      : "This system let us make no shaped link, so this is the bare loopback, faster than any office's network.";
    return { comparisons, notes: [link, ...notes] };
  },
};
export default row;

const notes = [
  "Browser and server share this machine's two cores. Sealed, 100 MB take about 1,200 ms of the browser's processor " +
    "time (reading, ChaCha20-Poly1305 and SHA-256 about 600, handing pieces to the browser's process as Blobs 280, " +
    "sending 300) and 500 of the server's, plain about 400 and 400: two cores that do nothing else could just fill " +
    "the link with the first, and the second leaves one of them idle. So here the processors are the limit and not " +
    "the link; with the server on a machine of its own it is the browser's work alone that must keep up. Before the " +
    "first byte goes, keys, the sender's grant and the upload take 0.2 to 0.4 s.",
  "What helped: parts of up to 16 MiB instead of 8 on a fast line (in turn, nine uploads of 256 MiB each: 0.61 " +
    "against 0.52; each waits for the answer that it is synced, 20 to 30 ms in which nothing is on its way), with " +
    "smaller ones first so that sending begins earlier. Parts of 32 MiB took the browser past 400 MB of memory. Typed " +
    "arrays instead of Blobs: about 10 MB/s.",
];
