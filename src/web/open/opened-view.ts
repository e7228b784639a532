import { safeNames, visibleName } from "../../seal/item-names.ts";
import type { Item } from "../../seal/manifest.ts";
import { sizeText } from "../page/amounts.ts";
import { copyOf, find, showProblem } from "../page/elements.ts";
import { PROGRESS_TEXTS, ProgressView } from "../page/progress-view.ts";
import type { Texts } from "../page/texts.ts";
import { handOver } from "../saving/hand-over.ts";
import { whereForAll, whereForFile } from "../saving/ways.ts";
import type { OpenedView as Opened, What } from "../workers/calls/open-calls.ts";
import type { OpenWorker } from "./open-worker.ts";
import { isDamage } from "./trouble-words.ts";
import { viewableType } from "./viewable.ts";
import { Viewer } from "./viewer.ts";

export const OPENED_TEXTS = [
  ...PROGRESS_TEXTS,
  "saving",
  "saved",
  "savedAll",
  "moreRows",
  "renamed",
  "handedOver",
  "zipName",
  "everything",
  "checkedAgain",
] as const;

/** Rows that are drawn at once; a button draws the others, so that what comes after the list is near. */
const FIRST_ROWS = 20;

/** What follows from how reading went. */
export interface AfterReading {
  /** Content did not verify. */
  damaged(): void;
  /** All of it was read and verified. */
  whole(): Promise<void>;
}

/** The opened transfer: subject, messages, the list of files, and saving and viewing them. */
export class OpenedFiles {
  readonly #root: HTMLElement;
  readonly #texts: Texts<(typeof OPENED_TEXTS)[number]>;
  readonly #worker: OpenWorker;
  readonly #opened: Opened;
  readonly #names: readonly string[];
  readonly #viewer: Viewer;
  readonly #progress: ProgressView;
  readonly #words: (error: unknown) => string;
  readonly #receipt: AfterReading;

