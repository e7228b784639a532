/**
 * The element that matches, of the class that the page's own template makes it.
 * @throws Error when it is not there or is another: the page and its script are of different versions.
 */
export function find<T extends Element>(root: ParentNode, selector: string, kind: new () => T): T {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`This page has no ${kind.name} “${selector}”.`);
}

/** A copy of the single element in a template. */
export function copyOf(root: ParentNode, selector: string): HTMLElement {
  const copy = find(root, selector, HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
  if (copy instanceof HTMLElement) return copy;
  throw new Error(`The template “${selector}” is empty.`);
}

/** Shows the part of `root` with that `data-part`, hides its siblings, and moves the focus to its heading. */
export function showPart(root: HTMLElement, wanted: string): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-part]")) part.hidden = part.dataset.part !== wanted;
  const heading = root.querySelector<HTMLElement>(`[data-part="${wanted}"] :is(h1, h2)`);
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus();
}

/** An error summary (`data-problem`): says what is wrong, and takes the focus so that it is read out. Empty hides it. */
export function showProblem(root: ParentNode, message: string): void {
  const box = find(root, "[data-problem]", HTMLElement);
  find(box, "[data-problem-text]", HTMLElement).textContent = message;
  box.hidden = message === "";
  if (message !== "") box.focus();
}

/** What the server told this page to send with every request. */
export function reachOfPage(): { readonly origin: string; readonly token: string } {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]');
  return { origin: location.origin, token: meta?.content ?? "" };
}
