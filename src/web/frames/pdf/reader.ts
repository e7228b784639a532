import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { find } from "../../page/elements.ts";
import type { Texts } from "../../page/texts.ts";
import { SHEET_TEXTS, Sheet } from "./sheet.ts";

export const READER_TEXTS = [...SHEET_TEXTS, "where"] as const;

/** How wide a page may be, in widths of the frame; 1, the width of the frame, is where it begins. */
const WIDTHS = [0.5, 0.75, 1, 1.5, 2, 3, 4];

/** Pages that are shown at the most: each costs an element, and a small file can state any number. */
export const MOST_PAGES = 5000;

/** Pages kept drawn above and below what is on the screen, in heights of the frame. */
const NEARBY = "100%";

/** All pages, one below another: drawn when they come near, left empty again when they are far. */
export class Reader {
  readonly #root: HTMLElement;
  readonly #pages: HTMLElement;
  readonly #texts: Texts<(typeof READER_TEXTS)[number]>;
  readonly #sheets: readonly Sheet[];
  readonly #total: number;
  readonly #buttons: Readonly<Record<"previous" | "next" | "smaller" | "larger" | "fit", HTMLButtonElement>>;
  #width = WIDTHS.indexOf(1);
  #room = 0;
  #current = 1;

  constructor(root: HTMLElement, pdf: PDFDocumentProxy, texts: Texts<(typeof READER_TEXTS)[number]>) {
    this.#root = root;
    this.#texts = texts;
    this.#pages = find(root, "[data-pages]", HTMLElement);
    this.#sheets = Array.from({ length: Math.min(pdf.numPages, MOST_PAGES) }, (_, at) => new Sheet(pdf, at + 1, texts));
    this.#total = pdf.numPages;
    const button = (act: string) => find(root, `[data-act=${act}]`, HTMLButtonElement);
    this.#buttons = {
      previous: button("previous"),
      next: button("next"),
      smaller: button("smaller"),
      larger: button("larger"),
      fit: button("fit"),
    };
  }

  /** Shows the first page, and from then on whatever the person turns or scrolls to. */
  start(): void {
    this.#pages.replaceChildren(...this.#sheets.map(({ element }) => element));
    this.#root.hidden = false;
    const { previous, next, smaller, larger, fit } = this.#buttons;
    previous.addEventListener("click", () => this.#turnTo(this.#current - 1));
    next.addEventListener("click", () => this.#turnTo(this.#current + 1));
    smaller.addEventListener("click", () => this.#widen(this.#width - 1));
    larger.addEventListener("click", () => this.#widen(this.#width + 1));
    fit.addEventListener("click", () => this.#widen(WIDTHS.indexOf(1)));
    this.#say();
    new ResizeObserver(() => this.#fit()).observe(this.#root);
    this.#fit();
    this.#watch(`${NEARBY} 0px`, (sheet, near) => {
      if (near) void sheet.draw();
      else sheet.clear();
    });
    this.#watch("-50% 0px", (_, there, number) => {
      if (there) this.#nowAt(number);
    });
  }

  #watch(rootMargin: string, see: (sheet: Sheet, there: boolean, number: number) => void): void {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const number = Number((target as HTMLElement).dataset.page);
          const sheet = this.#sheets[number - 1];
          if (sheet) see(sheet, isIntersecting, number);
        }
      },
      { root: document, rootMargin },
    );
    for (const { element } of this.#sheets) observer.observe(element);
  }

  /** Sizes every page to the room there is now; the page that is being read stays where it is. */
  #fit(): void {
    const room = this.#root.clientWidth;
    if (room === this.#room) return;
    this.#room = room;
    const bar = find(this.#root, "[data-bar]", HTMLElement);
    const covered = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    this.#pages.style.setProperty("--wb-pdf-covered", `${covered}px`);
    this.#resize();
  }

  #widen(width: number): void {
    this.#width = Math.max(0, Math.min(WIDTHS.length - 1, width));
    this.#resize();
    this.#say();
  }

  #resize(): void {
    const current = this.#current;
    const atTop = scrollY === 0;
    for (const sheet of this.#sheets) sheet.size(this.#room * (WIDTHS[this.#width] ?? 1));
    if (!atTop) this.#turnTo(current);
    for (const sheet of this.#sheets) if (isNear(sheet.element)) void sheet.draw(); // those that stay near are not told again
  }

  #turnTo(number: number): void {
    this.#sheets[number - 1]?.element.scrollIntoView({ block: "start" });
    if (this.#sheets[number - 1]) this.#nowAt(number);
  }

  #nowAt(number: number): void {
    this.#current = number;
    this.#say();
  }

  #say(): void {
    const { previous, next, smaller, larger, fit } = this.#buttons;
    // Not `disabled`, which would take the focus away from whoever pages with the keyboard.
    setUnavailable(previous, this.#current <= 1);
    setUnavailable(next, this.#current >= this.#sheets.length);
    setUnavailable(smaller, this.#width <= 0);
    setUnavailable(larger, this.#width >= WIDTHS.length - 1);
    setUnavailable(fit, WIDTHS[this.#width] === 1);
    const where = this.#texts("where", { page: this.#current, pages: this.#total });
    const line = find(this.#root, "[data-where]", HTMLElement);
    if (line.textContent !== where) line.textContent = where;
  }
}

function setUnavailable(button: HTMLButtonElement, unavailable: boolean): void {
  button.setAttribute("aria-disabled", String(unavailable));
}

function isNear(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -innerHeight && top < 2 * innerHeight;
}