  constructor(
    root: HTMLElement,
    parts: {
      texts: Texts<(typeof OPENED_TEXTS)[number]>;
      worker: OpenWorker;
      words: (error: unknown) => string;
      receipt: AfterReading;
    },
    opened: Opened,
  ) {
    this.#root = find(root, "[data-part=opened]", HTMLElement);
    this.#texts = parts.texts;
    this.#worker = parts.worker;
    this.#words = parts.words;
    this.#receipt = parts.receipt;
    this.#opened = opened;
    this.#names = safeNames(opened.items.map(({ name }) => name));
    this.#viewer = new Viewer(this.#root);
    this.#progress = new ProgressView(find(this.#root, "[data-saving]", HTMLElement), parts.texts);
    find(this.#root, "[data-act=stop]", HTMLButtonElement).addEventListener("click", () => parts.worker.stop());
    const all = find(this.#root, "[data-act=save-all]", HTMLButtonElement);
    all.addEventListener("click", () => void this.#saveAll());
    this.#root.querySelector("[data-act=verify]")?.addEventListener("click", () => void this.#verifyAll());
    find(this.#root, "[data-all]", HTMLElement).hidden = opened.items.length < 2;
  }

  /** Draws everything, and shows the sender's messages at once: that is what they are for. */
  async show(): Promise<void> {
    const { items, subject } = this.#opened;
    const subjectLine = find(this.#root, "[data-subject]", HTMLElement);
    subjectLine.textContent = subject;
    subjectLine.hidden = subject === "";
    this.#draw(items.slice(0, FIRST_ROWS));
    const all = find(this.#root, "[data-act=show-all]", HTMLButtonElement);
    const more = find(this.#root, "[data-more]", HTMLElement);
    more.hidden = items.length <= FIRST_ROWS;
    all.textContent = this.#texts("moreRows", { count: items.length.toLocaleString(document.documentElement.lang) });
    all.addEventListener("click", () => {
      this.#draw(items);
      more.hidden = true;
      // The button is gone: whoever pressed it by keyboard goes on at the first row that it added.
      find(this.#root, `[data-items] tbody > :nth-child(${FIRST_ROWS + 1}) button`, HTMLButtonElement).focus();
    });
    for (const [at, item] of items.entries()) {
      if (item.kind !== "message" || viewableType(item) === null) continue;
      await this.#working(item.name, async () => {
        const content = await this.#worker.save(at, { way: "memory" }, () => undefined);
        const box = find(this.#root, "[data-message]", HTMLElement);
        box.textContent = `${box.textContent}${box.textContent === "" ? "" : "\n\n"}${await content?.text()}`;
        box.hidden = false;
        return "";
      });
    }
  }

  #draw(items: readonly Item[]): void {
    const rows = items.map((item, at) => this.#row(item, at));
    find(this.#root, "[data-items] tbody", HTMLTableSectionElement).replaceChildren(...rows);
  }

  #row(item: Item, at: number): HTMLElement {
    const row = copyOf(document, "template#item-row");
    const name = this.#names[at] ?? "";
    find(row, "[data-cell=name]", HTMLElement).textContent = name;
    const sent = find(row, "[data-cell=sent-as]", HTMLElement);
    sent.hidden = name === item.name.normalize("NFC");
    if (!sent.hidden) sent.textContent = this.#texts("renamed", { name: visibleName(item.name) });
    find(row, "[data-cell=size]", HTMLElement).textContent = sizeText(item.length);
    for (const which of row.querySelectorAll("[data-cell=which]")) which.textContent = name;
    const save = find(row, "[data-act=save]", HTMLButtonElement);
    save.addEventListener("click", () => void this.#saveOne(at));
    const view = find(row, "[data-act=view]", HTMLButtonElement);
    const type = viewableType(item);
    if (type === null) view.remove();
    else view.addEventListener("click", () => void this.#view(at, type, view));
    return row;
  }

  async #view(at: number, type: string, opener: HTMLElement): Promise<void> {
    const name = this.#names[at] ?? "";
    await this.#working(name, async () => {
      const content = await this.#save(at, { way: "memory" });
      if (content !== null) await this.#viewer.show(content, type, name, opener);
      return "";
    });
  }

  async #saveOne(at: number): Promise<void> {
    const name = this.#names[at]?.split("/").at(-1) ?? "";
    const where = await whereForFile(name);
    if (where === null) return;
    await this.#working(name, async () => {
      const content = await this.#save(at, where);
      if (content === null) return this.#texts("saved", { name });
      handOver(content, name);
      return this.#texts("handedOver", { name });
    });
  }

  async #saveAll(): Promise<void> {
    const { items, waybill } = this.#opened;
    const where = await whereForAll();
    if (where === null) return;
    const name = this.#texts("zipName", { reference: waybill.reference });
    await this.#working(name, async () => {
      const content = await this.#save("all", where);
      await this.#receipt.whole().catch(() => undefined); // it is saved; the check can be made by itself
      if (content === null) return this.#texts("savedAll", { count: items.length });
      handOver(content, name);
      return this.#texts("handedOver", { name });
    });
  }

  /** After a report of damage or a loss: reads all of it anew, and keeps nothing. */
  async #verifyAll(): Promise<void> {
    await this.#working(this.#texts("everything"), async () => {
      await this.#save("all", { way: "nowhere" });
      await this.#receipt.whole();
      return this.#texts("checkedAgain");
    });
  }

  #save(what: What, where: Parameters<OpenWorker["save"]>[1]): Promise<Blob | null> {
    return this.#worker.save(what, where, (progress) => this.#progress.show(progress));
  }

  /** Runs one saving: the buttons wait, progress shows, and what came of it is said in words. */
  async #working(name: string, act: () => Promise<string>): Promise<void> {
    const saving = find(this.#root, "[data-saving]", HTMLElement);
    const result = find(this.#root, "[data-result]", HTMLElement);
    showProblem(document, "");
    result.textContent = "";
    saving.hidden = false;
    this.#progress.say(this.#texts("saving", { name }));
    this.#disable(true);
    try {
      result.textContent = await act();
    } catch (error) {
      if (isDamage(error)) this.#receipt.damaged();
      showProblem(document, this.#words(error));
    } finally {
      saving.hidden = true;
      this.#disable(false);
    }
  }

  #disable(disabled: boolean): void {
    for (const button of this.#root.querySelectorAll<HTMLButtonElement>("button:not([data-act=stop])")) {
      button.disabled = disabled;
    }
  }
}
