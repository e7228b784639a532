import { sizeText } from "../page/amounts.ts";
import { copyOf, find, showPart } from "../page/elements.ts";
import type { Texts } from "../page/texts.ts";
import { handOver } from "../saving/hand-over.ts";
import type { MadeFile, PackageNews, PackageWish } from "../workers/calls/package-calls.ts";

export const MADE_TEXTS = ["save", "notSaved"] as const;

const KINDS: Readonly<Record<PackageWish["format"], string>> = {
  zip: "A zip with AES-256",
  age: "An age file",
  pdf: "A PDF with a password",
  office: "A Word, Excel or PowerPoint file with a password",
};

/** What was made: the password once, a button for each file that is still to be saved, and what goes onto the record. */
export class MadeView {
  readonly #root: HTMLElement;
  readonly #texts: Texts<(typeof MADE_TEXTS)[number]>;
  #unsaved = new Set<string>();

  constructor(root: HTMLElement, texts: Texts<(typeof MADE_TEXTS)[number]>) {
    this.#root = root;
    this.#texts = texts;
  }

  /** What must be saved before this page may be left; null: nothing. */
  get toSave(): string | null {
    const [first] = this.#unsaved;
    return first === undefined ? null : this.#texts("notSaved", { name: first });
  }

  /** @param about.items how many files were packed. @param about.riskyReason why programs or macros are among them; empty when there are none */
  show(
    { files, password }: Extract<PackageNews, { kind: "made" }>,
    about: { readonly format: PackageWish["format"]; readonly items: number; readonly riskyReason: string },
  ): void {
    const made = files.filter(({ packed }) => packed);
    const root = this.#root;
    find(root, "[data-made-password]", HTMLElement).hidden = password === null;
    find(root, "[data-made-typed]", HTMLElement).hidden = password !== null;
    find(root, "[data-password]", HTMLElement).textContent = password ?? "";
    const inFolder = files.every(({ content }) => content === null);
    find(root, "[data-in-folder]", HTMLElement).hidden = !inFolder;
    find(root, "[data-to-save]", HTMLElement).hidden = inFolder;
    const readBack = files.every((each) => each.readBack);
    find(root, "[data-read-back]", HTMLElement).hidden = !readBack;
    find(root, "[data-not-read-back]", HTMLElement).hidden = readBack;
    this.#unsaved = new Set(made.flatMap(({ content, name }) => (content === null ? [] : [name])));
    find(root, "[data-saved-files]", HTMLElement).replaceChildren(...files.map((file) => this.#line(file)));
    for (const link of root.querySelectorAll<HTMLAnchorElement>("[data-sheet]")) {
      link.href = `${link.dataset.sheet}&package=${about.format}&files=${made.length}`;
    }
    this.#record("items", String(about.items), String(about.items));
    this.#record("package", about.format, KINDS[about.format]);
    const bytes = made.reduce((sum, { size }) => sum + size, 0);
    this.#record("bytes", String(bytes), sizeText(bytes));
    find(root, "[data-field=riskyReason]", HTMLInputElement).value = about.riskyReason;
    this.#digests(made);
    showPart(root, "made");
  }

  /** SDT-28: each by the name of its file, where there are several; and the commands that show it name a file that is there. */
  #digests(made: readonly MadeFile[]): void {
    find(this.#root, "[data-field=digest]", HTMLInputElement).value = made.map(({ sha256 }) => sha256).join(" ");
    const lines = made.map(({ name, sha256 }) => {
      const line = copyOf(document, "template#digest");
      const of = find(line, "[data-of]", HTMLElement);
      of.textContent = name;
      of.hidden = made.length === 1;
      find(line, "code", HTMLElement).textContent = sha256;
      return line;
    });
    find(this.#root, "[data-says=digest]", HTMLElement).replaceChildren(...lines);
    for (const each of this.#root.querySelectorAll("[data-package-name]")) each.textContent = made[0]?.name ?? "";
    find(this.#root, "[data-several]", HTMLElement).hidden = made.length === 1;
  }

  #record(field: string, value: string, says: string): void {
    find(this.#root, `[data-field=${field}]`, HTMLInputElement).value = value;
    find(this.#root, `[data-says=${field}]`, HTMLElement).textContent = says;
  }

  #line({ name, content }: MadeFile): HTMLElement {
    const line = copyOf(document, "template#saved-file");
    if (content === null) {
      line.textContent = name;
      return line;
    }
    const button = find(line, "button", HTMLButtonElement);
    button.textContent = this.#texts("save", { name });
    button.addEventListener("click", () => {
      handOver(content, name);
      this.#unsaved.delete(name);
    });
    return line;
  }
}
