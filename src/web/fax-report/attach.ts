import { attachFaxReport } from "../../client/fax-report/attach-report.ts";
import { ownKeysFirst } from "../../client/keys/own-keys-first.ts";
import { attempt, byId, inputById, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { confirmKeys } from "../page/confirm-keys.ts";
import { browserKeyPins } from "../workers/kept/browser-key-pins.ts";

/** The sender's part of `carry/fax-report.njk`: the scan is read and sealed here, and leaves sealed. */
export function startAttaching(root: HTMLElement): void {
  const { reference = "", readers = "[]", now = "", path = "", most = "0" } = root.dataset;
  root.hidden = false;
  const button = byId("attach-report-button");
  button.addEventListener("click", () => {
    const file = inputById("report-file").files?.[0];
    const large = file !== undefined && file.size > Number(most); // not read at all
    const wrong = large
      ? "This is larger than 5 MB. Scan it smaller, or say where it is kept on paper"
      : "Choose the report";
    markField("report-file", file === undefined || large ? wrong : "");
    if (file === undefined || large) return;
    const http = pageHttp();
    const act = async (): Promise<true> => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const seen = { reference, readers: JSON.parse(readers), now }; // our own page's
      await attachFaxReport(bytes, seen, {
        http,
        checkKeys: ownKeysFirst({ http, pins: browserKeyPins, confirm: confirmKeys }),
      });
      return true;
    };
    void attempt(button, byId("attach-report-status"), act).then((done) => {
      if (done !== null) location.assign(`${path}/fax-report`); // the page says what is so now
    });
  });
}
