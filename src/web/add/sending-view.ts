import type { KeyLogLine } from "../../domain/wire/people.ts";
import { find, showPart } from "../page/elements.ts";
import { PROGRESS_TEXTS, ProgressView } from "../page/progress-view.ts";
import type { Texts } from "../page/texts.ts";
import type { SealCall, SealNews } from "../workers/calls/seal-calls.ts";
import type { Trouble } from "../workers/calls/trouble.ts";
import { describeNewKeys } from "./new-keys.ts";
import { describeRecoveryChange, RECOVERY_TEXTS } from "./recovery-change.ts";

export const SENDING_TEXTS = [
  ...PROGRESS_TEXTS,
  ...RECOVERY_TEXTS,
  "waiting",
  "serverBusy",
  "paused",
  "finishing",
  "resumed",
  "anew",
  "pause",
  "goOn",
  "standInNew",
  "standInChanged",
] as const;

export interface SendingEvents {
  unlock(): Promise<readonly string[]>;
  done(): void;
  failed(trouble: Trouble): void;
}

/** The part of the page that shows a sending and takes its pause, its going on and its end. One worker per sending. */
export class SendingView {
  readonly #root: HTMLElement;
  readonly #texts: Texts<(typeof SENDING_TEXTS)[number]>;
  readonly #progress: ProgressView;
  readonly #pause: HTMLButtonElement;
  #worker: Worker | null = null;
  #paused = false;

  constructor(root: HTMLElement, texts: Texts<(typeof SENDING_TEXTS)[number]>) {
    this.#root = root;
    this.#texts = texts;
    this.#progress = new ProgressView(find(root, "[data-part=sending]", HTMLElement), texts);
    this.#pause = find(root, "[data-act=pause]", HTMLButtonElement);
    this.#pause.addEventListener("click", () => this.#turn(!this.#paused));
    find(root, "[data-act=stop]", HTMLButtonElement).addEventListener("click", () => this.#call({ kind: "stop" }));
    for (const what of ["keys", "stand-in", "recovery-key"]) {
      for (const answer of ["confirm", "refuse"]) {
        find(root, `[data-act=${answer}-${what}]`, HTMLButtonElement).addEventListener("click", () => {
          this.#call({ kind: "keys-confirmed", confirmed: answer === "confirm" });
          showPart(this.#root, "sending");
        });
      }
    }
  }

  /** Whether leaving the page would interrupt something. */
  get busy(): boolean {
    return this.#worker !== null;
  }

  /** @param expectsToGoOn whether the server holds a part of an earlier try. */
  start(
    worker: Worker,
    call: Extract<SealCall, { kind: "start" }>,
    expectsToGoOn: boolean,
    events: SendingEvents,
  ): void {
    this.#worker = worker;
    this.#turn(false);
    showPart(this.#root, "sending");
    worker.addEventListener("message", ({ data }: MessageEvent<SealNews>) => this.#hear(data, expectsToGoOn, events));
    worker.addEventListener("error", () => {
      this.#end();
      events.failed({ code: "unexpected", message: "", status: null });
    });
    worker.postMessage(call);
  }

  #hear(news: SealNews, expectsToGoOn: boolean, events: SendingEvents): void {
    switch (news.kind) {
      case "state":
        if (news.state.kind === "progress" && !this.#paused) {
          if (news.state.waiting !== null)
            this.#progress.say(this.#texts(news.state.waiting === "server" ? "serverBusy" : "waiting"));
          else this.#progress.show(news.state.progress);
        } else if (news.state.kind === "begun") {
          if (news.state.resumed) this.#note(this.#texts("resumed"));
          else if (expectsToGoOn) this.#note(this.#texts("anew"));
        } else if (news.state.kind === "finishing") {
          this.#pause.disabled = true;
          this.#progress.say(this.#texts("finishing"));
        }
        return;
      case "unlock":
        events.unlock().then(
          (identities) => this.#call({ kind: "unlocked", identities }),
          (error: unknown) =>
            this.#call({ kind: "not-unlocked", message: error instanceof Error ? error.message : "" }),
        );
        return;
      case "confirm-keys":
        this.#askAbout(news.lines);
        return;
      case "confirm-stand-in": {
        const { name, address } = news.change.now;
        const text = this.#texts(news.change.before === null ? "standInNew" : "standInChanged", { name, address });
        find(this.#root, "[data-stand-in]", HTMLElement).textContent = text;
        showPart(this.#root, "stand-in");
        return;
      }
      case "confirm-recovery-key":
        this.#askAboutRecovery(describeRecoveryChange(news.change, news.number, this.#texts));
        return;
      case "done":
        this.#end();
        events.done();
        return;
      case "failed":
        this.#end();
        events.failed(news.trouble);
    }
  }

  #turn(paused: boolean): void {
    this.#paused = paused;
    this.#pause.textContent = this.#texts(paused ? "goOn" : "pause");
    this.#pause.disabled = false;
    this.#call({ kind: paused ? "pause" : "resume" });
    if (paused) this.#progress.say(this.#texts("paused"));
  }

  #askAbout(lines: readonly KeyLogLine[]): void {
    const list = find(this.#root, "[data-changed-keys]", HTMLElement);
    // Written by our own server: the names of the sender's own command lines, by key id.
    const names = JSON.parse(list.dataset.names ?? "{}") as Readonly<Record<string, string>>;
    const said = describeNewKeys(lines, list.dataset.own ?? "", names);
    const items = said.lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    });
    list.replaceChildren(...items);
    find(this.#root, "[data-act=confirm-keys]", HTMLButtonElement).textContent = said.goOn;
    showPart(this.#root, "keys");
  }

  #askAboutRecovery(paragraphs: readonly string[]): void {
    const said = paragraphs.map((text) => {
      const paragraph = document.createElement("p");
      paragraph.className = "govuk-body";
      paragraph.textContent = text;
      return paragraph;
    });
    find(this.#root, "[data-recovery-change]", HTMLElement).replaceChildren(...said);
    showPart(this.#root, "recovery-key");
  }

  #note(text: string): void {
    const note = find(this.#root, "[data-note]", HTMLElement);
    note.textContent = text;
    note.hidden = false;
  }

  #call(call: SealCall): void {
    this.#worker?.postMessage(call);
  }

  #end(): void {
    this.#progress.rest();
    this.#worker?.terminate();
    this.#worker = null;
  }
}
