import { find, showProblem } from "../page/elements.ts";
import { readTexts } from "../page/texts.ts";
import { handOver } from "../saving/hand-over.ts";
import { startWorker } from "../start-worker.ts";
import type { DrawnAt, ReceiptCall, ReceiptNews } from "../workers/calls/receipt-calls.ts";
import { SigningField } from "./signing-field.ts";

const TEXTS = ["nothingDrawn", "notMade", "saveFirst"] as const;

/**
 * /transfers/:ref/carried/:recipient/signature (src/server/journeys/carry/signature.njk): whoever is handed something signs on the screen.
 * The receipt comes from the server without a signature; what is drawn is put onto it here, the person saves it, and the form carries its
 * SHA-256 and nothing that was drawn.
 */
export function startHandoverPage(form: HTMLFormElement): void {
  const texts = readTexts(TEXTS);
  const { receipt: address = "", name = "", ...rest } = form.dataset;
  const at = JSON.parse(rest.place ?? "{}") as DrawnAt; // the template's four numbers
  const digest = find(form, "[name=receipt]", HTMLInputElement);
  const screen = find(form, "#by-screen", HTMLInputElement);
  const saved = find(form, "[data-saved]", HTMLElement);
  let made: Blob | null = null;
  let kept = false;

  const field = new SigningField(find(form, "canvas", HTMLCanvasElement), () => forget());
  const forget = () => {
    made = null;
    kept = false;
    digest.value = "";
    saved.hidden = true;
  };
  find(form, "[data-act=clear]", HTMLButtonElement).addEventListener("click", () => {
    field.clear();
    forget();
  });
  find(form, "[data-act=save]", HTMLButtonElement).addEventListener("click", (event) => {
    const button = event.currentTarget as HTMLButtonElement;
    if (field.strokes.length === 0) return showProblem(form, texts("nothingDrawn"));
    showProblem(form, "");
    button.disabled = true;
    void signedReceipt(address, field, at)
      .then((news) => {
        if (news.kind === "not-signed") throw new Error(news.trouble.message);
        made = news.content;
        digest.value = news.sha256;
        find(saved, "[data-digest]", HTMLElement).textContent = news.sha256;
        saved.hidden = false;
        handOver(made, name);
        kept = true;
      })
      .catch(() => showProblem(form, texts("notMade")))
      .finally(() => {
        button.disabled = false;
      });
  });
  form.addEventListener("submit", (event) => {
    if (!screen.checked) {
      digest.value = "";
      return;
    }
    if (kept) return;
    event.preventDefault();
    showProblem(form, field.strokes.length === 0 ? texts("nothingDrawn") : texts("saveFirst"));
  });
  const show = () => {
    find(form, "[data-drawing]", HTMLElement).hidden = !screen.checked;
  };
  find(form, "#by", HTMLElement).addEventListener("change", show);
  show();
}

/** The receipt with what was drawn on it, made by a worker on this device. */
async function signedReceipt(address: string, { strokes }: SigningField, at: DrawnAt): Promise<ReceiptNews> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("The receipt could not be fetched.");
  const receipt = new Uint8Array(await answer.arrayBuffer());
  const worker = startWorker("receipt");
  try {
    return await new Promise<ReceiptNews>((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<ReceiptNews>) => resolve(data));
      worker.addEventListener("error", () => reject(new Error("The worker ended.")));
      worker.postMessage({ receipt, strokes, at } satisfies ReceiptCall);
    });
  } finally {
    worker.terminate();
  }
}
