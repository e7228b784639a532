import { unlockMemberKeys } from "../keys/unlock.ts";
import { sizeText } from "../page/amounts.ts";
import { find, reachOfPage, showPart, showProblem } from "../page/elements.ts";
import { readTexts } from "../page/texts.ts";
import { startWorker } from "../start-worker.ts";
import type { ChosenItem } from "../workers/calls/seal-calls.ts";
import type { Trouble } from "../workers/calls/trouble.ts";
import type { ChosenFile } from "./chosen.ts";
import { SENDING_TEXTS, SendingView } from "./sending-view.ts";
import type { Way } from "./way.ts";

const TEXTS = [...SENDING_TEXTS, "tooLarge", "messageName", "stopped", "unreadable", "unexpected"] as const;

/**
 * By secure link: the files and a message are sealed and uploaded (`send/add-sealing.njk`). `root` carries `data-reference`, `data-next`
 * (where to go when all is there), `data-limit` (largest body in bytes) and `data-begun` (bytes that arrived in an earlier try,
 * or empty).
 * @param measure the message is another one, so that the size is too
 */
export function sealing(root: HTMLElement, measure: () => void): Way {
  const texts = readTexts(TEXTS);
  const { reference = "", next = "/", limit = "0", begun = "" } = root.dataset;
  const sending = new SendingView(root, texts);
  const items = (files: readonly ChosenFile[]) => itemsOf(root, files, texts("messageName"));
  find(root, "textarea[data-message]", HTMLTextAreaElement).addEventListener("change", measure);

  const wordsFor = ({ code, message }: Trouble): string => {
    if (code === "cancelled") return texts("stopped");
    if (code === "changed-files") return texts("unreadable");
    return code === "unexpected" || message === "" ? texts("unexpected") : message;
  };

  return {
    get busy() {
      return sending.busy;
    },
    isEmpty: (files) => items(files).length === 0,
    sizeOf: (files) => sizeOf(items(files)),
    changed: () => undefined,
    start(files, riskyReason) {
      const chosen = items(files);
      if (sizeOf(chosen) > Number(limit))
        return showProblem(root, texts("tooLarge", { limit: sizeText(Number(limit)) }));
      const subject = find(root, "input[data-subject]", HTMLInputElement).value.trim();
      const reach = reachOfPage();
      const call = { kind: "start", reach, reference, items: chosen, subject, riskyReason } as const;
      sending.start(startWorker("seal"), call, begun !== "", {
        unlock: () => unlockMemberKeys({ base: reach.origin, token: reach.token }),
        done: () => location.assign(next),
        failed: (trouble) => {
          showPart(root, "choose");
          showProblem(root, wordsFor(trouble));
        },
      });
    },
  };
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
