import { type Enrolled, enrol } from "../../client/people/enrol.ts";
import { browserPasskeys } from "./browser-passkeys.ts";
import { deviceName } from "./device-name.ts";
import { attempt, byId, type Saying, showStep } from "./page.ts";
import { pageHttp } from "./page-http.ts";
import { keepPassphrase } from "./passphrase-panel.ts";
import { keepRecoveryCode } from "./recovery-panel.ts";

const STEPS = ["recovery-step", "passkey-step", "passphrase-step"] as const;

/** What differs from page to page. */
export interface MakeKeys {
  /** What is posted with the enrolment, to show who may. */
  readonly shown?: Readonly<Record<string, string>>;
  readonly say?: Saying;
  /** Called once the keys are made. */
  done?(): void;
}

/** The page of a first enrolment, where it is: keep the recovery code, make the passkey, keep the passphrase if there is one. */
export async function makeKeysPage({ shown = {}, say, done }: MakeKeys = {}): Promise<void> {
  const root = document.getElementById("make-keys");
  if (!root) return;
  root.hidden = false;
  const code = await keepRecoveryCode();
  showStep("passkey-step", STEPS);
  const enrolled = await pressed(
    "make-passkey",
    () => enrol(pageHttp(), browserPasskeys, root.dataset.path ?? "", code, deviceName(), shown),
    say,
  );
  done?.();
  await goOn(enrolled, STEPS);
}

/** Waits until the button was pressed and what it does was done; a failure is told, and it can be pressed again. */
export function pressed<T>(buttonId: string, act: () => Promise<T>, say?: Saying): Promise<T> {
  const button = byId(buttonId);
  return new Promise((resolve) => {
    button.addEventListener("click", () => {
      void attempt(button, byId("keys-status"), act, say).then((done) => {
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
