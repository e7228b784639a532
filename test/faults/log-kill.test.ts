import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { randomBytes } from "../../src/bytes/random.ts";
import { checkLog } from "../../src/log/check-log.ts";
import { signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { openStore } from "../../src/store/open-store.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";

const key = Buffer.from(randomBytes(32));
const seed = randomBytes(32);
const signer = await signerOf("council.example/log", "note", seed);
/** The next event but one completes a tile, which is a write more. */
const BEFORE = 254;
/** Statements that write, of three events with a head after each: enough to have been cut off between any two. */
const STATEMENTS = 29;

let folder: string;
before(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, "start"));
  const { records, log, close } = await openStore({ file: join(folder, "start", "waybill.db"), key });
  await records.write(async (tx) => {
    for (let n = 0; n < BEFORE; n++) await tx.append(sampleEvent());
  });
  await createLogKeeper(log, signer).sign(new Date());
  await close();
});
after(() => rm(folder, { recursive: true }));

interface Ended {
  readonly seqs: readonly number[];
  readonly heads: readonly string[];
  readonly how: readonly unknown[];
  readonly said: string;
}

type Heard = (lines: number) => void;

/** @param heard is called with how many lines it has told so far */
function work(data: string, deadline: number, signal?: AbortSignal, how = "", heard?: Heard): Promise<Ended> {
  const seedText = Buffer.from(seed).toString("hex");
  const args = [join(import.meta.dirname, "log-worker.ts"), data, key.toString("hex"), seedText, String(deadline), how];
  const worker = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  signal?.addEventListener("abort", () => worker.kill("SIGKILL"));
  return end(worker, heard);
}

async function end(worker: ReturnType<typeof spawn>, heard: Heard = () => undefined): Promise<Ended> {
  let lines = "";
  let said = "";
  worker.stdout?.setEncoding("utf8").on("data", (text: string) => {
    lines += text;
    heard(lines.split("\n").length - 1);
  });
  worker.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const how = await once(worker, "close");
  const told = lines
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { seq?: number; head?: string });
  return {
    seqs: told.flatMap(({ seq }) => seq ?? []),
    heads: told.flatMap(({ head }) => head ?? []),
    how,
    said,
  };
}

/** Every head that was shown is in the log, every event that was acknowledged too, nothing is half there, and it goes on. */
async function verify(data: string, shown: readonly Ended[]): Promise<void> {
  const { records, log, close } = await openStore({ file: join(data, "waybill.db"), key });
  const witnessed = shown.flatMap(({ heads }) => heads);
  const { events, findings } = await checkLog(log, signer.key, { witnessed });
  assert.deepEqual(findings, []);
  assert.ok(events >= Math.max(BEFORE, ...shown.flatMap(({ seqs }) => seqs)));
  await records.write((tx) => tx.append(sampleEvent()));
  assert.equal((await createLogKeeper(log, signer).sign(new Date()))?.size, events + 1);
  await close();
}

suite("The log through kill -9", () => {
  test("SDT-28: between any two writes: every head that was shown holds, and the check is clean", async () => {
    let shown = 0;
    for (let statements = 1; statements <= STATEMENTS; statements++) {
      const data = join(folder, String(statements));
      await cp(join(folder, "start"), data, { recursive: true });
      const ended = await work(data, statements);
      assert.deepEqual(ended.how, [null, "SIGKILL"], ended.said);
      shown = ended.heads.length;
      await verify(data, [ended]);
    }
    assert.ok(shown >= 2, `only ${shown} heads were shown in the longest run`);
  });

  test("two processes cannot append to one log: the second does not start, and there is no fork", async () => {
    const data = join(folder, "two");
    await cp(join(folder, "start"), data, { recursive: true });
    const stop = new AbortController();
    const both = [work(data, 0, stop.signal), work(data, 0, stop.signal)];
    const refused = await Promise.race(both);
    assert.match(refused.said, /Another server is running on this data/);
    await pause(300);
    stop.abort();
    const ended = await Promise.all(both);
    assert.deepEqual(ended.map(({ how }) => how.join()).toSorted(), [",SIGKILL", "1,"]);
    assert.deepEqual(refused.seqs, []);
    await verify(data, ended);
  });

  test("SDT-28: two processes that append all the same, past the lock, make one log without a fork", async () => {
    const data = join(folder, "past");
    await cp(join(folder, "start"), data, { recursive: true });
    const stop = new AbortController();
    const begun = [1, 2].map(() => {
      const { promise: enough, resolve } = Promise.withResolvers<void>();
      const heard = (lines: number) => lines > 60 && resolve();
      return { enough, ended: work(data, 0, stop.signal, "past-the-lock", heard) };
    });
    const both = begun.map(({ ended }) => ended);
    await Promise.race([...both, Promise.all(begun.map(({ enough }) => enough))]);
    stop.abort();
    const ended = await Promise.all(both);
    const [one, other] = ended;
    assert.deepEqual(
      ended.map(({ how, said }) => [...how, said]),
      [
        [null, "SIGKILL", ""],
        [null, "SIGKILL", ""],
      ],
    );
    for (const { seqs, heads } of ended) assert.ok(seqs.length > 10 && heads.length > 10, "each appended and signed");
    const seqs = ended.flatMap((each) => each.seqs);
    assert.equal(new Set(seqs).size, seqs.length, "no number was given twice");
    const interleaved = (one?.seqs ?? []).some((seq) => seq > Math.min(...(other?.seqs ?? [])));
    assert.ok(interleaved, "they wrote in turn");
    await verify(data, ended);
  });
});
