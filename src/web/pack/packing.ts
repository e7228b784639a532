import type { ChosenFile } from "../add/chosen.ts";
import type { Way } from "../add/way.ts";
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
  ...[...PROGRESS_TEXTS, ...MADE_TEXTS],
  ...(["tooLarge", "noRoom", "stopped", "unreadable", "unexpected"] as const),
] as const;

/** What a package and its sheets add to the files, at the most: they are checked again when it is written. */
const MARGIN = 1_000_000;

/**
 * By another way than the secure link: the files become a package on this device (`carry/add-packing.njk`; SDT-15, OXM-13). Nothing here sends
 * anything: the form at the end carries the kind, the count, the size, the digests and why programs are in it, and that is all.
 */
export function packing(root: HTMLElement): Way {
  const texts = readTexts(TEXTS);
  const worker = new PackageWorker();
  const { reference = "", organisation = "", call = "", host = "", code = "", languages = "en" } = root.dataset;
  // OXM-20: a line for each: what whoever finds the package would try first
  const known = [reference, organisation, ...(root.dataset.known ?? "").split("\n")].filter((each) => each !== "");
  const choices = new Choices(root, worker, known);
  const progress = new ProgressView(find(root, "[data-part=making]", HTMLElement), texts);
  const made = new MadeView(root, texts);
  let [asking, making] = [false, false];

  const make = async (files: readonly ChosenFile[], riskyReason: string, where: PackageWhere): Promise<void> => {
    const wish: PackageWish = {
      ...{ reference, organisation, call, format: choices.format, opening: choices.opening },
      files: files.map(({ path, file }) => ({ name: path, content: file })),
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
    progress.rest();
    if (news.kind === "made") {
      choices.forget();
      made.show(news, { format: wish.format, items: files.length, riskyReason });
      return;
    }
    showPart(root, "choose");
    showProblem(root, wordsFor(news.trouble));
  };

  /** Null when nothing is to be made: it is too large for this browser, which the page says, or no folder was picked. */
  const whereTo = async (size: number): Promise<PackageWhere | null> => {
    const most = await mostToSave(size, (wanted) => worker.room(wanted));
    if (size > most) {
      showProblem(root, texts("tooLarge", { limit: sizeText(most) }));
      return null;
    }
    const where = await whereForAll();
    return where?.way === "folder" || where?.way === "private" || where?.way === "memory" ? where : null;
  };

  find(root, "[data-act=stop]", HTMLButtonElement).addEventListener("click", () => worker.stop());
  find(root, "#use-package", HTMLFormElement).addEventListener("submit", (event) => {
    if (made.toSave === null) return;
    event.preventDefault();
    showProblem(root, made.toSave);
  });

  const wordsFor = ({ code: what, message }: Extract<PackageNews, { kind: "not-made" }>["trouble"]): string => {
    if (what === "stopped") return texts("stopped");
    if (what === "changed-files") return texts("unreadable");
    if (what === "too-large-for-device") return texts("noRoom");
    return what === "unexpected" || message === "" ? texts("unexpected") : message;
  };

  return {
    get busy() {
      return making || made.toSave !== null;
    },
    isEmpty: (files) => files.length === 0,
    sizeOf,
    changed: (files) => choices.show(files),
    start(files, riskyReason) {
      if (asking) return; // for the folder: a second click opens nothing else
      asking = true;
      void whereTo(sizeOf(files) + MARGIN).then(async (where) => {
        asking = false;
        if (where !== null) await make(files, riskyReason, where);
      });
    },
  };
}

function sizeOf(files: readonly ChosenFile[]): number {
  return files.reduce((sum, { file }) => sum + file.size, 0);
}
