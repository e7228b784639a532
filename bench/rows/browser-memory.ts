import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { MemoryWatch } from "../browser/memory.ts";
import { Office } from "../browser/office.ts";
import { openProfile, type Profile } from "../browser/profile.ts";
import { openAndSave, openWordsPage } from "../browser/receive-file.ts";
import { randomFile, sampleFolder } from "../browser/sample-files.ts";
import { openAddPage, sendFiles } from "../browser/send-files.ts";
import type { BenchRow, Comparison } from "../row.ts";

type Size = "256 MB" | "2 GiB" | "10 GB";
/** What is sent in each round, in bytes. */
type Round = Readonly<Partial<Record<Size, number>>>;

const BOTH: Round = { "256 MB": 256e6, "2 GiB": 2 * 2 ** 30 };
const EXTENTS: Readonly<Record<"whole" | "smoke", readonly Round[]>> = {
  whole: [BOTH, BOTH, BOTH, { "10 GB": 10e9 }],
  smoke: [{ "256 MB": 1e6 }],
};
const LIMIT = { least: 400, aim: 250 };

interface Peaks {
  readonly sending: number[];
  readonly receiving: number[];
}

const row: BenchRow = {
  name: "browser-memory",
  about:
    "Memory of all processes of headless Chromium (the sum of their proportional set sizes, five looks a second), the most above " +
    "idle with the page open: while a random file is chosen, sealed and uploaded on the real page to the real server, and while " +
    "a recipient with six words opens it and saves it through the browser's private file system and a download. Each in a " +
    "new browser with its profile on the disk. What was downloaded is compared with what was sent. 10 GB once, the others three times.",
  async run(say, extent) {
    const rounds = EXTENTS[extent];
    const folder = sampleFolder(Math.max(...rounds.flatMap((round) => Object.values(round))));
    const office = await Office.open();
    try {
      const peaks: Record<Size, Peaks> = {
        "256 MB": { sending: [], receiving: [] },
        "2 GiB": { sending: [], receiving: [] },
        "10 GB": { sending: [], receiving: [] },
      };
      for (const round of rounds) {
        for (const [size, bytes] of Object.entries(round) as [Size, number][]) {
          const file = randomFile(join(folder.path, "file.bin"), bytes);
          const reference = await office.draft("contact");
          const sending = await inNewBrowser((profile) => send(office, profile, reference, file));
          const receiving = await inNewBrowser((profile) => receive(office, profile, reference, file));
          peaks[size].sending.push(sending / 1e6);
          peaks[size].receiving.push(receiving / 1e6);
          say(
            `${size}: sending ${(sending / 1e6).toFixed(0)} MB, receiving ${(receiving / 1e6).toFixed(0)} MB above idle`,
          );
          await office.discardBody(reference);
        }
      }
      return { comparisons: [...comparisonsOf("sending", peaks), ...comparisonsOf("receiving", peaks)], notes };
    } finally {
      await office.close();
      folder.remove();
    }
  },
};
export default row;

const notes = [
  "A peak between two looks is not seen. The system's cache of files is not counted; what the browser has of a file " +
    "in its own memory is. While sending, somewhat more than half of it is the browser's own process, which keeps the " +
    "sealed pieces handed to it as Blobs (parts of 16 MiB, two or three of them live) until the worker's garbage is " +
    "collected, and the rest the page's, with its worker: buffers that were read, sealed and copied and wait for the " +
    "same. Parts of 8 MiB take 10 to 25 MB less than those of 16, and make uploads slower; parts of 32 MiB took 470 " +
    "MB.",
];

async function send(office: Office, profile: Profile, reference: string, file: string): Promise<number> {
  await office.signIn(profile.context);
  const page = await profile.context.newPage();
  await openAddPage(page, office.server, reference);
  return aboveIdle(profile, async () => void (await sendFiles(page, office.server, [file])));
}

async function receive(office: Office, profile: Profile, reference: string, file: string): Promise<number> {
  const { id, words } = await office.release(reference);
  await office.proveMailbox(profile.context, id);
  const page = await profile.context.newPage();
  await openWordsPage(page, office.server, id);
  let saved = "";
  const peak = await aboveIdle(profile, async () => {
    saved = await openAndSave(page, words);
  });
  if ((await digestOf(saved)) !== (await digestOf(file))) throw new Error("What was saved is not what was sent.");
  return peak;
}

async function aboveIdle(profile: Profile, act: () => Promise<void>): Promise<number> {
  const watch = new MemoryWatch(profile.folder);
  const idle = await watch.idle();
  return (await watch.peakDuring(act)) - idle;
}

async function inNewBrowser<T>(act: (profile: Profile) => Promise<T>): Promise<T> {
  const profile = await openProfile();
  try {
    return await act(profile);
  } finally {
    await profile.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(bytes);
  return hash.digest("hex");
}

function comparisonsOf(what: keyof Peaks, peaks: Record<Size, Peaks>): readonly Comparison[] {
  const about = { better: "less", unit: "MB" } as const;
  const peer = { name: "256 MB", values: peaks["256 MB"][what] };
  const measured = (Object.keys(peaks) as Size[]).filter((size) => peaks[size][what].length > 0);
  return measured.flatMap((size) => {
    const ours = peaks[size][what];
    const itself = { ...about, name: `${what} ${size}`, ours, ...LIMIT };
    if (size === peer.name) return [itself];
    return [itself, { ...about, name: `${what}, ${size} against ${peer.name}`, ours, peer }];
  });
}
