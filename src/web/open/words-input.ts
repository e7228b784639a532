import { parseSecret, SECRET_WORDS, typedWords, wordsBeginning } from "../../seal/words.ts";
import { find } from "../page/elements.ts";
import type { Texts } from "../page/texts.ts";

export const WORDS_TEXTS = ["wordUnknown", "wordsUnknown", "wordsCount"] as const;

/**
 * The box for the six words: `input[data-words]`, and `ol[data-words-list]` which shows what has been understood so far.
 * Any case, spaces, hyphens or pasted text; each word is checked against the list as soon as it is finished.
 */
export class WordsInput {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #texts: Texts<(typeof WORDS_TEXTS)[number]>;

  constructor(root: HTMLElement, texts: Texts<(typeof WORDS_TEXTS)[number]>) {
    this.#input = find(root, "input[data-words]", HTMLInputElement);
    this.#list = find(root, "[data-words-list]", HTMLElement);
    this.#texts = texts;
    this.#input.addEventListener("input", () => this.#draw());
    this.#draw();
  }

  /** The secret as typed, or what is wrong with it in words. */
  read(): { readonly secret: string } | { readonly problem: string } {
    const parsed = parseSecret(this.#input.value);
    if (parsed.ok) return { secret: parsed.secret };
    if (parsed.reason === "unknown-word") return { problem: this.#texts("wordsUnknown", { word: parsed.word }) };
    return { problem: this.#texts("wordsCount", { count: parsed.count }) };
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  #draw(): void {
    const words = typedWords(this.#input.value);
    const typing = !/[^\p{L}]$/u.test(this.#input.value);
    const items = words.map(({ text, known }, at) => {
      const unfinished = typing && at === words.length - 1 && wordsBeginning(text, 1).length > 0;
      return this.#item(text, known ? "good" : unfinished ? "" : "unknown");
    });
    for (let at = words.length; at < SECRET_WORDS; at++) items.push(this.#item("", ""));
    this.#list.replaceChildren(...items);
  }

  #item(text: string, state: "" | "good" | "unknown"): HTMLElement {
    const item = document.createElement("li");
    item.className = "wb-words__word";
    item.textContent = text;
    if (state !== "") item.dataset.state = state;
    if (state === "unknown") {
      const said = document.createElement("span");
      said.className = "govuk-visually-hidden";
      said.textContent = ` ${this.#texts("wordUnknown")}`;
      item.append(said);
    }
    return item;
  }
}
