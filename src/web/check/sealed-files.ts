import type { Made } from "../../client/sending/order.ts";
import { safeNames, visibleName } from "../../seal/item-names.ts";
import { sizeText } from "../page/amounts.ts";
import { copyOf, find } from "../page/elements.ts";

/** Rows that are drawn at once; a button draws the others. */
const FIRST_ROWS = 200;

/**
 * Shows what is sealed: subject, names and sizes, and the check code.
 * @param here whether this browser sealed it; otherwise the person is asked to compare the code.
 */
export function showSealedFiles(root: HTMLElement, made: Made, here: boolean): void {
  const subject = find(root, "[data-subject]", HTMLElement);
  subject.hidden = made.subject === "";
  subject.textContent = `Subject: ${made.subject}`;
  draw(root, made.items.slice(0, FIRST_ROWS));
  const all = find(root, "[data-all]", HTMLButtonElement);
  const more = find(root, "[data-more]", HTMLElement);
  more.hidden = made.items.length <= FIRST_ROWS;
  all.textContent = `Show all ${made.items.length.toLocaleString(document.documentElement.lang)} files`;
  all.addEventListener("click", () => {
    draw(root, made.items);
    more.hidden = true;
  });
  for (const code of root.querySelectorAll("[data-code]")) code.textContent = made.checkCode;
  find(root, here ? "#made-here" : "#made-elsewhere", HTMLElement).hidden = false;
  root.hidden = false;
}

function draw(root: HTMLElement, items: Made["items"]): void {
  const names = safeNames(items.map(({ name }) => name)); // as recipients see them: nothing in them turns the direction of text
  const rows = items.map(({ name, kind, length }, at) => {
    const row = copyOf(document, "template#sealed-file");
    const shown = names[at] ?? "";
    const sent = find(row, "[data-cell=sent-as]", HTMLElement);
    sent.hidden = shown === name.normalize("NFC");
    if (!sent.hidden)
      sent.textContent = `Called “${visibleName(name)}” here. Recipients save it under a name that every device takes.`;
    find(row, "[data-cell=name]", HTMLElement).textContent = kind === "message" ? `${shown} (your message)` : shown;
    find(row, "[data-cell=size]", HTMLElement).textContent = sizeText(length);
    return row;
  });
  find(root, "tbody", HTMLTableSectionElement).replaceChildren(...rows);
}
