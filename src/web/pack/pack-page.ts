import { CHOICE_TEXTS, FileChoice } from "../add/file-choice.ts";
import { sizeText } from "../page/amounts.ts";
import { find, showPart, showProblem } from "../page/elements.ts";
import { PROGRESS_TEXTS, ProgressView } from "../page/progress-view.ts";
import { readTexts } from "../page/texts.ts";
import { mostToSave, whereForAll } from "../saving/ways.ts";
import type { PackageNews, PackageWhere, PackageWish } from "../workers/calls/package-calls.ts";
import { Choices } from "./choices.ts";
import { MADE_TEXTS, MadeView } from "./made-view.ts";
import { PackageWorker } from "./package-worker.ts";

const TEXTS = [
  ...[...CHOICE_TEXTS, ...PROGRESS_TEXTS, ...MADE_TEXTS],
  ...(["nothingChosen", "tooLarge", "noRoom", "stopped", "unexpected"] as const),
] as const;

/** What a package and its sheets add to the files, at the most: they are checked again when it is written. */
const MARGIN = 1_000_000;

/**
 * /transfers/:ref/pack (src/server/journeys/carry/pack.njk): files become a package on this device (SDT-15, OXM-13). Nothing here sends
 * anything: the form at the end carries the kind, the count, the size and the digest, and that is all.
 */
export function startPackPage(root: HTMLElement): void {
  const texts = readTexts(TEXTS);
  const worker = new PackageWorker();
  const { reference = "", organisation = "", call = "", host = "", code = "", languages = "en" } = root.dataset;
  // OXM-20: a line for each: what whoever finds the package would try first
  const known = [reference, organisation, ...(root.dataset.known ?? "").split("\n")].filter((each) => each !== "");
  const choices = new Choices(root, worker, known);
  const progress = new ProgressView(find(root, "[data-part=making]", HTMLElement), texts);
  const made = new MadeView(root, texts);
  const chosen = new FileChoice(root, texts, { changed: (files) => choices.show(files) });
  let making = false;

  const make = async (where: PackageWhere): Promise<void> => {
    const wish: PackageWish = {
      ...{ reference, organisation, call, format: choices.format, opening: choices.opening },
      files: chosen.files.map(({ path, file }) => ({ name: path, content: file })),
      known,
      arrival: code === "" ? null : { host, code },
      returnTo: root.dataset.returnTo || null,
      languages: languages.split(" ").map((each) => (each === "cy" ? "cy" : "en")),
      date: new Date().toISOString(),
    };
    making = true;
    showPart(root, "making");
    const news = await worker.make({ kind: "make", wish, where }, (each) => progress.show(each.progress));
    making = false;
    if (news.kind === "made") {
      choices.forget();
      made.show(news.files, news.password, wish.format, chosen.files.length);
      return;
    }
    showPart(root, "choose");
    showProblem(root, wordsFor(news.trouble));
  };

  find(root, "[data-act=make]", HTMLButtonElement).addEventListener("click", () => {
    const { files } = chosen;
    const size = files.reduce((sum, { file }) => sum + file.size, MARGIN);
    if (files.length === 0) return showProblem(root, texts("nothingChosen"));
    showProblem(root, "");
    void mostToSave().then(async (most) => {
      if (size > most) return showProblem(root, texts("tooLarge", { limit: sizeText(most) }));
      const where = await whereForAll(size);
      if (where?.way === "folder" || where?.way === "private" || where?.way === "memory") await make(where);
    });
  });
  find(root, "[data-act=stop]", HTMLButtonElement).addEventListener("click", () => worker.stop());
  find(root, "#use-package", HTMLFormElement).addEventListener("submit", (event) => {
    if (made.toSave === null) return;
    event.preventDefault();
    showProblem(root, made.toSave);
  });
  addEventListener("beforeunload", (event) => {
    if (making || made.toSave !== null) event.preventDefault();
  });

  const wordsFor = ({ code: what, message }: Extract<PackageNews, { kind: "not-made" }>["trouble"]): string => {
    if (what === "stopped") return texts("stopped");
    if (what === "changed-files") return texts("unreadable");
    if (what === "too-large-for-device") return texts("noRoom");
    return what === "unexpected" || message === "" ? texts("unexpected") : message;
  };
  root.hidden = false;
}
