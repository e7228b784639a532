import { ClientError } from "../../client/error.ts";
import { checkRecovery, recover } from "../../client/people/recover.ts";
import { recoverySignInKey } from "../../client/people/ring.ts";
import { SealError } from "../../seal/error.ts";
import { browserPasskeys } from "./browser-passkeys.ts";
import { deviceName } from "./device-name.ts";
import { goOn, pressed } from "./make-keys.ts";
import { byId, inputById, markField, showStep } from "./page.ts";
import { pageHttp } from "./page-http.ts";
import { keepRecoveryCode } from "./recovery-panel.ts";
import { said } from "./said.ts";
import { troubleWords } from "./trouble.ts";

const STEPS = ["code-step", "new-code", "passkey-step", "passphrase-step"] as const;
/** What the server calls a code that does not fit the address. */
const UNFIT = { "bad-signature": "recoveryUnfit" } as const;

/** The page of /recover: address and old code, new code, new passkey. */
export async function recoverPage(): Promise<void> {
  const root = document.getElementById("recover");
  if (!root) return;
  root.hidden = false;
  const { address, code } = await typedCode();
  showStep("new-code", STEPS);
  const newCode = await keepRecoveryCode();
  showStep("passkey-step", STEPS);
  const recovered = await pressed(
    "make-passkey",
    () => recover(pageHttp(), browserPasskeys, { address, code, newCode, name: deviceName() }),
    { working: said("working"), trouble: (error) => troubleWords(error, UNFIT) },
  );
  await goOn(recovered, STEPS);
}

/** Resolves once both fields are right: a mistyped code is told here, a wrong or used one after asking the server. */
function typedCode(): Promise<{ readonly address: string; readonly code: string }> {
  return new Promise((resolve, reject) => {
    const check = async () => {
      const address = inputById("address").value.trim();
      const code = inputById("code").value;
      markField("address", address.includes("@") ? "" : said("address"));
      const problem = await recoverySignInKey(code).then(
        () => "",
        (error: unknown) => {
          if (error instanceof SealError) return said("recoveryMistyped", {}, error.message);
          throw error;
        },
      );
      markField("code", problem);
      if (problem !== "" || !address.includes("@")) return;
      // A wrong or used code is told before a new one is written down and a passkey made.
      const refused = await checkRecovery(pageHttp(), { address, code }).then(
        () => "",
        (error: unknown) => {
          if (error instanceof ClientError) return troubleWords(error, UNFIT);
          throw error;
        },
      );
      markField("code", refused);
      if (refused === "") resolve({ address, code });
    };
    byId("code-form").addEventListener("submit", (event) => {
      event.preventDefault();
      check().catch(reject);
    });
  });
}
