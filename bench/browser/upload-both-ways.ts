import { join } from "node:path";
import type { Page } from "playwright-core";
import { randomId } from "../../src/bytes/random.ts";
import { type Row, row } from "../../src/server/gate/row.ts";
import { arriving } from "../../src/server/uploads/arriving.ts";
import { Office } from "./office.ts";
import { processorTime } from "./processes.ts";
import { openProfile } from "./profile.ts";
import { randomFile, sampleFolder } from "./sample-files.ts";
import { openAddPage, sendFiles } from "./send-files.ts";
import type { Line } from "./shaped-link.ts";

// The program of the row `upload-against-plain`: the server, the browser and everything between them.

const [size = 0, first = 0, rounds = 0] = process.argv.slice(2).map(Number);

/** One upload: how long it took, and the processor time of browser and server together; milliseconds. */
export interface UploadRun {
  readonly took: number;
  readonly work: number;
}
export interface UploadTimes {
  readonly bytes: number;
  readonly sealed: UploadRun[];
  readonly plain: UploadRun[];
}

/** A plain upload to the same server, through the same gate into the same folder: written and synced, nothing else. */
const plainRow: Row = row({
  method: "PUT",
  path: "/api/plain",
  who: "member",
  handle: async ({ request, reply, parts }) => {
    const id = randomId();
    await parts.blobs.create(id, Number(request.headers["content-length"]));
    await parts.blobs.append(id, 0, arriving(request.raw));
    void reply.status(204).send();
    await parts.blobs.remove(id);
    return null;
  },
});

async function uploadPlain(page: Page, url: string, file: string): Promise<number> {
  await page.goto(url);
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "plain";
    document.body.append(input);
  });
  await page.setInputFiles("#plain", file);
  return page.evaluate(async () => {
    const [body] = document.querySelector<HTMLInputElement>("#plain")?.files ?? [];
    const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
    const headers = { "content-type": "application/offset+octet-stream", "x-waybill-token": token };
    const began = performance.now();
    const answer = await fetch("/api/plain", { method: "PUT", headers, body: body ?? "" });
    if (!answer.ok) throw new Error(`The plain upload was answered with ${answer.status}.`);
    return performance.now() - began;
  });
}

function print(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const folder = sampleFolder(size);
const office = await Office.open([plainRow]);
const profile = await openProfile();
try {
  const { url } = office.server;
  const file = randomFile(join(folder.path, "file.bin"), size);
  await office.signIn(profile.context);
  const page = await profile.context.newPage();
  const times: UploadTimes = { bytes: size, sealed: [], plain: [] };
  const workSoFar = () => {
    const { user, system } = process.cpuUsage(); // microseconds; the server runs in this process
    return processorTime(profile.folder) * 1000 + (user + system) / 1000;
  };
  const ways = {
    sealed: async () => {
      const reference = await office.draft("colleague");
      await openAddPage(page, office.server, reference);
      const { chosen, acknowledged } = await sendFiles(page, office.server, [file]);
      await office.discardBody(reference);
      return acknowledged - chosen;
    },
    plain: () => uploadPlain(page, url, file),
  };
  for (let round = first; round <= rounds; round++) {
    // Every other round the other way round, so that neither always follows the other.
    for (const way of round % 2 === 0 ? (["sealed", "plain"] as const) : (["plain", "sealed"] as const)) {
      const before = workSoFar();
      const took = await ways[way]();
      if (round > 0) times[way].push({ took, work: workSoFar() - before }); // the first is to warm up
    }
    const shown = (runs: readonly UploadRun[]) => `${(size / 1e3 / (runs.at(-1)?.took ?? 1)).toFixed(0)} MB/s`;
    if (round > 0) print({ say: `sealed ${shown(times.sealed)}, plain ${shown(times.plain)}` });
  }
  print({ result: times });
} finally {
  await profile.close();
  await office.close();
  folder.remove();
}
