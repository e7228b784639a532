import { type Added, fetchWithAdded } from "../../client/evidence/names.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { handOver } from "../saving/hand-over.ts";

// The evidence with names of files, or with receipt tokens, put together here: the server has neither names, nor what opens their list, nor tokens.
const root = document.getElementById("evidence-names");
if (root) {
  const { reference = "" } = root.dataset;
  root.hidden = false;
  offer("take-named", reference, { names: true, tokens: true });
  if (document.getElementById("take-opened")) offer("take-opened", reference, { names: false, tokens: true });
}

function offer(id: string, reference: string, added: Added): void {
  const button = byId(id);
  button.addEventListener("click", () => {
    void attempt(button, byId("evidence-status"), () => taken(reference, added)).then((pack) => {
      if (pack !== null) handOver(new Blob([pack], { type: "application/zip" }), `${reference}.evidence.zip`);
    });
  });
}

function taken(reference: string, added: Added): Promise<Uint8Array<ArrayBuffer>> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
  const unlock = () => unlockMemberKeys({ base: location.origin, token });
  return fetchWithAdded(reference, added, { http: pageHttp(), unlock });
}
