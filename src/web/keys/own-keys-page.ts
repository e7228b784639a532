import { type OwnKeys, sayTheirs } from "../../client/keys/own-keys.ts";
import { fingerprintOf } from "../../log/key-fingerprint.ts";
import { browserKeyPins } from "../workers/kept/browser-key-pins.ts";
import { describe } from "./own-keys-alarm.ts";
import { ownKeysWords } from "./own-keys-words.ts";
import { byId } from "./page.ts";

/** /account/keys: everything in one's name as this browser judges it, and the keys that its reader is asked about, once. */
export async function ownKeysPage(own: OwnKeys): Promise<void> {
  const root = document.getElementById("own-keys");
  if (!root) return;
  const w = ownKeysWords();
  const rows = own.keys
    .filter(({ removed }) => !removed)
    .map(async (key) => {
      const item = document.createElement("li");
      item.dataset.standing = key.standing;
      item.textContent = `${describe(key)}: ${w.standings[key.standing]}.`;
      if (key.kind !== "passkey") item.append(` ${w.number.replace("{number}", await fingerprintOf(key.publicKey))}.`);
      return item;
    });
  byId("own-keys-list").replaceChildren(...(await Promise.all(rows)));
  byId("own-keys-unsure").hidden = own.unsure.length === 0;
  byId("own-keys-mine").addEventListener("click", () => {
    void sayTheirs({ pins: browserKeyPins }, own, own.unsure).then(() => location.reload());
  });
  byId("own-keys-false").hidden = own.false.every(({ removed }) => removed);
  root.hidden = false;
}
