import { generateRecoveryCode } from "../../seal/recovery.ts";
import { byId, inputById, markField } from "./page.ts";

/** Makes a recovery code, shows it, and answers it once its last four characters were typed. */
export async function keepRecoveryCode(): Promise<string> {
  const code = await generateRecoveryCode();
  byId("recovery-code").textContent = code;
  byId("print-recovery").addEventListener("click", () => print());
  byId("copy-recovery").addEventListener("click", () => void navigator.clipboard?.writeText(code));
  const typed = inputById("recovery-end");
  const wrong = byId("recovery-confirm").dataset.wrong ?? "";
  await new Promise<void>((resolve) => {
    byId("recovery-confirm").addEventListener("submit", (event) => {
      event.preventDefault();
      if (plain(typed.value) === code.slice(-4)) {
        markField("recovery-end", "");
        resolve();
      } else markField("recovery-end", wrong);
    });
  });
  byId("recovery-code").textContent = "";
  return code;
}

function plain(typed: string): string {
  return typed.trim().toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}
