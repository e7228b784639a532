import { startWorker } from "../../src/web/start-worker.ts";
import type { SealRun, SealRunCall } from "./seal-worker.ts";

// The page of the row `browser-against-typage`: hands its chosen file to a new worker, as the page for adding files does.

/** @returns milliseconds from handing the file over to the end, the worker's start included. */
async function sealChosen(how: SealRunCall["how"]): Promise<SealRun & { readonly elapsed: number }> {
  const file = document.querySelector("input")?.files?.[0];
  if (file === undefined) throw new Error("No file was chosen.");
  const began = performance.now();
  const worker = startWorker("seal");
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<SealRun>) => resolve({ ...data, elapsed: performance.now() - began });
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ how, file } satisfies SealRunCall);
    });
  } finally {
    worker.terminate();
  }
}

export type SealChosen = typeof sealChosen;

Object.assign(globalThis, { sealChosen });
