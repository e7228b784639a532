import type { ChosenFile } from "../add/chosen.ts";
import { find } from "../page/elements.ts";
import type { PackageNews, PackageWish } from "../workers/calls/package-calls.ts";
import type { PackageWorker } from "./package-worker.ts";

type Format = PackageWish["format"];
type Judgement = Extract<PackageNews, { kind: "judged" }>["judgement"];

/** How long after the last key a typed password is judged. */
const JUDGE_AFTER_MS = 300;

/** The sender's choices beside the files: what the recipient has, the kind of package that follows from it, and the password. */
export class Choices {
  readonly #root: HTMLElement;
  readonly #worker: PackageWorker;
  readonly #known: readonly string[];
  #files: readonly ChosenFile[] = [];
  #judging: ReturnType<typeof setTimeout> | undefined;
  #chosenByHand = false;

  /** @param known what an attacker would try first: it weakens a typed password. */
  constructor(root: HTMLElement, worker: PackageWorker, known: readonly string[]) {
    this.#root = root;
    this.#worker = worker;
    this.#known = known;
    find(root, "[data-tools]", HTMLElement).addEventListener("change", () => {
      this.#chosenByHand = false;
      void this.#advise();
    });
    find(root, "[data-formats]", HTMLElement).addEventListener("change", () => {
      this.#chosenByHand = true;
      this.#kindChanged();
    });
    find(root, "[data-passwords]", HTMLElement).addEventListener("change", () => {
      find(root, "[data-typing]", HTMLElement).hidden = this.opening === "made";
    });
    this.#password.addEventListener("input", () => this.#judgeSoon());
  }

  get format(): Format {
    return find(this.#root, "[data-formats] input:checked", HTMLInputElement).value as Format; // the template's four
  }

  get opening(): PackageWish["opening"] {
    const typed = find(this.#root, "#secret-typed", HTMLInputElement).checked;
    return typed ? { typed: this.#password.value } : "made";
  }

  /** The files changed: a kind that does not take them cannot be chosen. */
  show(files: readonly ChosenFile[]): void {
    this.#files = files;
    void this.#advise();
  }

  /** Takes a typed password out of the page. */
  forget(): void {
    this.#password.value = "";
  }

  get #password(): HTMLInputElement {
    return find(this.#root, "#password", HTMLInputElement);
  }

  async #advise(): Promise<void> {
    const ticked = this.#root.querySelectorAll<HTMLInputElement>("[data-tools] input:checked");
    const has = [...ticked].map(({ value }) => value);
    const files = this.#files.map(({ path, file }) => ({ name: path, size: file.size }));
    const news = await this.#worker.advise({ kind: "advise", has, files });
    if (news === null) return;
    const { best, says, formats } = news.advice;
    const told = find(this.#root, "[data-advice]", HTMLElement);
    told.hidden = has.length === 0 || files.length === 0;
    told.textContent = says;
    for (const { format, unfit } of formats) {
      find(this.#root, `[data-kind=${format}]`, HTMLElement).hidden = unfit !== null && files.length > 0;
    }
    find(this.#root, "[data-unfit]", HTMLElement).hidden = this.#root.querySelector("[data-kind][hidden]") === null;
    if (best !== null && !this.#chosenByHand) this.#radio(best).checked = true;
    if (find(this.#root, `[data-kind=${this.format}]`, HTMLElement).hidden) this.#radio("zip").checked = true;
    this.#kindChanged();
  }

  /** What a typed password may be depends on the kind: Office takes a short one only. */
  #kindChanged(): void {
    const office = this.format === "office";
    find(this.#root, "[data-password-for=office]", HTMLElement).hidden = !office;
    find(this.#root, "[data-password-for=others]", HTMLElement).hidden = office;
    this.#judgeSoon();
  }

  #radio(format: Format): HTMLInputElement {
    return find(this.#root, `#format-${format}`, HTMLInputElement);
  }

  #judgeSoon(): void {
    clearTimeout(this.#judging);
    this.#judging = setTimeout(() => void this.#judge(), JUDGE_AFTER_MS);
  }

  /** OXM-20: says what an attacker would need. The password goes to the worker on this device and nowhere else. */
  async #judge(): Promise<void> {
    const password = this.#password.value;
    const says = find(this.#root, "#password-says", HTMLElement);
    says.textContent = "";
    if (password === "") return;
    const known = [...this.#known, ...this.#files.map(({ path }) => path)];
    const news = await this.#worker.judge({ kind: "judge", password, format: this.format, known });
    if (news === null || this.#password.value !== password) return; // overtaken by another key
    says.textContent = `${verdictOn(news.judgement)} ${news.judgement.says}`;
  }
}

function verdictOn(judgement: Judgement): string {
  if (judgement.ok) return "Strong enough.";
  return judgement.reason === "untypable" ? "This one cannot be used." : "Not strong enough.";
}
