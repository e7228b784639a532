import { overShapedLink } from "../browser/shaped-link.ts";
import type { UploadTimes } from "../browser/upload-both-ways.ts";
import type { BenchRow } from "../row.ts";

const row: BenchRow = {
  name: "upload-against-plain",
  about:
    "A random file of 512 MiB from headless Chromium to the real server, with its encrypted SQLite file and its folder of bodies: " +
    "sealed and uploaded by the real page for adding files, from choosing the file to the answer that everything is there but " +
    "the signature, against one PUT of the same file to the same server, through the same gate, written and synced in the same " +
    "folder. In turn, over a link shaped to 1 Gbit/s where the system lets us make one (`tc` on the loopback of an own network " +
    "namespace, MTU 1500). One recipient, a colleague with keys.",
  async run(say) {
    const { result, shaped } = await overShapedLink("upload-both-ways.ts", say);
    const { bytes, sealed, plain } = result as UploadTimes; // our own program's
    const speeds = (times: readonly number[]) => times.map((time) => bytes / 1e3 / time);
    const peer = { name: "plain", values: speeds(plain) };
    const about = { name: "sealed upload", better: "more", unit: "MB/s", least: 0.8, aim: 0.95 } as const;
    const link = shaped
      ? "The link was shaped: 1 Gbit/s is 125 MB/s with all headers."
      : "This system let us make no shaped link, so this is the bare loopback, faster than any office's network.";
    return { comparisons: [{ ...about, ours: speeds(sealed), peer }], notes: [link] };
  },
};
export default row;
