import type { NewStandIn } from "../../client/keys/check-stand-in.ts";
import { sendingKeysFirst } from "../../client/keys/own-keys-first.ts";
import { type CorrectionSeen, correctAddress } from "../../client/sending/correct-address.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { signWithPasskey } from "../keys/sign.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { browserKeyPins } from "../workers/kept/browser-key-pins.ts";

const NEW_KEYS =
  "A key of yours, or of whoever may tell the words in your place, is new to this browser. Go on only if one of you added a device or replaced a passkey.";

function confirmStandIn({ now: { name, address } }: NewStandIn): boolean {
  return confirm(
    `${name} (${address}) may tell the words in your place, so that this is sealed to their keys too. Go on only if you named them.`,
  );
}

const root = document.getElementById("correct");
if (root) {
  const { reference = "", recipient = "", address = "", seen = "", next = "" } = root.dataset;
  root.hidden = false;
  const button = byId("correct-button");
  button.addEventListener("click", () => {
    const ask = { recipientId: recipient, address };
    void attempt(button, byId("correct-status"), () =>
      correct(reference, ask, JSON.parse(seen) as CorrectionSeen),
    ).then((done) => {
      if (done !== null) location.assign(next);
    });
  });
}

async function correct(
  reference: string,
  ask: { readonly recipientId: string; readonly address: string },
  seen: CorrectionSeen,
): Promise<true> {
  const http = pageHttp();
  const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
  await correctAddress(reference, ask, {
    http,
    rpId: location.hostname,
    seen,
    checkKeys: sendingKeysFirst({
      http,
      pins: browserKeyPins,
      confirm: async () => confirm(NEW_KEYS),
      confirmStandIn: async (change) => confirmStandIn(change),
    }),
    unlock: () => unlockMemberKeys({ base: location.origin, token }),
    sign: (statement, _challenge, credentials) => signWithPasskey(statement, credentials),
  });
  return true;
}
