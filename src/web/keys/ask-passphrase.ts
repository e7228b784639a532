import { ClientError } from "../../client/error.ts";
import { parseSecret } from "../../seal/words.ts";
import { said } from "./said.ts";

/** Asks for the six words of the key passphrase in a dialog. @throws ClientError `cancelled` when it is closed. */
export async function askPassphrase(): Promise<string> {
  const dialog = element("dialog", "wb-dialog");
  const form = element("form", "");
  form.method = "dialog";
  form.noValidate = true;
  const title = element("h2", "govuk-heading-m", said("askTitle"));
  title.id = "passphrase-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const label = element("label", "govuk-label", said("askLabel"));
  label.htmlFor = "key-passphrase";
  const input = element("input", "govuk-input govuk-!-margin-bottom-4");
  input.id = "key-passphrase";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "none");
  const problem = element("p", "govuk-error-message");
  problem.setAttribute("role", "alert");
  const go = element("button", "govuk-button", said("askGo"));
  const stop = element("button", "govuk-button govuk-button--secondary", said("askStop"));
  stop.type = "button";
  const buttons = element("div", "govuk-button-group");
  buttons.append(go, stop);
  form.append(title, label, problem, input, buttons);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  try {
    return await new Promise<string>((resolve, reject) => {
      const cancelled = () => {
        reject(new ClientError({ code: "cancelled", message: said("askStopped") }));
      };
      stop.addEventListener("click", cancelled);
      dialog.addEventListener("cancel", cancelled);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const read = parseSecret(input.value);
        if (read.ok) resolve(read.secret);
        else if (read.reason === "count") problem.textContent = said("askCount", { count: read.count });
        else problem.textContent = said("askUnknown", { word: read.word });
      });
    });
  } finally {
    dialog.remove();
  }
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
