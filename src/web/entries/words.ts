import { fromBase64 } from "../../bytes/base64.ts";
import { ClientError } from "../../client/error.ts";
import { sendingView } from "../../client/views.ts";
import { openSenderGrant } from "../../seal/grants.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";

const root = document.getElementById("words");
if (root) {
  const { reference = "", recipient = "" } = root.dataset;
  root.hidden = false;
  const show = byId("show-words");
  show.addEventListener("click", () => {
    void attempt(show, byId("words-status"), () => openWords(reference, recipient)).then((words) => {
      if (words !== null) showWords(words.split(" "));
    });
  });
  byId("hide-words").addEventListener("click", () => showWords([]));
}

/** The six words out of the sender's grant, with the key of whoever is signed in. They leave this page by no request. */
async function openWords(reference: string, recipient: string): Promise<string> {
  const view = await pageHttp().get(`/api/transfers/${reference}`, sendingView);
  if (view.senderGrant === null) {
    throw new ClientError({ code: "no-access", message: "This transfer is over: its words were destroyed with it." });
  }
  const state = view.recipients.find(({ id }) => id === recipient)?.state;
  if (state !== "arrived") {
    throw new ClientError({
      code: "no-access",
      message: "The words are not needed now: this recipient has opened it, or may not open it. Load the page again.",
    });
  }
  const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
  const identities = await unlockMemberKeys({ base: location.origin, token });
  const { secrets } = await openSenderGrant(fromBase64(view.senderGrant), identities, { reference });
  const words = secrets[recipient];
  if (words !== undefined) return words;
  throw new ClientError({
    code: "no-access",
    message: "This recipient has no six words: they open it with a passkey.",
  });
}

function showWords(words: readonly string[]): void {
  const items = words.map((word) => {
    const item = document.createElement("li");
    item.className = "wb-secret__word";
    item.textContent = word;
    return item;
  });
  byId("words-list").replaceChildren(...items);
  byId("words-shown").hidden = words.length === 0;
  byId("words-hidden").hidden = words.length > 0;
  byId(words.length > 0 ? "words-heading" : "show-words").focus();
}
