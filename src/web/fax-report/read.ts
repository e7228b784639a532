import { openFaxReport } from "../../client/fax-report/open-report.ts";
import type { ReportType } from "../../domain/fax-report.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { Viewer } from "../open/viewer.ts";
import { find, reachOfPage } from "../page/elements.ts";
import { handOver } from "../saving/hand-over.ts";

const ENDINGS: Readonly<Record<ReportType, string>> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
};

/** `carry/open-fax-report.njk`: the report is opened here, shown where nothing in it can run, and saved where that is wanted. */
export function startReading(root: HTMLElement): void {
  const { at = "", reference = "", digest = "" } = root.dataset;
  const viewer = new Viewer(root);
  root.hidden = false;
  const button = find(root, "#read-report-button", HTMLButtonElement);
  button.addEventListener("click", () => {
    const act = async () => {
      const { origin: base, token } = reachOfPage();
      const identities = await unlockMemberKeys({ base, token });
      return openFaxReport(pageHttp(), { path: at, reference, digest }, identities);
    };
    void attempt(button, byId("read-report-status"), act).then(async (opened) => {
      if (opened === null) return;
      const { bytes, type } = opened;
      const name = `${reference}-fax-report.${ENDINGS[type]}`; // SDT-27: the reference, and what it is
      const content = new Blob([bytes], { type });
      const save = find(root, "[data-act=save]", HTMLButtonElement);
      save.onclick = () => handOver(content, name);
      find(root, "[data-opened]", HTMLElement).hidden = false;
      await viewer.show(content, type, name, button);
    });
  });
}
