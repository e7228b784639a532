import { fetchNamed } from "../../client/evidence/names.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { handOver } from "../saving/hand-over.ts";

// The evidence with the names of files, put together here: the server has neither the names nor what opens their list.
const root = document.getElementById("evidence-names");
if (root) {
  const { reference = "" } = root.dataset;
  root.hidden = false;
  const button = byId("take-named");
  button.addEventListener("click", () => {
    void attempt(button, byId("evidence-status"), () => named(reference)).then((pack) => {
      if (pack !== null) handOver(new Blob([pack], { type: "application/zip" }), `${reference}.evidence.zip`);
    });
  });
}

function named(reference: string): Promise<Uint8Array<ArrayBuffer>> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
  const unlock = () => unlockMemberKeys({ base: location.origin, token });
  return fetchNamed(reference, { http: pageHttp(), unlock });
}
