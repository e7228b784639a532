import { safeName } from "../../seal/item-names.ts";
import { sizeText } from "../page/amounts.ts";
import { copyOf, find } from "../page/elements.ts";
import type { Texts } from "../page/texts.ts";
import type { ChosenFile } from "./chosen.ts";

export const TABLE_TEXTS = [
  "totalOne",
  "totalMany",
  "moreRows",
  "renamed",
  "riskProgram",
  "riskScript",
  "riskMacros",
] as const;

/** Rows that are drawn at once; a button draws the others. */
const FIRST_ROWS = 200;
/** On a phone, where a row takes several lines, so that what comes after the table is not far below it. */
const FIRST_ROWS_NARROW = 15;
const NARROW = "(max-width: 40em)";

/** The table of chosen files: `[data-files]` with `tbody`, `[data-total]`, `[data-more]` with the button `[data-all]`; rows from `template#file-row`. */
export class FileTable {
  readonly #root: HTMLElement;
  readonly #texts: Texts<(typeof TABLE_TEXTS)[number]>;
  readonly #remove: (file: ChosenFile) => void;
  #files: readonly ChosenFile[] = [];
  #all = false;

  constructor(root: HTMLElement, texts: Texts<(typeof TABLE_TEXTS)[number]>, remove: (file: ChosenFile) => void) {
    this.#root = find(root, "[data-files]", HTMLElement);
    this.#texts = texts;
    this.#remove = remove;
    find(this.#root, "[data-all]", HTMLButtonElement).addEventListener("click", () => {
      this.#all = true;
      this.show(this.#files);
      // The button is gone: whoever pressed it by keyboard goes on at the first row that it added.
      find(this.#root, `tbody > :nth-child(${firstRows() + 1}) button`, HTMLButtonElement).focus();
    });
  }

  show(files: readonly ChosenFile[]): void {
    this.#files = files;
    const first = firstRows();
    if (files.length <= first) this.#all = false;
    // What needs a decision comes first, so that it is never among the rows that are drawn later.
    // The rest is in the order of names, numbers in them as numbers, as people compare it with a folder.
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const sorted = files.toSorted(
      (a, b) => Number(b.risk !== null) - Number(a.risk !== null) || order.compare(a.path, b.path),
    );
    const shown = this.#all ? sorted : sorted.slice(0, first);
    find(this.#root, "tbody", HTMLTableSectionElement).replaceChildren(...shown.map((file) => this.#row(file)));
    const count = files.length.toLocaleString(document.documentElement.lang);
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    const total = this.#texts(files.length === 1 ? "totalOne" : "totalMany", {
      count,
      size: sizeText(bytes),
    });
    find(this.#root, "[data-total]", HTMLElement).textContent = total;
    const more = find(this.#root, "[data-more]", HTMLElement);
    more.hidden = shown.length === files.length;
    find(more, "[data-all]", HTMLButtonElement).textContent = this.#texts("moreRows", { count });
    this.#root.hidden = files.length === 0;
  }

  #row(chosen: ChosenFile): HTMLElement {
    const row = copyOf(document, "template#file-row");
    const name = safeName(chosen.path); // as recipients see it: nothing in it turns the direction of text
    find(row, "[data-cell=name]", HTMLElement).textContent = name;
    find(row, "[data-cell=size]", HTMLElement).textContent = sizeText(chosen.file.size);
    const found = find(row, "[data-cell=found]", HTMLElement);
    const said = chosen.risk === null ? [] : [this.#texts(RISK_TEXT[chosen.risk])];
    if (name !== chosen.path.normalize("NFC")) said.push(this.#texts("renamed"));
    found.textContent = said.join(". ");
    find(row, "[data-cell=which]", HTMLElement).textContent = name;
    find(row, "button", HTMLButtonElement).addEventListener("click", () => this.#remove(chosen));
    return row;
  }
}

function firstRows(): number {
  return matchMedia(NARROW).matches ? FIRST_ROWS_NARROW : FIRST_ROWS;
}

const RISK_TEXT = { program: "riskProgram", script: "riskScript", macros: "riskMacros" } as const;
