import { unlockMemberKeys } from "../keys/unlock.ts";
import { sizeText } from "../page/amounts.ts";
import { find, reachOfPage, showPart, showProblem } from "../page/elements.ts";
import { readTexts } from "../page/texts.ts";
import { startWorker } from "../start-worker.ts";
import type { ChosenItem } from "../workers/calls/seal-calls.ts";
import type { Trouble } from "../workers/calls/trouble.ts";
import type { ChosenFile } from "./chosen.ts";
import { CHOICE_TEXTS, FileChoice } from "./file-choice.ts";
import { RulesView } from "./rules-view.ts";
import { SENDING_TEXTS, SendingView } from "./sending-view.ts";

const TEXTS = [
  ...CHOICE_TEXTS,
  ...SENDING_TEXTS,
  "nothingChosen",
  "noReason",
  "tooLarge",
  "messageName",
  "stopped",
  "unexpected",
] as const;

/**
 * The page on which files are chosen, sealed and uploaded: `src/server/journeys/send/add.njk`, whose first comment says what
 * the server gives it. `root` carries `data-reference`, `data-next` (where to go when all is there), `data-limit` (largest
 * body in bytes) and `data-begun` (bytes that arrived in an earlier try, or empty).
 */
export function startAddPage(root: HTMLElement): void {
  const texts = readTexts(TEXTS);
  const { reference = "", next = "/", limit = "0", begun = "" } = root.dataset;
  const sending = new SendingView(root, texts);
  const start = find(root, "[data-act=start]", HTMLButtonElement);
  const rules = new RulesView(root, reference);
  const measure = () => rules.show(sizeOf(itemsOf(root, chosen.files, texts("messageName"))));
  const chosen = new FileChoice(root, texts, {
    changed: (files) => {
      measure();
      find(root, "[data-risky]", HTMLElement).hidden = files.every(({ risk }) => risk === null);
    },
    refusesDrops: () => sending.busy,
  });
  find(root, "textarea[data-message]", HTMLTextAreaElement).addEventListener("change", measure);
  addEventListener("beforeunload", (event) => {
    if (sending.busy) event.preventDefault();
  });

  start.addEventListener("click", () => {
    void chosen.looked.then(() => {
      const { files } = chosen;
      const items = itemsOf(root, files, texts("messageName"));
      const reason = find(root, "[data-risky] textarea", HTMLTextAreaElement).value.trim();
      const risky = files.some(({ risk }) => risk !== null);
      const size = sizeOf(items);
      if (items.length === 0) return showProblem(root, texts("nothingChosen"));
      if (risky && reason === "") return showProblem(root, texts("noReason"));
      if (size > Number(limit)) return showProblem(root, texts("tooLarge", { limit: sizeText(Number(limit)) }));
      showProblem(root, "");
      const subject = find(root, "input[data-subject]", HTMLInputElement).value.trim();
      const riskyReason = risky ? reason : "";
      const reach = reachOfPage();
      const call = { kind: "start", reach, reference, items, subject, riskyReason } as const;
      sending.start(startWorker("seal"), call, begun !== "", {
        unlock: () => unlockMemberKeys({ base: reach.origin, token: reach.token }),
        done: () => location.assign(next),
        failed: (trouble) => {
          showPart(root, "choose");
          showProblem(root, wordsFor(trouble));
        },
      });
    });
  });

  const wordsFor = ({ code, message }: Trouble): string => {
    if (code === "cancelled") return texts("stopped");
    if (code === "changed-files") return texts("unreadable");
    return code === "unexpected" || message === "" ? texts("unexpected") : message;
  };

  root.hidden = false;
}

/** What is sealed: the files, and the message as an item of its own. */
function itemsOf(root: HTMLElement, files: readonly ChosenFile[], messageName: string): readonly ChosenItem[] {
  const message = find(root, "textarea[data-message]", HTMLTextAreaElement).value;
  const items: ChosenItem[] = files.map(({ path, file }) => ({
    name: path,
    type: file.type,
    kind: "file",
    content: file,
  }));
  if (message.trim() === "") return items;
  const content = new Blob([message]);
  return [...items, { name: messageName, type: "text/plain", kind: "message", content }];
}

function sizeOf(items: readonly ChosenItem[]): number {
  return items.reduce((sum, { content }) => sum + content.size, 0);
}
