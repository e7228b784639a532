import { bytesOf } from "../../client/bytes-of.ts";
import { Meter } from "../../client/progress.ts";
import { type Advice, adviseFormat, TOOLS, type Tool } from "../../containers/advice.ts";
import type { AgeWith } from "../../containers/age-package.ts";
import { Digested } from "../../containers/digested.ts";
import { type PackageFile, planPackage } from "../../containers/make-package.ts";
import type { PackageItem } from "../../containers/package-item.ts";
import { innerName } from "../../containers/package-names.ts";
import { generatePassword } from "../../containers/password.ts";
import { judgePassword, refuseWeak } from "../../containers/password-strength.ts";
import { IS_EACH } from "../../domain/carriage.ts";
import { instructionSheets } from "../../paperwork/package-sheet/instruction-sheet.ts";
import { paperText } from "../../paperwork/paper-text.ts";
import { platformCipher } from "../../seal/webcrypto-cipher.ts";
import type { MadeFile, PackageCall, PackageNews, PackageWhere, PackageWish } from "./calls/package-calls.ts";
import { troubleOf } from "./calls/trouble.ts";
import { type FolderFile, fileInFolder } from "./saving/picked-file.ts";
import { clearPrivateCopies, privateCopy, roomForCopy } from "./saving/private-copy.ts";
import { refuseDifference } from "./saving/same-as-written.ts";
import { BatchedSink, MemorySink, type Sink } from "./saving/sink.ts";

// Makes packages that ordinary tools open, on this device: nothing is uploaded. See calls/package-calls.ts.

const REPORT_EVERY_MS = 200;
let stop = new AbortController();

// What earlier visits left is deleted first; a browser without a private file system has left nothing.
const cleared = clearPrivateCopies().catch(() => undefined);

addEventListener("message", ({ data }: MessageEvent<PackageCall>) => {
  switch (data.kind) {
    case "make":
      stop = new AbortController();
      make(data.wish, data.where).catch((error: unknown) => tell({ kind: "not-made", trouble: troubleOf(error) }));
      return;
    case "judge":
      tell({ kind: "judged", judgement: judgePassword(data.password, data.format, data.known) });
      return;
    case "advise":
      tell({ kind: "advised", advice: advise(data) });
      return;
    case "room":
      void cleared.then(() => roomForCopy(data.wanted)).then((most) => tell({ kind: "room", most }));
      return;
    case "stop":
      stop.abort();
  }
});

async function make(wish: PackageWish, where: PackageWhere): Promise<void> {
  const opening = openingOf(wish);
  const items = wish.files.map(
    ({ name, content }): PackageItem => ({ name, size: content.size, stream: () => bytesOf(content.stream()) }),
  );
  const { reference, format } = wish;
  const plan = planPackage({ reference, format, items, with: opening }, await platformCipher());
  const files = [...plan, ...sheetsOf(wish, plan)];
  await cleared;
  const sinks: Sink[] = [];
  const passed = meter(files);
  try {
    const begun: Begun[] = [];
    for (const file of files) begun.push(await write(file, where, sinks, passed));
    // Nothing lies whole in a picked folder before it is closed, and the package comes last: a medium that is pulled out holds none.
    for (const { sink } of begun.toReversed()) await sink.close();
    const made: MadeFile[] = [];
    for (const [at, each] of begun.entries()) made.push({ ...(await written(each)), packed: at < plan.length });
    tell({
      kind: "made",
      files: made,
      password: wish.opening === "made" && "password" in opening ? opening.password : null,
    });
  } catch (error) {
    for (const sink of sinks) await sink.abandon().catch(() => undefined); // the first error says what happened
    throw error;
  }
}

function advise({ has, files }: Extract<PackageCall, { kind: "advise" }>): Advice {
  const tools = Object.keys(TOOLS).filter((tool): tool is Tool => has.includes(tool));
  const items = files.map((file): PackageItem => ({ ...file, stream: () => once(new Uint8Array()) }));
  return adviseFormat(tools, items);
}

function openingOf({ opening, format, known, files }: PackageWish): AgeWith {
  if (opening === "made") return { password: generatePassword(format) };
  if ("recipients" in opening) return opening;
  refuseWeak(opening.typed, format, [...known, ...files.map(({ name }) => name)]);
  return { password: opening.typed };
}

/** The sheets as text. The server, which knows all that is on them, can print the same as PDF. */
function sheetsOf(wish: PackageWish, plan: readonly PackageFile[]): readonly PackageFile[] {
  const { reference, format, organisation, call, arrival, returnTo, opening } = wish;
  const inner = IS_EACH[format] ? null : innerName(reference);
  const toKeys = typeof opening === "object" && "recipients" in opening;
  const files = plan.map(({ name }) => name);
  const about = { reference, format, files, inner, toKeys, organisation, call, arrival, returnTo };
  const wanted = instructionSheets(about, wish.date).filter(({ paper }) =>
    wish.languages.includes(paper.language === "cy" ? "cy" : "en"),
  );
  return wanted.map(({ name, paper }) => {
    // A mark of UTF-8 and both line ends, for Notepad.
    const bytes = new TextEncoder().encode(`\ufeff${paperText(paper).replaceAll("\n", "\r\n")}`);
    return { name: `${name}.txt`, atMost: bytes.length, stream: () => once(bytes) };
  });
}

async function* once(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}

/** A file that was written and is not closed yet. */
interface Begun extends Awaited<ReturnType<typeof sinkFor>> {
  readonly made: Pick<MadeFile, "name" | "size" | "sha256">;
}

async function write(
  file: PackageFile,
  where: PackageWhere,
  sinks: Sink[],
  passed: (bytes: number) => void,
): Promise<Begun> {
  const place = await sinkFor(file.name, where);
  const { sink, lies } = place;
  sinks.push(sink);
  const digested = new Digested(file.stream());
  for await (const part of digested.stream()) {
    stop.signal.throwIfAborted();
    await sink.write(part);
    passed(part.length);
  }
  return { ...place, made: { name: lies?.name ?? file.name, ...digested.passed() } };
}

/** What it is, once it was closed: read back and compared where it lies in a folder. */
async function written({ made, content, lies }: Begun): Promise<Omit<MadeFile, "packed">> {
  if (lies) await refuseDifference(made, bytesOf((await lies.readBack()).stream()), stop.signal);
  return { ...made, content: await content(), readBack: lies !== null };
}

async function sinkFor(
  name: string,
  where: PackageWhere,
): Promise<{ sink: Sink; content: () => Promise<Blob | null>; lies: FolderFile | null }> {
  if (where.way === "folder") {
    const lies = await fileInFolder(where.handle, name);
    return { sink: new BatchedSink(lies), content: async () => null, lies };
  }
  if (where.way === "private") {
    const copy = await privateCopy();
    return { sink: new BatchedSink(copy), content: () => copy.content(), lies: null };
  }
  const memory = new MemorySink();
  return { sink: new BatchedSink(memory), content: async () => memory.content, lies: null };
}

function meter(files: readonly PackageFile[]): (bytes: number) => void {
  const progress = new Meter(
    files.reduce((sum, { atMost }) => sum + atMost, 0),
    () => performance.now(),
  );
  let [done, reported] = [0, 0];
  return (bytes) => {
    done += bytes;
    if (performance.now() - reported < REPORT_EVERY_MS) return;
    reported = performance.now();
    tell({ kind: "progress", progress: progress.at(done) });
  };
}

function tell(news: PackageNews): void {
  postMessage(news);
}
