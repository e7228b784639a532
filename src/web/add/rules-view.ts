import { flag, list, record, type Shape, text } from "../../client/shape.ts";
import type { RuledSentence, SizeAnswer } from "../../domain/wire/sending.ts";
import { pageHttp } from "../keys/page-http.ts";
import { find } from "../page/elements.ts";

const sentences: Shape<readonly RuledSentence[]> = list(
  record({ says: text, clauses: list(text), reading: text, local: flag }),
);
const sizeAnswer: Shape<SizeAnswer> = record({
  tag: record({ text, classes: text }),
  refusals: sentences,
  needs: sentences,
  advice: sentences,
});

/** What the rules say, beside the files (`[data-rules]`), and below them what refuses the method (`[data-refused]`): asked again when the chosen size changes (SDT-8, SDT-22). */
export class RulesView {
  readonly #root: HTMLElement;
  readonly #refused: HTMLElement;
  readonly #refusedBefore: boolean;
  readonly #path: string;
  #size = 0;

  constructor(root: HTMLElement, reference: string) {
    this.#root = find(root, "[data-rules]", HTMLElement);
    this.#refused = find(root, "[data-refused]", HTMLElement);
    this.#refusedBefore = !this.#refused.hidden;
    this.#path = `/api/transfers/${reference}/assessment`;
    this.#keepPage();
  }

  /** Whether the size of what was chosen is why the method is refused: what was stated before can still be put right on a later page. */
  get refusesFiles(): boolean {
    return !this.#refused.hidden && !this.#refusedBefore;
  }

  /** Links open beside this page: leaving it would lose the files that are chosen. */
  #keepPage(): void {
    for (const link of [...this.#root.querySelectorAll("a"), ...this.#refused.querySelectorAll("a")]) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  }

  /** Without an answer the page keeps what it showed: the server decides again when everything is sealed. @param bytes of all that is chosen */
  show(bytes: number): void {
    if (bytes === this.#size) return;
    this.#size = bytes;
    pageHttp()
      .send("POST", this.#path, { bytes }, sizeAnswer)
      .then(
        (answer) => {
          if (bytes === this.#size) this.#draw(answer); // an answer that was overtaken is of other files
        },
        () => undefined,
      );
  }

  #draw({ tag, refusals, needs, advice }: SizeAnswer): void {
    const shown = find(this.#root, "[data-rules-tag] .govuk-tag", HTMLElement);
    shown.className = `govuk-tag ${tag.classes}`;
    shown.textContent = tag.text;
    const measured = this.#root.querySelector<HTMLElement>("[data-rules-measured]");
    if (measured !== null) measured.hidden = true;
    drawLines(this.#refused, refusals, false);
    for (const [name, said] of Object.entries({ needs, advice })) {
      drawLines(find(this.#root, `[data-rules-part=${name}]`, HTMLElement), said, name === "advice");
    }
    this.#keepPage();
  }
}

function drawLines(part: HTMLElement, said: readonly RuledSentence[], isAdvice: boolean): void {
  find(part, "ul", HTMLUListElement).replaceChildren(...said.map((each) => item(each, isAdvice)));
  part.hidden = said.length === 0;
}

function item({ says, clauses, reading, local }: RuledSentence, isAdvice: boolean): HTMLLIElement {
  const line = document.createElement("li");
  const where = document.createElement("span");
  where.className = "wb-clauses";
  if (clauses.length === 0) where.append(linkToOwn(local, isAdvice));
  where.append(...clauses.flatMap((id, at) => (at === 0 ? [linkTo(id)] : [", ", linkTo(id)])));
  line.append(`${says} `, where, reading === "" ? "" : `, ${reading}.`);
  return line;
}

/** As `groundLinks` of clauses.njk: an own rule that no clause says, or advice that is an own weighing. */
function linkToOwn(local: boolean, isAdvice: boolean): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = local || !isAdvice ? "/rules#own" : "/rules#weighing";
  link.textContent = local ? "Our own rule" : `Waybill’s own ${isAdvice ? "weighing" : "rule"}`;
  return link;
}

function linkTo(clause: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = `/rules/clauses/${encodeURIComponent(clause)}`;
  link.textContent = clause;
  return link;
}
