import type { Made } from "../../client/sending/order.ts";
import { rebuildMade, type ShownRecipient } from "../../client/sending/rebuild-made.ts";
import { type Seen, signSending } from "../../client/sending/sign-sending.ts";
import { sendingView } from "../../client/views.ts";
import { showSealedFiles } from "../check/sealed-files.ts";
import { showToChosen } from "../check/show-before.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { signWithPasskey } from "../keys/sign.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { reachOfPage } from "../page/elements.ts";
import { loadMade } from "../workers/kept/made.ts";

const root = document.getElementById("sign");
if (root) void start(root);

/** What this browser sealed is shown at once, also when it was signed before and changed since; what another device sealed, when a passkey has opened it. */
async function start(sign: HTMLElement): Promise<void> {
  const { reference = "", content = "", shown = "" } = sign.dataset;
  const kept = await loadMade(reference);
  if (kept?.content === content) {
    showToSign(sign, kept, true);
    return;
  }
  byId("elsewhere").hidden = false;
  byId("sign-later").hidden = false;
  const show = byId("show-files");
  show.addEventListener("click", () => {
    void attempt(show, byId("show-files-status"), () => openElsewhere(reference, JSON.parse(shown))).then((made) => {
      if (made === null) return;
      byId("elsewhere").hidden = true;
      byId("sign-later").hidden = true;
      showToSign(sign, made, false);
      byId("files").focus();
    });
  });
}

/** @param shown the recipients as this page shows them. */
async function openElsewhere(reference: string, shown: readonly ShownRecipient[]): Promise<Made> {
  const http = pageHttp();
  const view = await http.get(`/api/transfers/${reference}`, sendingView);
  const { origin, token } = reachOfPage();
  return rebuildMade(view, shown, await unlockMemberKeys({ base: origin, token }), http);
}

/** What the page shows is the server's word; what would be signed is compared with it and with what was sealed. */
function showToSign(sign: HTMLElement, made: Made, here: boolean): void {
  const { seen = "", next = "", stored = "" } = sign.dataset;
  showSealedFiles(byId("sealed-files"), made, here);
  // What was sealed says whether the organisation can open it, and not the server.
  byId("with-recovery").hidden = made.recovery === null;
  byId("without-recovery").hidden = made.recovery !== null;
  sign.hidden = false;
  const button = byId("sign-button");
  button.addEventListener("click", () => {
    void attempt(button, byId("sign-status"), () => signMade(made, JSON.parse(seen), stored)).then((signed) => {
      if (signed !== null) location.assign(next);
      byId("not-signed").hidden = signed !== null; // it may have been signed in another tab
    });
  });
}

async function signMade(made: Made, seen: Seen, stored: string): Promise<true> {
  const shown = await showToChosen(made, stored);
  await signSending(made, shown === undefined ? seen : { ...seen, shown }, {
    http: pageHttp(),
    rpId: location.hostname,
    sign: async (statement, _challenge, credentials) => ({ passkey: await signWithPasskey(statement, credentials) }),
  });
  return true;
}
