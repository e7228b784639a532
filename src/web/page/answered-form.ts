/**
 * Pages that answer a form stand in the history as that form: the browser asks to send it again on Back. Where the same address
 * shows a page of its own, `data-back` on the form says so, and the entry becomes that page once the form is sent on.
 */
export function forgetAnsweredForms(document: Document): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-back]")) {
    if (new URL(form.action).pathname !== document.location.pathname) continue;
    form.addEventListener("submit", () => window.history.replaceState(null, "", document.location.href));
  }
}
