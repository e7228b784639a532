import {
  type Account,
  addPasskey,
  removePasskey,
  renewRecoveryCode,
  sealToPasskey,
} from "../../client/people/account.ts";
import { askPassphrase } from "./ask-passphrase.ts";
import { browserPasskeys } from "./browser-passkeys.ts";
import { goOn, pressed } from "./make-keys.ts";
import { byId, inputById, markField, showStep } from "./page.ts";
import { pageHttp } from "./page-http.ts";
import { keepRecoveryCode } from "./recovery-panel.ts";

function account(): Account {
  return { http: pageHttp(), passkeys: browserPasskeys, askPassphrase };
}

/** /account/add-passkey */
export async function addPasskeyPage(): Promise<void> {
  const root = shown("add-passkey");
  if (!root) return;
  const { passphrase } = await pressed("make-passkey", () => {
    const name = inputById("passkey-name").value.trim();
    markField("passkey-name", "");
    return addPasskey(account(), name);
  });
  await goOn({ next: "/account", passphrase }, ["add-step", "passphrase-step"]);
}

/** /account/passkey */
export async function passkeyPage(): Promise<void> {
  const root = shown("passkey-page");
  const id = root?.dataset.id ?? "";
  if (!root) return;
  await Promise.race([finishing(id), removing(id)]);
}

/** /account/recovery */
export async function newRecoveryPage(): Promise<void> {
  if (!shown("new-recovery")) return;
  const code = await keepRecoveryCode();
  showStep("sign-step", ["recovery-step", "sign-step"]);
  await pressed("sign-recovery", () => renewRecoveryCode(account(), code));
  location.assign("/account");
}

async function finishing(id: string): Promise<void> {
  if (!document.getElementById("finish-passkey")) return new Promise(() => undefined);
  await pressed("finish-passkey", () => sealToPasskey(account(), id));
  location.assign("/account");
}

async function removing(id: string): Promise<void> {
  if (!document.getElementById("start-removal")) return;
  const finish = document.getElementById("finish-step") ? ["finish-step"] : [];
  const steps = ["remove-step", "new-code", "confirm-removal", "passphrase-step", ...finish];
  await new Promise((resolve) => {
    byId("start-removal").addEventListener("click", resolve);
  });
  showStep("new-code", steps);
  const code = await keepRecoveryCode();
  showStep("confirm-removal", steps);
  const { passphrase } = await pressed("remove-passkey", () => removePasskey(account(), id, code));
  await goOn({ next: "/account", passphrase }, steps);
}

function shown(id: string): HTMLElement | null {
  const root = document.getElementById(id);
  if (root) root.hidden = false;
  return root;
}
