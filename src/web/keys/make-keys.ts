import { type Enrolled, enrol } from "../../client/people/enrol.ts";
import { browserPasskeys } from "./browser-passkeys.ts";
import { deviceName } from "./device-name.ts";
import { attempt, byId, showStep } from "./page.ts";
import { pageHttp } from "./page-http.ts";
import { keepPassphrase } from "./passphrase-panel.ts";
import { keepRecoveryCode } from "./recovery-panel.ts";

const STEPS = ["recovery-step", "passkey-step", "passphrase-step"] as const;

/** The page of a first enrolment, where it is: keep the recovery code, make the passkey, keep the passphrase if there is one. */
export async function makeKeysPage(): Promise<void> {
  const root = document.getElementById("make-keys");
  if (!root) return;
  root.hidden = false;
  const code = await keepRecoveryCode();
  showStep("passkey-step", STEPS);
  const enrolled = await pressed("make-passkey", () =>
    enrol(pageHttp(), browserPasskeys, root.dataset.path ?? "", code, deviceName()),
  );
  await goOn(enrolled, STEPS);
}

/** Waits until the button was pressed and what it does was done; a failure is told, and it can be pressed again. */
export function pressed<T>(buttonId: string, act: () => Promise<T>): Promise<T> {
  const button = byId(buttonId);
  return new Promise((resolve) => {
    button.addEventListener("click", () => {
      void attempt(button, byId("keys-status"), act).then((done) => {
        if (done !== null) resolve(done);
      });
    });
  });
}

/** After enrolling: first the passphrase, where there is one, then the next page. */
export async function goOn(enrolled: Enrolled, steps: readonly string[]): Promise<void> {
  if (enrolled.passphrase !== null) {
    showStep("passphrase-step", steps);
    await keepPassphrase(enrolled.passphrase);
  }
  location.assign(enrolled.next);
}
