import type { KeyLogLine } from "../../domain/wire/people.ts";
import { describeNewKeys } from "../add/new-keys.ts";
import { byId } from "../keys/page.ts";

/** Asks the person, in the page's panel `new-keys`, about keys that are new for somebody whose keys this browser knew. */
export function confirmKeys(lines: readonly KeyLogLine[]): Promise<boolean> {
  const panel = byId("new-keys");
  const said = describeNewKeys(lines, "", {}).lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  });
  byId("new-keys-list").replaceChildren(...said);
  panel.hidden = false;
  panel.focus();
  return new Promise((resolve) => {
    const answer = (confirmed: boolean) => () => {
      panel.hidden = true;
      resolve(confirmed);
    };
    byId("new-keys-go-on").addEventListener("click", answer(true), { once: true });
    byId("new-keys-stop").addEventListener("click", answer(false), { once: true });
  });
}
