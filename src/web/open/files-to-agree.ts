import { loadMyKeys } from "../../client/people/account.ts";
import { pageHttp } from "../keys/page-http.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { find, reachOfPage, showPart, showProblem } from "../page/elements.ts";
import { readTexts } from "../page/texts.ts";
import { OpenWorker } from "./open-worker.ts";
import { OPENED_TEXTS, OpenedFiles } from "./opened-view.ts";
import { TROUBLE_TEXTS, wordsForTrouble } from "./trouble-words.ts";

/**
 * The page on which somebody who is asked to agree opens the files first: `src/server/journeys/to-agree/files.njk`. `root` carries
 * `data-id` (the request) and `data-digest` (the waybill that is to be agreed to).
 */
export function startFilesToAgree(root: HTMLElement): void {
  const texts = readTexts([...OPENED_TEXTS, ...TROUBLE_TEXTS]);
  const words = (error: unknown) => wordsForTrouble(error, texts);
  const worker = new OpenWorker();
  root.hidden = false;
  showPart(root, "member");
  const button = find(root, "[data-act=open-member]", HTMLButtonElement);
  button.addEventListener("click", () => {
    void open().catch((error: unknown) => {
      showPart(root, "member");
      showProblem(root, words(error));
    });
  });

  async function open(): Promise<void> {
    showProblem(root, "");
    showPart(root, "opening");
    const { origin: base, token } = reachOfPage();
    const { address } = await loadMyKeys(pageHttp());
    const asked = { id: root.dataset.id ?? "", digest: root.dataset.digest ?? "", address };
    const identities = await unlockMemberKeys({ base, token });
    const opened = await worker.openToAgree({ reach: reachOfPage(), asked, identities });
    showPart(root, "opened");
    const checked = find(root, "[data-checked]", HTMLElement);
    const damaged = find(root, "[data-damaged]", HTMLElement);
    const receipt = {
      whole: () => Promise.resolve(),
      damaged: () => {
        checked.hidden = true;
        damaged.hidden = false;
      },
    };
    await new OpenedFiles(root, { texts, worker, words, receipt }, opened).show();
  }
}
