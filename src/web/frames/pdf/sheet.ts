import {
  AnnotationMode,
  type PDFDocumentProxy,
  type PDFPageProxy,
  type RenderTask,
  TextLayer,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Texts } from "../../page/texts.ts";

export const SHEET_TEXTS = ["page", "pageNoText", "pageBroken"] as const;

/** The most that one canvas holds; some devices draw nothing at all on a larger one. */
const MOST_AREA = 16_000_000;
const MOST_SIDE = 8192;

/** Width to height of A4: how a page is taken to be until it is read. */
const A4 = 210 / 297;

/** One page: an empty box of its size, and, while it is on the screen, its picture and its text. */
export class Sheet {
  readonly element: HTMLElement;
  readonly #number: number;
  readonly #pdf: PDFDocumentProxy;
  readonly #texts: Texts<(typeof SHEET_TEXTS)[number]>;
  #task: RenderTask | null = null;
  /** The drawing that counts: one that was begun earlier ends without a trace. */
  #turn = 0;
  #width = 0;
  #ratio = A4;

  constructor(pdf: PDFDocumentProxy, number: number, texts: Texts<(typeof SHEET_TEXTS)[number]>) {
    this.#pdf = pdf;
    this.#number = number;
    this.#texts = texts;
    this.element = document.createElement("section");
    this.element.className = "wb-pdf__sheet";
    this.element.dataset.page = String(number);
    this.element.setAttribute("aria-label", texts("page", { page: number, pages: pdf.numPages }));
  }

  /** Makes the box this wide, in CSS pixels; a drawing in it is gone then. */
  size(width: number): void {
    this.clear();
    this.#width = width;
    this.#box();
  }

  async draw(): Promise<void> {
    this.clear();
    const turn = this.#turn;
    try {
      const page = await this.#pdf.getPage(this.#number);
      if (turn === this.#turn) await this.#drawn(page, turn);
    } catch (error) {
      if (turn !== this.#turn) return;
      console.error(error);
      this.element.replaceChildren(saying(this.#texts("pageBroken")));
    }
  }

  /** Forgets the drawing, and lets its memory go. */
  clear(): void {
    this.#turn++;
    this.#task?.cancel();
    this.#task = null;
    for (const canvas of this.element.querySelectorAll("canvas")) canvas.width = canvas.height = 0;
    this.element.replaceChildren();
    delete this.element.dataset.drawn;
  }

  async #drawn(page: PDFPageProxy, turn: number): Promise<void> {
    const { width, height } = page.getViewport({ scale: 1 });
    this.#ratio = width / height;
    this.#box();
    const viewport = page.getViewport({ scale: this.#width / width });
    const canvas = document.createElement("canvas");
    const density = densityFor(viewport.width, viewport.height);
    canvas.width = Math.max(1, Math.floor(viewport.width * density));
    canvas.height = Math.max(1, Math.floor(viewport.height * density));
    canvas.className = "wb-pdf__picture";
    const text = document.createElement("div");
    text.className = "wb-pdf__text";
    text.style.setProperty("--total-scale-factor", String(viewport.scale));
    this.element.replaceChildren(canvas, text);
    const transform = [density, 0, 0, density, 0, 0];
    this.#task = page.render({ canvas, viewport, transform, annotationMode: AnnotationMode.ENABLE });
    await this.#task.promise;
    const content = await page.getTextContent();
    if (turn !== this.#turn) return;
    await new TextLayer({ textContentSource: content, container: text, viewport }).render();
    if (turn !== this.#turn) return;
    if (text.textContent?.trim() === "") {
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", this.#texts("pageNoText"));
    } else canvas.setAttribute("aria-hidden", "true");
    this.element.dataset.drawn = "";
  }

  #box(): void {
    this.element.style.width = `${this.#width}px`;
    this.element.style.height = `${this.#width / this.#ratio}px`;
  }
}

/** Canvas pixels for each CSS pixel: the screen's, or as many as one canvas can hold. */
function densityFor(width: number, height: number): number {
  return Math.min(devicePixelRatio, MOST_SIDE / width, MOST_SIDE / height, Math.sqrt(MOST_AREA / (width * height)));
}

function saying(text: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "govuk-body wb-pdf__broken";
  line.textContent = text;
  return line;
}
