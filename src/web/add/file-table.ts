import { sizeText } from "../page/amounts.ts";
import { copyOf, find } from "../page/elements.ts";
import type { Texts } from "../page/texts.ts";
import type { ChosenFile } from "./chosen.ts";

export const TABLE_TEXTS = ["totalOne", "totalMany", "moreRows", "riskProgram", "riskScript", "riskMacros"] as const;

/** Rows that are drawn; of more files only the number is told. */
const MOST_ROWS = 200;

/** The table of chosen files: `[data-files]` with `tbody`, `[data-total]`, `[data-more]`; rows from `template#file-row`. */
export class FileTable {
  readonly #root: HTMLElement;
  readonly #texts: Texts<(typeof TABLE_TEXTS)[number]>;
  readonly #remove: (file: ChosenFile) => void;

  constructor(root: HTMLElement, texts: Texts<(typeof TABLE_TEXTS)[number]>, remove: (file: ChosenFile) => void) {
    this.#root = find(root, "[data-files]", HTMLElement);
    this.#texts = texts;
    this.#remove = remove;
  }

  show(files: readonly ChosenFile[]): void {
    // What needs a decision comes first, so that it is never among the rows that are left out.
    const shown = [...files].sort((a, b) => Number(b.risk !== null) - Number(a.risk !== null)).slice(0, MOST_ROWS);
    find(this.#root, "tbody", HTMLTableSectionElement).replaceChildren(...shown.map((file) => this.#row(file)));
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    const total = this.#texts(files.length === 1 ? "totalOne" : "totalMany", {
      count: files.length,
      size: sizeText(bytes),
    });
    find(this.#root, "[data-total]", HTMLElement).textContent = total;
    const more = find(this.#root, "[data-more]", HTMLElement);
    more.hidden = files.length <= MOST_ROWS;
    more.textContent = this.#texts("moreRows", { count: files.length - MOST_ROWS });
    this.#root.hidden = files.length === 0;
  }

  #row(chosen: ChosenFile): HTMLElement {
    const row = copyOf(document, "template#file-row");
    find(row, "[data-cell=name]", HTMLElement).textContent = chosen.path;
    find(row, "[data-cell=size]", HTMLElement).textContent = sizeText(chosen.file.size);
    const found = find(row, "[data-cell=found]", HTMLElement);
    if (chosen.risk !== null) found.textContent = this.#texts(RISK_TEXT[chosen.risk]);
    find(row, "[data-cell=which]", HTMLElement).textContent = chosen.path;
    find(row, "button", HTMLButtonElement).addEventListener("click", () => this.#remove(chosen));
    return row;
  }
}

const RISK_TEXT = { program: "riskProgram", script: "riskScript", macros: "riskMacros" } as const;
