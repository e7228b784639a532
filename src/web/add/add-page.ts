import { packing } from "../pack/packing.ts";
import { find, showProblem } from "../page/elements.ts";
import { readTexts } from "../page/texts.ts";
import { CHOICE_TEXTS, FileChoice } from "./file-choice.ts";
import { RulesView } from "./rules-view.ts";
import { sealing } from "./sealing.ts";

const TEXTS = [...CHOICE_TEXTS, "nothingChosen", "noReason", "refused"] as const;

/**
 * The page on which files are added, whatever the method: `src/server/journeys/send/add.njk`, whose first comment says what
 * the server gives it. `root` carries `data-way`, by which the files go on (`link`: sealed and uploaded; `package`: packed here),
 * and what that way reads.
 */
export function startAddPage(root: HTMLElement): void {
  const texts = readTexts(TEXTS);
  const measure = () => rules.show(way.sizeOf(chosen.files));
  const way = root.dataset.way === "package" ? packing(root) : sealing(root, measure);
  const rules = new RulesView(root, root.dataset.reference ?? "");
  const chosen = new FileChoice(root, texts, {
    changed: (files) => {
      measure();
      find(root, "[data-risky]", HTMLElement).hidden = files.every(({ risk }) => risk === null);
      way.changed(files);
    },
    refusesDrops: () => way.busy,
  });
  addEventListener("beforeunload", (event) => {
    if (way.busy) event.preventDefault();
  });

  find(root, "[data-act=start]", HTMLButtonElement).addEventListener("click", () => {
    void chosen.looked.then(() => {
      const { files } = chosen;
      const reason = find(root, "[data-risky] textarea", HTMLTextAreaElement).value.trim();
      const risky = files.some(({ risk }) => risk !== null);
      if (way.isEmpty(files)) return showProblem(root, texts("nothingChosen"));
      if (rules.refusesFiles) return showProblem(root, texts("refused"));
      if (risky && reason === "") return showProblem(root, texts("noReason"));
      showProblem(root, "");
      way.start(files, risky ? reason : "");
    });
  });
  root.hidden = false;
}
