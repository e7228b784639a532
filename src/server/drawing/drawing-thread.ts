import { parentPort } from "node:worker_threads";
import { type PaperworkCode, PaperworkError } from "../../paperwork/error.ts";
import type { Paper } from "../../paperwork/paper.ts";
import { renderPdf } from "../../paperwork/pdf/render-pdf.ts";

/** What the server asks of this thread. */
export interface ToDraw {
  readonly id: number;
  readonly paper: Paper;
}

/** What it answers; an error without its class, which does not pass between threads. */
export type Drawn =
  | { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly code: PaperworkCode | null; readonly error: Error };

// One after another: two at a time would take as long, and twice the memory.
let last: Promise<void> = Promise.resolve();
parentPort?.on("message", ({ id, paper }: ToDraw) => {
  last = last.then(async () => {
    try {
      const bytes = await renderPdf(paper);
      parentPort?.postMessage({ id, bytes } satisfies Drawn, [bytes.buffer]);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const code = thrown instanceof PaperworkError ? thrown.code : null;
      parentPort?.postMessage({ id, code, error: new Error(error.message, { cause: error.stack }) } satisfies Drawn);
    }
  });
});
