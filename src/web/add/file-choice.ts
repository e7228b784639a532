import { find, showProblem } from "../page/elements.ts";
import type { Texts } from "../page/texts.ts";
import { type ChosenFile, lookInto, type Picked, pickedFrom, withoutRepeats } from "./chosen.ts";
import { takeDrops } from "./dropped.ts";
import { FileTable, TABLE_TEXTS } from "./file-table.ts";

export const CHOICE_TEXTS = [...TABLE_TEXTS, "unreadable"] as const;

/**
 * The files that are chosen on a page, by its two buttons or dropped on `[data-drop]`, and its table of them, out of which
 * each can be taken again.
 */
export class FileChoice {
  readonly #root: HTMLElement;
  readonly #texts: Texts<(typeof CHOICE_TEXTS)[number]>;
  readonly #changed: (files: readonly ChosenFile[]) => void;
  readonly #table: FileTable;
  #files: readonly ChosenFile[] = [];
  #looking: Promise<void> = Promise.resolve();

  /**
   * @param on.changed is told all files whenever there are others than before
   * @param on.refusesDrops whether what is dropped now is left alone
   */
  constructor(
    root: HTMLElement,
    texts: Texts<(typeof CHOICE_TEXTS)[number]>,
    on: { readonly changed: (files: readonly ChosenFile[]) => void; readonly refusesDrops?: () => boolean },
  ) {
    this.#root = root;
    this.#texts = texts;
    this.#changed = on.changed;
    this.#table = new FileTable(root, texts, (file) => this.#keep(this.#files.filter((each) => each !== file)));
    for (const kind of ["files", "folder"]) {
      const input = find(root, `input[data-choose=${kind}]`, HTMLInputElement);
      find(root, `[data-act=choose-${kind}]`, HTMLButtonElement).addEventListener("click", () => input.click());
      input.addEventListener("change", () => {
        this.#add(Promise.resolve(pickedFrom(input.files ?? [])));
        input.value = "";
      });
    }
    takeDrops(find(root, "[data-drop]", HTMLElement), (picking) => {
      if (on.refusesDrops?.() !== true) this.#add(picking);
    });
  }

  get files(): readonly ChosenFile[] {
    return this.#files;
  }

  /** Settles once everything chosen so far has been looked into. */
  get looked(): Promise<void> {
    return this.#looking;
  }

  #keep(chosen: readonly ChosenFile[]): void {
    this.#files = chosen;
    showProblem(this.#root, ""); // what it said was of the files before
    this.#table.show(chosen);
    this.#changed(chosen);
  }

  /** One batch after another, so that two quick choices do not undo each other. */
  #add(picking: Promise<readonly Picked[]>): void {
    this.#looking = this.#looking
      .then(async () => this.#keep([...this.#files, ...(await lookInto(withoutRepeats(this.#files, await picking)))]))
      .catch(() => showProblem(this.#root, this.#texts("unreadable")));
  }
}
