import { said } from "./said.ts";
import { troubleWords } from "./trouble.ts";

/** The element with that id, which the page's own template has. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found) return found;
  throw new Error(`This page has no element “${id}”.`);
}

export function inputById(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement; // the template makes an input of it
}

/** Shows one of the steps and hides the others. The step's heading takes the focus, so that screen readers say it. */
export function showStep(wanted: string, steps: readonly string[]): void {
  for (const step of steps) byId(step).hidden = step !== wanted;
  const heading = byId(wanted).querySelector<HTMLElement>("h1, h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

/** Shows a message beside a field, or takes it away. */
export function markField(id: string, message: string): void {
  const input = inputById(id);
  const group = input.closest(".govuk-form-group");
  group?.classList.toggle("govuk-form-group--error", message !== "");
  input.classList.toggle("govuk-input--error", message !== "");
  document.getElementById(`${id}-error`)?.remove();
  const described = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each !== `${id}-error`);
  if (message !== "") {
    const text = document.createElement("p");
    text.id = `${id}-error`;
    text.className = "govuk-error-message";
    text.textContent = message;
    (input.closest(".govuk-checkboxes") ?? input).before(text);
    described.push(text.id);
    input.focus();
  }
  input.setAttribute("aria-describedby", described.join(" ").trim());
}

/** What `attempt` says, on a page that is not in English for instance. */
export interface Saying {
  readonly working: string;
  trouble(error: unknown): string;
}

/**
 * Runs something that takes a while and may fail: the button cannot be pressed again meanwhile, and what went wrong is told in
 * words in `status`. Answers null then.
 */
export async function attempt<T>(
  button: HTMLElement,
  status: HTMLElement,
  act: () => Promise<T>,
  say: Saying = { working: said("working"), trouble: troubleWords },
): Promise<T | null> {
  const pressed = button as HTMLButtonElement; // templates make buttons of them
  pressed.disabled = true;
  status.className = "govuk-body";
  status.textContent = say.working;
  try {
    const result = await act();
    status.textContent = "";
    return result;
  } catch (error) {
    status.className = "govuk-error-message";
    status.textContent = say.trouble(error);
    return null;
  } finally {
    pressed.disabled = false;
  }
}
