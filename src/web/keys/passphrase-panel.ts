import { byId, inputById, markField } from "./page.ts";

/** Shows a generated key passphrase until its last word was typed. */
export async function keepPassphrase(passphrase: string): Promise<void> {
  byId("passphrase").textContent = passphrase;
  byId("copy-passphrase").addEventListener("click", () => void navigator.clipboard?.writeText(passphrase));
  const typed = inputById("passphrase-end");
  const wrong = byId("passphrase-confirm").dataset.wrong ?? "";
  const last = passphrase.slice(passphrase.lastIndexOf(" ") + 1);
  await new Promise<void>((resolve) => {
    byId("passphrase-confirm").addEventListener("submit", (event) => {
      event.preventDefault();
      if (typed.value.trim().toLowerCase() === last) resolve();
      else markField("passphrase-end", wrong);
    });
  });
  byId("passphrase").textContent = "";
}
