import { LOG_PINS } from "../../client/keys/prove-keys.ts";
import { browserKeyPins, forgetKeyPins } from "../workers/kept/browser-key-pins.ts";
import { attempt, byId, inputById, markField, showStep } from "./page.ts";
import { said } from "./said.ts";

const STEPS = ["none-step", "known-step", "forgotten-step"] as const;

/** /account/known-log: what this browser pinned, beside what the server names, and forgetting it once the person has compared. */
export async function knownLogPage(): Promise<void> {
  const root = document.getElementById("known-log");
  if (!root) return;
  const known = (await browserKeyPins.load(LOG_PINS)).get("key") ?? null;
  root.hidden = false;
  if (known === null) return showStep("none-step", STEPS);
  const same = known === root.dataset.key;
  byId("known-key").textContent = known;
  byId("same-key").hidden = !same;
  byId("other-key").hidden = same;
  byId("known-step").hidden = false;
  byId("forget-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const compared = inputById("compared").checked;
    markField("compared", compared ? "" : said("compareFirst"));
    if (!compared) return;
    const forgetting = async () => {
      await forgetKeyPins();
      return true;
    };
    void attempt(byId("forget-log"), byId("keys-status"), forgetting).then((done) => {
      if (done) showStep("forgotten-step", STEPS);
    });
  });
}
