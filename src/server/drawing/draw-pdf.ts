import { Worker } from "node:worker_threads";
import { PaperworkError } from "../../paperwork/error.ts";
import type { Paper } from "../../paperwork/paper.ts";
import { ServerError } from "../error.ts";
import type { Drawn, ToDraw } from "./drawing-thread.ts";

/** So many documents wait for the thread at the most; of hundreds of rows, each takes a second. */
const QUEUE = 20;

interface Waiting {
  resolve(bytes: Uint8Array<ArrayBuffer>): void;
  reject(error: unknown): void;
}

/** One thread for the process: it is started for the first document, keeps fonts and program at hand, and keeps nothing of what it drew. */
let thread: Worker | undefined;
const waiting = new Map<number, Waiting>();
let asked = 0;

/**
 * `renderPdf` in a thread of its own, one document after another, so that the server answers others meanwhile.
 *
 * @throws PaperworkError as `renderPdf`; ServerError `too-often` when too many wait already.
 */
export async function drawPdf(paper: Paper): Promise<Uint8Array<ArrayBuffer>> {
  if (waiting.size >= QUEUE) {
    const message =
      "Many documents are being made just now, so this one was not. Nothing is lost: try again in a minute.";
    throw new ServerError({ code: "too-often", message, retryAfter: 60 });
  }
  thread ??= start();
  const id = asked++;
  thread.postMessage({ id, paper } satisfies ToDraw);
  thread.ref(); // while somebody waits for it, and no longer, it keeps the process alive
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  waiting.set(id, { resolve, reject });
  return promise;
}

function start(): Worker {
  const started = new Worker(new URL("./drawing-thread.ts", import.meta.url));
  started.on("message", (drawn: Drawn) => {
    const each = waiting.get(drawn.id);
    waiting.delete(drawn.id);
    if (waiting.size === 0) started.unref();
    if ("bytes" in drawn) each?.resolve(drawn.bytes);
    else each?.reject(drawn.code === null ? drawn.error : new PaperworkError({ code: drawn.code, ...drawn.error }));
  });
  // Out of memory, or what nobody thought of: whoever waits learns it, and the next document gets a new thread.
  started.on("error", (error) => end(started, error));
  started.on("exit", (code) => end(started, new Error(`The thread that draws documents ended with ${code}.`)));
  return started;
}

function end(ended: Worker, error: unknown): void {
  if (thread !== ended) return;
  thread = undefined;
  const left = [...waiting.values()];
  waiting.clear();
  for (const { reject } of left) reject(error);
}
